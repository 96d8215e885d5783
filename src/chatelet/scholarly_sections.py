"""Sections of the settings that tell of the scholarly desk: its sources, and the endpoint of an institution."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal, Self, get_args
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from chatelet.sections import Section

ScholarlySource = Literal[
    "hal",
    "arxiv",
    "openalex",
    "crossref",
    "semantic_scholar",
    "europe_pmc",
    "unpaywall",
    "doaj",
    "theses",
    "istex",
    "institution",
    "mirror",
]
FieldName = Literal[
    "id",
    "title",
    "subtitle",
    "authors",
    "date",
    "year",
    "kind",
    "venue",
    "abstract",
    "language",
    "link",
    "doi",
    "hal",
    "arxiv",
    "pmid",
    "nnt",
    "open",
    "url",
    "pdf",
    "licence",
    "volume",
    "issue",
    "first_page",
    "last_page",
    "publisher",
    "issn",
    "isbn",
    "citations",
    "domains",
    "laboratories",
]
Place = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w@:$.|-]+$")]
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_OF_SEARCH: Final = frozenset({"words", "offset", "page", "limit", "year_from", "year_to", "contact"})

NAMES_OF_ISTEX: Final[Mapping[FieldName, str]] = {
    "id": "arkIstex|id",
    "title": "title",
    "authors": "author.name",
    "date": "publicationDate|host.publicationDate",
    "kind": "genre",
    "venue": "host.title",
    "abstract": "abstract",
    "language": "language",
    "doi": "doi",
    "pmid": "pmid",
    "volume": "host.volume",
    "issue": "host.issue",
    "first_page": "host.pages.first",
    "last_page": "host.pages.last",
    "issn": "host.issn|host.eissn",
    "isbn": "host.isbn|host.eisbn",
    "domains": "subject.value|categories.scienceMetrix",
    "laboratories": "author.affiliations",
}


def _one_origin(address: str, what: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.username:
        raise ValueError(f"{what} are http(s) addresses")
    return address


class EndpointSettings(Section):
    """A search of the institution's own (archive, catalogue, ISTEX-like API) that answers JSON over GET.

    What is not declared is as in ISTEX's API, so that an endpoint of its kind needs its address alone.
    """

    address: str = Field(description="Address that paths are added to, https://…")
    search: str = Field(
        default="/document/?q={words}&output=*&from={offset}&size={limit}",
        max_length=1_000,
        description="Path of a search; {words} {offset} {page} {limit} {year_from} {year_to} {contact} are put in,"
        " encoded",
    )
    resolve: dict[Literal["doi", "hal", "arxiv", "pmid", "nnt"], str] = Field(
        default={"doi": "/document/?q=doi.raw:%22{value}%22&output=*&size=2"},
        description="Path by identifier, with {value}; an identifier without a path is not asked for",
    )
    works: Place = Field(default="hits", description="Where the list of works stands in an answer: response.docs")
    fields: dict[FieldName, Place] = Field(
        default={},
        description="Where each field of a work stands: venue = 'host.title'; 'a|b': the first that is told",
    )
    page: str | None = Field(default=None, max_length=1_000, description="Address of a work's page, with {id}")
    key_header: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z][A-Za-z0-9-]{1,60}$",
        description="Header that carries the key of `key_files`",
    )
    pause: float = Field(default=0.2, ge=0, le=60, description="Least number of seconds between two questions")
    most: int = Field(default=20, ge=1, le=100, description="Most works asked for at once")

    @field_validator("address")
    @classmethod
    def _address(cls, value: str) -> str:
        return _one_origin(value, "scholarly.institution.address")

    @model_validator(mode="after")
    def _templates(self) -> Self:
        for template, known in [
            (self.search, _OF_SEARCH),
            *((one, frozenset({"value", "contact"})) for one in self.resolve.values()),
            *([(self.page, frozenset({"id"}))] if self.page else []),
        ]:
            unknown = set(_PLACE.findall(template)) - known
            if unknown or not template.isprintable():
                raise ValueError(f"scholarly.institution: {', '.join(sorted(unknown))} is not known here")
        if "{words}" not in self.search or not self.search.startswith("/"):
            raise ValueError("scholarly.institution.search is a path with {words}")
        if not all(one.startswith("/") and "{value}" in one for one in self.resolve.values()):
            raise ValueError("scholarly.institution.resolve are paths with {value}")
        return self


class ScholarlySettings(Section):
    """The scholarly desk. Without a source it is closed; each source is a server that is contacted, but the mirror."""

    sources: tuple[ScholarlySource, ...] = Field(
        default=(),
        description=f"{', '.join(one for one in get_args(ScholarlySource) if one != 'mirror')} (the endpoint declared"
        " below); mirror: what `chatelet sources mirror` keeps here",
    )
    contact: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$",
        description="Mail address told to the services, as they ask for; Unpaywall does not answer without",
    )
    highest_level: Literal["public", "internal"] = Field(
        default="public", description="Highest sensitivity of what may be asked of them"
    )
    seconds: float = Field(default=2.8, ge=0.1, le=60, description="Deadline of all sources together")
    addresses: dict[ScholarlySource, str] = Field(
        default={}, description="Address of a source, when it is not the public one: a relay, a copy"
    )
    key_files: dict[ScholarlySource, Path] = Field(
        default={},
        description="File holding the key that a source gave this installation (semantic_scholar, openalex,"
        " institution)",
    )
    institution: EndpointSettings | None = Field(
        default=None, description="Search endpoint of the institution's own, asked as the source `institution`"
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if "unpaywall" in self.sources and self.contact is None:
            raise ValueError("scholarly.contact is needed with unpaywall")
        if "institution" in self.sources and self.institution is None:
            raise ValueError("scholarly.institution is needed with that source")
        for address in self.addresses.values():
            _one_origin(address, "scholarly.addresses")
        return self
