"""What sections of the settings are made of, and those that stand alone; `settings` puts them together."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

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
