"""What may leave at all: a rule for the whole process, made from the settings, asked before any name is resolved.

    none      declared servers of this machine or of a private network only; nothing is resolved outside
    declared  servers that an administrator declared, whatever they are; no address that a page or a person names
    open      those, and public addresses under the lists

Each purpose has its own list, or none: what is declared for it, and no more. A host of one purpose is not one of
another: what serves models, mail or sign-in is never read as a page, unless the list of pages or of
shared hosts names it.

Host lists hold exact names, or `*.example.org` for all that are under one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final, Literal

from chatelet.kernel.egress.addresses import Address, judge
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.egress.reasons import AddressRefused, Reason
from chatelet.sections import EgressHosts, EgressSettings

_INSIDE: Final = frozenset({Reason.LOOPBACK, Reason.PRIVATE, Reason.SHARED})
# What is published there is what pages are: a place followed, a service of publications may be read as a page too.
PUBLISHING: Final = frozenset({Purpose.PLACES, Purpose.SCHOLARLY, Purpose.MODEL_FILES, Purpose.PAGES, Purpose.OTHER})
_THIS_MACHINE: Final = frozenset({"localhost", ""})  # "" is a socket of the file system


@dataclass(frozen=True, slots=True)
class Posture:
    """The rule. `internal_hosts` are names that an administrator says are inside.

    `shared` hosts serve a purpose and are pages too: they bound no page, as the list of pages does.
    """

    mode: Literal["none", "declared", "open"] = "declared"
    internal_hosts: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    lists: Mapping[Purpose, tuple[str, ...]] = field(default_factory=dict[Purpose, tuple[str, ...]])
    shared: tuple[str, ...] = ()

    def lets_declared(self, host: str, purpose: Purpose) -> bool:
        """Tell whether a server that was declared for a purpose may be contacted for it, by its name alone."""
        return (self.mode != "none" or self.knows_inside(host)) and self.lists_let(host, purpose)

    def lists_let(self, host: str, purpose: Purpose) -> bool:
        """Tell whether the list of a purpose holds a host; a purpose without a list has nothing to say."""
        listed = self.lists.get(purpose)
        return listed is None or not host or _is_listed(bare(host), listed)

    def serves_by_list(self, host: str) -> bool:
        """Tell whether the list of a purpose that publishes nothing holds a host."""
        return any(_is_listed(host, listed) for purpose, listed in self.lists.items() if purpose not in PUBLISHING)

    def knows_inside(self, host: str) -> bool:
        """Tell whether a host is inside without resolving anything: this machine, a private address, a name listed."""
        name = bare(host)
        if name in _THIS_MACHINE or name in self.internal_hosts:
            return True
        try:
            return is_inside(ip_address(name))
        except ValueError:
            return False

    def check_visit(self, host: str, *, serves_another: bool = False) -> None:
        """Refuse what may not be visited, such as what `serves_another` purpose. Raises `AddressRefused`."""
        if self.mode != "open":
            raise AddressRefused(Reason.CLOSED)
        if _is_listed(host, self.denied):
            raise AddressRefused(Reason.LISTED)
        pages = self.allowed + self.lists.get(Purpose.PAGES, ())
        is_named = _is_listed(host, pages)
        if (self.allowed or Purpose.PAGES in self.lists) and not is_named:
            raise AddressRefused(Reason.NOT_LISTED)
        if not (is_named or _is_listed(host, self.shared)) and (serves_another or self.serves_by_list(host)):
            raise AddressRefused(Reason.OTHER_PURPOSE)


def posture_of(settings: EgressSettings) -> Posture:
    """Return the rule that the settings say."""
    return Posture(
        mode=settings.mode,
        internal_hosts=frozenset(host.lower() for host in settings.internal_hosts),
        allowed=settings.allowed_hosts,
        denied=settings.denied_hosts,
        lists={
            Purpose(name): hosts
            for name in EgressHosts.model_fields
            if (hosts := getattr(settings.hosts, name)) is not None
        },
        shared=settings.shared_hosts,
    )


def bare(host: str) -> str:
    """Return a host as lists and gates compare it."""
    return host.strip("[]").lower()


def is_inside(address: Address) -> bool:
    """Tell whether an address is of this machine or of a private network; link-local, where metadata is, is not."""
    return judge(address) in _INSIDE


def _is_listed(host: str, entries: Sequence[str]) -> bool:
    return any(host == entry or (entry.startswith("*.") and host.endswith(entry[1:])) for entry in entries)
