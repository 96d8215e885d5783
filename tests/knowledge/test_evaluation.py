"""`chatelet eval`: files in, files out, the same at each run; a wrong line is named."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from chatelet.__main__ import main

CORPUS = [
    {"id": "a", "title": "Recours", "text": "Le délai de recours est de deux mois. Il court dès la notification."},
    {"id": "b", "title": "Déchets", "text": "Les déchets verts sont ramassés le mardi. Les autres, le jeudi."},
    {"id": "c", "title": "", "text": "The library opens at nine. It is closed on Mondays."},
]
QUESTIONS = [
    {"id": "1", "text": "Quel jour sont ramassés les déchets verts ?", "lang": "fr"},
    {"id": "2", "question": "À quelle heure la bibliothèque ouvre-t-elle ?"},
    {"id": "3", "text": "Qui a découvert la pénicilline ?", "lang": "fr"},
]


def _lines(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def _run(verb: str, folder: Path, *more: str) -> Path:
    corpus, asked = _lines(folder / "corpus.jsonl", CORPUS), _lines(folder / "asked.jsonl", QUESTIONS)
    output = folder / "new" / "output"
    files = ["--queries", str(asked), "--run", str(output)]
    if verb == "citations":
        files = ["--questions", str(asked), "--out", str(output)]
    assert main(["eval", verb, "--corpus", str(corpus), *files, *more]) == 0
    return output


@pytest.mark.parametrize("mode", ["lexical", "dense", "hybrid"])
def test_a_run_ranks_the_corpus(tmp_path: Path, mode: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = _run("retrieval", tmp_path, "--mode", mode).read_text("utf-8")
    assert text == _run("retrieval", tmp_path, "--mode", mode).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    best = {query: passage for query, passage, _ in reversed(rows)}
    assert best["1"] == "b"
    assert ("2" in best) == (mode != "lexical")
    if mode == "hybrid":
        assert best["2"] == "c"
    assert all(float(one[2]) > float(other[2]) for one, other in pairwise(rows) if one[0] == other[0])
    assert "3 passages, 3 queries" in capsys.readouterr().err


def test_quotes_are_verbatim_and_what_is_not_there_is_not_answered(tmp_path: Path) -> None:
    texts = {line["id"]: line["text"] for line in CORPUS}
    given = [json.loads(line) for line in _run("citations", tmp_path).read_text("utf-8").splitlines()]
    assert [line["id"] for line in given] == ["1", "2", "3"]
    assert [line["abstain"] for line in given] == [False, False, True]
    assert [line.get("quote") for line in given[:2]] == [
        "Les déchets verts sont ramassés le mardi.",
        "The library opens at nine.",
    ]
    assert all(texts[line["passage_id"]][line["start"] : line["end"]] == line["quote"] for line in given[:2])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: this is not JSON"),
        ("[]", "line 2: an object is expected"),
        ('{"id": "x"}', "line 2: `text` is missing"),
        ('{"id": "x", "text": 3}', "line 2: `text` is not a text"),
        ('{"id": "x y", "text": "t"}', "line 2: `id` is empty or has spaces"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps(CORPUS[0]) + "\n" + line + "\n", "utf-8")
    asked = _lines(tmp_path / "asked.jsonl", QUESTIONS)
    output = tmp_path / "run.tsv"
    assert main(["eval", "retrieval", "--corpus", str(corpus), "--queries", str(asked), "--run", str(output)]) == 1
    assert told in capsys.readouterr().err
    assert not output.exists()


def test_odd_lines_are_read_as_what_they_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = [
        {"id": "a", "text": CORPUS[0]["text"]},  # no title
        {"id": 7, "title": None, "text": ""},
        {"id": "b", "title": "Déchets", "text": CORPUS[1]["text"], "source": {"other": [1]}},
        {"id": "b", "title": "Déchets", "text": CORPUS[1]["text"]},
        {"id": "b", "title": "Autre", "text": "Le maire a parlé."},
        {"id": "d", "title": "\u0000", "text": "\u0000\u200b\ud83d\ude00 \t"},
    ]
    lines = "\r\n".join([*(json.dumps(line) for line in odd[:3]), "", "  ", *(json.dumps(line) for line in odd[3:])])
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_bytes(b"\xef\xbb\xbf" + lines.encode())  # no end of line at the end either
    questions = [
        *({**QUESTIONS[0], "id": code or "none", "lang": code} for code in ("", "FR", "fr-FR", "fr_CA", "xx", None)),
        {"id": "empty", "text": "", "lang": "fr"},
        {"id": "long", "text": "déchets verts " * 2_000},
        QUESTIONS[0],
        QUESTIONS[0],
    ]
    asked, output = _lines(tmp_path / "asked.jsonl", questions), tmp_path / "run.tsv"
    arguments = ["eval", "retrieval", "--corpus", str(corpus), "--queries", str(asked), "--run", str(output)]
    assert main([*arguments, "--mode", "hybrid"]) == 0
    rows = [line.split("\t") for line in output.read_text("utf-8").splitlines()]
    best = {query: passage for query, passage, _ in reversed(rows)}
    best.pop("empty", None)  # without a word, nothing is nearer than the rest
    assert best == dict.fromkeys(("none", "FR", "fr-FR", "fr_CA", "xx", "long", "1"), "b")
    assert len(rows) == len({(query, passage) for query, passage, _ in rows}), "each passage once"
    told = capsys.readouterr().err
    assert "4 passages, 8 queries" in told
    assert "line 6: left out, `id` b was given before with the same words" in told
    assert "line 7: left out, `id` b was given before with other words" in told


def test_an_empty_corpus_answers_nothing(tmp_path: Path) -> None:
    empty = _lines(tmp_path / "empty.jsonl", [])
    asked, output = _lines(tmp_path / "asked.jsonl", QUESTIONS), tmp_path / "out"
    assert main(["eval", "citations", "--corpus", str(empty), "--questions", str(asked), "--out", str(output)]) == 0
    assert [json.loads(line)["abstain"] for line in output.read_text("utf-8").splitlines()] == [True] * 3
