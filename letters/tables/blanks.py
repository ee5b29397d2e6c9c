"""What a table for one kind of letter has to have, and may have: the columns of the one to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from letters.model.kind import KindSpec
from letters.model.secrecy import Path
from letters.tables.fields import Group, Leaf, Many, first_value, node_at
from letters.tables.names import name_of

Need = Literal["required", "together", "optional"]
Lists = Literal["people", "reasons", "countries", "languages", "currencies"]

# How many entries of a list have columns of their own; one where it is not said.
REPEATS = {
    ("referrals",): 3,
    ("supports",): 2,
    ("money", "asked"): 2,
    ("money", "items"): 2,
    ("matters", "done"): 2,
    ("matters", "outstanding"): 2,
    ("records", "originals"): 3,
    ("records", "transfer", "contents"): 2,
}
CLIENT: Path = ("clients", 0)
_ALWAYS = ("case", "opened", "clinician")
_ADDRESS = ("city", "region", "postcode", "country")
_SAFETY = ("safe", "discreet", "confirmed")
_WHO_ACTS: Path = (*CLIENT, "representatives", 0)
_PASSED_OVER = (("contacts", "to"), ("contacts", "letter"), ("contacts", "came_back"), ("letters", "to"))
_ONE_OF: dict[tuple[str, ...], Lists] = {
    ("clinician",): "people",
    ("handover", "to"): "people",
    ("contacts", "by"): "people",
    ("ending", "reason"): "reasons",
    ("country",): "countries",
    ("language",): "languages",
    ("currency",): "currencies",
}
# Where the model of a case does not say it.
_SAYS = {
    "relationship": "who the client is; one client alone is an individual",
    "opened": "the day the case was opened",
    "last_session": "the day of the last session",
    "clients.name": "the client's full name, as on an envelope",
    "clients.language": "the language of the letter, where it is not the practice's",
    "clients.born": "the date of birth, which tells who is a minor",
    "clients.died": "the day the client died; only an executor is written to then",
    "representatives.name": "who acts for the client: a parent, a guardian, an executor",
    "representatives.relation": "what they are to the client",
    "city": "the town or city",
    "postcode": "the ZIP or postal code, with its zeros",
    "phones.number": "the number to call, with + and the country's code",
    "phones.safe": "whether it is safe to call here at all",
    "phones.voicemail": "what may be left on it",
    "phones.confirmed": "when the client last confirmed this",
    "referrals.name": "another place that may help",
    "referrals.offers": "what they do there",
    "referrals.phone": "how to reach them",
    "referrals.website": "how to reach them",
    "supports": "a person or thing that supports the client, as in: your sister",
    "provider.name": "the person the letter goes to",
    "provider.organization": "where that person works, or the firm",
    "provider.phone": "their number",
    "business.name": "the person at the business",
    "business.phone": "their number",
    "provider.language": "the language of the letter, where it is not the practice's",
    "business.organization": "the business that has to know",
    "money.balance": "what is owed, in plain digits, as in 120.50",
    "money.currency": "the three letters of the currency",
    "money.as_of": "the day on which that was right",
    "items.on": "the day of it",
    "items.amount": "how much of the balance it is",
    "asked.how": "what was sent",
    "asked.on": "the day it was asked for",
    "asked.due": "the day it was to be paid by",
    "plan.agreed": "the day a payment plan was agreed on",
    "dispute.opened": "the day the client said that the bill is wrong",
    "dispute.settled": "the day that was settled",
    "contacts.by": "who of the practice",
    "contacts.channel": "by what means",
    "contacts.direction": "out for a call to the client, in for one from them",
    "contacts.outcome": "what came of it",
    "appointments.at": "when, with the zone: 2026-10-20T10:15-07:00",
    "consent.signed": "the day the client agreed to what is passed on",
    "consent.reference": "where that is filed",
    "originals.what": "a document that goes back to the client",
    "originals.quantity": "how many of it",
    "originals.form": "an original or a copy",
    "originals.condition": "the condition it is in, such as good",
    "sent.tracking": "the tracking number",
    "sent.on": "the day they are sent",
    "contents.what": "a part of the records that is copied",
    "contents.pages": "how many pages it has",
    "done": "a piece of work that is done",
    "outstanding.what": "a piece of work that is still to be done",
    "outstanding.due": "the day it is due",
    "request.why_now": "why it is asked now",
    "request.urgency": "how urgent it is",
    "authorizations.scope": "what the client's permission covers, in words",
    "authorizations.signed": "the day the client signed it",
    "authorizations.expires": "the last day it holds",
    "authorizations.revoked": "the day the client took it back",
    "letters.kind": "the kind of a letter that went out before",
    "letters.on": "the day it went out",
}


@dataclass(frozen=True)
class Blank:
    """One column to fill in.

    `together` are those that an entry needs as soon as anything of it is filled in. `choices` is the
    list of what may stand there, empty where that is free.
    """

    path: Path
    name: str
    need: Need
    says: str
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> type:
        """What its values are read as."""
        node = node_at(self.path)
        return node.kind if isinstance(node, Leaf) else str


def blanks(
    spec: KindSpec, declared: Iterable[tuple[str, bool]], lists: Mapping[Lists, Sequence[str]]
) -> list[Blank]:
    """The columns for a kind.

    `declared` are the paths in a case where what its template asks for is written, each with whether the kind
    cannot do without; `lists` what may stand in columns whose choice is the practice's.
    """
    wanted = _Wanted()
    for path, is_required in (*_everybody(spec), *_ways(spec), *_gates(spec), *_of(declared), *_words(spec)):
        wanted.add(path, is_required=is_required)
    for path in _acting(spec):
        wanted.add(path, is_required=False)
    return [
        Blank(path, name_of(path), need, _says(path), _choices(path, lists)) for path, need in wanted.sorted()
    ]


class _Wanted:
    """Columns by their path, each as much needed as the one that needs it most."""

    def __init__(self) -> None:
        self.needs: dict[Path, Need] = {}

    def add(self, path: Path, *, is_required: bool) -> None:
        """Take a value, an entry or a list, with what the entries around it cannot do without."""
        repeats = REPEATS.get(_steps(path), 1) if isinstance(node_at(path), Many) else 0
        if repeats:
            for number in range(repeats):
                self.add((*path, number), is_required=is_required and number == 0)
            return
        node = node_at(path)
        if not isinstance(node, Group):
            is_said = isinstance(node, Leaf) and node.has_default
            self._add_value(path, is_required=is_required and not is_said)
            return
        for name in node.fields:
            inner = (*path, name)
            if name != "id" and _steps(inner) not in _PASSED_OVER:
                self.add(inner, is_required=is_required and name in node.required)

    def _add_value(self, path: Path, *, is_required: bool) -> None:
        for length in range(1, len(path)):
            node = node_at(path[:length])
            for name in node.required if isinstance(node, Group) else ():
                if name != "id":
                    need: Need = "required" if is_required or path[:length] == CLIENT else "together"
                    self._note(first_value((*path[:length], name)), need)
        self._note(path, "required" if is_required else "optional")

    def _note(self, path: Path, need: Need) -> None:
        order: tuple[Need, ...] = ("required", "together", "optional")
        self.needs[path] = min(need, self.needs.get(path, need), key=order.index)

    def sorted(self) -> Iterator[tuple[Path, Need]]:
        """In the order they were asked for, with what belongs to one entry side by side as in a case file."""
        entries: dict[Path, list[Path]] = {}
        for path in self.needs:
            entries.setdefault(_entry(path), []).append(path)
        for paths in entries.values():
            for path in sorted(paths, key=_order):
                is_alone = len(paths) == 1 and self.needs[path] == "together"
                yield path, "optional" if is_alone else self.needs[path]


def _order(path: Path) -> list[tuple[bool, int]]:
    """Where a value stands in a case file; within an entry, single values come first."""
    places = []
    for length, step in enumerate(path):
        outer = node_at(path[:length])
        if isinstance(outer, Group):
            inner = outer.fields[str(step)]
            is_plain = isinstance(inner, Leaf) or (isinstance(inner, Many) and isinstance(inner.item, Leaf))
            places.append((not is_plain, list(outer.fields).index(str(step))))
        else:
            places.append((False, step if isinstance(step, int) else 0))
    return places


def _entry(path: Path) -> Path:
    """What a value belongs to, as people see it."""
    if path[:2] == CLIENT:
        return path[:4] if len(path) > 3 else ()
    if path[0] in _ALWAYS:
        return ()
    groups = (length for length in range(2, len(path)) if isinstance(path[length - 1], int))
    return path[: next((length for length in groups if isinstance(node_at(path[:length]), Group)), 1)]


def _everybody(spec: KindSpec) -> Iterator[tuple[Path, bool]]:
    yield from (((name,), True) for name in _ALWAYS)
    yield ((*CLIENT, "name"), True)
    if spec.to == "client":
        for name in ("preferred_name", "language", "born"):
            yield ((*CLIENT, name), False)
    yield ((*CLIENT, "no_contact"), False)
    if spec.after_death:
        yield ((*CLIENT, "died"), False)


def _ways(spec: KindSpec) -> Iterator[tuple[Path, bool]]:
    """Where it goes, with what makes it safe to send or to call."""
    if spec.call:
        phone = (*CLIENT, "phones", 0)
        for name in ("number", "safe", "voicemail", "confirmed"):
            yield ((*phone, name), name in ("number", "safe"))
    elif spec.to == "client":
        yield from _address((*CLIENT, "addresses", 0), is_required=True)
    elif spec.to in ("provider", "business"):
        at: Path = ("provider",) if spec.to == "provider" else ("business", 0)
        yield ((*at, "organization"), True)
        yield ((*at, "name"), False)
        yield from _address((*at, "address"), is_required=True)
        yield ((*at, "phone"), False)
    if spec.to == "provider":
        yield (("authorizations", 0), True)
        yield (("records", "part2"), False)


def _address(at: Path, *, is_required: bool) -> Iterator[tuple[Path, bool]]:
    yield ((*at, "lines", 0), is_required)
    yield ((*at, "lines", 1), False)
    for name in _ADDRESS:
        yield ((*at, name), is_required and name == "country")
    if "safe" in _fields_at(at):
        for name in _SAFETY:
            yield ((*at, name), is_required and name == "safe")


def _acting(spec: KindSpec) -> Iterator[Path]:
    """Who acts for a client that cannot be written to."""
    if spec.to == "client":
        for name in ("name", "relation", "barred"):
            yield (*_WHO_ACTS, name)
        for path, _ in _address((*_WHO_ACTS, "addresses", 0), is_required=False):
            yield path


def _gates(spec: KindSpec) -> Iterator[tuple[Path, bool]]:
    if "nonpayment" in spec.gates:
        yield (("money", "terms_accepted"), True)
        yield (("money", "asked"), True)
        yield (("money", "talked"), True)
        for name in ("items", "plan", "dispute"):
            yield (("money", name), False)
    if "options" in spec.gates:
        for number in range(REPEATS["referrals",]):
            yield (("referrals", number, "name"), True)
    if "follow-up" in spec.gates:
        yield (("ending", "on"), True)
        yield ((*CLIENT, "opted_out"), False)
    if "silence" in spec.gates:
        yield (("contacts",), False)
    if spec.ends or "nonpayment" in spec.gates:
        yield (("confidential", "danger"), False)


def _of(declared: Iterable[tuple[str, bool]]) -> Iterator[tuple[Path, bool]]:
    for written_at, is_required in declared:
        path: Path = tuple(written_at.replace("CLIENT", "clients.0").split("."))
        path = tuple(0 if step == "0" else step for step in path)
        if path not in (CLIENT, ("clients",), (*CLIENT, "addresses")):
            yield path, is_required


def _words(spec: KindSpec) -> Iterator[tuple[Path, bool]]:
    for section in spec.sections:
        if section.words != "none":
            yield ("words", section.id), section.words == "required"


def _fields_at(path: Path) -> Mapping[str, object]:
    node = node_at(path)
    return node.fields if isinstance(node, Group) else {}


def _steps(path: Path) -> tuple[str, ...]:
    """A path without the numbers of entries."""
    return tuple(step for step in path if isinstance(step, str))


def _says(path: Path) -> str:
    """What belongs into a column."""
    steps, node = _steps(path), node_at(path)
    if steps[0] == "words":
        return "the personal part of the letter: see the section " + steps[1]
    ours = next((_SAYS[".".join(steps[-n:])] for n in (3, 2, 1) if ".".join(steps[-n:]) in _SAYS), "")
    return ours or (node.says if isinstance(node, Leaf) else "")


def _choices(path: Path, lists: Mapping[Lists, Sequence[str]]) -> tuple[str, ...]:
    steps, node = _steps(path), node_at(path)
    which = _ONE_OF.get(steps[-2:]) or _ONE_OF.get(steps[-1:])
    if which:
        return tuple(lists.get(which, ()))
    if isinstance(node, Leaf) and node.kind is bool:
        return ("yes", "no")
    return node.choices if isinstance(node, Leaf) else ()
