"""What passes between the service and the reader's process: requests with descriptors, then frames on a pipe.

A frame is one letter, a length of four bytes and a MessagePack body. What comes from a reader is never believed: its
length is bounded and its body decoded into typed structures.
"""

import os
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from chatelet.documents.parsing.document import Finding, Status
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.rebuilding.contract import Options, Piece
from chatelet.policy.guardrails.markings.declared import Markings

PROGRESS, RESULT, END, HELLO = b"P", b"R", b"E", b"H"
UNREAD, MISPLACED = b"U", b"M"  # instead of a result: an `Unread`; the number of a segment whose pieces do not fit
PICTURE = 16 * 1024 * 1024  # the longest picture of a page
HEADER = struct.Struct(">cI")
_LENGTH = struct.Struct(">I")
_DESCRIPTORS = 4
_pieces = msgspec.msgpack.Decoder(list[Piece])
_TWO, _MAP = b"\x82", b"\xdf"  # in MessagePack: a map of two, a map whose length follows in four bytes
_LONGEST_REQUEST = 64 * 1024


class Request(msgspec.Struct, frozen=True):
    """A file to read (its descriptors come beside), or the page of it to draw.

    `width` pixels wide, to be shown; or `longest` at most on its longer side, to be looked at by a model. `bare`: give
    the image back without what its camera wrote beside the pixels. `writing`: tell its segments, or give it back with
    other words, those of a descriptor more; of a letterhead, tell what it is, or write in it the letter of a descriptor
    more. Without a name, tell what the sandbox holds.
    """

    name: str
    limits: Limits
    page: int = 0
    width: int = 0
    longest: int = 0
    bare: bool = False
    detectors: tuple[str, ...] = ()  # those that look at what was read
    is_article: bool = False  # of a page of the web, only its article is wanted
    markings: Markings = ()  # those that the institution declared
    writing: Literal["", "segments", "rebuild", "inspect", "dress"] = ""


class Changes(msgspec.Struct, frozen=True):
    """The other words of a file, by segment: too many for a request, they come as a sealed file of memory."""

    replacements: dict[int, msgspec.Raw]  # pieces
    options: Options


class Replacements(Mapping[int, Sequence[Piece]]):
    """The other words of a file, opened one segment at a time. Raises `msgspec.DecodeError` when one is none."""

    def __init__(self, told: Mapping[int, msgspec.Raw]) -> None:
        self._told = told

    def __getitem__(self, number: int) -> Sequence[Piece]:
        return _pieces.decode(self._told[number])

    def __contains__(self, number: object) -> bool:
        return number in self._told

    def __iter__(self) -> Iterator[int]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)


def changes(replacements: Mapping[int, Sequence[Piece]], options: Options) -> Iterator[bytes]:
    """Yield `Changes` in MessagePack, segment by segment: all of a book would be held twice."""
    encode = msgspec.msgpack.encode
    yield _TWO + encode("replacements") + _MAP + _LENGTH.pack(len(replacements))
    for number, pieces in replacements.items():
        yield encode(number) + encode(list(pieces))
    yield encode("options") + encode(options)


class Unread(msgspec.Struct, frozen=True):
    """Why a file cannot be written back."""

    status: Status
    finding: Finding


class End(msgspec.Struct, frozen=True):
    """How a reader's process ended: `reason` is exit, signal, timeout or abandoned."""

    reason: str
    code: int = 0
    seconds: float = 0
    processor: float = 0  # seconds of it
    peak_bytes: int = 0


class Strength(msgspec.Struct, frozen=True):
    """What holds around a reader's process on this machine, measured from inside it."""

    bubblewrap: bool
    network: bool  # no network
    files: bool  # nothing can be written
    view: bool  # programs alone are in sight: neither data, nor keys, nor settings
    processes: bool  # other processes are out of sight
    limits: bool


def send_request(control: socket.socket, request: Request, descriptors: list[int]) -> None:
    """Send a request and its descriptors (input, output, lifeline, and the changes of a file to write back)."""
    body = msgspec.msgpack.encode(request)
    socket.send_fds(control, [_LENGTH.pack(len(body)) + body], descriptors)


def receive_request(control: socket.socket) -> tuple[Request, list[int]] | None:
    """Wait for a request; nothing when the service is gone."""
    head, descriptors, _flags, _address = socket.recv_fds(control, _LENGTH.size, _DESCRIPTORS)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = b""
    while len(body) < min(length, _LONGEST_REQUEST):
        more = control.recv(length - len(body))
        if not more:
            return None
        body += more
    return msgspec.msgpack.decode(body, type=Request), descriptors


class TooLong(Exception):
    """A frame is longer than what the other side accepts."""


def send_frame(output: int, letter: bytes, body: object, *, most: int = 1 << 20) -> None:
    """Write a frame whole; raise `TooLong` when it has more than `most` bytes."""
    encoded = msgspec.msgpack.encode(body)
    if len(encoded) > most:
        raise TooLong
    for part in (HEADER.pack(letter, len(encoded)), encoded):
        waiting = memoryview(part)
        while waiting:
            waiting = waiting[os.write(output, waiting) :]
