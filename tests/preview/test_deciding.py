"""What is decided on the page is bound to the letter that was read, and goes into the register as ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.caseload.telling import whole_history
from letters.issuing import look
from letters.office import open_office
from letters.order import Order
from letters.preview.views import Action, View
from letters.register import correspondence, queries
from tests.preview.sitting import CASE, KIND, Sitting, codes, sit
from tests.support.desk import TODAY

MINE, THEIRS = "You came every week.", "You came when it rained."
DECIDING: tuple[Action, ...] = ("approve", "send-back", "issue")


@pytest.fixture
def sam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return sit(tmp_path / "office", CASE)


def issuing(one: Sitting) -> Sitting:
    """The practice lets letters be issued from the page."""
    one.practice("preview: {issue: yes}")
    return one


def history(one: Sitting) -> list[str]:
    """What the register tells of the case."""
    return [entry.text for entry in one.kept.ask(whole_history, CASE, None)]


def decided(one: Sitting) -> list[str]:
    """What was entered besides the case and its words."""
    return [event for event in one.kept.events() if not event.startswith("case-")]


def letters(one: Sitting) -> Any:
    return one.kept.ask(queries.letters, CASE)


def names(one: Sitting) -> list[str]:
    return sorted(file.name for file in (one.kept.office.folder / "issued").glob("*"))


def word(view: View) -> tuple[str, str] | None:
    given = view.standing.approved
    return (given.by, given.at.date().isoformat()) if given else None


def test_words_are_saved_with_who_wrote_them(sam: Sitting) -> None:
    done = sam.decide("save", sam.ask(), words_acknowledgment=f"{MINE}\r\n\r\nAlways. ")
    section = done.sections[0]
    assert (done.came, done.told, done.base) == ("saved", (), done.newest)
    assert sam.words()["acknowledgment"]["en"] == section.text == f"{MINE}\n\nAlways."
    assert section.kept
    assert (section.kept.text, section.kept.by) == (section.text, "Sam Rivera")
    assert section.kept.at.date() == TODAY
    assert done.log
    assert (done.log[0].by, "words.acknowledgment" in done.log[0].what) == ("Sam Rivera", True)


def test_saving_nothing_enters_nothing(sam: Sitting) -> None:
    before = sam.kept.events()
    assert sam.decide("save", sam.ask()).came == "saved"
    assert sam.kept.events() == before


def test_words_with_a_mistake_are_not_saved(sam: Sitting) -> None:
    before = sam.kept.events()
    done = sam.decide("save", sam.ask(), words_acknowledgment="You \u202ecame.")
    assert (done.came, codes(done), done.is_broken) == ("stopped", ["direction-override"], False)
    assert sam.kept.events() == before


def test_an_approval_is_entered_for_the_letter_that_was_read(sam: Sitting) -> None:
    read = sam.ask()
    done = sam.decide("approve", read)
    assert (done.came, done.told, done.digest) == ("approved", (), read.digest)
    assert (word(done), word(sam.ask())) == (("Sam Rivera", TODAY.isoformat()),) * 2
    (given,) = sam.kept.ask(correspondence.approvals_given, CASE, KIND)
    assert (given.by, given.data["content"]) == ("sam-rivera", read.digest)
    # Twice is once.
    again = sam.decide("approve", done)
    assert (again.came, decided(sam)) == ("approved", ["letter-approved"])


def test_words_that_are_typed_are_saved_before_they_are_approved(sam: Sitting) -> None:
    typed = sam.decide("draw", sam.ask(), words_acknowledgment=MINE)
    done = sam.decide("approve", typed, words_acknowledgment=MINE)
    assert (done.came, done.digest, sam.words()["acknowledgment"]["en"]) == ("approved", typed.digest, MINE)
    assert word(done) == ("Sam Rivera", TODAY.isoformat())
    assert sam.kept.events() == ["case-entered", "case-changed", "letter-approved"]


def test_a_case_that_is_new_comes_in_with_its_words_and_is_approved(sam: Sitting) -> None:
    new = sam.at(sam.file("C-1101"), "closing-completed")
    read = new.ask()
    assert (read.is_complete, read.base, read.log) == (True, 0, ())
    typed = new.decide("draw", read, words_thanks="Thank you for the trust.")
    done = new.decide("approve", typed, words_thanks="Thank you for the trust.")
    assert (done.came, done.told, done.digest) == ("approved", (), typed.digest)
    assert sam.words("C-1101")["thanks"] == "Thank you for the trust."
    assert decided(sam) == ["letter-approved"]
    assert new.ask().digest == typed.digest


def test_what_was_changed_in_between_is_not_decided(sam: Sitting) -> None:
    read = issuing(sam).ask()
    sam.by("lena-brook").decide("save", read, words_gratitude=THEIRS)
    for action in DECIDING:
        done = sam.decide(action, read, remark="Too short.")
        assert done.came == "changed"
        assert (decided(sam), names(sam)) == ([], [])
        assert (THEIRS in (done.text or ""), done.digest != read.digest) == (True, True)
    assert sam.decide("approve", done).came == "approved"


def test_what_somebody_sent_back_meanwhile_is_not_decided(sam: Sitting) -> None:
    read = issuing(sam).ask()
    sam.by("lena-brook").decide("send-back", read, remark="They moved.")
    for action in DECIDING:
        done = sam.decide(action, read, remark="Too short.")
        assert (done.came, decided(sam), names(sam)) == ("changed", ["letter-sent-back", "task-opened"], [])
    assert sam.decide("approve", done).came == "approved"


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_without_the_letter_that_was_read_nothing_is_decided(sam: Sitting, digest: str) -> None:
    read = issuing(sam).ask()
    for action in DECIDING:
        done = sam.decide(action, read, digest=digest, remark="Too short.")
        assert (done.came in ("changed", "stopped"), decided(sam), names(sam)) == (True, [], [])


def test_words_in_conflict_keep_anything_from_being_decided(sam: Sitting) -> None:
    read = issuing(sam).ask()
    sam.by("lena-brook").decide("save", read, words_acknowledgment=THEIRS)
    fields = {"words_acknowledgment": MINE, "words_gratitude": "All the best.", "remark": "No."}
    typed = sam.decide("draw", read, **fields)
    for action in DECIDING:
        done = sam.decide(action, typed, **fields)
        section = done.sections[0]
        assert (done.came, decided(sam), sam.words()["acknowledgment"]["en"]) == ("conflict", [], THEIRS)
        assert section.theirs
        assert (section.theirs.text, section.theirs.by) == (THEIRS, "Lena Brook")
        assert (MINE in (done.text or ""), done.base, "gratitude" in sam.words()) == (True, read.base, False)
    # Whoever has seen them may keep their own.
    chosen = sam.decide("save", done, base=str(done.newest), words_acknowledgment=MINE)
    assert (chosen.came, sam.words()["acknowledgment"]["en"]) == ("saved", MINE)


def test_two_who_write_different_parts_are_not_in_each_others_way(sam: Sitting) -> None:
    read = sam.ask()
    sam.by("lena-brook").decide("save", read, words_gratitude=THEIRS)
    done = sam.decide("save", read, words_acknowledgment=MINE)
    kept = {one.id: one.kept.by for one in done.sections if one.kept}
    assert (done.came, kept) == ("saved", {"acknowledgment": "Sam Rivera", "gratitude": "Lena Brook"})


def test_whoever_may_not_decides_nothing(sam: Sitting) -> None:
    dana = sam.by("dana-okafor")
    read = dana.ask()
    assert (read.standing.may_approve, read.standing.approvers) == (False, ("Sam Rivera", "Lena Brook"))
    for action in DECIDING[:2]:
        done = dana.decide(action, read, remark="No.")
        assert (done.came, codes(done), decided(sam)) == ("stopped", ["may-not-approve"], [])


def test_a_draft_is_not_approved_and_can_be_sent_back(sam: Sitting) -> None:
    sam.decide("save", sam.ask(), words_acknowledgment="")
    draft = sam.decide("draw", sam.ask(), language="es", words_acknowledgment="")
    assert draft.is_complete is False
    empty = sam.decide("save", draft, language="es", words_acknowledgment="")
    assert ("words-missing" in codes(empty), empty.is_complete) == (True, False)
    assert sam.decide("approve", empty, language="es").came == "incomplete"
    # A page that says otherwise does not help.
    assert sam.decide("approve", empty, language="es", complete="yes").came == "stopped"
    done = sam.decide("send-back", empty, language="es", remark="What did she do?")
    assert (done.came, decided(sam)) == ("sent-back", ["letter-sent-back", "task-opened"])
    (back,) = sam.kept.ask(correspondence.sent_back, CASE, KIND, "jordan")
    assert (back.data["is_draft"], back.remark) == (True, "What did she do?")


def test_a_letter_goes_back_with_a_remark_and_can_be_approved_once_it_is_mended(sam: Sitting) -> None:
    read = sam.ask()
    assert sam.decide("send-back", read, remark=" \r\n ").came == "no-remark"
    assert decided(sam) == []
    done = sam.decide("send-back", read, remark=" The end\r\nsounds cold. ")
    told = done.standing.sent_back
    assert told
    assert (done.came, told.by, told.remark) == ("sent-back", "Sam Rivera", "The end sounds cold.")
    assert [one.data["what"] for one in sam.kept.ask(queries.tasks, CASE)] == [
        "Mend the letter, then have it read again: The end sounds cold."
    ]
    order = Order(KIND, sam.file(), TODAY, draft=False, practice=sam.kept.office.file)
    office = open_office(sam.kept.office.file)
    assert "sent-back" in [one.code for one in look(order, office)]
    mended = sam.decide("approve", sam.decide("save", done, words_gratitude="All the best."))
    assert (mended.came, mended.standing.sent_back, word(mended) is None) == ("approved", None, False)
    assert "sent-back" not in codes(mended)


def test_a_remark_that_is_too_long_is_refused(sam: Sitting) -> None:
    done = sam.decide("send-back", sam.ask(), remark="x" * 5000)
    assert (done.came, codes(done), decided(sam)) == ("stopped", ["no-remark"], [])


def test_a_change_of_the_case_makes_the_approval_void(sam: Sitting) -> None:
    sam.practice(f"approval: {{kinds: [{KIND}]}}")
    read = sam.ask()
    assert (read.standing.needs_approval, read.standing.is_held, read.standing.concerns) == (True, True, ())
    approved = sam.decide("approve", read)
    assert (word(approved) is None, approved.standing.is_held) == (False, False)
    changed = sam.by("lena-brook").decide("save", sam.ask(), words_gratitude=THEIRS)
    (concern,) = changed.standing.concerns
    assert (word(changed), "Since then this has changed: case: words." in concern) == (None, True)
    assert codes(changed) == []


def test_a_letter_that_was_approved_opens_with_the_date_it_was_approved_with(sam: Sitting) -> None:
    dated = "2026-11-24"
    sam.practice(f"approval: {{kinds: [{KIND}]}}")
    approved = sam.decide("approve", sam.decide("draw", sam.ask(), dated=dated), dated=dated)
    assert (approved.came, codes(approved)) == ("approved", [])
    opened = sam.ask()
    assert (str(opened.dated), opened.digest, word(opened) is None) == (dated, approved.digest, False)


def test_nothing_is_issued_where_the_practice_does_not_say_so(sam: Sitting) -> None:
    read = sam.ask()
    done = sam.decide("issue", read)
    assert (read.standing.may_issue, done.came, decided(sam), names(sam)) == (False, "may-not-issue", [], [])


def test_a_letter_is_issued_once(sam: Sitting) -> None:
    read = issuing(sam).ask()
    done = sam.decide("issue", read)
    (row,) = letters(sam)
    assert (done.came, done.standing.issued, done.standing.folder) == ("issued", row.letter, "issued")
    assert (done.standing.issued_on, names(sam)) == (TODAY, [f"{row.letter}.pdf"])
    again = sam.decide("issue", done)
    assert (again.came, len(letters(sam)), names(sam)) == ("issued", 1, [f"{row.letter}.pdf"])
    # Other words about the same matter wait for a reason.
    other = sam.decide("save", done, words_gratitude=THEIRS)
    stopped = sam.decide("issue", other)
    assert (other.standing.accepts, stopped.came, len(letters(sam))) == (("already-issued",), "stopped", 1)
    more = sam.decide("issue", other, **{"accept.already-issued": "The first one was torn."})
    assert (more.came, len(letters(sam))) == ("issued", 2)


def test_a_letter_that_needs_an_approval_is_issued_on_it(sam: Sitting) -> None:
    issuing(sam).practice(f"approval: {{kinds: [{KIND}]}}")
    read = sam.ask()
    stopped = sam.decide("issue", read, **{"accept.not-approved": "I say so."})
    assert (stopped.came, letters(sam)) == ("stopped", [])
    done = sam.decide("issue", sam.decide("approve", read))
    assert (done.came, letters(sam)[0].data["approval"]) == ("issued", 2)
    assert done.standing.concerns == ()


def test_a_warning_needs_a_reason_that_tells_nothing(sam: Sitting) -> None:
    file = sam.file("C-1101")
    file.write_text(file.read_text("utf-8").replace("confirmed: 2026", "confirmed: 2024"), "utf-8")
    old = issuing(sam).at(file, "closing-completed")
    read = old.ask()
    assert read.standing.accepts == ("address-unconfirmed",)
    for reason in ("", "  ", "Sukarni told me."):
        done = old.decide("issue", read, **{"accept.address-unconfirmed": reason})
        assert (done.came, decided(sam)) == ("stopped", [])
    (refused,) = [one.finding for one in done.told if not one.finding.code]
    assert "repeats something confidential, or names somebody" in refused.message
    assert "Sukarni" not in f"{refused.message} {refused.remedy}"
    done = old.decide("issue", read, **{"accept.address-unconfirmed": " Confirmed by phone today. "})
    (row,) = sam.kept.ask(queries.letters, "C-1101")
    assert (done.came, row.data["accepted"]) == (
        "issued",
        {"address-unconfirmed": "Confirmed by phone today."},
    )


def test_the_history_tells_who_decided_what(sam: Sitting) -> None:
    issuing(sam)
    read = sam.by("lena-brook").decide("save", sam.ask(), words_gratitude=THEIRS)
    back = sam.decide("send-back", read, remark="Warmer.")
    approved = sam.decide("approve", sam.decide("save", back, words_gratitude="All the best to you."))
    done = sam.decide("issue", approved)
    assert done.log
    told = [(one.by, one.what) for one in reversed(done.log)]
    assert [what for _, what in told] == history(sam)
    assert [by for by, what in told if "words.gratitude" in what] == ["Lena Brook", "Sam Rivera"]
    assert len([what for _, what in told if "Warmer." in what]) >= 1
    assert done.log[0].at >= done.log[-1].at
