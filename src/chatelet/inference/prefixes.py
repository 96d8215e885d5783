"""Whose prefixes a server may find again in its cache (TA-157, ANSSI R17): of what is restricted, the asker's own.

A cache shared by all tells, by how soon an answer begins, whether somebody else asked the same. How a server keeps
persons apart is declared, and what is not known to is kept apart by ourselves:

    salted   it honours `cache_salt` (vLLM): the field; where it refuses it after all, words
    shared   not known to (the default; llama.cpp, which answers on this machine): words before anything of the person's
    none     it keeps nothing from one request to the next, its operator says: nothing to keep apart
"""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from os import urandom
from typing import Final, Literal

from chatelet.inference.exchange import ChatRequest, Message, Salt
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level

PrefixCache = Literal["salted", "shared", "none"]
_KEPT: Final[dict[str, PrefixCache]] = {"salted": "salted", "shared": "shared", "none": "none"}


def prefix_cache_of(declared: str) -> PrefixCache:
    """Read what was declared; what a later version wrote is not known to keep anybody apart."""
    return _KEPT.get(declared, "shared")


class Prefixes:
    """A salt tells no one who asks: its key is drawn here, or the installation's, which all its processes share.

    With several processes, a person's own prefixes are found again whichever of them answers.
    """

    def __init__(self) -> None:
        self._key = urandom(32)
        self._shared: tuple[list[str], ...] = ()

    def be_of(self, secret: str) -> None:
        """Take the key of the installation, which is stored nowhere."""
        self._key = secret.encode()

    def share(self, beginnings: Iterable[str]) -> None:
        """Note constant texts of ours, which requests of everybody begin with: finding them again tells nothing."""
        self._shared = tuple(text.splitlines(keepends=True) for text in beginnings)

    def apart(self, clearance: Clearance, request: ChatRequest, kept: PrefixCache) -> ChatRequest:
        """Return the request, with the person's salt where what it holds is restricted and the server may share."""
        if kept == "none" or not clearance.label.level.covers(Level.RESTRICTED):
            return request
        value = blake2b(clearance.person_id.bytes, key=self._key, digest_size=16).hexdigest()
        salt = Salt(value, in_words=kept == "shared", shared=self._common(request.messages[0]))
        return replace(request, cache_salt=salt)

    def _common(self, first: Message) -> int:
        """Count the characters of whole lines that a first message has in common with a constant text."""
        lines = first.content.splitlines(keepends=True)
        return max((_same(lines, shared) for shared in self._shared), default=0)


def _same(lines: list[str], others: list[str]) -> int:
    count = 0
    for one, other in zip(lines, others, strict=False):
        if one != other or not one.endswith("\n"):
            break
        count += len(one)
    return count
