"""A practice that writes to many, and work that is done at once in this process."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from letters.batch.leaving import Paper
from letters.batch.running import Bench, Result, look, run
from letters.batch.wanted import Given, Wanted, condition
from letters.caseload import importing
from letters.caseload.reported import FileOrStdin, gather
from letters.clock import now
from letters.office import Office, open_office
from letters.register.queries import Filter
from letters.register.store import Actor
from tests.support.caseloads import KIND, TABLE, caseload, write_rows
from tests.support.desk import TODAY

DANA = Actor("dana-okafor", "dana")


class _AtOnce(Executor):
    """Does each piece of work as soon as it is handed out."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class AtOnce:
    """Where work is done in this process; what other processes do to it is tested with real ones."""

    workers: int = 1

    def open(self, workers: int) -> Executor:  # noqa: ARG002
        return _AtOnce()

    def stop(self, executor: Executor) -> None:
        executor.shutdown()

    def is_lost(self, error: BaseException) -> bool:  # noqa: ARG002
        return False


@dataclass
class Shop:
    """A folder with a practice in which batches are run; `told` is what each stage said of how far it was."""

    folder: Path
    told: list[tuple[str, int, int | None]] = field(default_factory=list)

    @property
    def office(self) -> Office:
        return open_office(self.folder / "practice.yaml")

    @property
    def table(self) -> Path:
        return self.folder / TABLE

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def rows(self, *rows: Mapping[str, str]) -> Path:
        """Write the table anew."""
        names = dict.fromkeys(name for one in rows for name in one)
        write_rows(self.folder, [dict.fromkeys(names, "") | dict(one) for one in rows])
        return self.table

    def enter(self, *rows: Mapping[str, str]) -> None:
        """Bring the cases of some rows into the register, as an import does."""
        self.rows(*rows)
        self._enter(self.table)

    def _enter(self, file: Path) -> None:
        office = self.office
        with office.register().reading() as connection:
            plan = importing.plan(gather([file]), office, connection, TODAY)
        assert plan.cases, plan.findings
        importing.enter(plan.cases, office.register(), office, DANA, now(office.practice.time_zone))

    def wanted(self, *files: Path | str, **options: Any) -> Wanted:
        """What `letters batch` would be asked for; everybody of the table unless told otherwise."""
        given = {
            name: options.pop(name) for name in ("encoding", "sheet", "ignore_columns") if name in options
        }
        register = Filter(options.pop("clinician", None)) if options.pop("open", False) else None
        named: list[FileOrStdin] = [file if isinstance(file, Path) else "-" for file in files]
        if not named and register is None:
            named = [self.table]
        conditions = [condition(text, self.office.practice.columns) for text in options.pop("where", ())]
        details: dict[str, Any] = {"dated": TODAY, "asked_on": TODAY, **options}
        kind = details.pop("kind", KIND)
        return Wanted(kind, Given(named, register, **given), conditions=conditions, **details)

    def look(self, *files: Path | str, out: Path | None = None, **options: Any) -> Result:
        """Plan and check, and make nothing."""
        return look(self.wanted(*files, **options), self._bench(out, Paper()), self._tell)

    def run(
        self, *files: Path | str, out: Path | None = None, paper: Paper | None = None, **options: Any
    ) -> Result:
        """Run the batch to its end."""
        return run(self.wanted(*files, **options), self._bench(out or self.out, paper or Paper()), self._tell)

    def _bench(self, out: Path | None, paper: Paper) -> Bench:
        return Bench(self.office, DANA, AtOnce(), out, paper)

    def _tell(self, stage: str, done: int, total: int | None) -> None:
        self.told.append((stage, done, total))

    def listed(self, name: str, out: Path | None = None) -> list[dict[str, str]]:
        """A list that was left, row by row."""
        text = ((out or self.out) / name).read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    def history(self) -> list[str]:
        """What the register has, in order."""
        from letters.register.store import history

        with self.office.register(make=False).reading() as connection:
            return [entry.event for entry in history(connection)]


def told_of(result: Result) -> list[tuple[str, str, list[str]]]:
    """What became of each letter: case, status, codes of what was found."""
    return [(one.case, one.status, [found.code for found in one.findings]) for one in result.outcomes]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A practice whose clinician dana-okafor leaves, with a table of two plain clients."""
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return Shop(caseload(tmp_path / "office", 2))
