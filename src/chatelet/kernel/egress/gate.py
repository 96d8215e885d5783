"""The one gate of a process: every client asks it before it resolves a name, and tells it how the contact ended.

It is of the process and not passed around: a client that somebody forgot to give it to would be a way round it.
The composition root installs it once, from the settings; until then nothing but declared servers is let through.
"""

from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import contextmanager

from chatelet.kernel.egress.ledger import Ledger, Outcome, place
from chatelet.kernel.egress.posture import PUBLISHING, Posture, bare, posture_of
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.errors import AppError
from chatelet.sections import EgressSettings


class EgressClosed(AppError):
    """This installation lets nothing out to this server: `egress.mode` is none, or its purpose's list leaves it out."""

    code = "egress_closed"
    status = 503


class Gate:
    """What may leave, and what did."""

    def __init__(self, posture: Posture) -> None:
        self.posture = posture
        self.ledger = Ledger()
        self._declared = Counter[tuple[str, Purpose]]()
        self._contacted: set[tuple[str, Purpose]] = set()

    def reserve(self, host: str, purpose: Purpose) -> None:
        """Note that a host is declared for a purpose, once more: it is no page until as many releases."""
        if _is_reserved(host, purpose):
            self._declared[bare(host), purpose] += 1

    def release(self, host: str, purpose: Purpose) -> None:
        """Note that a host is declared for a purpose once less; the last takes with it that it was contacted."""
        one = (bare(host), purpose)
        self._declared[one] -= 1
        if self._declared[one] <= 0:
            del self._declared[one]
            self._contacted.discard(one)

    def check_visit(self, host: str) -> None:
        """Let a page be read. Raises `AddressRefused`, also for a server of another purpose."""
        uses = [(bare(host), purpose) for purpose in Purpose]
        self.posture.check_visit(host, serves_another=any(o in self._declared or o in self._contacted for o in uses))

    def check(self, host: str | None, purpose: Purpose, port: int | None = None) -> None:
        """Let a declared server be contacted. Raises `EgressClosed`, counted as refused."""
        if _is_reserved(host or "", purpose):
            self._contacted.add((bare(host or ""), purpose))
        if not self.posture.lets_declared(host or "", purpose):
            self.ledger.note(place(host or "", port), purpose, "refused")
            raise EgressClosed(host=host or "")

    @contextmanager
    def contact(self, host: str | None, purpose: Purpose, port: int | None = None) -> Generator[None]:
        """Let a declared server be contacted in a block, and count how it ended. Raises `EgressClosed`."""
        self.check(host, purpose, port)
        try:
            yield
        except BaseException:
            self.tell(host, purpose, "failed", port)
            raise
        self.tell(host, purpose, "answered", port)

    def tell(self, host: str | None, purpose: Purpose, outcome: Outcome, port: int | None = None) -> None:
        """Count how a contact ended; sockets of this machine have no host and are not counted."""
        if host:
            self.ledger.note(place(host, port), purpose, outcome)


def _is_reserved(host: str, purpose: Purpose) -> bool:
    return bool(host) and purpose not in PUBLISHING


class _Installed:
    gate = Gate(Posture())


def install(gate: Gate) -> None:
    """Make it the gate of this process."""
    _Installed.gate = gate


def install_for(settings: EgressSettings, declared: Iterable[tuple[str, Purpose]] = ()) -> None:
    """Make the gate that the settings say, `declared` the servers they name; what was counted before is kept."""
    made = Gate(posture_of(settings))
    made.ledger = _Installed.gate.ledger
    for host, purpose in declared:
        made.reserve(host, purpose)
    install(made)


def current() -> Gate:
    """Return the gate of this process."""
    return _Installed.gate
