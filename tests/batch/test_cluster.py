"""Letters made on a Dask cluster: a real scheduler and real workers, which see no file of the practice."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters.batch import cluster as module
from letters.batch import elsewhere
from letters.batch.cluster import Cluster
from letters.batch.crew import Crew, Lost
from letters.batch.work import Checked, Task, check
from letters.errors import MachineError, UsageError
from letters.letter import Written
from tests.support.caseloads import caseload, command, row, run, surroundings, write_rows
from tests.support.dask_cluster import SECRET, DaskCluster, dask_cluster, obey
from tests.support.desk import Desk
from tests.support.own_kind import give_kind

distributed = pytest.importorskip("distributed")

ROWS = 12
# The name of the batch, by chance; and what stands where in the register, by the order of coming home.
OWN_TO_A_RUN = ("batch.json", "seen.json")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this machine that no worker can read."""
    return tmp_path_factory.mktemp("closed").resolve()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, closed: Path) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask") / "cluster", closed) as there:
        yield there


@pytest.fixture(scope="module")
def made_here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the same batch leaves where no cluster is used."""
    folder = clients(tmp_path_factory.mktemp("here") / "practice")
    done = run(folder, "--workers", "2")
    assert done.returncode == 0, done.stderr
    return files(folder / "out")


def clients(folder: Path) -> Path:
    """A practice with a table of twelve; everybody is called as nobody else on this machine."""
    caseload(folder, 1)
    write_rows(folder, [row(number, client_name=f"{SECRET} {number}") for number in range(ROWS)])
    return folder


def files(out: Path) -> dict[str, bytes]:
    """Everything a batch left, by its name."""
    return {
        str(file.relative_to(out)): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file() and file.name not in OWN_TO_A_RUN
    }


def letters(folder: Path) -> list[Path]:
    return list((folder / "out" / "letters").glob("L-*.pdf"))


def begun(folder: Path, cluster: DaskCluster, at_least: int) -> subprocess.Popen[str]:
    """A batch on a cluster, once some letters are issued."""
    process = subprocess.Popen(
        command("--dask", cluster.address),
        cwd=folder,
        env=surroundings(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 60
    while len(letters(folder)) < at_least and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    assert at_least <= len(letters(folder)) < ROWS, "it is midway"
    return process


def done_there(
    cluster: DaskCluster, *words: str, patience: float = 60, at_home: float = 90
) -> dict[int, object]:
    """What came of pieces of work that are words to obey, with the patience of workers and of the crew."""
    with Crew(Cluster(cluster.address, patience), at_home) as crew:
        return {key: came for found in crew.run(obey, enumerate(words)) for key, came in found}


def checked_there(cluster: DaskCluster, task: Task) -> Checked:
    with Crew(Cluster(cluster.address)) as crew:
        (found,) = crew.run(check, [(0, task)])
    checked = found[0][1]
    assert isinstance(checked, Checked)
    return checked


def letter(checked: Checked) -> Written:
    assert checked.written, checked.findings
    written = pickle.loads(checked.written)  # noqa: S301 - our own
    assert isinstance(written, Written)
    return written


def test_a_cluster_makes_the_same_files_byte_for_byte(
    cluster: DaskCluster, closed: Path, made_here: dict[str, bytes]
) -> None:
    folder = clients(closed / "same")
    done = run(folder, "--dask", cluster.address)
    assert done.returncode == 0, done.stderr
    assert len(letters(folder)) == ROWS
    assert files(folder / "out") == made_here
    assert str(closed) not in cluster.tried.replace(str(closed / "control"), "")
    assert SECRET not in cluster.logs


def test_the_workers_of_these_tests_cannot_read_the_practice(cluster: DaskCluster, closed: Path) -> None:
    (closed / "control").mkdir()
    file = closed / "control" / "practice.yaml"
    file.write_text("name: Nobody")
    with Crew(Cluster(cluster.address)) as crew:
        (found,) = crew.run(Path.read_text, [(0, file)])
    assert isinstance(found[0][1], Lost)
    assert isinstance(found[0][1].error, PermissionError)
    assert str(file) in cluster.tried


def test_a_worker_that_is_killed_midway_loses_nothing(
    cluster: DaskCluster, closed: Path, made_here: dict[str, bytes]
) -> None:
    folder = clients(closed / "killed")
    process = begun(folder, cluster, at_least=2)
    cluster.lose_worker()
    _, told = process.communicate(timeout=120)
    cluster.add_worker()
    assert process.returncode == 0, told
    assert files(folder / "out") == made_here


def test_without_its_scheduler_a_batch_says_so_and_goes_on_later(
    cluster: DaskCluster, closed: Path, tmp_path: Path, made_here: dict[str, bytes]
) -> None:
    folder = clients(closed / "alone")
    with dask_cluster(tmp_path / "other", closed, workers=1) as other:
        process = begun(folder, other, at_least=2)
        other.scheduler.kill()
        _, told = process.communicate(timeout=120)
    assert process.returncode == 4
    assert "was lost" in told
    assert "Run the same command again" in told
    kept = {file.name for file in letters(folder)}
    assert len(kept) >= 2
    again = run(folder, "--dask", cluster.address)
    assert again.returncode == 0, again.stderr
    assert f"{len(kept)} issued before" in again.stderr
    assert {name: data for name, data in files(folder / "out").items() if name.startswith("letters")} == {
        name: data for name, data in made_here.items() if name.startswith("letters")
    }


def test_logo_signature_enclosure_own_kind_and_case_travel(cluster: DaskCluster, closed: Path) -> None:
    desk = Desk(closed / "own")
    give_kind(desk, "<p>A note.</p>", signed_by="practice", enclosures=["release"])
    task = Task(desk.order("note", practice=closed / "own" / "practice.json"), {})
    there, here = checked_there(cluster, task), check(task)
    assert (there.findings, there.reader) == (here.findings, here.reader)
    assert there.written
    written = letter(there)
    assert written == letter(here)
    assert set(written.frame.pictures) == {"logo", "signature"}
    assert [one.id for one in written.frame.enclosures] == ["release"]
    assert str(cluster.folder).encode() not in there.written


def test_what_is_wrong_is_told_of_the_users_own_files(cluster: DaskCluster, closed: Path) -> None:
    desk = Desk(closed / "wrong")
    desk.case["clients"][0]["name"] = ""
    desk.practice["letter"]["logo"] = "nowhere.svg"
    task = Task(desk.order(practice=closed / "wrong" / "practice.json"), {})
    there, here = checked_there(cluster, task), check(task)
    assert here.findings
    assert there.findings == here.findings
    assert {one.place.file for one in there.findings if one.place} <= {
        str(desk.folder / name) for name in ("case.json", "practice.json")
    }


def test_what_ends_its_process_is_named_and_the_rest_is_done(cluster: DaskCluster) -> None:
    came = done_there(cluster, "a", "end", "b", "c")
    assert came == {0: "A", 1: Lost("ended"), 2: "B", 3: "C"}


def test_what_stalls_is_given_up_and_the_rest_is_done(cluster: DaskCluster) -> None:
    came = done_there(cluster, "a", "stall", "b", "c", patience=2)
    assert came == {0: "A", 1: Lost("stalled"), 2: "B", 3: "C"}


def test_a_worker_that_stands_still_costs_no_letter(cluster: DaskCluster) -> None:
    done_there(cluster, *"abcd")
    still = cluster.workers[0]
    still.send_signal(signal.SIGSTOP)
    try:
        assert done_there(cluster, *"abcd", at_home=5) == dict(enumerate("ABCD"))
    finally:
        still.send_signal(signal.SIGCONT)


def test_time_limits_hold_on_a_cluster(cluster: DaskCluster) -> None:
    began = time.monotonic()
    assert done_there(cluster, "hurry") == {0: "HURRY"}
    assert time.monotonic() - began < 30


def test_an_error_comes_home_and_leaves_no_client_in_the_logs(cluster: DaskCluster) -> None:
    came = done_there(cluster, "raise")[0]
    assert isinstance(came, Lost)
    assert SECRET in str(came.error)
    assert "distributed.worker" in cluster.logs
    assert SECRET not in cluster.logs


def test_what_ends_its_workers_is_named_and_the_rest_is_done(closed: Path, tmp_path: Path) -> None:
    with dask_cluster(tmp_path / "frail", closed, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as frail:
        assert done_there(frail, "end the worker") == {0: Lost("ended")}
        assert done_there(frail, "a") == {0: "A"}
        assert "end the worker" not in frail.logs


def test_workers_that_differ_are_refused(cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {**elsewhere.versions(), "Python": "3.99.1", "weasyprint": "1"}
    monkeypatch.setattr(elsewhere, "versions", lambda: ours)
    with pytest.raises(MachineError, match=r"has Python 3\.\d+\.\d+ instead of 3\.99\.1, weasyprint"):
        done_there(cluster, "a")


def test_nobody_at_the_address_is_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.CONNECTING <= 10
    monkeypatch.setattr(module, "CONNECTING", 1.0)
    began = time.monotonic()
    with pytest.raises(
        MachineError, match=r"There is no answer from a cluster at tcp://127\.0\.0\.1:9\."
    ) as told:
        assert Cluster("tcp://127.0.0.1:9").workers
    assert "--dask" in told.value.remedy
    assert time.monotonic() - began < 10


def test_a_cluster_without_workers_is_told(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONNECTING", 3.0)
    with (
        dask_cluster(tmp_path / "empty", closed, workers=0) as empty,
        pytest.raises(MachineError, match="has no workers"),
    ):
        assert Cluster(empty.address).workers


@pytest.mark.parametrize("address", ["nonsense://x", "tcp://192.0.2.7:8786", "192.0.2.7:8786", "tls://x:1"])
def test_an_address_that_is_none_or_not_encrypted_is_refused(address: str) -> None:
    with pytest.raises(UsageError) as told:
        assert Cluster(address).workers
    assert "tls://" in told.value.remedy


def test_who_says_that_the_network_is_private_needs_no_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECTING", 1.0)
    monkeypatch.setitem(distributed.config["distributed"]["comm"], "require-encryption", False)
    with pytest.raises(MachineError, match="There is no answer"):
        assert Cluster("tcp://192.0.2.7:8786").workers


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MachineError) as told:
        assert Cluster("tcp://127.0.0.1:9").workers
    assert "letters[dask]" in told.value.remedy


def test_a_worker_forgets_the_practice_when_it_ends(closed: Path, tmp_path: Path) -> None:
    desk = Desk(closed / "forgotten")
    task = Task(desk.order(practice=closed / "forgotten" / "practice.json"), {})
    with dask_cluster(tmp_path / "brief", closed, workers=1) as brief:
        checked_there(brief, task)
        (home,) = brief.temporary.glob("letters-worker-*")
        assert [file.name for file in home.glob("*/practice.json")] == ["practice.json"]
        assert home.stat().st_mode & 0o777 == 0o700
        assert not list(home.glob("case-*"))
        brief.workers[0].send_signal(signal.SIGTERM)
        brief.workers[0].wait(20)
        assert not home.exists()
