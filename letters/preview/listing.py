"""The first view: the letters that wait for somebody, and those that were named when the page was started."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from letters import kinds
from letters.caseload import drafts
from letters.caseload.drafts import Waiting
from letters.caseload.kept import kept_case
from letters.clock import now
from letters.errors import UsageError
from letters.gathering import read_case
from letters.office import Office
from letters.order import Order
from letters.preview.views import Chosen, Group, Listed, Ref, Seat, Started, Walk
from letters.register.opening import is_there
from letters.register.store import Actor


def started(seat: Seat, office: Office, actor: Actor) -> Started:
    """Everything that is listed, and whose cases may be."""
    known = office.practice.people.get(actor.by)
    return Started(
        office.practice.name,
        known.name if known else actor.by,
        people=_people(seat, office),
        waiting=tuple(listed(seat, office)),
        has_register=is_there(office.where),
    )


def listed(seat: Seat, office: Office) -> list[Listed]:
    """The letters that were named, or else those that wait."""
    if seat.given:
        return [_given(ref, office) for ref in seat.given]
    if not is_there(office.where):
        return []
    today = now(office.practice.time_zone).date()
    waiting = drafts.waiting(office, office.register(make=False), today, seat.clinician)
    return list(_waiting(waiting, office))


def walk(seat: Seat, office: Office, ref: Ref) -> Walk | None:
    """The place of a letter among those of its group; None where it is not listed, or alone."""
    if ref in seat.given:
        return _walk(seat.given, ref, "given")
    letters = listed(seat, office)
    here = next((one for one in letters if one.ref == ref), None)
    if here is None:
        return None
    return _walk([one.ref for one in letters if one.ref and one.group == here.group], ref, here.group)


def _walk(refs: Sequence[Ref], ref: Ref, group: Group) -> Walk:
    place = refs.index(ref)
    before = refs[place - 1] if place else None
    after = refs[place + 1] if place + 1 < len(refs) else None
    return Walk(place + 1, len(refs), group, before, after)


def _people(seat: Seat, office: Office) -> tuple[Chosen, ...]:
    """The clinicians with open cases; nobody to choose where there is no register."""
    if seat.given or not is_there(office.where):
        return ()
    ids = drafts.clinicians(office, office.register(make=False))
    ids += [seat.clinician] if seat.clinician and seat.clinician not in ids else []
    return tuple(Chosen(one, office.called(one), one == seat.clinician) for one in ids)


def _title(kind: str, office: Office) -> str:
    try:
        spec = kinds.find(kind, office.own_kinds).spec
    except UsageError:  # a letter of a kind that is no more
        return kind
    return spec.title if spec else kind


def _given(ref: Ref, office: Office) -> Listed:
    """A letter that was named; a case that cannot be read is told when it is opened."""
    number, names, clinician = str(ref.case), "", ""
    try:
        case = ref.case if isinstance(ref.case, Path) else kept_case(office, ref.case)
        today = now(office.practice.time_zone).date()
        value = read_case(Order(ref.kind, case, today, draft=True, practice=office.file)).value
    except UsageError:
        value = None
    if value:
        number, clinician = value.case, value.clinician
        names = " & ".join(client.name for client in value.clients)
    return Listed(
        ref, "given", number, names, _title(ref.kind, office), office.called(clinician), kind=ref.kind
    )


def _waiting(waiting: list[Waiting], office: Office) -> Iterator[Listed]:
    for one in waiting:
        is_letter = one.group != "due" or one.to is not None
        ref = Ref(one.kind, one.case, one.to, one.dated, one.language, one.large_print, one.envelope)
        yield Listed(
            ref if is_letter else None,
            one.group,
            one.case,
            one.names,
            _title(one.kind, office),
            office.called(one.clinician),
            one.since,
            one.remark,
            one.batch or "",
            one.kind,
        )
