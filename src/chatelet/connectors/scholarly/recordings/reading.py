"""The recordings, by source: read from the package, so that an installed service has them too."""

from functools import cache
from importlib.resources import files
from typing import Final

from chatelet.connectors.scholarly.record import SourceName

NAMES: Final[tuple[tuple[SourceName, str], ...]] = (
    ("crossref", "crossref.json"),
    ("hal", "hal.json"),
    ("openalex", "openalex.json"),
    ("europe_pmc", "europe_pmc.json"),
    ("arxiv", "arxiv_2010.xml"),
    ("arxiv", "arxiv_2024.xml"),
    ("theses", "theses.json"),
    ("doaj", "doaj.json"),
    ("semantic_scholar", "semantic_scholar.json"),
    ("unpaywall", "unpaywall.json"),
    ("istex", "istex.json"),
)


@cache
def recording(name: str) -> bytes:
    """Return the body of a recording."""
    return files("chatelet.connectors.scholarly.recordings").joinpath(name).read_bytes()
