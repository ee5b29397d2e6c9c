"""A case comes into the register, or what it says has changed: what would be entered, and how it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from letters import kinds
from letters.checks.homes import same_home
from letters.checks.likeness import same_number
from letters.errors import UsageError
from letters.model.case import Case
from letters.model.history import CaseChanged, CaseEntered, Move
from letters.model.people import ClientAddress, Reachable
from letters.model.secrecy import is_confidential
from letters.model.strict import Model
from letters.model.validation import present
from letters.register import queries
from letters.register.sums import barred_in, contact_key, is_answered
from letters.replies import cancel_queued

if TYPE_CHECKING:
    from letters.register.queries import CaseRow
    from letters.register.store import Connection, Writing

Tree = dict[str, Any]
_Path = tuple[str | int, ...]

# What decides who is reached, and where, and who a person is.
_WEIGHTY = {
    *("safe", "discreet", "no_contact", "voicemail", "barred", "danger", "died", "opted_out"),
    *("id", "name", "born", "relationship"),
}
_NOTHING = object()


@dataclass(frozen=True)
class Told:
    """What a file or a row tells of a case: its data without the contacts, and those."""

    case: Case
    data: Tree
    contacts: list[Tree]
    moves: Mapping[str, Move] = field(default_factory=dict)

    @property
    def is_reachable(self) -> bool:
        """Whether anybody of the case may be written to or called."""
        return any(_is_reachable(person) for _, person in self.case.everyone())


@dataclass(frozen=True)
class Change:
    """One value that differs; `before` or `after` is None where there is none, both if confidential."""

    path: str
    before: str | None
    after: str | None
    what: Literal["new", "changed", "removed"] = "changed"

    @property
    def is_secret(self) -> bool:
        """Whether the values must not be shown."""
        return self.before is None and self.after is None

    @property
    def is_weighty(self) -> bool:
        """Whether it can hurt somebody: whom letters reach and where, who a person is, what is gone."""
        return self.what == "removed" or self.path.rpartition(".")[2] in _WEIGHTY

    @property
    def permits(self) -> bool:
        """Whether a way to reach somebody that was known, and not safe, is safe now."""
        return self.path.endswith(".safe") and self.after == "yes"


@dataclass(frozen=True)
class Entering:
    """What would be entered about a case: nothing where `event` is None.

    `changes` are of values, `contacts` how many contacts are new or put right, and `kept` how many the
    register has besides. `mended` is how those put right differ, and `heard` the day of a session or an
    answer that the register did not know of, with which of them it was.
    """

    number: str
    is_known: bool
    event: CaseEntered | CaseChanged | None
    changes: list[Change]
    contacts: int
    kept: int
    mended: list[Change] = field(default_factory=list)
    mended_contacts: int = 0
    heard: tuple[date, str] | None = None


def told(
    case: Case, data: object, own_kinds: Path | None, moves: dict[str, Move | None] | None = None
) -> Told:
    """Take apart what was read: `data` is the tree of texts that `case` was made from.

    `moves` remembers from one case to the next how kinds of letters move a case.
    """
    tree = _as_read(present(Case, deepcopy(data)), case)
    assert isinstance(tree, dict)  # noqa: S101 - a case was made from it
    # One that is told twice counts once, as in the register.
    contacts = {contact_key(one): one for one in tree.pop("contacts", [])}
    return Told(
        case, tree, [*contacts.values()], dict(_moves(case, own_kinds, {} if moves is None else moves))
    )


def _as_read(tree: object, read: object) -> object:
    """Texts as they are understood, so that two ways to write the same value are no difference."""
    if isinstance(tree, dict) and isinstance(read, Model):
        return {name: _as_read(value, getattr(read, name)) for name, value in tree.items()}
    if isinstance(tree, dict) and isinstance(read, dict):
        return {name: _as_read(value, read.get(name, value)) for name, value in tree.items()}
    if isinstance(tree, list) and isinstance(read, list):
        return [_as_read(value, one) for value, one in zip(tree, read, strict=True)]
    if isinstance(read, bool):
        return "yes" if read else "no"
    if isinstance(read, date):  # a moment is one, too
        return read.isoformat()
    return str(read) if isinstance(read, str | int) else tree


def _moves(case: Case, own_kinds: Path | None, known: dict[str, Move | None]) -> Iterator[tuple[str, Move]]:
    for kind in sorted({letter.kind for letter in case.letters}):
        if kind not in known:
            known[kind] = move_of(kind, own_kinds)
        if move := known[kind]:
            yield kind, move


def move_of(kind: str, own_kinds: Path | None) -> Move | None:
    """How letters of a kind move a case, if they do."""
    try:
        spec = kinds.find(kind, own_kinds).spec
    except UsageError:  # a letter of a kind that is no more
        return None
    return Move(step=spec.step, for_silence="silence" in spec.gates) if spec and spec.step else None


def _is_reachable(person: Reachable) -> bool:
    if person.no_contact:
        return False
    safe = [way.safe for way in person.addresses], [way.safe for way in person.phones]
    return any(map(any, safe)) or any(way.safe for way in person.emails)


def entering(connection: Connection | None, new: Told) -> Entering:
    """Compare what is told of a case with what the register has; without a connection that is nothing.

    Contacts that are only in the register stay there: its log loses nothing. Raises UsageError for a case
    that was merged or erased.
    """
    number = new.case.case
    row = queries.known(connection, number) if connection else None
    if connection is None or row is None:
        event = CaseEntered(
            data=new.data, contacts=new.contacts, moves=dict(new.moves), reachable=new.is_reachable
        )
        return Entering(number, False, event, [], len(new.contacts), 0)
    if row.state is None:
        queries.find(connection, number)  # says what became of it
    before = queries.data(connection, number)
    data = _without_own(connection, row, before, new.data)
    changes = list(changed(before, data))
    logged = {contact_key(one.data): one.data for one in queries.contacts(connection, number)}
    contacts = [one for one in new.contacts if logged.get(contact_key(one)) != one]
    kept = len(logged.keys() - {contact_key(one) for one in new.contacts})
    if not changes and not contacts:
        return Entering(number, True, None, [], 0, kept)
    news = CaseChanged(data=data, contacts=contacts, moves=dict(new.moves), reachable=new.is_reachable)
    put_right = [one for one in contacts if contact_key(one) in logged]
    mended = [change for one in put_right for change in _mended(logged[contact_key(one)], one)]
    heard = _heard(row, data, contacts)
    return Entering(number, True, news, changes, len(contacts), kept, mended, len(put_right), heard)


def enter(writing: Writing, new: Told, source: str | None) -> list[str]:
    """Enter a case that came with its letter, or its news; return where in the file those are."""
    news = entering(writing.connection, new)
    if news.event is None:
        return []
    writing.append(news.event.model_copy(update={"source": source}), news.number)
    if news.heard:
        cancel_queued(writing, news.number, *news.heard)
    changed_at = [change.path for change in news.changes] + (["contacts"] if news.contacts else [])
    return changed_at if news.is_known else []


def _without_own(connection: Connection, row: CaseRow, before: Tree, data: Tree) -> Tree:
    """What is told, without what the register itself put into the case file it gave."""
    own: Tree = {}
    listed = data.get("letters", [])
    if any("reference" in one for one in listed):
        issued = {one.letter for one in queries.letters(connection, row.number)}
        own["letters"] = [one for one in listed if one.get("reference") not in issued]
    if row.ended_on and "ending" in data:
        last = queries.endings(connection, row.number)[-1]
        if data["ending"] == {"reason": last["reason"], "on": last["on"], "at": _moment(last["at"])}:
            own["ending"] = before.get("ending", {})
    return {name: value for name, value in {**data, **own}.items() if value or name not in own}


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).isoformat()


def _mended(old: Tree, new: Tree) -> Iterator[Change]:
    for change in changed(old, new):
        yield replace(change, path=f"contact of {new['at'][:16]}: {change.path}")


def _heard(row: CaseRow, data: Tree, contacts: list[Tree]) -> tuple[date, str] | None:
    """The latest answer or session that is later than any the register has."""
    known = row.silent_since or ""
    barred = barred_in(data)
    answers = [(one["at"][:10], "answered") for one in contacts if is_answered(one, barred)]
    session = (data.get("last_session", ""), "had a session")
    day, how = max([*answers, session])
    return (date.fromisoformat(day), how) if day > known else None


def changed(before: Tree, after: Tree) -> Iterator[Change]:
    """Every value that two trees have differently, by its path; in lists, what belongs together."""
    return _differing(before, after, ())


def _differing(one: object, other: object, path: _Path) -> Iterator[Change]:
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for name in {**one, **other}:
            yield from _differing(one.get(name, _NOTHING), other.get(name, _NOTHING), (*path, name))
    elif isinstance(one, list) and isinstance(other, list):
        yield from _of_lists(one, other, path)
    elif _is_single(one) and _is_single(other):
        yield _change(path, str(one), str(other), "changed")
    else:
        for place, value in _values(one, path):
            yield _change(place, value, None, "removed")
        for place, value in _values(other, path):
            yield _change(place, None, value, "new")


def _of_lists(one: list[Any], other: list[Any], path: _Path) -> Iterator[Change]:
    pairs = paired(one, other)
    for old, new in pairs:
        before = _NOTHING if old is None else one[old]
        after = _NOTHING if new is None else other[new]
        yield from _differing(before, after, (*path, old if new is None else new))  # type: ignore[arg-type]
    order = [old for old, new in pairs if old is not None and new is not None]
    if order != sorted(order):
        yield _change(path, "in one order", "in another order", "changed")


def _change(
    path: _Path, before: str | None, after: str | None, what: Literal["new", "changed", "removed"]
) -> Change:
    is_secret = is_confidential(path)
    return Change(_written(path), None if is_secret else before, None if is_secret else after, what)


def _is_single(value: object) -> bool:
    return value is not _NOTHING and not isinstance(value, dict | list)


def _values(tree: object, path: _Path) -> Iterator[tuple[_Path, str]]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _values(value, (*path, name))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from _values(value, (*path, number))
    elif tree is not _NOTHING:
        yield path, str(tree)


def _written(path: _Path) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def paired(before: list[Any], after: list[Any]) -> list[tuple[int | None, int | None]]:
    """Which entries of two lists belong together: equal ones, then those of one thing, then as they stand.

    People are never paired as they stand: somebody else is not a change of somebody.
    """
    left, right = dict(enumerate(before)), dict(enumerate(after))
    pairs: list[tuple[int | None, int | None]] = []
    for belong in (_is_equal, _is_same, _may_be_edited):
        for new, value in list(right.items()):
            fitting = [old for old, known in left.items() if belong(known, value)]
            if fitting:
                old = new if new in fitting else fitting[0]
                pairs.append((old, new))
                del left[old], right[new]
    pairs += [(old, None) for old in left] + [(None, new) for new in right]
    return sorted(pairs, key=lambda pair: pair[0] if pair[1] is None else pair[1])  # type: ignore[arg-type, return-value]


def _is_equal(one: object, other: object) -> bool:
    return one == other


def _is_same(one: object, other: object) -> bool:
    return isinstance(one, dict) and isinstance(other, dict) and is_same(one, other)


def _may_be_edited(one: object, other: object) -> bool:
    return not (isinstance(one, dict) and isinstance(other, dict) and "id" in one and "id" in other)


def is_same(one: Tree, other: Tree) -> bool:
    """Whether two entries of a list are of one person, or of one way to reach somebody."""
    if "id" in one and "id" in other:
        return bool(one["id"] == other["id"])
    if "lines" in one and "lines" in other:
        return one["lines"] == other["lines"] or same_home(_address(one), _address(other))
    if "number" in one and "number" in other:
        return same_number(one["number"], other["number"])
    if isinstance(one.get("address"), str) and isinstance(other.get("address"), str):
        return bool(one["address"].casefold() == other["address"].casefold())
    return False


def _address(tree: Tree) -> ClientAddress:
    parts: Tree = {name: tree.get(name) for name in ("lines", "city", "region", "postcode", "country")}
    return ClientAddress.model_construct(None, **parts)
