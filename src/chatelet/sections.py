"""What a section of the settings is, and those that stand apart from `settings`, which alone reads the environment."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

LevelName = Literal["public", "internal", "restricted", "diffusion_restreinte"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
DetectorName = Literal["pii", "secrets", "markings", "injection"]
CategoryName = Literal["personal", "health", "banking", "judicial", "defence", "research"]
HostName = Annotated[str, Field(pattern=r"^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$")]
HostPattern = Annotated[str, Field(pattern=r"^(\*\.)?[a-z0-9_]([a-z0-9_.-]{0,249}[a-z0-9_])?$")]


class Section(BaseModel):
    """A group of settings; an unknown name is refused, so that a typing mistake never passes in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EgressSettings(Section):
    """What may leave for other machines. `CHATELET_EGRESS=none` alone closes the installation."""

    mode: Literal["none", "declared", "open"] = Field(
        default="declared",
        description="none: only servers declared on this machine or on a private network; declared: whatever server an"
        " administrator declared; open: also public pages that people or models name, under the lists below",
    )
    internal_hosts: tuple[HostName, ...] = Field(
        default=(), description="With none: names of servers that are inside, which may be resolved and contacted"
    )
    allowed_hosts: tuple[HostPattern, ...] = Field(
        default=(),
        description="With open: the only hosts whose pages are read (*.example.org: all under it); any when empty",
    )
    denied_hosts: tuple[HostPattern, ...] = Field(
        default=(), description="With open: hosts whose pages are never read, whatever the list above says"
    )


def mode_alone(value: object) -> object:
    """Read `CHATELET_EGRESS=none` as `CHATELET_EGRESS__MODE=none`."""
    return {"mode": value} if isinstance(value, str) else value


class SearchSettings(Section):
    """Where words are searched. PostgreSQL holds texts, words and vectors always: nothing is lost without the other."""

    engine: Literal["postgresql", "opensearch"] = Field(
        default="postgresql", description="postgresql, or opensearch: a server of OpenSearch or Elasticsearch beside it"
    )
    url: str | None = Field(default=None, description="Address of the OpenSearch or Elasticsearch server")
    credential_file: Path | None = Field(
        default=None,
        description="File holding its credential: `user:password`, a token, or a whole `Scheme value` (ApiKey …)",
    )
    ca_file: Path | None = Field(default=None, description="Private certificate authority of the server")
    index_prefix: Slug = Field(default="chatelet", description="What the names of its indexes begin with")
    highest_level: LevelName = Field(
        default="internal", description="Highest sensitivity it may receive; above, PostgreSQL alone is searched"
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.engine == "opensearch" and self.url is None:
            raise ValueError("search.url is needed with search.engine = opensearch")
        if self.url is not None and urlsplit(self.url).scheme not in {"http", "https"}:
            raise ValueError("search.url is an http(s) address")
        return self


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
    "mirror",
]


class ScholarlySettings(Section):
    """The scholarly desk. Without a source it is closed; each source is a server that is contacted, but the mirror."""

    sources: tuple[ScholarlySource, ...] = Field(
        default=(),
        description="hal, arxiv, openalex, crossref, semantic_scholar, europe_pmc, unpaywall, doaj, theses; mirror:"
        " what `chatelet sources mirror` keeps here",
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
        default={}, description="File holding the key that a source gave this installation (semantic_scholar, openalex)"
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if "unpaywall" in self.sources and self.contact is None:
            raise ValueError("scholarly.contact is needed with unpaywall")
        for address in self.addresses.values():
            parts = urlsplit(address)
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.username:
                raise ValueError("scholarly.addresses are http(s) addresses")
        return self


class PolicySettings(Section):
    """Rules that hold for the whole installation; units may only tighten them."""

    highest_level: LevelName = Field(
        default="restricted", description="Highest sensitivity this installation is approved for"
    )
    default_level: LevelName = Field(default="internal", description="Label of a new conversation")
    detectors: tuple[DetectorName, ...] = Field(
        default=("pii", "secrets", "markings", "injection"),
        description="Safeguards that read what is said and given; no other rule depends on them",
    )


class PrivacySettings(Section):
    """Proof of what is forgotten. How long things are kept is set in the page."""

    certificate_key_file: Path | None = Field(default=None, description="Ed25519 key (PEM) that signs certificates")
    backup_days: int = Field(default=35, ge=0, le=3_650, description="Days after which no backup of a day is left")


class AdoptionSettings(Section):
    """How the service opens to people."""

    registration: bool = Field(
        default=False, description="Anyone who reaches the page may register as a volunteer, and wait for a wave"
    )
    access: Literal["everyone", "waves"] = Field(
        default="everyone",
        description="everyone who has an account; or, with waves, only whoever was activated in one or is of an opened"
        " unit (and those who manage waves)",
    )
