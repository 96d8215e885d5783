"""TA-072: a process for each file, closed in; its death, its time and its memory are that file's business alone."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from chatelet.documents.parsing import sandbox, server, wire
from chatelet.documents.parsing.document import Status
from chatelet.documents.parsing.limits import DEFAULT
from chatelet.documents.parsing.outcome import NotRead
from tests.documents.ocr import scanning
from tests.documents.parsing.makers import codes, docx, package, paragraph, relations

_MIB = 1024 * 1024
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


@pytest.fixture(autouse=True)
async def ended() -> AsyncIterator[None]:
    yield
    server.close()


def _heavy(rows: int) -> bytes:
    """Return a workbook that takes time and memory to read: a real one, only long."""
    cells = "".join(f'<c t="inlineStr"><is><t>cellule {column}</t></is></c>' for column in range(10))
    sheet = f"<worksheet {_S}><sheetData>{f'<row>{cells}</row>' * rows}</sheetData></worksheet>"
    book = f'<workbook {_S} {_R}><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    return package(
        "xlsx",
        {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations(rId1=("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": sheet,
        },
    )


_ROOMY = replace(DEFAULT, ratio=2_000)


async def test_a_file_is_read_from_its_path_or_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "stored-name"
    path.write_bytes(docx(paragraph("Bonjour")))
    first, second = await asyncio.gather(sandbox.read(path, "note.docx"), sandbox.read(path.read_bytes(), "note.docx"))
    assert first.text == second.text == "Bonjour"
    assert first == second


async def test_what_holds_is_measured_from_inside() -> None:
    held = await sandbox.strength()
    assert held.limits
    assert isinstance(held, wire.Strength)


async def test_progress_is_told_while_it_reads() -> None:
    told: list[tuple[str, int, int]] = []
    document = await sandbox.read(_heavy(10), "a.xlsx", on_progress=lambda *step: told.append(step))
    assert document.report.status is Status.READ
    assert told == [("reading", 1, 1)]


async def test_recognition_is_told_page_by_page() -> None:
    told: list[tuple[str, int, int]] = []
    document = await sandbox.read(scanning.pages(2), "scan.pdf", on_progress=lambda *step: told.append(step))
    assert document.report.pages_recognised == 2
    assert told == [("reading", 1, 2), ("recognising", 1, 2), ("reading", 2, 2), ("recognising", 2, 2)]
    told.clear()
    await sandbox.read(scanning.png(scanning.drawn()), "scan.png", on_progress=lambda *step: told.append(step))
    assert told == [("recognising", 1, 1)]


async def test_too_long_a_reading_is_stopped_and_the_next_file_is_read() -> None:
    began = time.monotonic()
    limits = replace(_ROOMY, wall_seconds=0.3)
    slow, quick = await asyncio.gather(
        sandbox.read(_heavy(30_000), "a.xlsx", limits), sandbox.read(b"Bonjour", "note.txt")
    )
    assert time.monotonic() - began < 8
    assert (slow.report.status, codes(slow)) == (Status.REFUSED, ["time_limit"])
    assert quick.text == "Bonjour"


async def test_processor_time_is_bounded() -> None:
    document = await sandbox.read(_heavy(60_000), "a.xlsx", replace(_ROOMY, cpu_seconds=1))
    assert (document.report.status, codes(document)) == (Status.REFUSED, ["time_limit"])


async def test_memory_is_bounded_and_measured() -> None:
    bound = 128 * _MIB  # what every reader begins with takes half of it
    limits, heavy = replace(_ROOMY, memory_bytes=bound), _heavy(40_000)
    _document, end = await sandbox.measured(heavy, "a.xlsx", limits)
    assert end is not None
    assert end.peak_bytes < bound + 128 * _MIB  # programs and what is mapped are not counted in the bound
    document = await sandbox.read(heavy, "a.xlsx", limits)
    assert (document.report.status, codes(document)) == (Status.REFUSED, ["memory_limit"])


async def test_an_ordinary_large_file_stays_within_the_memory_of_a_reader() -> None:
    document, end = await sandbox.measured(_heavy(10_000), "a.xlsx", _ROOMY)
    assert document is not None
    assert end is not None
    assert len(document.tables[0].cells) == 100_000
    assert end.peak_bytes < DEFAULT.memory_bytes


async def test_an_answer_that_is_too_long_is_refused() -> None:
    document = await sandbox.read(b"mot " * 10_000, "note.txt", replace(DEFAULT, written_bytes=20_000))
    assert (document.report.status, codes(document)) == (Status.REFUSED, ["text_too_long"])


async def test_the_death_of_a_reader_fails_its_file_alone() -> None:
    reading = asyncio.create_task(sandbox.read(_heavy(30_000), "a.xlsx", _ROOMY))
    other = asyncio.create_task(sandbox.read(_heavy(1_000), "b.xlsx", _ROOMY))
    await other
    for process in await readers(1):
        with contextlib.suppress(ProcessLookupError):  # the other's, at its end
            os.kill(process, signal.SIGKILL)
    document = await reading
    assert (document.report.status, codes(document)) == (Status.DAMAGED, ["reader_died"])
    assert document.report.findings[0].params == {"signal": 9}
    assert (await other).report.status is Status.READ
    assert (await sandbox.read(b"Bonjour", "note.txt")).text == "Bonjour"


async def test_the_death_of_the_server_is_mended() -> None:
    assert (await sandbox.read(b"un", "note.txt")).text == "un"
    for process in _servers():
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    assert (await sandbox.read(b"deux", "note.txt")).text == "deux"


async def test_a_cancelled_reading_leaves_no_process() -> None:
    reading = asyncio.create_task(sandbox.read(_heavy(30_000), "a.xlsx", _ROOMY))
    found = await readers(1)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await _until(lambda: not any(Path(f"/proc/{process}").exists() for process in found))


async def test_the_reader_inherits_neither_the_environment_nor_the_files() -> None:
    with Path(os.devnull).open("rb") as opened:
        os.set_inheritable(opened.fileno(), True)
        os.environ["CHATELET_SECRET_OF_THE_TEST"] = "secret"
        try:
            reading = asyncio.create_task(sandbox.read(_heavy(30_000), "a.xlsx", _ROOMY))
            reader = (await readers(1))[0]
            environment = Path(f"/proc/{reader}/environ").read_bytes()
            descriptors = len(list(Path(f"/proc/{reader}/fd").iterdir()))
        finally:
            del os.environ["CHATELET_SECRET_OF_THE_TEST"]
            reading.cancel()
    assert b"secret" not in environment.lower()
    assert descriptors <= 8


async def test_many_small_files_are_read_at_once() -> None:
    turn = asyncio.Semaphore(4)

    async def one(number: int) -> str:
        async with turn:
            return (await sandbox.read(f"fichier {number}".encode(), f"{number}.txt")).text

    assert await asyncio.gather(*(one(number) for number in range(60))) == [f"fichier {n}" for n in range(60)]


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(folder.name))
    return found


def _servers() -> list[int]:
    """Return the children of this process that serve readings: the PostgreSQL of the tests is another of them."""
    found: list[int] = []
    for child in _children(os.getpid()):
        with contextlib.suppress(OSError):
            if b"documents.parsing.child" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


async def readers(least: int) -> list[int]:
    """Return the readers' processes: the youngest descendants, under server and keeper."""
    found: list[int] = []

    def look() -> bool:
        found[:] = [
            reader
            for child in _servers()
            for keeper in _descendants(child)
            for reader in _children(keeper)
            if not _children(reader)
        ]
        return len(found) >= least

    await _until(look)
    return found


def _descendants(parent: int) -> list[int]:
    children = _children(parent)
    return [*children, *(deeper for child in children for deeper in _descendants(child))]


async def _until(look: object) -> None:
    deadline = time.monotonic() + 10
    while not look():  # type: ignore[operator]
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def test_an_image_whose_metadata_could_not_be_taken_away_is_not_taken_for_one_without() -> None:
    assert await sandbox.bare(b"\xff\xd8\xff\xe1", "photo.jpg", _ROOMY) == b""
    with pytest.raises(NotRead, match="reader_died"):
        await sandbox.bare(b"\xff\xd8\xff\xe1", "photo.jpg", replace(_ROOMY, wall_seconds=0))
