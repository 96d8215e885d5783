"""Stored content: sealed with the conversation's key, bound to its row, versioned."""

from uuid import uuid4

import pytest

from chatelet.conversations import content, parts
from chatelet.conversations.parts import TextPart, UnknownParts
from chatelet.conversations.search import snippet_of
from chatelet.kernel.crypto import Keyring, UnreadableContent
from chatelet.kernel.text import first_line, fold

KEYRING = Keyring(bytes(range(32)))


def test_round_trip_and_binding_to_the_row() -> None:
    conversation_id, message_id = uuid4(), uuid4()
    key, wrapped = content.new_key(KEYRING, conversation_id)
    sealed, search = key.seal_parts(message_id, [TextPart("Élève, où es-tu ?")])
    again = content.unwrap(KEYRING, conversation_id, wrapped)
    assert again.open_parts(message_id, sealed) == [TextPart("Élève, où es-tu ?")]
    assert again.open_search(message_id, search) == b"eleve, ou es-tu ?"
    assert "lève".encode() not in sealed + search
    with pytest.raises(UnreadableContent):
        again.open_parts(uuid4(), sealed)
    with pytest.raises(UnreadableContent):
        content.unwrap(KEYRING, uuid4(), wrapped)
    with pytest.raises(UnreadableContent):
        content.unwrap(Keyring(bytes(32)), conversation_id, wrapped)
    with pytest.raises(UnreadableContent):
        again.open_parts(message_id, sealed[:-1] + bytes([sealed[-1] ^ 1]))


@pytest.mark.parametrize("stored", [b"", b"{}", b'{"v":2,"parts":[]}', b'{"v":1,"parts":[{"type":"video"}]}'])
def test_what_a_newer_version_wrote_is_not_misread(stored: bytes) -> None:
    with pytest.raises(UnknownParts):
        parts.decode(stored)


def test_snippets_find_the_place_whatever_the_accents() -> None:
    text = "Le cœur a ses raisons. " * 5 + "L'Élève étudie l'œuvre de Châtelet. " + "Fin. " * 30
    for word in ("eleve", "oeuvre", "chatelet", "etudie"):
        found = snippet_of(text, word)
        assert fold(found.match) == word
        assert found.before + found.match + found.after in f"…{' '.join(text.split())}…" or found.before.startswith("…")


def test_first_line() -> None:
    assert first_line("Bonjour\nsuite", 80) == "Bonjour"
    assert first_line("mot " * 40, 20) == "mot mot mot mot mot…"
    assert first_line("   ", 10) == ""
