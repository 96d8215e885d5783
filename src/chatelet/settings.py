"""The only reader of the environment: typed, nested, validated at start.

Order, the first that speaks wins: environment (`CHATELET_SECTION__NAME`), then `chatelet.toml` (path in
`CHATELET_CONFIG`), then the defaults below. What an administrator changes while the service runs is a table of its
domain, not a setting.
"""

import os
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from chatelet.journal_sections import AuditSettings
from chatelet.model_sections import BackendEntry, EmbeddedModelSettings, ModelEntry
from chatelet.scholarly_sections import ScholarlySettings
from chatelet.sections import (
    AdoptionSettings,
    BackupSettings,
    EgressSettings,
    PolicySettings,
    PrivacySettings,
    ResearchSettings,
    SearchSettings,
    Section,
    TracesSettings,
    WebSearchSettings,
    WritingSettings,
    mode_alone,
)


class DatabaseSettings(Section):
    """PostgreSQL: embedded unless `url` is given."""

    url: SecretStr | None = Field(
        default=None, description="External PostgreSQL (≥ 15) for the application, postgresql://…"
    )
    owner_url: SecretStr | None = Field(
        default=None, description="Role that owns the schema and migrates; the application's own role when absent"
    )
    pool_size: int = Field(default=10, ge=2, le=200, description="Connections kept by each process")
    ca_file: Path | None = Field(default=None, description="Private certificate authority of the database server")
    embedded_account: str | None = Field(
        default=None,
        description="Unprivileged account that runs the embedded server when the service is started by root",
    )
    embedded_durable: bool = Field(default=True, description="Off only for tests: trades safety for speed")
    expect_data: bool = Field(default=False, description="Refuse to start when the database is empty")


class SecuritySettings(Section):
    """Keys and sessions."""

    key_file: Path | None = Field(
        default=None,
        description="File holding the key-encryption key (32 bytes, base64); made in the data folder when absent",
    )
    session_hours: int = Field(default=12, ge=1, le=720, description="Longest life of a session")
    session_idle_minutes: int = Field(default=240, ge=5, le=10080, description="A session unused for so long ends")
    local_sign_in: bool = Field(
        default=True,
        description="People may sign in with an e-mail and a password; off, providers are the only way in, "
        "but for `chatelet admin emergency`",
    )
    seal_key_file: Path | None = Field(
        default=None,
        description="Ed25519 private key (PEM) that seals the journal; made in the data folder when absent",
    )
    trusted_proxies: tuple[str, ...] = Field(
        default=(), description="Addresses of reverse proxies whose forwarded headers count"
    )


class ChatSettings(Section):
    """Limits of a turn."""

    question_characters: int = Field(default=200_000, ge=1_000, le=2_000_000, description="Longest question accepted")
    answer_tokens: int = Field(default=4_096, ge=64, le=131_072, description="Longest answer asked of a model")
    running_turns: int = Field(
        default=1_200, ge=1, le=20_000, description="Turns one process carries at once; beyond, 429"
    )
    running_turns_per_person: int = Field(
        default=1_000, ge=1, le=1_000, description="Turns one person may have running at once"
    )
    flush_milliseconds: int = Field(default=500, ge=100, le=5_000, description="How often partial answers are stored")
    stale_seconds: int = Field(
        default=10, ge=3, le=300, description="A turn without heartbeat for so long is interrupted"
    )
    shutdown_seconds: int = Field(
        default=5, ge=0, le=300, description="How long running turns may still finish at shutdown"
    )
    undo_seconds: int = Field(
        default=60, ge=10, le=86_400, description="A deleted conversation can be restored for so long"
    )


class UsageSettings(Section):
    """How use is counted and told."""

    time_zone: str = Field(default="Europe/Paris", description="Where the institution is: days and months begin there")
    grid_grams_per_kwh: float = Field(
        default=52,
        ge=0,
        le=2_000,
        description="Greenhouse gases of electricity, gCO2e/kWh (52: France, ADEME's Base Carbone, 2022)",
    )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, ZoneInfoNotFoundError) as error:
            raise ValueError("a name of the IANA time zone database, for example Europe/Paris") from error
        return value


class ApiSettings(Section):
    """Keys, and the OpenAI-compatible API under /v1."""

    longest_key_days: int = Field(default=365, ge=1, le=3_650, description="Longest life of an API key")
    running: int = Field(default=1_200, ge=1, le=20_000, description="Calls one process carries at once; beyond, 429")
    running_per_person: int = Field(
        default=64,
        ge=1,
        le=1_000,
        description="Calls of one person's keys that a node carries at once, shared out between its web processes",
    )


class MailSettings(Section):
    """The server that e-mail leaves by. Without `host` nothing is sent, and links are shown instead."""

    host: str | None = Field(default=None, description="SMTP server; no e-mail is sent when absent")
    port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 with starttls, 465 with tls")
    tls: Literal["tls", "starttls", "none"] = Field(
        default="starttls", description="tls from the first byte, starttls, or none (a server of this machine only)"
    )
    ca_file: Path | None = Field(default=None, description="Private certificate authority of the server")
    user: str | None = Field(default=None, description="Account on the server, when it asks for one")
    password_file: Path | None = Field(default=None, description="File holding the account's password")
    sender: str | None = Field(default=None, max_length=320, description="Address that messages come from")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.host is None:
            return self
        if not self.sender or "@" not in self.sender or not self.sender.isprintable():
            raise ValueError("mail.sender is needed: the address that messages come from")
        if self.tls == "none" and self.host not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError("mail.tls may be none only for a server of this machine: messages hold one-time links")
        if (self.user is None) != (self.password_file is None):
            raise ValueError("mail.user and mail.password_file go together")
        return self


class StorageSettings(Section):
    """Where files are kept, sealed: a folder of this machine, or a bucket that speaks S3."""

    folder: Path | None = Field(default=None, description="Folder of files; `files` in the data folder when absent")
    bucket: str | None = Field(default=None, max_length=63, description="S3 bucket, in place of a folder")
    endpoint: str | None = Field(default=None, description="Address of the S3 server; Amazon's when absent")
    region: str = Field(default="us-east-1", max_length=40, description="Region, as the S3 server names it")
    access_key_file: Path | None = Field(default=None, description="File holding the access key")
    secret_key_file: Path | None = Field(default=None, description="File holding the secret key")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.bucket is not None and self.folder is not None:
            raise ValueError("storage.folder and storage.bucket exclude each other")
        if (self.access_key_file is None) != (self.secret_key_file is None):
            raise ValueError("storage.access_key_file and storage.secret_key_file go together")
        return self


class DocumentSettings(Section):
    """Files that people give: their limits, and how they are read."""

    file_bytes: int = Field(default=100 * 1024**2, ge=1024, le=4 * 1024**3, description="Longest file, bytes")
    file_pages: int = Field(default=2_000, ge=1, le=100_000, description="Most pages read of one file")
    person_files: int = Field(default=5_000, ge=1, le=1_000_000, description="Files one person may keep")
    person_bytes: int = Field(default=5 * 1024**3, ge=1024, description="Bytes one person's files may take")
    person_pages: int = Field(default=100_000, ge=1, description="Pages one person's files may hold")
    unit_files: int = Field(default=200_000, ge=1, description="Files in the collections of one unit")
    unit_bytes: int = Field(default=500 * 1024**3, ge=1024, description="Bytes in the collections of one unit")
    unit_pages: int = Field(default=10_000_000, ge=1, description="Pages in the collections of one unit")
    read_seconds: int = Field(default=600, ge=5, le=7_200, description="Longest reading of one file")
    read_memory_bytes: int = Field(
        default=500 * 1024**2, ge=128 * 1024**2, description="Memory that reading one file may take"
    )
    readers: int = Field(default=2, ge=1, le=64, description="Files read at once by one process")
    source_folders: list[Annotated[str, Field(pattern=r"^(?:/[^/]+)+/?$")]] = Field(
        default=[], description="Folders of this server that administrators may declare as places to follow"
    )
    source_origins: list[Annotated[str, Field(pattern=r"^https?://[^/@\s]+$")]] = Field(
        default=[], description="Servers (https://host) that administrators may declare as places to follow"
    )
    antivirus: str | None = Field(
        default=None,
        description="Antivirus that every file passes before it is read: clamd://host:port, clamd:///path/of/socket or"
        " icap://host:port/service; when it does not answer, nothing passes",
    )

    @field_validator("antivirus")
    @classmethod
    def _known_antivirus(cls, value: str | None) -> str | None:
        if value is not None:
            parts = urlsplit(value)
            if parts.scheme not in {"clamd", "icap"} or not (parts.hostname or parts.path):
                raise ValueError("clamd://host:port, clamd:///path or icap://host:port/service is expected")
        return value


class Settings(BaseSettings):
    """Every setting of the installation."""

    model_config = SettingsConfigDict(
        env_prefix="CHATELET_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    institution_name: str = Field(default="Châtelet", max_length=60, description="Name shown to people")
    data_dir: Path = Field(default_factory=lambda: _default_data_dir(), description="Everything the installation keeps")  # noqa: PLW0108
    config: Path | None = Field(default=None, description="Path of chatelet.toml")
    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one")
    workers: int = Field(default=1, ge=1, le=64, description="Web processes that `serve` starts; one uses one core")
    public_url: str | None = Field(default=None, description="Address people use, when a reverse proxy stands before")
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="auto: text on a terminal, JSON otherwise"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe line written"
    )

    database: DatabaseSettings = DatabaseSettings()
    security: SecuritySettings = SecuritySettings()
    egress: Annotated[EgressSettings, NoDecode, BeforeValidator(mode_alone)] = EgressSettings()
    policy: PolicySettings = PolicySettings()
    chat: ChatSettings = ChatSettings()
    usage: UsageSettings = UsageSettings()
    api: ApiSettings = ApiSettings()
    mail: MailSettings = MailSettings()
    storage: StorageSettings = StorageSettings()
    documents: DocumentSettings = DocumentSettings()
    privacy: PrivacySettings = PrivacySettings()
    backup: BackupSettings = BackupSettings()
    search: SearchSettings = SearchSettings()
    web_search: WebSearchSettings = WebSearchSettings()
    scholarly: ScholarlySettings = ScholarlySettings()
    adoption: AdoptionSettings = AdoptionSettings()
    writing: WritingSettings = WritingSettings()
    research: ResearchSettings = ResearchSettings()
    traces: TracesSettings = TracesSettings()
    audit: AuditSettings = AuditSettings()
    embedded: EmbeddedModelSettings = EmbeddedModelSettings()
    backends: tuple[BackendEntry, ...] = ()
    models: tuple[ModelEntry, ...] = ()

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        known = {backend.name for backend in self.backends}
        if len(known) != len(self.backends):
            raise ValueError("two backends have the same name")
        for model in self.models:
            if model.backend not in known:
                raise ValueError(f"model {model.name!r} names an unknown backend {model.backend!r}")
        levels = self.policy.levels
        held = {
            "policy.highest_level": (highest := self.policy.highest_level),
            "policy.default_level": (default := self.policy.default_level),
            "policy.pseudonyms.lowest_level": self.policy.pseudonyms.lowest_level,
            "search.highest_level": self.search.highest_level,
        } | {f"highest_level of model {model.name!r}": model.highest_level for model in self.models}
        if unnamed := next((name for name, level in held.items() if level not in levels), None):
            raise ValueError(f"{unnamed} is {held[unnamed]!r}, which policy.level_names does not name")
        if levels.index(default) > levels.index(highest):
            raise ValueError("policy.default_level is above policy.highest_level")
        if self.public_url is None and self.host not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError("listening beyond this machine needs public_url (https), for cookies and links")
        return self

    @property
    def address(self) -> str:
        """Address people type, without a final slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (fixed by pydantic-settings; we read no .env)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment over file; no .env."""
        path = os.environ.get("CHATELET_CONFIG")
        if path is None:
            return init_settings, env_settings
        if not Path(path).is_file():
            raise FileNotFoundError(f"CHATELET_CONFIG names {path}, which is not a file")
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(path))


def _default_data_dir() -> Path:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/chatelet")
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "chatelet"


def load_settings() -> Settings:
    """Read and validate the settings; raise `pydantic.ValidationError` naming every wrong one."""
    return Settings()
