"""The words of a case in the register: who wrote them, and nobody's are overwritten unseen."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from letters import against
from letters.caseload.telling import whole_history
from letters.caseload.words import Saved, base, kept, save
from letters.entering import told
from letters.errors import UsageError
from letters.findings import Finding
from letters.gathering import gather
from letters.model.history import CaseMerged
from letters.order import KeptCase, Order
from letters.register import queries
from letters.register.store import Actor
from tests.caseload.kept import SAM, Kept, keep
from tests.support.desk import TODAY

KIND = "closing-lost-contact"
LENA = Actor("lena-brook", "lena")
ZONE = "America/Los_Angeles"


def order(kept: Kept, **changes: Any) -> Order:
    case = KeptCase("C-1001", kept.ask(queries.case_file, "C-1001"), kept.ask(queries.digest, "C-1001"))
    return replace(Order(KIND, case, TODAY, draft=True, practice=kept.office.file), **changes)


def of_file(kept: Kept, number: str = "C-1001", kind: str = KIND) -> Order:
    file = kept.office.folder / "cases" / f"{number}.yaml"
    return Order(kind, file, TODAY, draft=True, practice=kept.office.file)


def saved(kept: Kept, words: dict[str, str], since: int, actor: Actor = SAM, **changes: Any) -> Saved:
    return save(kept.office, actor, order(kept, **changes), words, since)


def known(kept: Kept, language: str = "en", number: str = "C-1001") -> dict[str, tuple[str, str]]:
    """Each section's words, and who wrote them."""
    found = kept.ask(_kept, number, language, "en", ZONE)
    return {section: (one.text, one.by) for section, one in found.items()}


_kept = kept  # `kept` is also the practice that the tests work in


def words(kept: Kept, number: str = "C-1001") -> Any:
    return kept.ask(queries.data, number).get("words")


def differing(kept: Kept, wanted: Order) -> list[Finding]:
    """What the register has against a letter from a file."""
    facts, findings = gather(wanted)
    assert facts, findings
    about = told(facts.case, facts.case_file.data, kept.office.own_kinds)
    return list(kept.ask(against.of_case, facts, wanted, about, kept.office.source(wanted.case_file)))


def test_words_are_kept_with_who_wrote_them_and_when(kept: Kept) -> None:
    since = kept.ask(base, "C-1001")
    done = saved(kept, {"gratitude": "Thank you\r\nfor the soup.  "}, since, LENA)
    assert (done.findings, dict(done.conflicts), done.written) == ([], {}, True)
    assert done.base == kept.ask(base, "C-1001") > since
    one = kept.ask(_kept, "C-1001", "en", "en", ZONE)["gratitude"]
    assert (one.text, one.by) == ("Thank you\nfor the soup.", "lena-brook")
    assert one.at.date() == TODAY
    assert one.at.utcoffset() == datetime(2026, 11, 22, 12, tzinfo=UTC).astimezone(one.at.tzinfo).utcoffset()
    assert known(kept)["acknowledgment"][1] == "sam-rivera"


def test_the_history_tells_what_was_written(kept: Kept) -> None:
    saved(kept, {"acknowledgment": "You came."}, kept.ask(base, "C-1001"))
    last = kept.ask(whole_history, "C-1001", ZONE)[-1]
    assert "The data of the case was changed: words.acknowledgment" in str(last)


def test_all_else_the_register_knows_stays(kept: Kept) -> None:
    kept.issue("a letter", "C-1001", kind="outreach", addressee="jordan")
    kept.end("C-1001", TODAY)
    before = kept.ask(queries.data, "C-1001")
    contacts = kept.ask(queries.contacts, "C-1001")
    assert saved(kept, {"acknowledgment": "You came."}, kept.ask(base, "C-1001")).written
    after = kept.ask(queries.data, "C-1001")
    assert after.pop("words")["acknowledgment"]["es"] == before.pop("words")["acknowledgment"]["es"]
    assert (after, kept.ask(queries.contacts, "C-1001")) == (before, contacts)


def test_the_same_words_once_more_are_no_news(kept: Kept) -> None:
    now = known(kept)["acknowledgment"][0]
    done = saved(kept, {"acknowledgment": f" {now}\r\n", "gratitude": ""}, kept.ask(base, "C-1001"))
    assert (done.written, kept.events()[-1]) == (False, "case-entered")


def test_two_who_write_different_sections_do_not_conflict(kept: Kept) -> None:
    since, mine = kept.ask(base, "C-1001"), known(kept)["acknowledgment"][0]
    saved(kept, {"acknowledgment": "You came.", "gratitude": ""}, since, LENA)
    # What was on the page stands in all of its fields.
    done = saved(kept, {"acknowledgment": mine, "gratitude": "Thank you."}, since)
    assert (done.written, dict(done.conflicts)) == (True, {})
    assert {name: one.text for name, one in done.news.items()} == {"acknowledgment": "You came."}
    assert known(kept) == {
        "acknowledgment": ("You came.", "lena-brook"),
        "gratitude": ("Thank you.", "sam-rivera"),
    }


def test_two_who_write_one_section_are_told_and_nothing_is_overwritten(kept: Kept) -> None:
    since = kept.ask(base, "C-1001")
    saved(kept, {"acknowledgment": "You came."}, since, LENA)
    done = saved(kept, {"acknowledgment": "You did not come.", "gratitude": "Thank you."}, since)
    assert not done.written
    (conflict,) = done.conflicts.values()
    assert (conflict.text, conflict.by) == ("You came.", "lena-brook")
    assert known(kept) == {"acknowledgment": ("You came.", "lena-brook")}
    # Whoever has seen it may say so.
    assert saved(kept, {"acknowledgment": "You did not come."}, done.base).written
    assert known(kept)["acknowledgment"] == ("You did not come.", "sam-rivera")


def test_two_who_write_the_same_agree(kept: Kept) -> None:
    since = kept.ask(base, "C-1001")
    saved(kept, {"acknowledgment": "You came."}, since, LENA)
    done = saved(kept, {"acknowledgment": "You came."}, since)
    assert (done.written, dict(done.conflicts), done.base) == (False, {}, kept.ask(base, "C-1001"))


def test_what_somebody_took_out_is_a_conflict_too(kept: Kept) -> None:
    since = kept.ask(base, "C-1001")
    saved(kept, {"acknowledgment": ""}, since, LENA)
    assert known(kept) == {}
    done = saved(kept, {"acknowledgment": "You came."}, since)
    (conflict,) = done.conflicts.values()
    assert (conflict.text, conflict.by, done.written) == ("", "lena-brook", False)


def test_an_empty_text_takes_words_out_in_its_language_alone(kept: Kept) -> None:
    saved(kept, {"acknowledgment": "\r\n"}, kept.ask(base, "C-1001"))
    assert [*words(kept)["acknowledgment"]] == ["es"]
    saved(kept, {"acknowledgment": ""}, kept.ask(base, "C-1001"), language="es")
    assert not words(kept)


def test_words_in_another_language_stand_beside_the_others(kept: Kept) -> None:
    since = kept.ask(base, "C-1001")
    saved(kept, {"acknowledgment": "You came."}, since, LENA)
    done = saved(kept, {"acknowledgment": "Usted vino."}, since, language="es")
    assert (done.written, dict(done.conflicts)) == (True, {})
    assert words(kept)["acknowledgment"] == {"en": "You came.", "es": "Usted vino."}
    assert known(kept, "es")["acknowledgment"] == ("Usted vino.", "sam-rivera")
    assert known(kept)["acknowledgment"] == ("You came.", "lena-brook")


def test_words_with_a_mistake_are_not_kept(kept: Kept) -> None:
    since = kept.ask(base, "C-1001")
    done = saved(kept, {"acknowledgment": "You \u202ecame."}, since)
    (finding,) = done.findings
    assert finding.place
    assert (finding.code, finding.place.field) == ("direction-override", "words.acknowledgment")
    assert (done.written, done.base, kept.ask(base, "C-1001")) == (False, since, since)


def test_a_case_that_is_new_comes_in_with_its_words(kept: Kept) -> None:
    wanted = of_file(kept, "C-1101", "closing-completed")
    assert kept.ask(base, "C-1101") == 0
    nothing = save(kept.office, SAM, wanted, {}, 0)
    assert (nothing.written, kept.ask(queries.known, "C-1101")) == (False, None)
    done = save(kept.office, SAM, wanted, {"gratitude": "Thank you."}, 0)
    assert (done.written, done.base) == (True, kept.ask(base, "C-1101"))
    assert {"why-now", "gratitude"} < words(kept, "C-1101").keys()
    assert kept.ask(queries.source, "C-1101") is None
    again = save(kept.office, LENA, wanted, {"gratitude": "Thanks."}, 0)
    assert (again.written, [one.by for one in again.conflicts.values()]) == (False, ["sam-rivera"])


def test_a_new_case_with_mistakes_is_not_entered(kept: Kept) -> None:
    wanted = of_file(kept, "C-1101", "closing-completed")
    file = Path(str(wanted.case))
    file.write_text(file.read_text("utf-8").replace("clinician: sam-rivera", "clinician: [x]"), "utf-8")
    done = save(kept.office, SAM, wanted, {"gratitude": "Thank you."}, 0)
    assert ([one.code for one in done.findings], done.written) == (["bad-value"], False)
    assert kept.ask(queries.known, "C-1101") is None


def test_a_file_that_lacks_the_words_does_not_bring_the_old_ones_back(kept_in_file: Kept) -> None:
    kept = kept_in_file
    wanted = of_file(kept)
    assert differing(kept, wanted) == []
    done = save(kept.office, SAM, wanted, {"acknowledgment": "You came."}, kept.ask(base, "C-1001"))
    assert done.written
    (finding,) = differing(kept, wanted)
    assert finding.code == "register-differs"
    assert "words.acknowledgment.en" in finding.message
    assert differing(kept, order(kept)) == []


def test_words_are_laid_over_the_register_and_not_over_the_file(kept: Kept) -> None:
    wanted = of_file(kept)
    file = Path(str(wanted.case))
    file.write_text(file.read_text("utf-8").replace("97202", "97209"), "utf-8")
    assert save(kept.office, SAM, wanted, {"acknowledgment": "You came."}, kept.ask(base, "C-1001")).written
    (client,) = kept.ask(queries.data, "C-1001")["clients"]
    assert client["addresses"][0]["postcode"] == "97202"


def test_a_case_that_was_merged_is_told(kept: Kept) -> None:
    wanted = order(kept)
    kept.tell(CaseMerged(other="C-1001", data=kept.ask(queries.data, "C-1103")), "C-1103")
    for one in (wanted, of_file(kept)):
        with pytest.raises(UsageError, match="merged into C-1103"):
            save(kept.office, SAM, one, {"acknowledgment": "You came."}, 2)
    assert kept.ask(base, "C-1103") == len(kept.events())


def test_of_two_at_the_same_moment_one_is_told(kept: Kept) -> None:
    since, results, gate = kept.ask(base, "C-1001"), [], threading.Barrier(2)
    wanted = order(kept)

    def write(actor: Actor) -> None:
        gate.wait()
        text = f"You came, says {actor.login}."
        results.append(save(kept.office, actor, wanted, {"acknowledgment": text}, since))

    writers = [threading.Thread(target=write, args=(actor,)) for actor in (SAM, LENA)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert sorted(one.written for one in results) == [False, True]
    (loser,) = (one for one in results if not one.written)
    (conflict,) = loser.conflicts.values()
    assert (conflict.text, conflict.by) == known(kept)["acknowledgment"]


def test_a_practice_without_a_register_gets_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    kept = keep(tmp_path / "office")
    done = save(kept.office, SAM, of_file(kept), {"acknowledgment": "You came."}, 0)
    assert done.written
    assert known(kept)["acknowledgment"] == ("You came.", "sam-rivera")
