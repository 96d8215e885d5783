"""A file of references, whatever it is: BibTeX, RIS, or a list of DOIs with anything around them."""

import re
from typing import Final

from chatelet.connectors.scholarly import identifiers
from chatelet.connectors.scholarly.errors import ReferencesNotUnderstood
from chatelet.connectors.scholarly.exchange import bibtex_reading, ris
from chatelet.connectors.scholarly.record import Identifiers, Record

_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"'<>,;]+", re.ASCII)
_MOST: Final = 2_000


def read(text: str) -> list[Record]:
    """Return the works of a file, in order. Raises `ReferencesNotUnderstood`."""
    if bibtex_reading.looks_like(text):
        records = bibtex_reading.read(text)
    elif ris.looks_like(text):
        records = ris.read(text)
    else:
        found = dict.fromkeys(doi for one in _DOI.findall(text) if (doi := identifiers.doi_of(one)))
        records = [Record(sources=(), identifiers=Identifiers(doi=doi)) for doi in found]
    if not records:
        raise ReferencesNotUnderstood
    return records[:_MOST]
