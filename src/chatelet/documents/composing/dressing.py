"""What the reader's process does with a letterhead, which is somebody's file: tell what it is, write a letter in it."""

import msgspec

from chatelet.documents.composing import styled
from chatelet.documents.composing.letter import Inspected, Letter
from chatelet.documents.parsing.outcome import damaged


def inspected(data: bytes) -> Inspected:
    """Return the kind of a letterhead, or the reason why it is none."""
    try:
        return Inspected(kind=styled.inspect(data))
    except styled.StyleRefused as refused:
        return Inspected(reason=refused.reason)


def dressed(data: bytes, letter: bytes) -> bytes:
    """Return the file of an encoded `Letter` in the style of a letterhead, inspected again: it was kept meanwhile.

    Raises `NotRead`.
    """
    told = inspected(data)
    if told.reason:
        raise damaged("reader_failed", error=told.reason)
    document = msgspec.msgpack.decode(letter, type=Letter).document()
    return styled.write(document, "docx" if told.kind == "docx" else "odt", data)
