"""What was contacted, counted: host, purpose, outcome and day. Never a path, a query or a word of what was said.

Counts are kept in memory and taken from time to time by whoever stores them. Their number is bounded: beyond it, hosts
are told together, so that pages cannot fill the table with names of their making.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from chatelet.kernel.clock import now
from chatelet.kernel.egress.purposes import Purpose

Outcome = Literal["answered", "failed", "refused"]
OTHERS: Final = "*"
_MOST: Final = 2_000
_LONGEST_HOST: Final = 260


def place(host: str, port: int | None) -> str:
    """Return a machine as it is counted: `host:port`, or the host alone where ports do not tell servers apart."""
    written = f"[{host}]" if ":" in host else host
    return written if port is None else f"{written}:{port}"


def read_place(written: str) -> tuple[str, int | None]:
    """Return the host and the port of a machine as it was counted."""
    host, colon, port = written.rpartition(":")
    if not colon or not port.isdigit():
        host, port = written, ""
    return host.strip("[]"), int(port) if port else None


@dataclass(frozen=True, slots=True)
class Contact:
    """What is counted together. `host` is written by `place`."""

    day: date
    host: str
    purpose: Purpose
    outcome: Outcome

    @property
    def key(self) -> tuple[date, str, str, str]:
        """What orders contacts, the same way in every process."""
        return self.day, self.host, self.purpose.value, self.outcome


@dataclass(frozen=True, slots=True)
class Count:
    """How often, and when last."""

    times: int
    last_at: datetime


class Ledger:
    """One per process."""

    def __init__(self) -> None:
        self._counts: dict[Contact, Count] = {}

    def note(self, host: str, purpose: Purpose, outcome: Outcome) -> None:
        """Count one contact, or one refusal."""
        moment = now()
        contact = Contact(moment.date(), host[:_LONGEST_HOST], purpose, outcome)
        if contact not in self._counts and len(self._counts) >= _MOST:
            contact = Contact(contact.day, OTHERS, purpose, outcome)
        before = self._counts.get(contact)
        self._counts[contact] = Count(1 if before is None else before.times + 1, moment)

    def take(self) -> Mapping[Contact, Count]:
        """Return what was counted since the last time, and begin again."""
        taken, self._counts = self._counts, {}
        return taken

    def give_back(self, counts: Mapping[Contact, Count]) -> None:
        """Keep what could not be stored, to be stored later."""
        for contact, count in counts.items():
            since = self._counts.get(contact)
            last = count.last_at if since is None else max(count.last_at, since.last_at)
            self._counts[contact] = Count(count.times + (since.times if since else 0), last)
