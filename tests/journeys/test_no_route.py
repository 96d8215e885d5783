"""With nothing let out, the product starts and works, and tries nothing outside: no name, no connection (TA-065, TA-066)."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
async def told() -> dict[str, Any]:
    """What the journey of `no_route` saw, in a network namespace of its own."""
    command = [sys.executable, "-m", "tests.journeys.no_route"]
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])  # logs of migrations come before it


def test_the_counters_see_what_is_tried_on_purpose(told: dict[str, Any]) -> None:
    assert told["seen_on_purpose"] >= 2


def test_nothing_is_tried_outside(told: dict[str, Any]) -> None:
    """Though a model server, a mail server and files of models outside are all declared."""
    assert told["attempts"] == 0
    assert told["ended"] == 0


def test_an_installation_that_was_told_nothing_tries_nothing_either(told: dict[str, Any]) -> None:
    """No telemetry, font, script, search for a newer version nor file of a model, though none of these is there (TA-066)."""
    seen = told["default"]
    assert seen["set"] == []
    assert seen["attempts"] == 0
    assert (seen["answer"], seen["read"], seen["cited"]) == ("Bonjour à vous.", "read", [True])
    assert seen["models"]["scripted"] == "ready"
    assert seen["pages"] == [200, 200]
    assert seen["checked"] > 10
    assert seen["ended"] == 0
    outside = [
        name for name, (_open, answered, _refused) in seen["exits"].items() if answered and "127.0.0.1" not in name
    ]
    assert outside == []


def test_the_product_works(told: dict[str, Any]) -> None:
    assert told["answer"] == "Bonjour à vous."
    assert told["read"] == "read"
    assert told["cited"] == [True]
    assert told["found"] >= 1
    assert told["models"] == {"scripted": "ready", "cleared": "ready", "outside": "unreachable"}


def test_the_questions_of_an_open_network_are_answered_from_the_copy_kept_here(told: dict[str, Any]) -> None:
    """Those of `test_told_sources`, with `chatelet sources mirror`: the same citations, and no service is reached."""
    assert told["mirrored"] == ["1 works are kept", "1 works are kept"]
    found = told["works"]
    assert found["verified"] == [True, True]
    assert found["from"] == [["hal", "mirror"], ["openalex", "mirror"]]
    assert found["down"] == dict.fromkeys(("hal", "arxiv", "crossref"), "refused")
    assert found["web"] == [{"engine": "searxng", "reason": "closed"}]
    assert set(found["desk"]) == {"Équité des réseaux de neurones à la marge", "Fairness of pruned neural networks"}
    assert found["states"].pop("mirror") == "answered"
    assert set(found["states"].values()) == {"refused"}


def test_what_is_closed_is_said(told: dict[str, Any]) -> None:
    """On the page of the network's exits, by `chatelet check`, and by the command that would have fetched."""
    is_open, answered, _refused = told["exits"]["models 127.0.0.1"]
    assert (is_open, answered > 0) == (True, True)
    assert told["exits"]["mail mail.example.org"][:2] == [False, 0]
    is_open, answered, refused = told["exits"]["models models.example.org"]
    assert (is_open, answered, refused > 0) == (False, 0, True)
    state, detail = told["check"]["Network egress"]
    assert state == "degraded"
    assert "egress_closed for mail.example.org (mail.host), models.example.org (backend outside)" in detail
    code, words = told["fetch"]
    assert code == 1
    assert words.startswith("chatelet: egress_closed")
