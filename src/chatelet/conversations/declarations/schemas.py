"""What a declaration is asked with. Uses and checks are the person's word; models and dates are the conversation's."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Use = Literal["ideas", "sources", "summary", "draft", "language", "translation", "analysis", "code", "illustration"]
Check = Literal["read_again", "facts", "references", "figures", "code_run", "none"]


class DeclarationIn(BaseModel):
    """A declaration to write. `more` is added as it is."""

    model_config = ConfigDict(extra="forbid")

    language: Literal["fr", "en"]
    format: Literal["markdown", "odt"] = "markdown"
    uses: Annotated[list[Use], Field(min_length=1, max_length=9)]
    checks: Annotated[list[Check], Field(min_length=1, max_length=6)]
    more: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
