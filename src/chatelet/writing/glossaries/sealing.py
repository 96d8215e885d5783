"""What is sealed of a glossary, with the key of its own: its name, its lines."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from chatelet.kernel.crypto import DataKey, Keyring
from chatelet.writing.tables import Glossary
from chatelet.writing.task import Term
from chatelet.writing.term_files import Unit

_encoder: Final = msgspec.msgpack.Encoder()
_terms: Final = msgspec.msgpack.Decoder(list[Term])
_units: Final = msgspec.msgpack.Decoder(list[Unit])


def seal_new(
    keyring: Keyring, glossary_id: UUID, name: str, lines: Sequence[Term | Unit]
) -> tuple[bytes, bytes, bytes]:
    """Return the wrapped key of a new glossary, its name and its lines, sealed."""
    key, wrapped = keyring.new_key(_context(glossary_id, "key"))
    return (
        wrapped,
        key.seal(name.encode(), _context(glossary_id, "name")),
        key.seal(_encoder.encode(lines), _context(glossary_id, "lines")),
    )


def name(keyring: Keyring, row: Glossary) -> str:
    """Return the name of a glossary."""
    return _key(keyring, row).open(row.name_sealed, _context(row.id, "name")).decode()


def terms(keyring: Keyring, row: Glossary) -> list[Term]:
    """Return the terms of a glossary."""
    return _terms.decode(_open(keyring, row))


def units(keyring: Keyring, row: Glossary) -> list[Unit]:
    """Return the segments of a translation memory."""
    return _units.decode(_open(keyring, row))


def rename(keyring: Keyring, row: Glossary, called: str) -> None:
    """Give a glossary another name."""
    row.name_sealed = _key(keyring, row).seal(called.encode(), _context(row.id, "name"))


def put(keyring: Keyring, row: Glossary, lines: Sequence[Term | Unit]) -> None:
    """Put other lines in a glossary."""
    row.lines_sealed = _key(keyring, row).seal(_encoder.encode(lines), _context(row.id, "lines"))
    row.lines = len(lines)


def _key(keyring: Keyring, row: Glossary) -> DataKey:
    return keyring.unwrap(row.wrapped_key, _context(row.id, "key"))


def _open(keyring: Keyring, row: Glossary) -> bytes:
    return _key(keyring, row).open(row.lines_sealed, _context(row.id, "lines"))


def _context(glossary_id: UUID, name: str) -> bytes:
    return f"glossary-{name}:".encode() + glossary_id.bytes
