"""Reads files with the installation's limits, a few at once, in the sandbox."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from chatelet.documents import metadata
from chatelet.documents.composing.letter import Inspected, Letter
from chatelet.documents.errors import FileUnreadable, ReaderUnavailable
from chatelet.documents.parsing import sandbox
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt, Segment
from chatelet.documents.services import OnProgress
from chatelet.settings import DocumentSettings

_DRAWING_SECONDS: Final = 30
_WRITING_SECONDS: Final = 300
_T = TypeVar("_T")


class SandboxedReader:
    """The reader of an installation (`services.Reader`). `reads_articles`: of pages of the web, their article only."""

    def __init__(
        self, settings: DocumentSettings, detectors: tuple[str, ...] = (), *, reads_articles: bool = False
    ) -> None:
        self._detectors, self._reads_articles = detectors, reads_articles
        self._limits = Limits(
            file_bytes=settings.file_bytes,
            pages=settings.file_pages,
            cpu_seconds=settings.read_seconds,
            wall_seconds=settings.read_seconds,
            memory_bytes=settings.read_memory_bytes,
        )
        self._quick = replace(self._limits, wall_seconds=_DRAWING_SECONDS, cpu_seconds=_DRAWING_SECONDS)
        writing = min(_WRITING_SECONDS, settings.read_seconds)
        self._writing = replace(self._limits, wall_seconds=writing, cpu_seconds=writing)
        self._at_once = asyncio.Semaphore(settings.readers)
        self._drawings = asyncio.Semaphore(settings.readers)

    async def read(self, data: bytes, name: str, on_progress: OnProgress) -> ParsedDocument:
        """Return what was read; a file that cannot be is a document whose status says why."""
        async with self._at_once:
            try:
                return await sandbox.read(
                    data,
                    name,
                    self._limits,
                    on_progress,
                    detectors=self._detectors,
                    is_article=self._reads_articles,
                )
            except OSError as error:
                raise ReaderUnavailable from error

    async def render(self, data: bytes, name: str, page: int, width: int) -> bytes:
        """Return the picture (WebP) of a page, `width` pixels wide. Raises `FileUnreadable`, `ReaderUnavailable`."""
        return await self._drawn(lambda limits: sandbox.draw(data, name, page, width, limits))

    async def look(self, data: bytes, name: str, page: int, longest: int) -> bytes:
        """Return a page as a JPEG, its longer side at most `longest`. Raises as `render`."""
        return await self._drawn(lambda limits: sandbox.look(data, name, page, longest, limits))

    async def bare(self, data: bytes, name: str) -> bytes:
        """Return an image without private metadata, empty when it has none. Raises `NotRead`, `ReaderUnavailable`."""
        if not metadata.may_hold(data):
            return b""
        async with self._drawings:
            try:
                return await sandbox.bare(data, name, self._quick)
            except OSError as error:
                raise ReaderUnavailable from error

    async def segments(self, data: bytes, name: str) -> Sequence[Segment]:
        """Return the words of a file, numbered. Raises `FileUnreadable` with the reason, `ReaderUnavailable`."""
        return await self._written(lambda limits: sandbox.segments(data, name, limits))

    async def rebuild(
        self, data: bytes, name: str, replacements: Mapping[int, Sequence[Piece]], options: Options
    ) -> Rebuilt:
        """Return the file with these segments replaced. Raises as `segments`, and `PiecesMisplaced`."""
        return await self._written(lambda limits: sandbox.rebuild(data, name, replacements, options, limits))

    async def inspect_letterhead(self, data: bytes) -> Inspected:
        """Return what a letterhead is, or why it is none. Raises `FileUnreadable`, `ReaderUnavailable`."""
        return await self._written(lambda limits: sandbox.inspect_letterhead(data, limits))

    async def dress(self, data: bytes, letter: Letter) -> bytes:
        """Return the file of a letter in the style of a letterhead. Raises `FileUnreadable`, `ReaderUnavailable`."""
        return await self._written(lambda limits: sandbox.dress(data, letter, limits))

    async def _written(self, work: Callable[[Limits], Awaitable[_T]]) -> _T:
        async with self._at_once:
            try:
                return await work(self._writing)
            except OSError as error:
                raise ReaderUnavailable from error
            except NotRead as reason:
                finding = reason.finding
                raise FileUnreadable(**finding.params, status=reason.status.value, code=finding.code) from reason

    async def _drawn(self, draw: Callable[[Limits], Awaitable[bytes]]) -> bytes:
        async with self._drawings:
            try:
                picture = await draw(self._quick)
            except OSError as error:
                raise ReaderUnavailable from error
        if not picture:
            raise FileUnreadable(status="damaged")
        return picture
