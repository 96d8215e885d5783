"""What the search of the web needs of the process, built once by the composition root."""

from dataclasses import dataclass

from chatelet import __version__
from chatelet.connectors.web import engines, tiers
from chatelet.connectors.web.contract import SearchEngine
from chatelet.connectors.web.pages import Pages
from chatelet.connectors.web.tiers import Site
from chatelet.kernel.egress.visit import Limits, Visits
from chatelet.kernel.outbound import Outbound
from chatelet.settings import WebSearchSettings

_CONNECT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class WebSearch:
    """Frozen. Without engines there is no search; `sites` are the installation's own lists."""

    settings: WebSearchSettings
    engines: tuple[SearchEngine, ...]
    pages: Pages
    sites: tuple[Site, ...]


def web_search(outbound: Outbound, settings: WebSearchSettings) -> WebSearch:
    """Declare the engines and make the reader of pages."""
    inside = frozenset(settings.inside_origins)
    limits = Limits(connect_seconds=_CONNECT_SECONDS, total_seconds=settings.read_seconds)
    visits = Visits(user_agent=f"chatelet/{__version__}", inside=inside, limits=limits)
    return WebSearch(settings, engines.declared(outbound, settings), Pages(visits, inside), tiers.of_settings(settings))
