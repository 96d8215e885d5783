"""What a section of the settings is, and those that stand apart from `settings`, which alone reads the environment."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

LevelName = Literal["public", "internal", "restricted", "diffusion_restreinte"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]


class Section(BaseModel):
    """A group of settings; an unknown name is refused, so that a typing mistake never passes in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
