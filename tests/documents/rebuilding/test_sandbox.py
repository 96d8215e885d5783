"""A file is written back in the closed process that reads: its words, its refusals, its death and its time."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from chatelet.documents.errors import FileUnreadable
from chatelet.documents.parsing import sandbox, server
from chatelet.documents.parsing.limits import DEFAULT
from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.rebuilding.contract import Options, Piece, PiecesMisplaced
from chatelet.settings import DocumentSettings
from tests.documents.parsing.test_sandbox import readers

_PLAIN = Options(mark_ai=False)


@pytest.fixture(autouse=True)
async def ended() -> AsyncIterator[None]:
    yield
    server.close()


@pytest.fixture
def reader() -> SandboxedReader:
    return SandboxedReader(DocumentSettings())


async def test_thousands_of_segments_come_back_with_other_words(reader: SandboxedReader) -> None:
    data = "\r\n\r\n".join(f"Le paragraphe {number} tient en une ligne." for number in range(4_000)).encode("cp1252")
    segments = await reader.segments(data, "note.txt")
    assert len(segments) == 4_000
    assert segments[17].text == "Le paragraphe 17 tient en une ligne."
    same = await reader.rebuild(data, "note.txt", {s.number: s.pieces for s in segments}, Options())
    assert same.data == data
    wanted = {s.number: [Piece("text", f"Paragraph {s.number} holds on one line.")] for s in segments}
    rebuilt = await reader.rebuild(data, "note.txt", wanted, _PLAIN)
    expected = "\r\n\r\n".join(f"Paragraph {number} holds on one line." for number in range(4_000))
    assert (rebuilt.data.decode(), rebuilt.replaced, rebuilt.kind) == (expected, 4_000, "text")


async def test_a_file_that_cannot_be_written_back_says_why(reader: SandboxedReader) -> None:
    with pytest.raises(FileUnreadable) as unsupported:
        await reader.segments(b"\x89PNG\r\n\x1a\nrest", "image.png")
    assert unsupported.value.params == {"extension": "png", "status": "unsupported", "code": "kind_not_rebuilt"}
    with pytest.raises(FileUnreadable) as empty:
        await reader.rebuild(b"", "note.txt", {}, _PLAIN)
    assert empty.value.params == {"status": "empty", "code": "empty_file"}


async def test_misplaced_pieces_name_their_segment(reader: SandboxedReader) -> None:
    with pytest.raises(PiecesMisplaced) as misplaced:
        await reader.rebuild(b"Un.\n\nDeux.", "note.txt", {1: [Piece("fixed", "", 1)]}, _PLAIN)
    assert misplaced.value.number == 1


async def test_the_death_of_the_process_fails_its_file_alone() -> None:
    data = b"Une phrase. " * 2_000_000
    writing = asyncio.create_task(sandbox.segments(data.replace(b". ", b".\n\n"), "note.txt"))
    for process in await readers(1):
        os.kill(process, signal.SIGKILL)
    with pytest.raises(NotRead) as died:
        await writing
    assert died.value.finding.code == "reader_died"
    assert [segment.text for segment in await sandbox.segments(b"Bonjour", "note.txt")] == ["Bonjour"]


async def test_too_long_a_writing_is_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(NotRead) as late:
        await sandbox.segments(b"Une phrase.\n\n" * 3_000_000, "note.txt", replace(DEFAULT, wall_seconds=0.2))
    assert late.value.finding.code == "time_limit"
    assert time.monotonic() - began < 8


async def test_memory_is_bounded() -> None:
    limits = replace(DEFAULT, memory_bytes=128 * 1024**2)
    with pytest.raises(NotRead) as refused:
        await sandbox.segments(b"Une phrase.\n\n" * 3_000_000, "note.txt", limits)
    assert refused.value.finding.code == "memory_limit"
