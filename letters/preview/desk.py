"""The desk: letters are made and the register is asked, in a process of its own beside the web server.

What it is asked for comes in as `Asked` and goes out as `View`. What is remembered in between saves time, and
no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from letters import approval
from letters.caseload.approving import as_approved
from letters.errors import UsageError
from letters.findings import FoundError, as_finding
from letters.markup import plain_text
from letters.office import Office, open_office
from letters.order import Order
from letters.preview import controls, deciding, listing
from letters.preview.deciding import Decision, Done
from letters.preview.drawing import Drawn, drawn, pictures
from letters.preview.ordering import WORDS, base_of, order_of, scale_of, words_of
from letters.preview.sections import Known, known_words, sections, worded
from letters.preview.standing import approved_days, beside, stand
from letters.preview.telling import log_of, targeted
from letters.preview.views import Action, Asked, Seat, Started, View
from letters.register.chain import canonical
from letters.register.opening import is_there
from letters.register.store import Actor, head_of

# The rules about templates themselves, which no draft gets past.
_OF_TEMPLATE = {"template", "template-unsafe"}
_DECIDE: Mapping[Action, Callable[[Decision], Done]] = {
    "approve": deciding.approve,
    "send-back": deciding.send_back,
    "issue": deciding.issue_it,
}


def begin() -> None:
    """Load the engine, so that the first letter does not wait for it."""
    from letters import typeset

    typeset.load()


def head(seat: Seat) -> int:
    """The number of the register's last entry; 0 where there is none, or no practice that can be read."""
    try:
        office = open_office(seat.practice, seat.register)
    except FoundError:
        return 0
    if not is_there(office.where):
        return 0
    with office.register(make=False).reading() as connection:
        return head_of(connection).seq


def start(seat: Seat) -> Started:
    """The first view. Raises UsageError for a person the practice does not have."""
    try:
        office = open_office(seat.practice, seat.register)
    except FoundError as error:
        return Started("", "", findings=tuple(error.findings))
    return listing.started(seat, office, office.actor(seat.by))


def answer(asked: Asked) -> View:
    """Do what a page asks for, and say how its letter is now. Raises MachineError as making a letter does."""
    practice = by = ""
    try:
        office = open_office(asked.seat.practice, asked.seat.register)
        actor = office.actor(asked.seat.by)
        practice, by = office.practice.name, office.called(actor.by)
        return _answer(asked, office, actor)
    except FoundError as error:
        return View(practice, by, told=targeted(error.findings), is_broken=True)
    except UsageError as error:
        return View(practice, by, told=targeted([as_finding(error)]), is_broken=True)


@dataclass(frozen=True)
class _Page:
    """A letter that somebody looks at: its order with what was typed, and what is kept of its words."""

    asked: Asked
    office: Office
    actor: Actor
    order: Order
    known: Known
    typed: Mapping[str, str]

    @property
    def has_fields(self) -> bool:
        """Whether all that was typed belongs to the letter: not where its kind cannot be read, say."""
        return words_of(self.asked.fields).keys() == self.typed.keys()

    @property
    def decision(self) -> Decision:
        """What somebody wants done with it."""
        return Decision(self.order, self.typed, self.known.base, self.office, self.actor, self.asked.fields)


def _answer(asked: Asked, office: Office, actor: Actor) -> View:
    page = _page(asked, office, actor)
    if asked.action in ("open", "draw"):
        return _view(page, Done())
    done = deciding.save(page.decision) if page.has_fields else Done("stopped")
    if done.came != "saved":
        return _view(page, done)
    # What was typed is kept by now, whatever comes of the rest.
    asked = replace(asked, fields=_without_words(asked.fields))
    if decide := _DECIDE.get(asked.action):
        done = decide(_page(asked, office, actor).decision)
    return _view(_page(asked, office, actor), done)


def _without_words(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if not name.startswith(WORDS)}


def _page(asked: Asked, office: Office, actor: Actor) -> _Page:
    """The letter as it was ordered; when it is opened, with the date that it was approved with."""
    plain = order_of(asked, office, {})
    # Nothing is saved that the page has no field for.
    known, shown = known_words(plain, office), worded(plain, office)
    typed = {section: text for section, text in words_of(asked.fields).items() if section in shown}
    order = replace(plain, words={**known.over, **typed})
    if asked.action == "open" and asked.ref.dated is None:
        order = as_approved(office, order)
    elif known.number is not None:
        order = replace(order, is_approved=order.dated in approved_days(order, known.number, office))
    # Words are written on what the page showed when they were begun.
    begun = base_of(asked.fields) if typed else None
    known = known if begun is None else replace(known, base=begun)
    return _Page(asked, office, actor, order, known, typed)


def _view(page: _Page, done: Done) -> View:
    office, asked = page.office, page.asked
    made = drawn(page.order)
    if asked.action != "open" and _is_broken(made):
        by, told = office.called(page.actor.by), targeted([*done.findings, *made.findings])
        return View(office.practice.name, by, told=told, is_broken=True, came=done.came)
    standing, against = stand(made, office, page.actor)
    scale = scale_of(asked.fields)
    shown, pngs = pictures(made.letter.pdf, scale, asked.pictures) if made.letter else ([], {})
    facts, spec = made.facts, made.sources.kind.spec
    case = facts.case if facts else made.sources.case.value
    return View(
        practice=office.practice.name,
        by=office.called(page.actor.by),
        kind=page.order.kind,
        title=spec.title if spec else page.order.kind,
        number=page.known.number or "",
        names=" & ".join(client.name for client in case.clients) if case else "",
        language=facts.language if facts else "",
        sections=sections(made, page.known, done.conflicts),
        people=controls.people(made),
        languages=controls.languages(made),
        envelopes=controls.envelopes(made),
        dated=page.order.dated,
        large_print=page.order.large_print,
        told=targeted([*done.findings, *made.findings, *against]),
        pages=tuple(shown),
        pictures=pngs,
        scale=scale,
        text=_text(made) if asked.action == "open" or asked.fields.get("text") == "yes" else None,
        is_complete=made.is_complete,
        digest=approval.content(made.letter) if made.letter else "",
        base=page.known.base,
        newest=page.known.newest,
        ground=_ground(page, made),
        beside=beside(made.letter, office) if made.letter else "",
        standing=standing,
        log=log_of(page.known.number, office) if asked.action != "draw" else None,
        walk=listing.walk(asked.seat, office, asked.ref) if asked.action == "open" else None,
        came=done.came,
    )


def _ground(page: _Page, made: Drawn) -> str:
    """A digest of what the letter is made from, and of none of the page's own fields."""
    sources = made.sources
    read = [one.document.data if one.document else None for one in (sources.practice, sources.case)]
    kind = approval.kind_digest(page.order.kind, sources.own_kinds)
    text = canonical([page.known.newest, kind, *read])
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _is_broken(made: Drawn) -> bool:
    """Whether a file cannot be used as it is: the page keeps what it has until that is mended."""
    sources = made.sources
    is_unread = None in (sources.practice.value, sources.kind.spec, sources.case.value)
    return made.letter is None and (is_unread or any(one.code in _OF_TEMPLATE for one in made.findings))


def _text(made: Drawn) -> str:
    return plain_text(made.letter.written.html) if made.letter else ""
