"""What any test may ask for by name, and in which order all tests are run."""

from __future__ import annotations

import signal

import pytest

from tests.support.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

# The modules that take longest begin first: each is run by one process, and at the end all others would wait.
LONG = {
    "test_agency",
    "test_cluster",
    "test_deciding",
    "test_examples",
    "test_export",
    "test_interrupted",
    "test_issuing_mishaps",
    "test_killed",
    "test_page_deciding",
    "test_page_for_everyone",
    "test_page_live",
    "test_page_long",
    "test_page_words",
    "test_serving",
    "test_story",
    "test_typeset",
}


def pytest_configure() -> None:
    """Have the signals that tests send to programs arrive, also where the tests run in the background."""
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


@pytest.hookimpl(trylast=True)  # after they were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest."""
    items.sort(key=lambda item: item.path.stem not in LONG)
