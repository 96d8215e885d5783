"""What the reader's process does to write a file back: bytes and a name in, one answer out, never a stack trace.

detect -> the format -> segments, or the file with other words -> (letter of the frame, its body)
"""

import contextlib
from collections.abc import Callable
from importlib import import_module

import msgspec

from chatelet.documents.parsing import wire
from chatelet.documents.parsing.detect import kind_of
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import NotRead, damaged, refused
from chatelet.documents.rebuilding import opening
from chatelet.documents.rebuilding.contract import PiecesMisplaced, Rebuilt, Segment

Answer = tuple[bytes, object]


def answered(data: bytes, name: str, changes: bytes | None, limits: Limits) -> Answer:
    """Return the segments of a file; with changes (`wire.Changes`), the file with these other words."""
    return told(lambda: _done(data, name, changes, limits), limits)


def told(act: Callable[[], object], limits: Limits) -> Answer:
    """Return what an act on a file gave, or why it gave nothing."""
    try:
        return wire.RESULT, act()
    except PiecesMisplaced as misplaced:
        return wire.MISPLACED, misplaced.number
    except NotRead as reason:
        return _unread(reason)
    except RecursionError:
        return _unread(refused("nested_too_deeply", most=limits.nesting))
    except MemoryError:
        return _unread(refused("memory_limit", megabytes=limits.memory_bytes // 1024**2))
    except Exception as error:  # noqa: BLE001 - whatever a file made a parser do, it is told as a reason
        return _unread(damaged("reader_failed", error=type(error).__name__))


def _unread(reason: NotRead) -> Answer:
    return wire.UNREAD, wire.Unread(reason.status, reason.finding)


def warm() -> None:
    """Import the formats once, before any file is there."""
    for module in opening.modules():
        with contextlib.suppress(ModuleNotFoundError):
            import_module(module)


def _done(data: bytes, name: str, changes: bytes | None, limits: Limits) -> list[Segment] | Rebuilt:
    form = opening.format_of(kind_of(data, name, limits), name)
    if changes is None:
        return form.segments(data)
    wanted = msgspec.msgpack.decode(changes, type=wire.Changes)
    rebuilt = form.rebuild(data, wire.Replacements(wanted.replacements), wanted.options)
    if len(rebuilt.data) > limits.file_bytes:
        raise refused("file_too_large", megabytes=limits.file_bytes // 1024**2)
    return rebuilt
