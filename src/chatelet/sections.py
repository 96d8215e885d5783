"""What a section of the settings is, and those that stand apart from `settings`, which alone reads the environment."""

from pathlib import Path
from typing import Annotated, Final, Literal, Self, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

# Four are shipped; the others are places where an institution adds its own, by naming them (`policy.level_names`).
LevelName = Literal[
    "public",
    "public_1",
    "public_2",
    "public_3",
    "internal",
    "internal_1",
    "internal_2",
    "internal_3",
    "restricted",
    "restricted_1",
    "restricted_2",
    "restricted_3",
    "diffusion_restreinte",
    "diffusion_restreinte_1",
    "diffusion_restreinte_2",
    "diffusion_restreinte_3",
]
SHIPPED_LEVELS: Final = frozenset({"public", "internal", "restricted", "diffusion_restreinte"})
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
DetectorName = Literal["pii", "secrets", "markings", "injection"]
CategoryName = Literal["personal", "health", "banking", "judicial", "defence", "research"]
QualificationName = Literal["secnumcloud", "hds", "iso27001", "c5"]
HostName = Annotated[str, Field(pattern=r"^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$")]
HostPattern = Annotated[str, Field(pattern=r"^(\*\.)?[a-z0-9_]([a-z0-9_.-]{0,249}[a-z0-9_])?$")]
ListedHost = Annotated[
    str, Field(pattern=r"^((\*\.)?[a-z0-9_]([a-z0-9_.-]{0,249}[a-z0-9_])?|[0-9a-f:.]{2,45})$")
]  # a name, all names under one, or an address
HostList = tuple[ListedHost, ...] | None


class Section(BaseModel):
    """A group of settings; an unknown name is refused, so that a typing mistake never passes in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EgressHosts(Section):
    """The only hosts that each purpose may contact; a purpose without a list contacts what is declared for it."""

    models: HostList = Field(default=None, description="Model servers")
    sign_in: HostList = Field(default=None, description="Identity providers")
    directories: HostList = Field(default=None, description="LDAP directories")
    mail: HostList = Field(default=None, description="The mail server")
    files: HostList = Field(default=None, description="Buckets of files and of backups")
    antivirus: HostList = Field(default=None, description="The antivirus")
    model_files: HostList = Field(default=None, description="Where `chatelet models fetch` takes model files")
    search_engine: HostList = Field(default=None, description="The search server")
    web_search: HostList = Field(default=None, description="Engines that search the web")
    places: HostList = Field(default=None, description="Places that bases follow: folders, buckets, sites")
    scholarly: HostList = Field(default=None, description="Scholarly services")
    pages: HostList = Field(default=None, description="Pages of the web, with egress.mode open")
    traces: HostList = Field(default=None, description="The collector of traces")
    journal: HostList = Field(default=None, description="The collector of the journal")


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
        description="With open: the only hosts whose pages are read (*.example.org: all under it); any when empty."
        " The same list as egress.hosts.pages; both count",
    )
    denied_hosts: tuple[HostPattern, ...] = Field(
        default=(), description="With open: hosts whose pages are never read, whatever the list above says"
    )
    hosts: EgressHosts = Field(
        default=EgressHosts(),
        description="By purpose, the only hosts it may contact (*.example.org: all under it); an empty list closes it",
    )
    shared_hosts: tuple[HostPattern, ...] = Field(
        default=(),
        description="With open: hosts that serve a purpose (sign-in, models, mail) and are read as pages too; the other"
        " pages stay as they are",
    )


def mode_alone(value: object) -> object:
    """Read `CHATELET_EGRESS=none` as `CHATELET_EGRESS__MODE=none`."""
    return {"mode": value} if isinstance(value, str) else value


class TracesSettings(Section):
    """Where traces go; without `endpoint` nor `file`, nothing is timed. They hold figures and codes, never content."""

    endpoint: str | None = Field(
        default=None, description="Collector that speaks OTLP/HTTP, http://…:4318; spans are sent to its /v1/traces"
    )
    token_file: Path | None = Field(default=None, description="File holding the token that the collector asks for")
    ca_file: Path | None = Field(default=None, description="Private certificate authority of the collector")
    file: Path | None = Field(default=None, description="File that spans are added to, OTLP in JSON, some on each line")
    ratio: float = Field(default=1.0, gt=0, le=1, description="Share of requests and jobs that are traced")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.endpoint is not None and urlsplit(self.endpoint).scheme not in {"http", "https"}:
            raise ValueError("traces.endpoint is an http(s) address")
        return self


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


LevelWords = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^{}<>#'|\x00-\x1f]+$")]


class LevelNameSettings(Section):
    """How an institution calls a level; a place that has a name is a level that it adds. Ranks never change."""

    fr: LevelWords = Field(description="Name in French")
    en: LevelWords = Field(description="Name in English")
    about_fr: LevelWords | None = Field(default=None, description="What it is for, in French")
    about_en: LevelWords | None = Field(default=None, description="What it is for, in English")


class PseudonymSettings(Section):
    """Whether persons may have names replaced before their words leave, and what that may change of their label."""

    enabled: bool = Field(default=False, description="Persons may have names replaced before their words leave")
    categories: tuple[Literal["personal", "health", "banking"], ...] = Field(
        default=("personal", "banking"),
        description="Categories left out of the label of the words that leave when no detector finds them there",
    )
    lowest_level: LevelName = Field(default="internal", description="Level that such words have at least")


class PolicySettings(Section):
    """Rules that hold for the whole installation; units may only tighten them."""

    highest_level: LevelName = Field(
        default="restricted", description="Highest sensitivity this installation is approved for"
    )
    default_level: LevelName = Field(default="internal", description="Label of a new conversation")
    level_names: dict[LevelName, LevelNameSettings] = Field(
        default={},
        description="Levels that the institution calls otherwise, and those that it adds: `restricted_1` to"
        " `restricted_3` come above `restricted` and below what follows, and so for each",
    )
    detectors: tuple[DetectorName, ...] = Field(
        default=("pii", "secrets", "markings", "injection"),
        description="Safeguards that read what is said and given; no other rule depends on them",
    )
    pseudonyms: PseudonymSettings = PseudonymSettings()
    answer_secrets: Literal["mask", "mark"] = Field(
        default="mask", description="Keys and tokens in an answer: mask them, or only mark the answer"
    )

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        for names in ([one.fr for one in self.level_names.values()], [one.en for one in self.level_names.values()]):
            if len({name.casefold() for name in names}) < len(names):
                raise ValueError("policy.level_names: two levels have the same name")
        return self

    @property
    def levels(self) -> tuple[LevelName, ...]:
        """Return those of this installation, from the least to the most sensitive."""
        known: tuple[LevelName, ...] = get_args(LevelName)
        return tuple(one for one in known if one in SHIPPED_LEVELS or one in self.level_names)

    def called(self, level: str, language: Literal["fr", "en"]) -> str | None:
        """Return the name that the institution gives a level; None where it keeps ours."""
        return next((getattr(names, language) for one, names in self.level_names.items() if one == level), None)


class PrivacySettings(Section):
    """Proof of what is forgotten. How long things are kept is set in the page."""

    certificate_key_file: Path | None = Field(default=None, description="Ed25519 key (PEM) that signs certificates")
    backup_days: int = Field(default=35, ge=0, le=3_650, description="Days after which no backup of a day is left")
    disk_days: int = Field(
        default=7, ge=1, le=90, description="Days within which what is deleted leaves the disk of the database"
    )
    disk_hour: int = Field(
        default=3, ge=0, le=23, description="Hour of this machine from which the service cleans the embedded database"
    )
    disk_table_seconds: int = Field(
        default=8, ge=1, le=3_600, description="Longest time each table is out of reach while it is rewritten"
    )
    officer_contact: str | None = Field(
        default=None, max_length=200, description="How the data protection officer is reached, as the register tells"
    )
    reading_days: int = Field(
        default=7, ge=1, le=31, description="Longest time during which somebody's content may be read, once approved"
    )
    reading_delay_days: int = Field(
        default=90,
        ge=0,
        le=365,
        description="Longest time by which a ground of the law puts off telling the person that their content is read",
    )


class BackupSettings(Section):
    """Where backups go, and what they are encrypted with. How long they are kept is `privacy.backup_days`."""

    to: str | None = Field(
        default=None, description="Folder or s3://bucket/path that `chatelet backup` writes to when it is not told"
    )
    endpoint: str | None = Field(default=None, description="Address of the S3 server; Amazon's when absent")
    region: str = Field(default="us-east-1", max_length=40, description="Region, as the S3 server names it")
    access_key_file: Path | None = Field(default=None, description="File holding the access key")
    secret_key_file: Path | None = Field(default=None, description="File holding the secret key")
    key_file: Path | None = Field(
        default=None,
        description="File holding the key of backups (32 bytes, base64); derived from the key-encryption key when"
        " absent",
    )
    late_hours: int = Field(
        default=26, ge=1, le=8_760, description="`chatelet check` says so when the last backup is older"
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if (self.access_key_file is None) != (self.secret_key_file is None):
            raise ValueError("backup.access_key_file and backup.secret_key_file go together")
        return self


class AdoptionSettings(Section):
    """How the service opens to people."""

    registration: bool = Field(
        default=False, description="Anyone who reaches the page may register as a volunteer, and wait for a wave"
    )
    registration_domains: tuple[HostName, ...] = Field(
        default=(),
        description="Registrations are taken from addresses of these domains, and of those under them; empty: from any",
    )
    access: Literal["everyone", "waves"] = Field(
        default="everyone",
        description="everyone who has an account; or, with waves, only whoever was activated in one or is of an opened"
        " unit (and those who manage waves)",
    )


class WebSearchSettings(Section):
    """Search of the web in a turn. Without any engine there is none; pages are read as `egress.mode` allows."""

    searxng_url: str | None = Field(default=None, description="Address of a SearXNG server that answers in JSON")
    searxng_credential_file: Path | None = Field(
        default=None, description="File holding `user:password` or a token, when that server asks for one"
    )
    ca_file: Path | None = Field(default=None, description="Private certificate authority of that server")
    linkup_key_file: Path | None = Field(default=None, description="File holding a key of Linkup: turns it on")
    linkup_url: str = Field(default="https://api.linkup.so", description="Address of Linkup")
    mojeek_key_file: Path | None = Field(default=None, description="File holding a key of Mojeek: turns it on")
    mojeek_url: str = Field(default="https://api.mojeek.com", description="Address of Mojeek")
    highest_level: Literal["public", "internal", "restricted"] = Field(
        default="internal",
        description="Highest sensitivity of a conversation from which a query may leave, once a person has read it;"
        " Diffusion Restreinte never does",
    )
    search_seconds: float = Field(default=2.8, ge=0.5, le=30, description="Engines that take longer are done without")
    read_seconds: float = Field(default=8, ge=1, le=30, description="Pages that take longer are done without")
    pages: int = Field(default=6, ge=1, le=20, description="Most pages read for one question")
    inside_origins: tuple[Annotated[str, Field(pattern=r"^https?://[^/@\s]+$")], ...] = Field(
        default=(), description="Servers inside (https://host) whose pages may be read although they are not public"
    )
    official: tuple[HostPattern, ...] = Field(
        default=(
            *("gouv.fr", "*.gouv.fr", "*.service-public.fr", "*.legifrance.gouv.fr", "*.senat.fr"),
            *("*.assemblee-nationale.fr", "*.europa.eu", "*.insee.fr", "*.vie-publique.fr", "*.conseil-etat.fr"),
        ),
        description="Sites told as official sources (*.example.org: it and all under it)",
    )
    press: tuple[HostPattern, ...] = Field(default=(), description="Sites told as press")
    reference: tuple[HostPattern, ...] = Field(
        default=("*.wikipedia.org", "*.universalis.fr", "*.larousse.fr", "*.archives-ouvertes.fr", "*.hal.science"),
        description="Sites told as reference works",
    )
    denied: tuple[HostPattern, ...] = Field(default=(), description="Sites never shown nor read")

    @model_validator(mode="after")
    def _http_addresses(self) -> Self:
        for url in (self.searxng_url, self.linkup_url, self.mojeek_url):
            if url is not None and urlsplit(url).scheme not in {"http", "https"}:
                raise ValueError("web_search: http(s) addresses are expected")
        return self

    @property
    def is_on(self) -> bool:
        """Tell whether an engine is named."""
        return any((self.searxng_url, self.linkup_key_file, self.mojeek_key_file))


class WritingSettings(Section):
    """Translation, rewriting and summaries: how much is asked of a model at once, and how long works are kept."""

    parallel: int = Field(default=4, ge=1, le=64, description="Batches of segments asked at the same time, for a work")
    batch_characters: int = Field(
        default=1_600, ge=200, le=20_000, description="Characters of a batch; less where the model reads little"
    )
    batch_segments: int = Field(default=12, ge=1, le=100, description="Segments of a batch at most")
    attempts: int = Field(default=3, ge=1, le=10, description="Times a segment is asked for before it stays as it was")
    text_characters: int = Field(
        default=200_000, ge=1_000, le=2_000_000, description="Longest text written in the page; beyond, give a file"
    )
    summary_characters: int = Field(
        default=6_000_000,
        ge=10_000,
        le=100_000_000,
        description="Characters that a summary reads, of all its documents; it says what is beyond",
    )
    works_at_once: int = Field(default=5, ge=1, le=100, description="Works of a person that wait or run at once")
    days_kept: int = Field(default=30, ge=1, le=365, description="Days after which a work and its files are deleted")


class ResearchSettings(Section):
    """Deep research: how wide it goes at once, what a person may let it use, how long it is kept."""

    parallel: int = Field(default=3, ge=1, le=16, description="Searches, or readings by the model, at the same time")
    pages: int = Field(default=4, ge=1, le=20, description="Pages, papers or documents read for one search at most")
    steps: int = Field(default=80, ge=5, le=1_000, description="Steps proposed: a search, or an answer of the model")
    minutes: int = Field(default=20, ge=1, le=600, description="Minutes of work proposed")
    tokens: int = Field(default=300_000, ge=2_000, le=50_000_000, description="Tokens proposed")
    most_steps: int = Field(default=400, ge=5, le=5_000, description="Steps that a person may let a research take")
    most_minutes: int = Field(default=120, ge=1, le=1_440, description="Minutes that it may take")
    most_tokens: int = Field(default=2_000_000, ge=2_000, le=500_000_000, description="Tokens that it may take")
    excerpt_characters: int = Field(
        default=5_000, ge=500, le=60_000, description="Characters of a source given to the model to take notes from"
    )
    at_once: int = Field(default=3, ge=1, le=50, description="Researches of a person that wait or run at once")
    days_kept: int = Field(default=90, ge=1, le=3_650, description="Days after which a research is deleted")
