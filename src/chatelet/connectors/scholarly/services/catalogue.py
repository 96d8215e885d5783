"""Every source that the desk knows, by name, and those that an installation enabled."""

from typing import Final

from chatelet.connectors.scholarly.contract import Service
from chatelet.connectors.scholarly.record import SourceName
from chatelet.connectors.scholarly.services import (
    arxiv,
    crossref,
    doaj,
    endpoint,
    europe_pmc,
    hal,
    istex,
    openalex,
    semantic_scholar,
    theses,
    unpaywall,
)
from chatelet.scholarly_sections import ScholarlySettings, ScholarlySource

SERVICES: Final[dict[SourceName, Service]] = {
    module.SERVICE.name: module.SERVICE
    for module in (crossref, hal, openalex, europe_pmc, arxiv, theses, doaj, istex, semantic_scholar, unpaywall)
}


def enabled(settings: ScholarlySettings) -> list[tuple[Service, str]]:
    """Return the sources that are asked, each with its address; the mirror is no server."""
    known = dict(SERVICES)
    if settings.institution is not None:
        known["institution"] = endpoint.service(settings.institution)
    names: dict[ScholarlySource, None] = dict.fromkeys(settings.sources)
    return [(known[name], settings.addresses.get(name, known[name].base)) for name in names if name in known]
