"""`chatelet eval parse`: a text and a report for each file; a bad one stops no other."""

import json
from pathlib import Path

import pytest

from chatelet.__main__ import main
from tests.documents.parsing.makers import docx, paragraph, zipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in" / "deeper"
    inside.mkdir(parents=True)
    (tmp_path / "in" / "bon.docx").write_bytes(docx(paragraph("Bonjour") + paragraph("caché", run="<w:vanish/>")))
    (tmp_path / "in" / "faux.pdf").write_bytes(b"Bonjour")
    (tmp_path / "in" / "vide.txt").write_bytes(b"")
    (tmp_path / "in" / "tout.zip").write_bytes(zipped({"note.txt": "une note", "a/suite.txt": "sa suite"}))
    (inside / "bon.docx").write_bytes(docx(paragraph("Bonsoir")))
    (inside / ".caché").write_bytes(b"x")
    return tmp_path


def test_each_file_gives_its_text_and_its_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "out"
    assert main(["eval", "parse", str(folder / "in"), "--out", str(out), "--jobs", "3"]) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{name}.{kind}"
        for name in ("bon.docx", "bon.docx~2", "faux.pdf", "vide.txt", "tout.zip")
        for kind in ("txt", "json")
    )
    assert (out / "bon.docx.txt").read_text("utf-8") == "Bonjour\n"
    assert (out / "bon.docx~2.txt").read_text("utf-8") == "Bonsoir\n"
    told = json.loads((out / "bon.docx.json").read_text("utf-8"))
    assert {"file": "bon.docx", "status": "read", "kind": "docx", "title": None}.items() <= told.items()
    assert [block["hidden"] for block in told["blocks"]] == [False, True]
    assert (
        json.loads((out / "faux.pdf.json").read_text("utf-8"))["report"]["findings"][0]["code"] == "extension_mismatch"
    )
    assert json.loads((out / "vide.txt.json").read_text("utf-8"))["status"] == "empty"
    assert "unsupported" in capsys.readouterr().out


def test_the_files_inside_are_read_under_their_names(folder: Path) -> None:
    out = folder / "out"
    assert main(["eval", "parse", str(folder / "in" / "tout.zip"), "--out", str(out)]) == 0
    assert (out / "tout.zip.txt").read_text(
        "utf-8"
    ) == "=== note.txt ===\n\nune note\n\n=== suite.txt ===\n\nsa suite\n"
    told = json.loads((out / "tout.zip.json").read_text("utf-8"))
    assert [attachment["name"] for attachment in told["attachments"]] == ["note.txt", "suite.txt"]


def test_a_file_that_is_not_there_stops_no_other(folder: Path) -> None:
    out = folder / "out"
    files = [str(folder / "absent.txt"), str(folder / "in" / "bon.docx")]
    assert main(["eval", "parse", *files, "--out", str(out)]) == 0
    assert json.loads((out / "absent.txt.json").read_text("utf-8"))["status"] == "damaged"
    assert (out / "bon.docx.txt").read_text("utf-8") == "Bonjour\n"


def test_nothing_to_read_is_an_error_of_use(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["eval", "parse", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 2
