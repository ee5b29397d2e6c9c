"""Whatever happens in whatever order, the tables are what the history adds up to."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.model.history import (
    CaseChanged,
    CaseEnded,
    CaseMerged,
    CaseRestarted,
    ContactLogged,
    Event,
    LetterAgain,
    LetterIssued,
    LetterReturned,
    LetterSent,
    LetterVoided,
    TaskClosed,
    TaskOpened,
)
from letters.register.erasing import erase
from letters.register.store import Register, Writing
from letters.register.verifying import verify
from tests.register.telling import ANNA, AT, TODAY, approved, contact, data, entered, issued, sent_back

DAYS = st.integers(1, 28).map(lambda day: f"2026-08-{day:02}")

ROUNDS = itertools.count(1)


@dataclass
class Practice:
    """What happens in a practice, picked by numbers; each round has cases of its own."""

    writing: Writing
    prefix: str
    count: int = 0
    live: list[str] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    tasks: dict[int, str] = field(default_factory=dict)

    def do(self, what: str, pick: int, day: str) -> None:
        """Let one thing happen, where it can."""
        self.count += 1
        if what == "enter" or not self.live:
            return self.enter(pick, day)
        number = self.live[pick % len(self.live)]
        if what in ("erase", "merge"):
            return self.erase(number) if what == "erase" else self.merge(number, pick // 7)
        mine = [letter for letter, case in self.letters.items() if case == number]
        tasks = [task for task, case in self.tasks.items() if case == number]
        event = self.event(what, pick, day, mine, tasks)
        if event is None:
            return None
        entry = self.writing.append(event, number)
        if isinstance(event, LetterIssued):
            self.letters[event.letter] = number
        if what == "task":
            self.tasks[entry.seq] = number
        return None

    def enter(self, pick: int, day: str) -> None:
        number = f"{self.prefix}-{self.count}"
        earlier = [{"kind": "outreach", "on": day, "to": "c"}] if pick % 3 == 0 else []
        self.writing.append(entered(number, contacts=pick % 3, letters=earlier), number)
        self.live.append(number)

    def erase(self, number: str) -> None:
        event = erase(self.writing, number, "its time has passed")
        self.forget(event.numbers)

    def merge(self, number: str, pick: int) -> None:
        others = [one for one in self.live if one != number]
        if others:
            other = others[pick % len(others)]
            self.writing.append(CaseMerged(other=other, data=data(number)), number)
            self.live.remove(other)
            moved = {other: number}
            self.letters = {letter: moved.get(case, case) for letter, case in self.letters.items()}
            self.tasks = {task: moved.get(case, case) for task, case in self.tasks.items()}

    def forget(self, numbers: list[str]) -> None:
        self.live = [one for one in self.live if one not in numbers]
        self.letters = {letter: case for letter, case in self.letters.items() if case in self.live}
        self.tasks = {task: case for task, case in self.tasks.items() if case in self.live}

    def event(self, what: str, pick: int, day: str, mine: list[str], tasks: list[int]) -> Event | None:
        """One event about a case; None where there is no letter or task to tell of."""
        letter = mine[pick % len(mine)] if mine else ""
        outcome = ("voicemail", "spoke", "wrong-person")[pick % 3]
        match what:
            case "change":
                return CaseChanged(data=data("x", last_session=day), contacts=[contact(f"{day}T10:00Z")])
            case "contact":
                return ContactLogged(contact=contact(f"{day}T10:00Z", outcome=outcome))
            case "end":
                return CaseEnded.model_validate({"reason": "R", "on": day, "at": f"{day}T09:00Z"})
            case "restart":
                return CaseRestarted(on=TODAY)
            case "issue":
                step, replaces = (None, "outreach", "closing")[pick % 3], letter if pick % 2 else None
                name = letter if letter and pick % 5 == 0 else f"L-{self.prefix}-{self.count}"
                ends_on = "2026-11-01" if step == "closing" else None
                return issued(name, step=step, replaces=replaces, dated=day, ends_on=ends_on)
            case "approve":
                return approved(dated=day)
            case "send back":
                return sent_back(dated=day, is_draft=pick % 2 == 0)
            case "task":
                return TaskOpened(task="letter", what="write")
            case "close" if tasks:
                return TaskClosed(number=tasks[pick % len(tasks)], outcome=("done", "canceled")[pick % 2])
            case "send" if letter:
                return LetterSent(letter=letter, on=TODAY, how="post")
            case "return" if letter:
                return LetterReturned(letter=letter, on=TODAY)
            case "void" if letter:
                return LetterVoided(letter=letter, because="it never left")
            case "again" if letter:
                return LetterAgain(letter=letter, because="it was lost", folder="letters")
        return None


WHAT = [
    *(
        "enter",
        "change",
        "contact",
        "contact",
        "end",
        "restart",
        "issue",
        "issue",
        "approve",
        "send back",
        "task",
        "close",
    ),
    *("send", "return", "void", "again", "merge", "erase"),
]
HAPPENED = st.lists(st.tuples(st.sampled_from(WHAT), st.integers(0, 1000), DAYS), min_size=1, max_size=30)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(happened=HAPPENED)
def test_whatever_happens_the_tables_are_the_sums_of_the_history(
    register: Register, happened: list[tuple[str, int, str]]
) -> None:
    with register.writing(ANNA, AT) as writing:
        practice = Practice(writing, f"R{next(ROUNDS)}")
        for one in happened:
            practice.do(*one)
    assert [finding.message for finding in verify(register)[1]] == []
