"""What may leave at all: a rule for the whole process, made from the settings, asked before any name is resolved.

    none      declared servers of this machine or of a private network only; nothing is resolved outside
    declared  servers that an administrator declared, whatever they are; no address that a page or a person names
    open      those, and public addresses under the lists

Host lists hold exact names, or `*.example.org` for all that are under one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Literal

from chatelet.kernel.egress.addresses import Address, judge
from chatelet.kernel.egress.reasons import AddressRefused, Reason
from chatelet.sections import EgressSettings

_INSIDE: Final = frozenset({Reason.LOOPBACK, Reason.PRIVATE, Reason.SHARED})
_THIS_MACHINE: Final = frozenset({"localhost", ""})  # "" is a socket of the file system


@dataclass(frozen=True, slots=True)
class Posture:
    """The rule. `internal_hosts` are names that an administrator says are inside."""

    mode: Literal["none", "declared", "open"] = "declared"
    internal_hosts: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()

    def lets_declared(self, host: str) -> bool:
        """Tell whether a declared server may be contacted, by its name alone."""
        return self.mode != "none" or self.knows_inside(host)

    def knows_inside(self, host: str) -> bool:
        """Tell whether a host is inside without resolving anything: this machine, a private address, a name listed."""
        bare = host.strip("[]").lower()
        if bare in _THIS_MACHINE or bare in self.internal_hosts:
            return True
        try:
            return is_inside(ip_address(bare))
        except ValueError:
            return False

    def check_visit(self, host: str) -> None:
        """Refuse what may not be visited. Raises `AddressRefused`."""
        if self.mode != "open":
            raise AddressRefused(Reason.CLOSED)
        if _is_listed(host, self.denied):
            raise AddressRefused(Reason.LISTED)
        if self.allowed and not _is_listed(host, self.allowed):
            raise AddressRefused(Reason.NOT_LISTED)


def posture_of(settings: EgressSettings) -> Posture:
    """Return the rule that the settings say."""
    return Posture(
        mode=settings.mode,
        internal_hosts=frozenset(host.lower() for host in settings.internal_hosts),
        allowed=settings.allowed_hosts,
        denied=settings.denied_hosts,
    )


def is_inside(address: Address) -> bool:
    """Tell whether an address is of this machine or of a private network; link-local, where metadata is, is not."""
    return judge(address) in _INSIDE


def _is_listed(host: str, entries: Sequence[str]) -> bool:
    return any(host == entry or (entry.startswith("*.") and host.endswith(entry[1:])) for entry in entries)
