"""Sealing and opening what a conversation says, with its own data key.

Each sealed value is bound to its row: `message:<id>`, `title:<conversation>`, `partial:<turn>`, `summary:<turn>`.
"""

from dataclasses import dataclass
from uuid import UUID

from chatelet.conversations import parts as message_parts
from chatelet.conversations.parts import Part
from chatelet.conversations.tables import Conversation
from chatelet.kernel.crypto import DataKey, Keyring
from chatelet.kernel.text import fold


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """The data key of one conversation, unwrapped for the time of a request or a turn."""

    key: DataKey

    def seal_parts(self, message_id: UUID, parts: list[Part]) -> tuple[bytes, bytes]:
        """Return the sealed parts and the sealed words that a search compares."""
        context = b"message:" + message_id.bytes
        folded = fold(message_parts.text_of(parts)).encode()
        return self.key.seal(message_parts.encode(parts), context), self.key.seal(folded, b"search:" + message_id.bytes)

    def open_parts(self, message_id: UUID, sealed: bytes) -> list[Part]:
        """Return the parts of a message."""
        return message_parts.decode(self.key.open(sealed, b"message:" + message_id.bytes))

    def open_search(self, message_id: UUID, sealed: bytes) -> bytes:
        """Return the folded words of a message."""
        return self.key.open(sealed, b"search:" + message_id.bytes)

    def seal_text(self, kind: str, owner: UUID, text: str) -> bytes:
        """Seal a title, a partial answer or a summary."""
        return self.key.seal(text.encode(), f"{kind}:".encode() + owner.bytes)

    def open_text(self, kind: str, owner: UUID, sealed: bytes | None) -> str | None:
        """Open what `seal_text` returned; None stays None."""
        return None if sealed is None else self.key.open(sealed, f"{kind}:".encode() + owner.bytes).decode()


def new_key(keyring: Keyring, conversation_id: UUID) -> tuple[ConversationKey, bytes]:
    """Make the data key of a new conversation; return it with its wrapped form."""
    key, wrapped = keyring.new_key(b"conversation:" + conversation_id.bytes)
    return ConversationKey(key), wrapped


def key_of(keyring: Keyring, conversation: Conversation) -> ConversationKey:
    """Unwrap the data key of `conversation`."""
    return unwrap(keyring, conversation.id, conversation.wrapped_key)


def unwrap(keyring: Keyring, conversation_id: UUID, wrapped: bytes) -> ConversationKey:
    """Unwrap a data key read without its row."""
    return ConversationKey(keyring.unwrap(wrapped, b"conversation:" + conversation_id.bytes))
