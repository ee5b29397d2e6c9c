"""Letters are made by the workers of a Dask cluster, which share no disk with this machine."""

from __future__ import annotations

import logging
import pickle
import warnings
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from letters.apart import seal, unseal
from letters.batch import elsewhere
from letters.batch.crew import Lost
from letters.batch.elsewhere import Answer, Call, do
from letters.batch.packing import Pack, pack, send
from letters.batch.work import Task
from letters.errors import MachineError, UsageError

CONNECTING = 10.0  # seconds
_LEAVING = 2.0
_ANSWERING = 5.0
# A letter has limits of some twenty seconds for each step of its own.
PATIENCE = 60.0
_GO_ON = "Run the same command again to go on: what is issued by then stays."
_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application")
_UNENCRYPTED = "require-encryption"  # Dask's own setting, which is nothing at first


class Cluster:
    """The workers of a cluster, by the address of its scheduler."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self.address = address
        self.patience = patience
        self._packs: dict[Path, Pack] = {}
        self._is_in_doubt = False

    @cached_property
    def workers(self) -> int:
        """How many letters the cluster makes at once.

        Raises MachineError where there is no cluster, UsageError where the address is none.
        """
        client = _connected(self.address)
        try:
            client.wait_for_workers(1, timeout=CONNECTING)
            threads: dict[str, int] = client.nthreads()
            return max(1, sum(threads.values()))
        except TimeoutError as error:
            message = f"The cluster at {self.address} has no workers."
            raise MachineError(message, "Start some with `dask worker`, or leave out --dask.") from error
        except OSError as error:
            raise _lost(self.address) from error
        finally:
            _disconnect(client)

    def open(self, workers: int) -> Executor:  # noqa: ARG002 - the cluster has as many as it has
        """Connect to the scheduler; after a worker that came to no end, to those that still answer."""
        return Remote(self, is_in_doubt=self._is_in_doubt)

    def stop(self, executor: Executor) -> None:
        """Take back what is not done; a worker gives up by itself what it is at."""
        self._is_in_doubt = True
        executor.shutdown(wait=False, cancel_futures=True)

    def is_lost(self, error: BaseException) -> bool:
        """Whether one worker after the other ended over it; what only ends its process is `Lost`."""
        from distributed.scheduler import KilledWorker

        return isinstance(error, KilledWorker)

    def packed(self, practice: Path) -> Pack:
        """The files of a practice, as they were when they were first needed."""
        if practice not in self._packs:
            self._packs[practice] = pack(practice)
        return self._packs[practice]


class Remote(Executor):
    """Hands work to a cluster, and takes back what came of it."""

    def __init__(self, cluster: Cluster, *, is_in_doubt: bool = False) -> None:
        self.cluster = cluster
        self._client = _connected(cluster.address)
        rather = {"workers": _answering(self._client), "allow_other_workers": True} if is_in_doubt else {}
        self._pool = self._client.get_executor(pure=False, **rather)

    def submit(self, work: Callable[..., Any], /, *things: Any, **_: Any) -> Future[Any]:
        """Have a piece of work done on one thing, as `Crew` does."""
        (thing,) = things
        outcome: Future[Any] = Future()
        packed = None
        if isinstance(thing, Task) and thing.order.practice:
            packed = self.cluster.packed(thing.order.practice)
            thing = send(thing)
        request = seal(work, thing)
        digest = packed.digest if packed else None
        self._hand_out(Call(elsewhere.versions(), request, self.cluster.patience, digest), outcome, packed)
        return outcome

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Leave the cluster, which then forgets whatever was not done."""
        _disconnect(self._client)

    def _hand_out(self, call: Call, outcome: Future[Any], packed: Pack | None) -> None:
        try:
            handed = self._pool.submit(do, call)
        except Exception:  # of many sorts, over a connection that is gone
            _settle(outcome, lambda: _raise(_lost(self.cluster.address)))
            return
        handed.add_done_callback(lambda done: self._take(done, call, outcome, packed))

    def _take(self, done: Future[Answer], call: Call, outcome: Future[Any], packed: Pack | None) -> None:
        is_whole = not done.cancelled() and not done.exception()
        if packed and call.pack is None and is_whole and done.result().status == "lacking":
            self._hand_out(replace(call, pack=packed.data), outcome, packed)
            return
        _settle(outcome, lambda: self._result(done))

    def _result(self, done: Future[Answer]) -> Any:
        """What came of a piece of work. Raises what it raised, and MachineError where the cluster failed."""
        if done.cancelled():
            raise _lost(self.cluster.address)
        error = done.exception()
        if error is not None:
            raise error if self.cluster.is_lost(error) else _unfit(self.cluster.address, error)
        return self._answered(done.result())

    def _answered(self, answer: Answer) -> Any:
        match answer.status:
            case "done":
                return unseal(answer.data)
            case "ended" | "stalled":
                return Lost(answer.status)
            case "refused":
                raise _differs(self.cluster.address, pickle.loads(answer.data))  # noqa: S301 - our own
            case "unable":
                why = pickle.loads(answer.data)  # noqa: S301 - our own
                message = f"A worker of the cluster at {self.cluster.address} cannot make letters: {why}."
                raise MachineError(message, "Mend that there, and run the same command again.")
        raise _lost(self.cluster.address)


def _settle(outcome: Future[Any], result: Callable[[], Any]) -> None:
    if not outcome.set_running_or_notify_cancel():
        return
    try:
        outcome.set_result(result())
    except Exception as error:
        outcome.set_exception(error)


def _raise(error: Exception) -> None:
    raise error


def _connected(address: str) -> Any:
    """A client of the cluster."""
    try:
        with warnings.catch_warnings():
            # That versions differ is told by us, where it matters.
            warnings.simplefilter("ignore")
            import distributed
    except ImportError as error:
        message = "Letters cannot be made on a cluster: Dask is not installed here."
        raise MachineError(message, "Install letters with it: pip install 'letters[dask]'.") from error
    _expect_private(address)
    _quieten()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            connect: Any = distributed.Client
            return connect(address, timeout=CONNECTING, set_as_default=False, name="letters")
    except OSError as error:
        message = f"There is no answer from a cluster at {address}."
        remedy = (
            "Start one with `dask scheduler` and `dask worker`, correct the address, or leave out --dask."
        )
        raise MachineError(message, remedy) from error
    except (ValueError, TypeError, RuntimeError) as error:
        message = f"The address {address} cannot be used as that of a cluster."
        remedy = "Write it as tls://host:8786; what TLS needs is in Dask's own configuration."
        raise UsageError(message, remedy) from error


def _quieten() -> None:
    """Have Dask say nothing by itself: what goes wrong is told by us."""
    # The files of a practice go along with a letter, and may be larger than Dask thinks wise.
    _settings()["admin"]["large-graph-warning-threshold"] = "1GB"
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _settings() -> dict[str, Any]:
    """Dask's own settings, from its files and the environment."""
    import distributed

    settings: Any = distributed.config  # a module in the eyes of type checkers, and a mapping
    found: dict[str, Any] = settings["distributed"]
    return found


def _answering(client: Any) -> list[str] | None:
    """The addresses of the workers that do something at once; none where nobody does."""
    asked = {
        client.get_executor(pure=False, workers=[worker]).submit(elsewhere.is_there): worker
        for worker in client.nthreads()
    }
    done, _ = wait(asked, _ANSWERING)
    return [asked[future] for future in done if not future.cancelled() and not future.exception()] or None


def _expect_private(address: str) -> None:
    """Raise UsageError where clients' data would cross a network for everybody to read."""
    from distributed.utils import ensure_ip

    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme in ("tls", "wss") or _settings()["comm"][_UNENCRYPTED] is False:
        return
    try:
        is_here = ensure_ip(parts.hostname or "").startswith(("127.", "::1"))
    except OSError:
        return  # nobody is there, which is told next
    if not is_here:
        raise UsageError(
            f"The connection to {address} is not encrypted, and clients' data would travel over it.",
            "Use a tls:// address. Where the network is private, set distributed.comm.require-encryption to "
            "false in Dask's configuration.",
        )


def _disconnect(client: Any) -> None:
    try:
        client.close(timeout=_LEAVING)
    except Exception:  # the cluster may be gone, and its errors are of many sorts
        logging.getLogger(__name__).debug("the cluster was left without goodbye")


def _lost(address: str) -> MachineError:
    return MachineError(f"The connection to the cluster at {address} was lost.", _GO_ON)


def _unfit(address: str, error: BaseException) -> MachineError:
    if isinstance(error, ImportError | AttributeError):
        message = f"A worker of the cluster at {address} does not have this version of letters."
        return MachineError(message, "Install the same version on every worker.")
    message = f"The cluster at {address} failed over a letter ({type(error).__name__})."
    return MachineError(message, _GO_ON)


def _differs(address: str, there: dict[str, str]) -> MachineError:
    here = elsewhere.versions()
    names = [name for name in here | there if here.get(name) != there.get(name)]
    told = ", ".join(f"{name} {there.get(name) or 'none'} instead of {here.get(name)}" for name in names[:3])
    message = (
        f"A worker of the cluster at {address} would make other letters than this machine: it has {told}."
    )
    return MachineError(message, "Install the same on every worker, for example from one container image.")
