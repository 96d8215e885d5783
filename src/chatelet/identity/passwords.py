"""Passwords: which are accepted, and argon2id off the event loop, so that a rush of sign-ins never holds a stream.

caller -> at most `_LONGEST_QUEUE` waiting, else `SignInBusy` -> two threads of low priority -> argon2
"""

import asyncio
import contextlib
import os
import re
import string
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chatelet.identity.common_passwords import COMMON_WORDS
from chatelet.identity.errors import PasswordTooWeak, SignInBusy
from chatelet.identity.names import search_words

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
_FEWEST_DIFFERENT_SIGNS: Final = 5
_SHORTEST_IDENTITY_WORD: Final = 3
_SHORTEST_RUN: Final = 8
_THREADS: Final = 2
_LONGEST_QUEUE: Final = 200
_LOW_PRIORITY: Final = 10
# OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)
# Of a random password that nobody knows: an unknown account costs the same time as a wrong password (TA-013).
_NOBODY: Final = "$argon2id$v=19$m=19456,t=2,p=1$rH/6Bh29/ZmwAYnd20/AZw$8yqbeKId1ZVJRqDJC+nQhNqOo/qJR/+Fo3Rwj45ZFyM"
T = TypeVar("T")


def check_strength(password: str, *identity: str) -> str:
    """Return the password as it is hashed (NFKC: the same from every keyboard); raise `PasswordTooWeak`.

    `identity` are the e-mail and the name, which the password may not consist of.
    """
    normal = _normalise(password)
    if len(normal) < SHORTEST_PASSWORD:
        raise PasswordTooWeak(reason="too_short", shortest=SHORTEST_PASSWORD)
    if len(normal) > LONGEST_PASSWORD:
        raise PasswordTooWeak(reason="too_long", longest=LONGEST_PASSWORD)
    if not normal.isprintable():
        raise PasswordTooWeak(reason="unreadable")
    if _is_like_identity(normal, identity):
        raise PasswordTooWeak(reason="like_identity")
    if _is_common(normal):
        raise PasswordTooWeak(reason="too_common")
    return normal


async def hash_password(password: str) -> str:
    """Return the encoded argon2id hash of an accepted password."""
    return await _WORKERS.run(lambda: _HASHER.hash(_normalise(password)))


async def verify_password(stored: str | None, password: str) -> bool:
    """Tell whether `password` matches; with no stored hash, take the same time and answer no."""
    if len(password) > LONGEST_PASSWORD:  # never accepted, so never stored: told apart by the caller's own request only
        password = password[:LONGEST_PASSWORD]
        stored = None
    return await _WORKERS.run(lambda: _matches(stored or _NOBODY, _normalise(password)) and stored is not None)


def needs_new_hash(stored: str) -> bool:
    """Tell whether `stored` was made with older parameters."""
    return _HASHER.check_needs_rehash(stored)


def _normalise(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


def _is_common(password: str) -> bool:
    folded = password.casefold()
    core = folded.strip(_DIGITS_AND_SIGNS)  # "P@ssw0rd2024!" -> "p@ssw0rd" -> "password"
    letters = re.sub(r"[\W\d_]+", "", core.translate(_LEET))
    period = (folded + folded).find(folded, 1)
    return (
        len(set(folded)) < _FEWEST_DIFFERENT_SIGNS
        or period < len(folded)
        or folded.isdecimal()
        or re.sub(r"[\W\d_]+", "", folded) in COMMON_WORDS
        or letters in COMMON_WORDS
        or _is_run(folded)
    )


_DIGITS_AND_SIGNS: Final = string.digits + string.punctuation + " "
_LEET: Final = str.maketrans("0134578@$!", "oieastbasi")
_RUNS: Final = ("abcdefghijklmnopqrstuvwxyz", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm", "01234567890")


def _is_run(password: str) -> bool:
    """Tell whether the password follows the alphabet or a keyboard, forwards or backwards."""
    signs = re.sub(r"[\W_]+", "", password)
    return len(signs) >= _SHORTEST_RUN and any(signs in run + run or signs in (run + run)[::-1] for run in _RUNS)


def _is_like_identity(password: str, identity: tuple[str, ...]) -> bool:
    """Tell whether hardly a letter is left once the words of the person's own name and e-mail are taken away."""
    whole = left = "".join(search_words(password))
    for word in sorted(search_words(*identity), key=len, reverse=True):
        if len(word) >= _SHORTEST_IDENTITY_WORD:
            left = left.replace(word, "")
    return left != whole and sum(sign.isalpha() for sign in left) <= _SHORTEST_IDENTITY_WORD


class _Workers:
    """The threads of this process, and how many callers wait for them. No thread exists before the first password."""

    def __init__(self) -> None:
        self.waiting = 0
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="argon2", initializer=_lower_priority)

    async def run(self, work: Callable[[], T]) -> T:
        if self.waiting >= _LONGEST_QUEUE:
            raise SignInBusy(retry_after=2)
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self.waiting -= 1


def _lower_priority() -> None:
    """On Linux a priority belongs to a thread: streams keep the processor when there is only one."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)


_WORKERS: Final = _Workers()
