"""Reading in a process apart (TA-072): no network, nothing to write, bounded memory and time; its death fails one file.

read -> the warm server (bubblewrap around it where that works) -> keeper -> reader; the answer comes back on a pipe.
`strength` measures what really holds on this machine; the decision is in ADR 0021.
"""

import asyncio
import contextlib
import fcntl
import os
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from chatelet.documents.composing.letter import Inspected, Letter
from chatelet.documents.parsing import server, wire
from chatelet.documents.parsing.document import ParsedDocument, Status
from chatelet.documents.parsing.limits import DEFAULT, Limits
from chatelet.documents.parsing.names import display_name, extension_of
from chatelet.documents.parsing.outcome import NotRead, damaged, refused, without_text
from chatelet.documents.parsing.progress import Step
from chatelet.documents.rebuilding.contract import Options, Piece, PiecesMisplaced, Rebuilt
from chatelet.documents.rebuilding.told import Segments
from chatelet.policy.guardrails.markings.declared import held

_NEAR_THE_BOUND = 0.6  # of memory: libraries that are refused some die in their own ways, before Python is told
_GRACE_SECONDS = 10  # beyond the keeper's own deadline

OnProgress = Callable[[Step, int, int], None]
_T = TypeVar("_T")


async def read(
    source: Path | bytes,
    name: str,
    limits: Limits = DEFAULT,
    on_progress: OnProgress | None = None,
    *,
    detectors: tuple[str, ...] = (),
    is_article: bool = False,
) -> ParsedDocument:
    """Read one file; whatever happens to the process that reads it, a document comes back, with its status.

    `on_progress(step, page, pages)` is called while it reads; `detectors` look at what was read. Cancelling kills
    the reader. `is_article`: of a page of the web, leave out all but its article.
    """
    document, end = await measured(source, name, limits, on_progress, detectors=detectors, is_article=is_article)
    if document is not None:
        return document
    return without_text(extension_of(display_name(name)) or "unknown", _death(end, limits))


async def measured(
    source: Path | bytes,
    name: str,
    limits: Limits = DEFAULT,
    on_progress: OnProgress | None = None,
    *,
    detectors: tuple[str, ...] = (),
    is_article: bool = False,
) -> tuple[ParsedDocument | None, wire.End | None]:
    """Return what was read, if the reader lived so long, and what it cost."""
    markings = held().markings if detectors else ()
    request = wire.Request(display_name(name), limits, detectors=detectors, markings=markings, is_article=is_article)
    document, end = None, None
    with _opened(source) as descriptor:
        for _try in range(2):  # a server that ended between two files answers nothing: the next one does
            async with _asked(request, descriptor) as answer:
                document, end = await _answered(answer, limits, on_progress)
            if end is not None or document is not None:
                break
    return document, end


async def draw(source: bytes, name: str, page: int, width: int, limits: Limits = DEFAULT) -> bytes:
    """Return the picture (WebP) of a page of a PDF or of an image, `width` pixels wide; empty when it cannot be."""
    return await _bytes(source, wire.Request(display_name(name), limits, page, width), limits) or b""


async def look(source: bytes, name: str, page: int, longest: int, limits: Limits = DEFAULT) -> bytes:
    """Return a page of a PDF or of an image as a JPEG, its longer side at most `longest`; empty when it cannot be."""
    return await _bytes(source, wire.Request(display_name(name), limits, page, longest=longest), limits) or b""


async def bare(source: bytes, name: str, limits: Limits = DEFAULT) -> bytes:
    """Return an image of the same length without private metadata; empty when it has none, or cannot be followed.

    Raises `NotRead` when the process died of it: the image still has what should have been taken away.
    """
    found = await _bytes(source, wire.Request(display_name(name), limits, bare=True), limits, len(source) + 16)
    if found is None:
        raise damaged("reader_died", signal=0)
    return found


async def segments(source: bytes, name: str, limits: Limits = DEFAULT) -> Segments:
    """Return the words of a file, numbered. Raises `NotRead`."""
    request = wire.Request(display_name(name), limits, writing="segments")
    told = await _written(source, request, list[msgspec.Raw])
    try:
        return Segments(told)
    except msgspec.DecodeError as error:
        raise _death(None, limits) from error


async def rebuild(
    source: bytes,
    name: str,
    replacements: Mapping[int, Sequence[Piece]],
    options: Options,
    limits: Limits = DEFAULT,
) -> Rebuilt:
    """Return the file with these segments replaced. Raises `NotRead`, `PiecesMisplaced`."""
    request = wire.Request(display_name(name), limits, writing="rebuild")
    with _opened(wire.changes(replacements, options)) as descriptor:
        return await _written(source, request, Rebuilt, descriptor)


async def inspect_letterhead(source: bytes, limits: Limits = DEFAULT) -> Inspected:
    """Return what a letterhead is. Raises `NotRead` when the process died of it."""
    return await _written(source, wire.Request("letterhead", limits, writing="inspect"), Inspected)


async def dress(source: bytes, letter: Letter, limits: Limits = DEFAULT) -> bytes:
    """Return the file of a letter in the style of a letterhead. Raises `NotRead`."""
    request = wire.Request("letterhead", limits, writing="dress")
    with _opened(msgspec.msgpack.encode(letter)) as descriptor:
        return await _written(source, request, bytes, descriptor)


async def _written(source: bytes, request: wire.Request, kind: type[_T], *beside: int) -> _T:
    """Return what the process answered, of this kind; raise why it did not."""
    limits, end, found = request.limits, None, None
    with _opened(source) as descriptor:
        for _try in range(2):  # a server that ended between two files answers nothing: the next one does
            async with _asked(request, descriptor, *beside) as answer:
                found, end = await _last(answer, limits)
            if found is not None or end is not None:
                break
    if found is None:
        raise _death(end, limits)
    letter, body = found
    if letter == wire.MISPLACED:
        raise PiecesMisplaced(msgspec.msgpack.decode(body, type=int))
    try:
        if letter == wire.RESULT:
            return msgspec.msgpack.decode(body, type=kind)
        unread = msgspec.msgpack.decode(body, type=wire.Unread)
    except msgspec.DecodeError as error:
        raise _death(end, limits) from error
    raise NotRead(unread.status, unread.finding.code, **unread.finding.params)


async def _last(answer: asyncio.StreamReader, limits: Limits) -> tuple[tuple[bytes, bytes] | None, wire.End | None]:
    """Return the frame that answers, if the process lived so long, and how it ended."""
    found, end = None, None
    try:
        async with asyncio.timeout(limits.wall_seconds + _GRACE_SECONDS):
            async for letter, body in _frames(answer, max(limits.file_bytes, limits.written_bytes)):
                if letter == wire.END:
                    end = msgspec.msgpack.decode(body, type=wire.End)
                else:
                    found = letter, body
    except TimeoutError:
        return found, wire.End("timeout")
    except (msgspec.DecodeError, asyncio.IncompleteReadError, ValueError):
        return None, end
    return found, end


async def _bytes(source: bytes, request: wire.Request, limits: Limits, most: int = wire.PICTURE) -> bytes | None:
    """Return what the process answered; nothing when it died, or took too long."""
    with _opened(source) as descriptor, contextlib.suppress(TimeoutError, ValueError, msgspec.DecodeError):
        async with asyncio.timeout(limits.wall_seconds + _GRACE_SECONDS), _asked(request, descriptor) as answer:
            async for letter, body in _frames(answer, max(most, wire.PICTURE)):
                if letter == wire.RESULT:
                    return msgspec.msgpack.decode(body, type=bytes)
    return None


async def strength() -> wire.Strength:
    """Measure what holds around a reader here."""
    with _opened(b"") as descriptor:
        async with _asked(wire.Request("", DEFAULT), descriptor) as answer:
            held: dict[str, bool] = {}
            async for letter, body in _frames(answer):
                if letter == wire.RESULT:
                    held = msgspec.msgpack.decode(body, type=dict[str, bool])
    return msgspec.convert({"bubblewrap": server.is_wrapped(), **held}, wire.Strength)


async def _answered(
    answer: asyncio.StreamReader, limits: Limits, on_progress: OnProgress | None
) -> tuple[ParsedDocument | None, wire.End | None]:
    document, end = None, None
    try:
        async with asyncio.timeout(limits.wall_seconds + _GRACE_SECONDS):
            async for letter, body in _frames(answer, max(limits.written_bytes, 1 << 20)):
                if letter == wire.PROGRESS and on_progress:
                    on_progress(*msgspec.msgpack.decode(body, type=tuple[Step, int, int]))
                elif letter == wire.RESULT:
                    document = msgspec.msgpack.decode(body, type=ParsedDocument)
                elif letter == wire.END:
                    end = msgspec.msgpack.decode(body, type=wire.End)
    except TimeoutError:
        return document, wire.End("timeout")
    except (msgspec.DecodeError, asyncio.IncompleteReadError, ValueError):
        return None, end
    return document, end


def _death(end: wire.End | None, limits: Limits) -> NotRead:
    """Say why there is no answer: time, memory, or a crash on what the file holds."""
    if end is not None and end.reason == "timeout":
        return refused("time_limit", seconds=limits.wall_seconds)
    if end is not None and end.reason == "signal" and end.processor > 0.7 * limits.cpu_seconds:
        return refused("time_limit", seconds=limits.cpu_seconds)
    if end is not None and end.peak_bytes > _NEAR_THE_BOUND * limits.memory_bytes:
        return refused("memory_limit", megabytes=limits.memory_bytes // 1024**2)
    return NotRead(Status.DAMAGED, "reader_died", signal=0 if end is None else end.code)


@contextlib.asynccontextmanager
async def _asked(request: wire.Request, source: int, *beside: int) -> AsyncGenerator[asyncio.StreamReader]:
    """Send a request; leaving the context lets go of the lifeline, and whoever still reads is killed."""
    answer, output = os.pipe()
    lifeline, held = os.pipe()
    try:
        await _sent(request, [source, output, lifeline, *beside])
    except BaseException:
        for descriptor in (answer, held):
            os.close(descriptor)
        raise
    finally:
        os.close(output)
        os.close(lifeline)
    stream = asyncio.StreamReader(limit=1 << 20)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(answer, "rb", 0)
    )
    try:
        yield stream
    finally:
        os.close(held)
        transport.close()


async def _sent(request: wire.Request, descriptors: list[int]) -> None:
    """Hand a request over; a cancellation waits until the descriptors are no longer used."""
    sending = asyncio.ensure_future(asyncio.to_thread(server.ask, request, descriptors))
    try:
        await asyncio.shield(sending)
    except asyncio.CancelledError:
        await asyncio.wait([sending])
        raise


async def _frames(answer: asyncio.StreamReader, most: int = 1 << 20) -> AsyncIterator[tuple[bytes, bytes]]:
    while True:
        try:
            letter, length = wire.HEADER.unpack(await answer.readexactly(wire.HEADER.size))
        except asyncio.IncompleteReadError:
            return
        if length > most:
            raise ValueError(length)
        yield letter, await answer.readexactly(length)


@contextlib.contextmanager
def _opened(source: Path | bytes | Iterable[bytes]) -> Generator[int]:
    """Open the input for reading only."""
    if isinstance(source, Path):
        descriptor = os.open(source, os.O_RDONLY | os.O_CLOEXEC)
        try:
            yield descriptor
        finally:
            os.close(descriptor)
        return
    with _memory_file() as file:
        file.writelines([source] if isinstance(source, bytes) else source)
        file.flush()
        if hasattr(os, "memfd_create"):
            fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
        yield file.fileno()


def _memory_file() -> IO[bytes]:
    """Open a file that never reaches a disk, and can be sealed, where the system has such: its bytes are in clear."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("chatelet", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "w+b")
    return tempfile.TemporaryFile()
