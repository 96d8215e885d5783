"""HAL over OAI-PMH 2.0 (`oai_dc`): pages of records, each with the token of the next. www.openarchives.org/OAI.

Only the address given is asked, on its own origin: the token is a value, never an address.
"""

import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from chatelet.connectors.scholarly import cleaning, client, identifiers
from chatelet.connectors.scholarly.client import Asked
from chatelet.connectors.scholarly.contract import Courtesy, Service, target
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.reading import address, date_of, year_of
from chatelet.connectors.scholarly.record import Access, Author, Identifiers, Kind, Record
from chatelet.connectors.scholarly.services import hal
from chatelet.connectors.xml import Elements, NotXml
from chatelet.kernel.outbound import Outbound

_OAI: Final = "http://www.openarchives.org/OAI/2.0/ "
_DC: Final = "http://purl.org/dc/elements/1.1/ "
_RECORD: Final = f"{_OAI}record"
_PATIENCE: Final = 120.0
_MOST_PAGES: Final = 100_000
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("article", "article"),
    ("conferenceobject", "conference"),
    ("doctoralthesis", "thesis"),
    ("bookpart", "chapter"),
    ("book", "book"),
    ("report", "report"),
    ("preprint", "preprint"),
)


@dataclass
class Page:
    """One answer: its records, and the token of what follows."""

    records: list[Record] = field(default_factory=list[Record])
    token: str | None = None


def read(body: bytes) -> Page:
    """Read an answer; deleted records are left aside. Raises `SourceBroken`."""
    page, told = Page(), dict[str, list[str]]()
    seen: list[str] = []

    def ended(names: tuple[str, ...], written: str) -> None:
        name = names[-1]
        seen.append(names[0])
        if name == _RECORD:
            if (record := _record(told)) is not None:
                page.records.append(record)
            told.clear()
        elif name.startswith(_DC) and written.strip():
            told.setdefault(name.removeprefix(_DC), []).append(written.strip())
        elif name == f"{_OAI}resumptionToken":
            page.token = written.strip() or None

    reader = Elements(ended)
    try:
        reader.feed(body.lstrip())
        reader.flush()
    except NotXml:
        raise SourceBroken from None
    if not seen or seen[0] != f"{_OAI}OAI-PMH":
        raise SourceBroken
    return page


def _record(told: dict[str, list[str]]) -> Record | None:
    names = told.get("identifier", [])
    own = next((found for one in names if (found := identifiers.hal_of(one))), None)
    if own is None:
        return None
    dates = [found for one in told.get("date", []) if (found := date_of(one))]
    types = " ".join(told.get("type", [])).lower()
    pdf = next((found for one in names if one.lower().endswith(".pdf") and (found := address(one))), None)
    return Record(
        sources=("hal",),
        title=cleaning.title(next(iter(told.get("title", [])), None)),
        authors=tuple(_author(one) for one in told.get("creator", [])),
        year=year_of(dates[-1]) if dates else None,
        date=dates[-1] if dates else None,
        kind=next((kind for name, kind in _KINDS if f"semantics/{name.lower()}" in types), None),
        abstract=cleaning.abstract(next(iter(told.get("description", [])), None)),
        language=next(iter(told.get("language", [])), None),
        link=next((one for one in names if address(one) and identifiers.hal_of(one)), None),
        identifiers=Identifiers(
            hal=own,
            doi=next((found for one in names if (found := identifiers.doi_of(re.sub(r"^DOI\s*:\s*", "", one)))), None),
            arxiv=next(
                (found for one in names if "arxiv" in one.lower() and (found := identifiers.arxiv_of(one))), None
            ),
        ),
        access=Access(is_open=True if pdf else None, url=pdf, is_pdf=pdf is not None),
    )


def _author(written: str) -> Author:
    family, comma, given = (part.strip() for part in written.partition(","))
    return Author(f"{given} {family}", family, given) if comma and family and given else Author(written)


async def harvest(outbound: Outbound, url: str, courtesy: Courtesy) -> AsyncIterator[Record]:
    """Give every record of a list; `url` is that of a `ListRecords`, or of the repository. Raises `SourceError`."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query)) or {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    base = f"{parts.scheme}://{parts.netloc}"
    service = Service("hal", base, hal.search, hal.resolve, hal.parse, pause=0.5, accept="text/xml")
    one = Asked(service, base, courtesy)
    client.declare(outbound, one)
    tokens: set[str] = set()
    for _page in range(_MOST_PAGES):
        deadline = time.monotonic() + _PATIENCE
        body, _kind = await client.get(outbound, one, target(parts.path or "/", **asked), deadline, exact=False)
        page = read(body)
        for record in page.records:
            yield record
        if page.token is None or page.token in tokens:
            return
        tokens.add(page.token)
        asked = {"verb": "ListRecords", "resumptionToken": page.token}
