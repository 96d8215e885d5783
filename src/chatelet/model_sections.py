"""Sections of the settings that tell of models: who runs them, where, and what each may receive."""

from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from chatelet.sections import CategoryName, LevelName, QualificationName, Section, Slug


class ZoneEntry(Section):
    """Where a backend is."""

    name: str = Field(max_length=80, description="What people read")
    country: str = Field(max_length=8, description="ISO 3166 code of the country where the machines are")
    operator: str = Field(max_length=120, description="Who runs the machines")
    legal_reach: str = Field(max_length=80, description="Whose law can reach them (ISO 3166 code, or EU)")
    qualifications: tuple[QualificationName, ...] = Field(
        default=(), description="Qualifications of the hosting, where its operator proved them"
    )


class EmbeddedModelSettings(Section):
    """The small demonstration model, run on this machine."""

    mode: Literal["automatic", "always", "never"] = Field(
        default="automatic", description="automatic: only when no other backend is configured"
    )
    name: Literal["qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b"] = Field(
        default="qwen2.5-coder-1.5b", description="Which model"
    )
    models_dir: Path | None = Field(
        default=None, description="Where model files are kept; the user's cache folder when absent"
    )
    bundle_dir: Path | None = Field(default=None, description="Folder of an offline bundle, looked at first")
    address: str | None = Field(default=None, description="Official address to fetch model files from, if allowed")
    threads: int = Field(default=2, ge=1, le=64, description="Threads of the model server")


_LOCAL_ZONE = ZoneEntry(name="local", country="FR", operator="institution", legal_reach="FR")


class BackendEntry(Section):
    """One `[[backends]]` of chatelet.toml: an OpenAI-compatible server."""

    name: Slug = Field(description="Identifier, used by models")
    url: str = Field(description="Base address, with /v1")
    api_key_file: Path | None = Field(default=None, description="File holding its API key")
    ca_file: Path | None = Field(default=None, description="Private certificate authority of the server")
    zone: ZoneEntry = Field(default=_LOCAL_ZONE, description="Where it is: shown to people")
    connect_seconds: float = Field(default=5, gt=0, le=60, description="Longest wait for a connection")
    first_token_seconds: float = Field(default=60, gt=0, le=600, description="Longest wait for the first token")
    between_tokens_seconds: float = Field(default=30, gt=0, le=300, description="Longest silence in an answer")
    concurrent_answers: int | None = Field(
        default=None, ge=1, le=10_000, description="Answers it writes at once; beyond, people wait in a fair queue"
    )
    prefix_cache: Literal["salted", "shared", "none"] = Field(
        default="shared",
        description="How its prefix cache keeps persons apart. salted: it honours cache_salt (vLLM); shared: not known"
        " to, so that restricted requests bear a line of the person's own; none: it keeps nothing between requests",
    )

    @field_validator("url")
    @classmethod
    def _http_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.username
            or parts.query
            or parts.fragment
        ):
            raise ValueError("an http(s) address without credentials, query or fragment is expected")
        return value.rstrip("/")


class ModelEntry(Section):
    """One `[[models]]` of chatelet.toml: a model as offered to people."""

    name: Slug = Field(description="Identifier, as the API takes it")
    backend: Slug = Field(description="Name of the backend that runs it")
    upstream: str | None = Field(
        default=None, description="Name the server knows it by; `name` when absent", max_length=200
    )
    display_name: str | None = Field(default=None, max_length=80, description="Name shown to people")
    description_fr: str | None = Field(default=None, max_length=400, description="What it is good for, in French")
    description_en: str | None = Field(default=None, max_length=400, description="What it is good for, in English")
    context_tokens: int = Field(default=8_192, ge=512, le=10_000_000, description="What it reads at most")
    max_output_tokens: int = Field(default=4_096, ge=16, le=1_000_000, description="What it writes at most")
    languages: tuple[str, ...] = Field(default=("fr", "en"), description="Languages it answers well in")
    abilities: tuple[str, ...] = Field(default=("chat",), description="What it can do: chat, embeddings, rerank")
    highest_level: LevelName = Field(default="internal", description="Highest sensitivity it may receive")
    categories: tuple[CategoryName, ...] = Field(default=("personal",), description="Categories it may receive")
    no_training: bool = Field(default=False, description="Its operator commits not to train on what it receives")
    log_delay_days: int | None = Field(default=None, ge=0, le=3650, description="Days its operator keeps logs")
    price_input: float | None = Field(default=None, ge=0, description="Euros per million tokens read")
    price_output: float | None = Field(default=None, ge=0, description="Euros per million tokens written")
    active_parameters_billions: float | None = Field(default=None, gt=0, description="For the energy estimate")
    renewal_date: date | None = Field(default=None, description="When it will be replaced, YYYY-MM-DD")
    default: bool = Field(default=False, description="Proposed first")
