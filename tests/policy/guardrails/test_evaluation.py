"""`chatelet eval detect`: one answer a line; a line that cannot be read stops no other."""

import json
from pathlib import Path

import pytest
from evals.make_detect import FOLDER

from chatelet.__main__ import main


def _run(folder: Path, lines: str, *options: str) -> list[dict[str, object]]:
    (folder / "in.jsonl").write_text(lines, "utf-8")
    assert (
        main(["eval", "detect", "--input", str(folder / "in.jsonl"), "--out", str(folder / "out.jsonl"), *options]) == 0
    )
    return [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]


def test_each_line_has_its_answer(tmp_path: Path) -> None:
    answers = _run(
        tmp_path, '{"id": "a", "text": "SECRET"}\nnon\n\n{"id": "b"}\n{"id": 3, "text": "jean@exemple.fr"}\n'
    )
    assert [(answer["id"], answer["verdict"]) for answer in answers] == [
        ("a", "quarantine"),
        (2, "block"),
        ("b", "block"),
        (3, "warn"),
    ]
    assert answers[3]["spans"] == [{"start": 0, "end": 15, "type": "email", "kind": "pii", "value": "jean@exemple.fr"}]
    assert answers[1]["error"] == "not_json"


def test_one_family_only(tmp_path: Path) -> None:
    [answer] = _run(tmp_path, '{"id": 1, "text": "SECRET, jean@exemple.fr"}\n', "--kind", "pii")
    assert [span["type"] for span in answer["spans"]] == ["email"]  # type: ignore[attr-defined]


def test_no_file_is_told(tmp_path: Path) -> None:
    assert main(["eval", "detect", "--input", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2


@pytest.mark.parametrize("kind", ["pii", "secrets", "markings", "injection"])
def test_the_development_sets_are_found_again(kind: str, tmp_path: Path) -> None:
    """At least 95 % of what is marked, and one text in fifty at most is disturbed for nothing."""
    lines = (FOLDER / f"{kind}.jsonl").read_text("utf-8")
    wanted = [json.loads(line) for line in lines.splitlines()]
    answers = _run(tmp_path, lines, "--kind", kind)
    hits = [
        any(span["start"] < place["end"] and place["start"] < span["end"] for span in answer["spans"])  # type: ignore[attr-defined]
        for entry, answer in zip(wanted, answers, strict=True)
        for place in entry["spans"]
    ]
    clean = [answer for entry, answer in zip(wanted, answers, strict=True) if not entry["spans"]]
    assert sum(hits) >= 0.95 * len(hits)
    assert sum(answer["verdict"] != "allow" for answer in clean) <= 0.02 * len(clean)
