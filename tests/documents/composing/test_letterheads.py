"""A letterhead is opened by the reader's process alone: what it is, and a letter written in it."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

import chatelet
from chatelet.documents.composing.letter import Inspected, Letter
from chatelet.documents.parsing import sandbox, server
from chatelet.documents.parsing.limits import DEFAULT
from chatelet.documents.parsing.outcome import NotRead
from tests.writing.drafting.style_files import open_letterhead, word_letterhead

LETTER = Letter("Note", "fr", datetime(2025, 3, 1, tzinfo=UTC), "# Note d’essai\n\nUn paragraphe.\n", "Ada")


@pytest.fixture(autouse=True)
async def ended() -> AsyncIterator[None]:
    yield
    server.close()


async def test_a_letterhead_is_told_and_dressed_in_the_sandbox() -> None:
    style = word_letterhead()
    assert await sandbox.inspect_letterhead(style) == Inspected(kind="docx")
    assert await sandbox.inspect_letterhead(open_letterhead()) == Inspected(kind="odt")
    made = docx.Document(io.BytesIO(await sandbox.dress(style, LETTER)))
    words = [one.text for one in made.paragraphs]
    assert "Un paragraphe." in words
    assert made.core_properties.title == "Note d’essai"
    assert made.sections[0].header.paragraphs[0].text == "Laboratoire d’essai"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(word_letterhead(macros=True), "macros"), (word_letterhead(outside=True), "outside"), (b"%PDF-1.7", "format")],
)
async def test_what_is_refused_says_why_from_the_sandbox(data: bytes, reason: str) -> None:
    assert await sandbox.inspect_letterhead(data) == Inspected(reason=reason)
    with pytest.raises(NotRead) as raised:  # kept by an older version, and found out since
        await sandbox.dress(data, LETTER)
    assert raised.value.finding.params["error"] == reason


async def test_a_letterhead_that_kills_its_process_is_a_reason() -> None:
    with pytest.raises(NotRead):
        await sandbox.inspect_letterhead(word_letterhead(), replace(DEFAULT, wall_seconds=0))


def test_the_service_opens_no_letterhead_itself() -> None:
    """The only importer of what opens letterheads is what the reader's process does."""
    source = Path(chatelet.__file__).parent
    using = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "import styled" in path.read_text("utf-8") or "composing.styled import" in path.read_text("utf-8")
    }
    assert {name for name in using if not name.startswith("documents/composing/styled")} == {
        "documents/composing/dressing.py"
    }
