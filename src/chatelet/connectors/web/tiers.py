"""What a site is told as (official, press, reference, other), and whether it is read: by its host, under lists.

The most exact entry wins; at the same length, that of the unit before that of the installation. What is denied
anywhere stays denied: a unit may only tighten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chatelet.settings import WebSearchSettings


class Tier(StrEnum):
    """Kinds of sites, in the order in which they are told."""

    OFFICIAL = "official"
    PRESS = "press"
    REFERENCE = "reference"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Site:
    """One line of a list: a host, or `*.example.org` for it and all under it. `tier` None: denied."""

    pattern: str
    tier: Tier | None

    def names(self, host: str) -> bool:
        """Tell whether the line is about a host."""
        bare = self.pattern.removeprefix("*.").removeprefix("www.")
        return host == bare or (self.pattern.startswith("*.") and host.endswith(f".{bare}"))


@dataclass(frozen=True, slots=True)
class Lists:
    """The lines that hold for a person: their units' first, then the installation's."""

    sites: tuple[Site, ...] = ()

    def tier_of(self, host: str) -> Tier | None:
        """Return the tier of a host, None when it is denied."""
        about = [site for site in self.sites if site.names(host)]
        if any(site.tier is None for site in about):
            return None
        best = max(about, key=lambda site: len(site.pattern), default=None)
        return Tier.OTHER if best is None else best.tier


def of_settings(settings: WebSearchSettings) -> tuple[Site, ...]:
    """Return the installation's own lines."""
    named: Sequence[tuple[Iterable[str], Tier | None]] = (
        (settings.official, Tier.OFFICIAL),
        (settings.press, Tier.PRESS),
        (settings.reference, Tier.REFERENCE),
        (settings.denied, None),
    )
    return tuple(Site(pattern, tier) for patterns, tier in named for pattern in patterns)
