"""Each format through the whole desk: its reader's process, masks, a model, and the file given back.

All that can be written is, what is protected stays, the structure is the same, and LibreOffice opens what is its own.
"""

import re
from collections.abc import Iterator, Sequence

import pypdfium2
import pytest

from chatelet.documents.reader import SandboxedReader
from chatelet.documents.rebuilding.contract import Options, Segment
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.inference.gateway import Completion
from chatelet.inference.usage import Usage
from chatelet.settings import DocumentSettings
from chatelet.writing.carrying import Given, carry
from chatelet.writing.giving_back import GivenBack
from chatelet.writing.task import Outcome, Task
from chatelet.writing.trying import Limits
from tests.documents.rebuilding import makers
from tests.documents.rebuilding.office_files import KINDS, office_files
from tests.fakes import office
from tests.fakes.office import Office
from tests.writing.translator import FRENCH, SEGMENT, english

PROTECTED = ("https://exemple.fr/notes?id=12", "L. 123-4", "12/03/2024", "250")
SENTENCE = (
    f"{FRENCH.capitalize()} pour 250 euros, voir https://exemple.fr/notes?id=12 et l’article L. 123-4 du 12/03/2024."
)
_NOTHING = Usage("scripted", 0, 0, estimated=True, energy_wh=None, cost_euros=None)
_LETTERS = re.compile(r"[^\W\d_]{4}")
TEXTS = {
    "html": f'<html lang="fr"><head><title>Le rapport</title></head><body><h1>Le rapport annuel</h1><p>Un mot <b>en gras</b>. {SENTENCE}</p></body></html>'.encode(),
    "md": f"# Le rapport annuel\n\nUn mot **en gras**. {SENTENCE}\n\n```\nprint('la demande')\n```\n".encode(),
    "epub": makers.book(
        f"<html><body><h1>Le rapport annuel</h1><p>Un mot <b>en gras</b>. {SENTENCE}</p></body></html>"
    ),
    "srt": f"1\n00:00:01,000 --> 00:00:04,000\n<i>Le rapport annuel</i>\n\n2\n00:00:05,000 --> 00:00:09,000\n{SENTENCE}\n".encode(),
    "eml": (
        "From: a@exemple.fr\nTo: b@exemple.fr\nSubject: Le rapport annuel\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nBonjour à tous,\n\n{SENTENCE}\n"
    ).encode(),
    "txt": f"Le rapport annuel\n\n{SENTENCE}\n".encode(),
    "csv": f"Poste;Montant\n{SENTENCE};300\nAchats de fournitures;12\n".encode(),
    "tex": f"\\documentclass{{article}}\n\\begin{{document}}\n\\section{{Le rapport annuel}}\n{SENTENCE} $a+b$\n\\end{{document}}\n".encode(),
}


async def _ask(request: ChatRequest) -> Completion:
    found = SEGMENT.findall(str(request.messages[-1].content))
    said = "\n".join(f"<s{number}>{english(text)}</s{number}>" for number, text in found)
    return Completion(said, "scripted", Finish.STOP, _NOTHING)


async def _translated(data: bytes, name: str) -> tuple[list[Segment], GivenBack, list[Segment]]:
    """Have a file translated; return its segments, what is given back, and the segments of that."""
    reader = SandboxedReader(DocumentSettings())

    async def keep(_done: Sequence[Outcome]) -> None: ...

    before = await reader.segments(data, name)
    given = Given(data, name, Task("translate", "fr", "en"), Options(language="en"))
    back = await carry(reader, given, before, _ask, Limits(), keep)
    return before, back, await reader.segments(back.rebuilt.data, name)


def _assert_whole(before: list[Segment], back: GivenBack, after: list[Segment]) -> None:
    wordy = [one.number for one in before if not one.locked and _LETTERS.search(one.text)]
    assert len(wordy) >= 2
    states = {back.outcomes[number].state for number in wordy}
    assert states <= {"written", "reused"}, "nothing is left in the language that it was in; twins are written once"
    assert [one for one in back.outcomes.values() if one.reasons] == []
    assert [(one.number, one.part, one.locked) for one in after] == [
        (one.number, one.part, one.locked) for one in before
    ]
    for old, new in zip(before, after, strict=True):
        assert sorted((piece.kind, piece.number) for piece in old.pieces if piece.kind != "text") == sorted(
            (piece.kind, piece.number) for piece in new.pieces if piece.kind != "text"
        )
    written = " ".join(piece.text for one in after for piece in one.pieces if piece.kind in {"text", "fixed"})
    assert [one for one in PROTECTED if one not in written] == []
    assert [word for word in ("comité", "demande ", "rapport", "annuel", "gras", "direction") if word in written] == []


@pytest.mark.parametrize("kind", TEXTS)
async def test_a_text_of_each_format_comes_back_whole(kind: str) -> None:
    before, back, after = await _translated(TEXTS[kind], f"note.{kind}")
    _assert_whole(before, back, after)


@pytest.fixture(scope="module")
def writer() -> Iterator[Office]:
    with office.running() as started:
        yield started


@pytest.fixture(scope="module")
def files(writer: Office) -> dict[str, bytes]:
    return office_files(writer, SENTENCE, cell=SENTENCE)


@pytest.mark.servers
@pytest.mark.parametrize("kind", KINDS)
async def test_an_office_file_of_each_format_comes_back_whole_and_opens_without_repair(
    writer: Office, files: dict[str, bytes], kind: str
) -> None:
    before, back, after = await _translated(files[kind], f"note.{kind}")
    _assert_whole(before, back, after)
    shown = _shown(writer, back.rebuilt.data, kind)
    assert [one for one in PROTECTED if "".join(one.split()) not in shown] == []
    assert "comité" not in shown


def _shown(writer: Office, data: bytes, kind: str) -> str:
    """Return what LibreOffice shows of a file, without blanks; of a sheet, also what the next cell covers."""
    if kind in {"ods", "xlsx"}:
        return "".join(writer.stored(data, kind, "Text - txt - csv (StarCalc)").decode("utf-8", "replace").split())
    pdf = pypdfium2.PdfDocument(writer.pdf(data, kind))
    found = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    pdf.close()
    return found
