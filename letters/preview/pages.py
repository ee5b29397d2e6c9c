"""What the desk says becomes HTML. No rules are held here: what may be done is asked of the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any

from letters.compose.screens import screens
from letters.errors import LettersError
from letters.findings import FoundError, as_finding
from letters.preview.app import Ui
from letters.preview.saying import TONGUES, Saying
from letters.preview.views import Entry, Kept, Listed, Section, Started, Told, View, Walk

TEMPLATES = Path(__file__).parent / "templates"
FAILED = "failed"  # what came of an action that a fault of the program, or of the machine, has stopped


def start(started: Started, ui: Ui) -> str:
    """The first page."""
    say = Saying(ui.language)
    return _render(
        "start.html.j2",
        ui,
        say,
        started.practice,
        started.by,
        started=started,
        groups=_groups(started.waiting),
        kind_of=lambda one: say.kind(one.kind, one.title),
        day=say.day,
        findings=[_point(Told(one)) for one in started.findings],
    )


def letter(view: View, ui: Ui) -> str:
    """The page of a letter."""
    say = Saying(ui.language)
    return _render("letter.html.j2", ui, say, view.practice, view.by, page=_Page(view, say, ui))


def part(view: View, ui: Ui) -> str:
    """What changes on the page of a letter."""
    say = Saying(ui.language)
    return _render("part.html.j2", ui, say, view.practice, view.by, page=_Page(view, say, ui))


def trouble(error: LettersError, ui: Ui) -> str:
    """What went wrong: a page of its own, or in an open page what stands in place of its findings."""
    found = error.findings if isinstance(error, FoundError) else [as_finding(error)]
    if ui.is_part:
        came = "" if isinstance(error, FoundError) else FAILED
        return part(View("", "", told=tuple(map(Told, found)), is_broken=True, came=came), ui)
    say = Saying(ui.language)
    return _render("trouble.html.j2", ui, say, "", "", points=[_point(Told(one)) for one in found])


def _render(name: str, ui: Ui, say: Saying, practice: str, by: str, **values: Any) -> str:
    html: str = _template(name).render(
        ui=ui, say=say, practice=practice, by=by, tongues=TONGUES.items(), **values
    )
    return html


@cache
def _template(name: str) -> Any:
    return screens(TEMPLATES).get_template(name)


def _groups(waiting: Sequence[Listed]) -> list[tuple[str, list[tuple[str, list[Listed]]]]]:
    """The letters by group, and within it by batch."""
    # Only what waits for approval stands batch by batch.
    return [
        (group, [(batch, list(some)) for batch, some in groupby(letters, _batch)])
        for group, letters in groupby(waiting, lambda one: one.group)
    ]


def _batch(one: Listed) -> str:
    return one.batch if one.group == "approve" else ""


@dataclass(frozen=True)
class _Point:
    """A finding in plain text; `place` is a file and a line, `target` the id of the field that mends it."""

    weight: str
    message: str
    remedy: str
    authority: str
    place: str
    excerpt: str
    target: str


def _point(told: Told) -> _Point:
    one, place = told.finding, told.finding.place
    # The whole path of a file is of no use here, and somebody may look over a shoulder.
    where = PurePath(place.file).name + (f", {place.line}" if place.line else "") if place else ""
    excerpt = place.excerpt.strip() if place and not told.target else ""
    return _Point(one.severity.value, one.message, one.remedy, one.authority, where, excerpt, told.target)


@dataclass(frozen=True)
class _Said:
    """A text somebody wrote, with the moment in words."""

    text: str
    by: str
    when: str


@dataclass(frozen=True)
class _Field:
    """A personal part as a field of the page."""

    id: str
    label: str
    hint: str
    hint_language: str
    is_required: bool
    text: str
    kept: _Said | None
    theirs: _Said | None
    findings: list[_Point]


@dataclass(frozen=True)
class _Line:
    """A line of the history."""

    iso: str
    when: str
    by: str
    what: str


class _Page:
    """A letter, as the templates have it."""

    def __init__(self, view: View, say: Saying, ui: Ui) -> None:
        self.view = view
        self._say = say
        self._ui = ui

    @property
    def title(self) -> str:
        """The title of the kind."""
        return self._say.kind(self._kind, self.view.title or self._say("error_title"))

    @property
    def _kind(self) -> str:
        return self.view.kind

    @property
    def walk(self) -> Walk | None:
        """Where the letter stands in its list."""
        return self.view.walk

    @property
    def findings(self) -> list[_Point]:
        """Everything found, the gravest first."""
        return [_point(one) for one in self.view.told]

    @property
    def concerns(self) -> tuple[str, ...]:
        """What became of an earlier approval."""
        return self.view.standing.concerns

    @property
    def state(self) -> str:
        """The one word for where the letter stands."""
        view, standing = self.view, self.view.standing
        if view.came == FAILED:
            return FAILED
        if view.is_broken:
            return "broken"
        if standing.issued and not standing.sent_back:
            return "issued"
        if standing.approved:
            return "approved"
        if standing.sent_back:
            return "back"
        if not view.is_complete:
            return "draft"
        return "waits" if standing.needs_approval else "ready"

    @property
    def state_more(self) -> str:
        """A sentence on it."""
        say, standing = self._say, self.view.standing
        told = standing.approved if self.state == "approved" else standing.sent_back
        return say(
            f"state_{self.state}_more",
            name=told.by if told else "",
            when=say.moment(told.at) if told else "",
            remark=told.remark if told else "",
            names=self._approvers,
            letter=standing.issued,
            day=say.day(standing.issued_on) if standing.issued_on else "",
            folder=standing.folder,
        )

    @property
    def _approvers(self) -> str:
        return self._say.one_of(self.view.standing.approvers)

    @property
    def sections(self) -> list[_Field]:
        """The personal parts."""
        return [self._field(one) for one in self.view.sections]

    def _field(self, section: Section) -> _Field:
        hint = self._say.hint(section.id, section.says)
        about = [_point(one) for one in self.view.told if one.target == f"words.{section.id}"]
        return _Field(
            section.id,
            hint.label,
            hint.text,
            hint.language,
            section.is_required,
            section.text,
            self._said(section.kept),
            self._said(section.theirs),
            about,
        )

    def _said(self, kept: Kept | None) -> _Said | None:
        return _Said(kept.text, kept.by, self._say.moment(kept.at)) if kept else None

    @property
    def may_approve(self) -> bool:
        """Whether the button that approves is there."""
        standing = self.view.standing
        return self.view.is_complete and standing.may_approve and not standing.approved and not self._is_out

    @property
    def may_send_back(self) -> bool:
        """Whether the button that sends back is there."""
        return bool(self.view.digest) and self.view.standing.may_approve and not self._is_out

    @property
    def may_issue(self) -> bool:
        """Whether the button that issues is there."""
        standing = self.view.standing
        is_free = not standing.is_held and not self._is_out
        return self.view.is_complete and standing.may_issue and is_free

    @property
    def accepts(self) -> list[tuple[str, str]]:
        """The findings that need a reason, by their codes: what each of them says."""
        return [(code, self._what(code) or code) for code in self.view.standing.accepts]

    def _what(self, code: str) -> str:
        said = [one.finding.message for one in self.view.told if one.finding.code == code]
        return " ".join(dict.fromkeys(said))

    @property
    def _is_out(self) -> bool:
        return bool(self.view.standing.issued)

    @property
    def cannot(self) -> str:
        """Why there is no button that approves, where that is because of who sits here."""
        view = self.view
        if view.is_broken or not view.digest or view.standing.may_approve or self._is_out:
            return ""
        if not view.standing.approvers:
            return self._say("cannot_approve_nobody")
        return self._say("cannot_approve", names=self._approvers)

    @property
    def log(self) -> list[_Line] | None:
        """The history, the latest first; None where it was not asked for."""
        return None if self.view.log is None else [self._line(one) for one in self.view.log]

    def _line(self, entry: Entry) -> _Line:
        return _Line(entry.at.isoformat(), self._say.moment(entry.at), entry.by, entry.what)
