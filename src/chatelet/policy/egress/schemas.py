"""What the page of the network's exits shows."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from chatelet.kernel.egress.purposes import Purpose


class ContactsOut(BaseModel):
    """What was contacted over the days asked for; `last_at` is None when nothing was."""

    answered: int
    failed: int
    refused: int
    last_at: datetime | None


class ExitOut(BaseModel):
    """One host for one purpose. `declared_by` is None when it was contacted and is no longer declared.

    `host` is `*` when whoever asks chooses it.
    """

    purpose: Purpose
    host: str
    port: int | None
    declared_by: str | None = Field(description="A setting's name, `backends` (chatelet.toml) or `administration`")
    label: str
    zone: str | None
    country: str | None
    inside: bool
    open: bool
    closed_by: Literal["mode", "list"] | None = Field(description="`egress.mode`, or the purpose's list of hosts")
    contacts: ContactsOut


class PurposeOut(BaseModel):
    """What one purpose may contact. `hosts` is its list (`*.example.org`: all under it), None without one."""

    purpose: Purpose
    hosts: list[str] | None
    declared: int = Field(description="Servers declared for it")


class ExitsOut(BaseModel):
    """What each purpose may contact, every host that may be, then those that were."""

    mode: Literal["none", "declared", "open"]
    days: int
    purposes: list[PurposeOut]
    items: list[ExitOut]
