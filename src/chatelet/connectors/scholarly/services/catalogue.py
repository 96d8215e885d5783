"""Every source that the desk knows, by name, in the order in which a field told by several is taken."""

from typing import Final

from chatelet.connectors.scholarly.contract import Service
from chatelet.connectors.scholarly.record import SourceName
from chatelet.connectors.scholarly.services import (
    arxiv,
    crossref,
    doaj,
    europe_pmc,
    hal,
    openalex,
    semantic_scholar,
    theses,
    unpaywall,
)

SERVICES: Final[dict[SourceName, Service]] = {
    module.SERVICE.name: module.SERVICE
    for module in (crossref, hal, openalex, europe_pmc, arxiv, theses, doaj, semantic_scholar, unpaywall)
}
