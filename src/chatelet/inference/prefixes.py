"""Whose prefixes a server may find again in its cache (TA-157, ANSSI R17): of what is restricted, the asker's own.

A cache shared by all tells, by how soon an answer begins, whether somebody else asked the same. Servers that know
`cache_salt` (vLLM) keep apart what has another salt; others refuse the field, and are asked again without it.
"""

from dataclasses import replace
from hashlib import blake2b
from os import urandom

from chatelet.inference.exchange import ChatRequest
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Level


class Prefixes:
    """Of one process: a salt tells no one who asks, since its key is drawn at start and kept nowhere."""

    def __init__(self) -> None:
        self._key = urandom(32)

    def apart(self, clearance: Clearance, request: ChatRequest) -> ChatRequest:
        """Return the request, with the person's salt where what it holds is restricted."""
        if not clearance.label.level.covers(Level.RESTRICTED):
            return request
        salt = blake2b(clearance.person_id.bytes, key=self._key, digest_size=16).hexdigest()
        return replace(request, cache_salt=salt)
