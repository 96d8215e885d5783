"""What this installation may contact, and why: one registry, which each domain that has a client writes in.

A declarer reads the settings or its own tables. `chatelet.destinations` lists them all; the page of the network's exits
and `chatelet check` read nothing else, and an architecture test ties them to every call that opens a connection.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.antivirus import DEFAULT_PORTS
from chatelet.kernel.egress.posture import Posture
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.storage import hosts_of
from chatelet.sections import BackupSettings
from chatelet.settings import Settings, StorageSettings

ANY_HOST: Final = "*"
POSTGRESQL: Final = 5432


@dataclass(frozen=True, slots=True)
class Destination:
    """A server that may be contacted. `host` is `*` when whoever asks chooses it (pages, a registry of packages).

    `declared_by` is a setting's name or `administration`; `label` what it is called there; zone and country are
    told where the declaration holds them.
    """

    purpose: Purpose
    host: str
    port: int | None
    declared_by: str
    label: str = ""
    zone: str | None = None
    country: str | None = None

    def may_be_contacted(self, posture: Posture) -> bool:
        """Tell whether the installation lets anything out to it."""
        if self.purpose is Purpose.PAGES:
            return posture.mode == "open"
        if self.host == ANY_HOST:
            return posture.mode != "none" and self.purpose not in posture.lists
        return posture.lets_declared(self.host, self.purpose)

    def is_inside(self, posture: Posture) -> bool:
        """Tell whether it is on this machine or a private network, by its name alone."""
        return posture.knows_inside(self.host)


Declares = Callable[[AsyncSession, Settings], Awaitable[Sequence[Destination]]]
_PORTS: Final = {"http": 80, "https": 443}


def of_url(purpose: Purpose, url: str, declared_by: str, label: str = "") -> Destination:
    """Return the destination of an address that was declared."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme)
    return Destination(purpose, parts.hostname or "", port, declared_by, label)


async def of_settings(_session: AsyncSession, settings: Settings) -> Sequence[Destination]:
    """Return what the settings declare."""
    return list(from_settings(settings))


def from_settings(settings: Settings) -> Iterator[Destination]:
    """Give what the settings declare, models of chatelet.toml left to those who keep them."""
    mail, files, embedded = settings.mail, settings.storage, settings.embedded
    if mail.host is not None:
        yield Destination(Purpose.MAIL, mail.host, mail.port, "mail.host")
    if files.bucket is not None:
        for host, port in hosts_of(files):
            yield Destination(Purpose.FILES, host, port, "storage.bucket", files.bucket)
    yield from _backups(settings.backup)
    yield from _antivirus(settings.documents.antivirus)
    if settings.database.url is not None:
        url = make_url(settings.database.url.get_secret_value())
        if url.host:
            yield Destination(Purpose.DATABASE, url.host, url.port or POSTGRESQL, "database.url", url.database or "")
    yield from _collectors(settings)
    if embedded.address is not None:
        yield of_url(Purpose.MODEL_FILES, embedded.address, "embedded.address", "chatelet models fetch")
    if embedded.mode != "never":
        yield Destination(Purpose.MODEL_FILES, ANY_HOST, None, "embedded.mode", "chatelet models fetch (pip)")
    yield Destination(Purpose.LOCAL_MODELS, "127.0.0.1", None, "embedded.mode")
    if settings.egress.mode == "open":
        yield Destination(Purpose.PAGES, ANY_HOST, None, "egress.mode")


def _collectors(settings: Settings) -> Iterator[Destination]:
    if settings.traces.endpoint is not None:
        yield of_url(Purpose.TRACES, settings.traces.endpoint, "traces.endpoint")
    forwarded = settings.audit.forward
    if forwarded.address is not None:
        yield Destination(Purpose.JOURNAL, forwarded.host, forwarded.port, "audit.forward.address")


def _backups(given: BackupSettings) -> Iterator[Destination]:
    if given.to is None or not given.to.startswith("s3://"):
        return
    bucket = StorageSettings(
        bucket=urlsplit(given.to).netloc,
        endpoint=given.endpoint,
        region=given.region,
        access_key_file=given.access_key_file,
        secret_key_file=given.secret_key_file,
    )
    for host, port in hosts_of(bucket):
        yield Destination(Purpose.FILES, host, port, "backup.to", bucket.bucket or "")


def _antivirus(address: str | None) -> Iterator[Destination]:
    if address is None:
        return
    parts = urlsplit(address)
    if parts.hostname:
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        yield Destination(Purpose.ANTIVIRUS, parts.hostname, port, "documents.antivirus")
