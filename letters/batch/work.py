"""What is done for one letter in another process: checked and written first, its pages set later."""

from __future__ import annotations

import pickle
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import connection, parent_process
from os import _exit
from typing import TYPE_CHECKING

from letters import faults, letter, typeset
from letters.checks.accepted import tells
from letters.checks.weights import weighed
from letters.errors import LettersError
from letters.findings import Finding, errors
from letters.gathering import gathered, read_sources
from letters.letter import Written, write_from
from letters.recording import sender_of

if TYPE_CHECKING:
    from letters.facts import Facts
    from letters.order import Order

# The engine is not made for several letters at once in one process, as some clusters would have it.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Task:
    """A letter to be checked, and the reasons for which warnings are accepted."""

    order: Order
    accepted: Mapping[str, str]


@dataclass(frozen=True)
class Reader:
    """Who a letter is to, as lists and labels say it."""

    addressee: str = ""
    name: str = ""
    route: tuple[str, ...] = ()
    postcode: str = ""
    country: str = ""
    envelope: str = ""
    sender: str = ""
    language: str = ""


@dataclass(frozen=True)
class Checked:
    """What was found in a letter without pages: `written` is the letter, as bytes, unless there are errors.

    `telling` is true where a reason for accepting a warning says what no letter's record may hold.
    """

    findings: list[Finding]
    reader: Reader
    written: bytes | None = None
    telling: bool = False


@dataclass(frozen=True)
class Pages:
    """The finished letter, unless its pages have errors, and its copy for the file."""

    findings: list[Finding]
    pdf: bytes | None = None
    copy: bytes | None = None
    pages: int = 0


def begin(scratch: str | None = None) -> None:
    """Make a process ready: Ctrl-C is for the one that hands out the work, and none outlives that.

    Copies of typefaces go into the folder `scratch`, if there is one, as a process that is ended cannot clear
    up after itself.
    """
    tempfile.tempdir = scratch or tempfile.tempdir
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(Exception):  # told by the first letter that needs it
        typeset.load()
    if parent := parent_process():
        watch = threading.Thread(target=_end_with, args=(parent.sentinel, scratch), daemon=True)
        watch.start()


def _end_with(sentinel: int, scratch: str | None) -> None:
    connection.wait([sentinel])
    if scratch:
        shutil.rmtree(scratch, ignore_errors=True)
    _exit(1)


@contextmanager
def _logged() -> Iterator[None]:
    """Have a log written of what is a fault of ours, here where it can be seen where it came from."""
    try:
        yield
    except LettersError:
        raise
    except Exception as error:
        faults.record(error, "batch")
        raise


def check(task: Task) -> Checked:
    """Write and check a letter, without setting it.

    Raises UsageError where kind or practice cannot be told, and MachineError as `letter.write` does.
    """
    with _ONE_AT_A_TIME, _logged():
        sources = read_sources(task.order)
        facts, findings = gathered(task.order, sources)
        if facts is None:
            return Checked(findings, Reader())
        written, more = write_from(facts, task.order, sources)
    findings = weighed(facts, findings) + more
    telling = any(tells(reason, facts.case_file, facts.practice_file) for reason in task.accepted.values())
    kept = pickle.dumps(_light(written)) if written and not errors(findings) else None
    return Checked(findings, _reader(facts, written), kept, telling)


def _light(written: Written) -> Written:
    """A letter without the documents that go behind it, which are the same for many."""
    light = tuple(replace(one, data=b"") for one in written.frame.enclosures)
    copy = _light(written.copy) if written.copy else None
    return replace(written, frame=replace(written.frame, enclosures=light), copy=copy)


def set_pages(written: bytes) -> Pages:
    """Set the pages of a letter that was checked. Raises MachineError as `letter.set_pages` does."""
    with _ONE_AT_A_TIME, _logged():
        made, findings = letter.set_pages(pickle.loads(written))  # noqa: S301 - our own, from `check`
    return Pages(findings, made.pdf, made.copy, made.pages) if made else Pages(findings)


def _reader(facts: Facts, written: Written | None) -> Reader:
    addressee, address = facts.addressee, facts.addressee.address
    return Reader(
        addressee.id,
        addressee.names[0] if addressee.names else "",
        tuple(written.frame.address) if written else (),
        (address.postcode or "") if address else "",
        address.country if address else "",
        written.layout.envelope if written else "",
        sender_of(facts),
        facts.language,
    )
