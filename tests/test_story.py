"""The closing story, told by the script in the examples: on a register in a file, and on a server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from letters.register.location import location
from letters.register.opening import open_register
from letters.register.store import history

ROOT = Path(__file__).parents[1]
# What each scene has to say, by its title.
TOLD = {
    "Six cases come in": ["Entered 6 cases."],
    "Who has not been heard of": [
        "6 cases are open: 4 with a step that is due",
        "C-1002",
        "C-1108",
        "C-1306",
    ],
    "Two calls, and a letter that asks": [
        "4 attempts since",
        "(case C-1108, to marijose): entered as sent on 2026-11-22 by post",
    ],
    "A week later: the next letters are prepared": ["C-1108, outreach-final to marijose", "error[no-route]"],
    "The client answers, which calls off what was prepared": [
        "Called off: outreach-final to marijose must not leave",
        "error[answered]",
        "No letter for C-1108.",
    ],
    "A last letter to somebody else": ["by tracked-post", "error[notice-running]"],
    "The notice has run: ended, with reason, date and time": [
        "C-1001 ended on 2026-12-06: Contact was lost (LOST_CONTACT).",
        "The client would see: “Ended: December 7, 2026",
    ],
    "Who is still there": ["C-1002"],
    "And who was": ["C-1001"],
    "The client comes back": ["C-1001 goes on from 2027-02-01.", "Reason: Contact was lost"],
    "Nothing was altered": ["2 letters, all as issued."],
    "Somebody changes one byte of one letter": [
        "error[altered-letter]",
        "closing-lost-contact to jordan, case C-1001",
    ],
}
# What happens to C-1001, from beginning to end.
LIFE = [
    *("case-entered", "task-opened", "letter-issued", "task-closed", "letter-sent", "case-ended"),
    "case-restarted",
]


@pytest.mark.parametrize("database", ["file", "server"])
def test_the_story_is_told_to_its_end(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    address = None if database == "file" else request.getfixturevalue("postgres_url")
    told = tell(tmp_path, address)
    assert told.returncode == 0, told.stdout
    scenes = dict(zip(*[iter(re.split(r"\n== (.*)\n", f"\n{told.stdout}")[1:])] * 2, strict=True))

    assert list(scenes) == list(TOLD)
    for title, words in TOLD.items():
        said = " ".join(scenes[title].split())
        assert [word for word in words if word not in said] == [], title
    assert "C-1001" not in scenes["Who is still there"]
    assert "error" not in scenes["Nothing was altered"]
    assert "traceback" not in told.stdout.lower()

    where = location(address, tmp_path / "office")
    with open_register(where).reading() as connection:
        assert [entry.event for entry in history(connection, ["C-1001"])] == LIFE


def tell(tmp_path: Path, address: str | None) -> subprocess.CompletedProcess[str]:
    """Run the script with this program; what it says is in one stream, as a person would see it."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "letters"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m letters "$@"\n')
    program.chmod(0o700)
    environment = {
        **os.environ,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        **({"LETTERS_REGISTER": address} if address else {}),
    }
    return subprocess.run(
        ["sh", str(ROOT / "examples" / "story.sh"), str(tmp_path / "office")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
