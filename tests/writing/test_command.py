"""`chatelet translate` as an administrator runs it: no service, the installation's own models, the file given back."""

import asyncio
import io
import json
import zipfile
from pathlib import Path

from chatelet.documents.parsing.reader import read_file
from tests.journeys.service import installation
from tests.writing.pdf_file import pdf_file
from tests.writing.translator import FRENCH, Translator
from tests.writing.word_file import word_file

TEXT = f"""\
{FRENCH.capitalize()}.

- Les crédits sont de 1 234,50 euros pour chacun des agents.
- Voir https://exemple.fr/notes?id=12 avant le 12/03/2024.

Le rectorat a répondu à la demande des services.
"""


async def test_a_text_is_translated_and_given_back(model: Translator, tmp_path: Path) -> None:
    note, terms, told = tmp_path / "note.txt", tmp_path / "termes.csv", tmp_path / "rapport.json"
    note.write_text(TEXT)
    terms.write_text("fr;en;forbidden\nrectorat;regional education authority;rector's office\n")
    model.says["rectorat"] = "The rector's office has answered the request of the services."
    with installation(model.url) as service:
        done = await asyncio.to_thread(
            service.command,
            *("translate", str(note), "--to", "en-GB", "--glossary", str(terms), "--report", str(told)),
        )
        assert done.returncode == 0, done.stderr
        written = (tmp_path / "note.en.txt").read_text()
        assert written.count("\n") == TEXT.count("\n")
        assert "regional education authority" in written
        assert "https://exemple.fr/notes?id=12" in written
        assert "12/03/2024" in written
        assert "1 234.50" in written
        assert "4 segments: 4 written" in done.stderr
        report = json.loads(told.read_text())
        assert (report["kept"], report["terms_applied"]) == (0, {"rectorat": 1})

        model.faults["crédits"] = [lambda answer, text: answer.replace("234", "432")] * 9
        again = await asyncio.to_thread(service.command, "translate", str(note), "--to", "en", "--out", "-")
        assert again.returncode == 2, again.stderr
        assert "Les crédits sont de 1 234,50 euros" in again.stdout
        assert "left as it was (figure_missing" in again.stderr

        refused = await asyncio.to_thread(service.command, "translate", str(note), "--to", "klingon")
        assert (refused.returncode, "language_unknown" in refused.stderr) == (1, True)
        note.write_text("DIFFUSION RESTREINTE\n\n" + TEXT)
        closed = await asyncio.to_thread(service.command, "translate", str(note), "--to", "en")
        assert (closed.returncode, "not_cleared" in closed.stderr or "level" in closed.stderr) == (1, True)


async def test_a_file_is_rewritten_in_its_language(model: Translator, tmp_path: Path) -> None:
    note = tmp_path / "note.docx"
    note.write_bytes(word_file("Le comité a examiné **avec attention** la demande de 250 euros.", "Merci à tous."))
    model.says["comité"] = "Le comité a bien étudié ⟦1⟧avec attention⟦/1⟧ la demande de 250 euros."
    model.says["Merci"] = "Merci à chacun."
    with installation(model.url) as service:
        done = await asyncio.to_thread(
            service.command, "rewrite", str(note), "--style", "plain", "--from", "fr", "--track"
        )
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "note.plain.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        document = archive.read("word/document.xml").decode()
    assert "<w:ins " in document
    assert "<w:del " in document
    assert "étudié" in document


async def test_the_command_line_writes_what_the_name_of_the_result_says(model: Translator, tmp_path: Path) -> None:
    note, told = tmp_path / "note.pdf", tmp_path / "rapport.json"
    note.write_bytes(pdf_file())
    with installation(model.url) as service:
        given = ("translate", str(note), "--from", "fr", "--to", "en")
        made = tmp_path / "note.fini.pdf"
        done = await asyncio.to_thread(service.command, *given, "--output", str(made), "--report", str(told))
        assert done.returncode == 0, done.stderr
        document = read_file(made.read_bytes(), made.name)
        assert (document.kind, "crédits" in document.text, "1250" in document.text) == ("pdf", False, True)
        assert json.loads(told.read_text())["kept"] == 0
        word = await asyncio.to_thread(service.command, *given)
        assert word.returncode == 0, word.stderr
        assert (tmp_path / "note.en.docx").read_bytes()[:2] == b"PK"
