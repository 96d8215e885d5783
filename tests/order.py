"""What stays together and what begins first, when several workers share the tests (`--dist loadgroup`).

The tests of a file stay on one worker: the service that a file starts is started once. Files that last longest begin
first: no worker ends alone with one of them. Nothing may depend on this order; a file that is not named here only
begins later.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pytest

# By how long they last, longest first; from `--durations=0`, in `make test`.
_LONGEST: Final = (
    "knowledge/test_leaks.py",
    "knowledge/sources/test_rights.py",
    "journeys/test_soak.py",
    "journeys/test_database_network.py",
    "research/test_hostile.py",
    "browser/test_research.py",
    "journeys/test_workers.py",
    "journeys/test_bad_guests.py",
    "inference/test_embedded_model.py",
    "browser/test_verbs.py",
    "journeys/test_killed_readers.py",
    "journeys/test_faults.py",
    "journeys/test_backups.py",
    "journeys/test_forgotten_disk.py",
    "writing/test_summaries.py",
    "writing/test_choices.py",
    "kernel/test_storage.py",
    "journeys/test_no_route.py",
    "writing/test_works.py",
    "browser/test_accessibility.py",
    "browser/test_entrance.py",
    "journeys/test_chaos.py",
    "journeys/test_two_nodes.py",
    "journeys/test_leaving_elsewhere.py",
    "matrix/test_matrix.py",
)
# Folders whose one service serves all their files, for the whole run.
_TOGETHER: Final = ("research", "matrix")
_TESTS: Final = Path(__file__).parent


def arrange(items: list[pytest.Item]) -> None:
    """Give each test its group; put the longest files first, then those that start services, then the others."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
        if _starts_an_installation(item):
            item.add_marker("installation")
    items.sort(key=_turn)


def _group(item: pytest.Item) -> str:
    name = _name(item)
    folder = name.partition("/")[0]
    return folder if folder in _TOGETHER else name


def _starts_an_installation(item: pytest.Item) -> bool:
    return _name(item).startswith("journeys/") or "service" in getattr(item, "fixturenames", ())


def _turn(item: pytest.Item) -> tuple[int, int]:
    name = _name(item)
    place = _LONGEST.index(name) if name in _LONGEST else len(_LONGEST)
    return place, 0 if name.startswith(("browser/", "journeys/", "research/", "writing/")) else 1


def _name(item: pytest.Item) -> str:
    return _named(item.path)


@cache
def _named(path: Path) -> str:
    return path.relative_to(_TESTS).as_posix()
