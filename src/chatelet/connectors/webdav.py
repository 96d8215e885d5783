"""A folder over WebDAV (RFC 4918), Nextcloud's included.

    folder ──PROPFIND, Depth: 1──▶ itself, files, folders ──▶ …          file ──GET──▶ pieces

An answer must tell the folder that was asked, and direct children of it on the same origin: anything else is
`PlaceBroken`, and so is a redirect. A folder that lets us not in, or has gone since, holds nothing for us.

Nextcloud tells for each file its owner and those it is shared with itself; what a folder above is shared with goes
down to it, within one storage (what is mounted inside a shared folder is not shared with it). Links, guests' mail
addresses and teams are not told. So readers are never more than those of Nextcloud, and may be fewer.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit
from uuid import uuid4

from chatelet.connectors.asking import Server, refusal_of
from chatelet.connectors.contract import (
    Entry,
    EntryGone,
    EntryTooLarge,
    PlaceBroken,
    PlaceRefused,
    PlaceUnreachable,
)
from chatelet.connectors.declared import Login, Token, WebdavPlace
from chatelet.connectors.multistatus import QUESTION, Multistatus, Resource
from chatelet.connectors.paths import DEEPEST, is_told, mark_of, parts_of, path_of
from chatelet.connectors.xml import NotXml
from chatelet.kernel.outbound import Outbound, origin_of

Parts = tuple[str, ...]

_LONGEST_ANSWER: Final = 64 * 1024 * 1024
_MOST_IN_FOLDER: Final = 100_000
_MOST: Final = 1_000_000
_UNRESERVED: Final = "~!$&'()*+,;=:@"
_HOMES: Final = ("remote.php", "dav", "files")  # Nextcloud: what follows is the account


class Webdav:
    """A `Place`."""

    def __init__(
        self, declared: WebdavPlace, credential: Login | Token | None, outbound: Outbound, *, patience: float = 60.0
    ) -> None:
        self._server = Server(outbound, declared.address, credential, declared.ca_certificate, patience=patience)
        self._base = _parts(urlsplit(declared.address).path)

    async def entries(self) -> AsyncIterator[Entry]:
        """Tell all files under the base. Raises `PlaceError`."""
        told = 0
        waiting: list[tuple[Parts, frozenset[str], Resource | None]] = [(self._base, frozenset(), None)]
        keeps_rights = False
        while waiting:
            folder, shared, above = waiting.pop()
            found = await self._folder(folder, is_base=above is None)
            if found is None:
                continue
            if above is None:
                keeps_rights = found[folder].keeps_rights
                above, shared = found[folder], await self._shared_above(found[folder]) if keeps_rights else shared
            shared = _inherited(shared, above, found[folder]) | found[folder].sharees
            for parts, one in found.items():
                if parts == folder or not is_told(parts[-1]):
                    continue
                told += 1
                if told > _MOST or len(parts) - len(self._base) > DEEPEST:
                    raise PlaceBroken
                if one.folder:
                    waiting.append((parts, shared, found[folder]))
                elif path := path_of(parts[len(self._base) :]):
                    readers = one.readers | _inherited(shared, found[folder], one) if keeps_rights else None
                    yield Entry(path, one.length, _mark(one), readers)

    async def read(self, entry: Entry, *, limit: int) -> AsyncIterator[bytes]:
        """Give the content of a file. Raises `EntryGone`, `EntryTooLarge`, `PlaceError`."""
        answer = await self._server.ask("GET", _target((*self._base, *parts_of(entry.path))))
        if answer.status != 200 or answer.header("content-encoding") not in {None, "", "identity"}:
            answer.close()
            if answer.status in {404, 410}:
                raise EntryGone
            raise PlaceBroken if answer.status < 300 else refusal_of(answer.status)
        async with contextlib.aclosing(self._server.pieces(answer, limit)) as pieces:
            async for piece in pieces:
                yield piece

    async def close(self) -> None:
        """Let go of the server."""
        self._server.close()

    async def _folder(self, folder: Parts, *, is_base: bool) -> dict[Parts, Resource] | None:
        """Return a folder and what is in it; None when it has gone, or does not let us in."""
        try:
            found = await self._asked(folder, "1")
        except EntryGone:
            if is_base:
                raise PlaceUnreachable from None
            return None
        except _NotLetIn:
            if is_base:
                raise PlaceRefused from None
            return None
        itself = found.get(folder)
        if itself is None or any(parts[:-1] != folder for parts in found if parts != folder):
            raise PlaceBroken
        if not itself.folder and is_base:
            raise PlaceBroken
        return found if itself.folder else None

    async def _asked(self, folder: Parts, depth: str) -> dict[Parts, Resource]:
        headers = {"depth": depth, "content-type": "application/xml", "accept": "application/xml, text/xml"}
        target = _target(folder, folder=True)
        answer = await self._server.ask("PROPFIND", target, headers=headers, body=QUESTION)
        if answer.status != 207:
            answer.close()
            if answer.status in {404, 410}:
                raise EntryGone
            if answer.status == 403:
                raise _NotLetIn
            raise PlaceBroken if answer.status < 300 else refusal_of(answer.status)
        read, found = Multistatus(), dict[Parts, Resource]()
        try:
            async with contextlib.aclosing(self._server.pieces(answer, _LONGEST_ANSWER)) as pieces:
                async for piece in pieces:
                    self._keep(await asyncio.to_thread(read.feed, piece), target, found)
            self._keep(read.flush(), target, found)
        except (NotXml, EntryTooLarge):
            raise PlaceBroken from None
        return found

    def _keep(self, resources: list[Resource], target: str, found: dict[Parts, Resource]) -> None:
        for one in resources:
            parts = self._where(one.href, target)
            if one.status == 507 or len(found) >= _MOST_IN_FOLDER:  # the server says that it told not all (RFC 5689)
                raise PlaceBroken
            if one.status in {200, 207}:
                found[parts] = one

    def _where(self, href: str, target: str) -> Parts:
        """Return the names that an href leads by, on this origin. Raises `PlaceBroken`."""
        try:
            address = urljoin(self._server.origin + target, href)
            if origin_of(address) != self._server.origin or urlsplit(address).username is not None:
                raise PlaceBroken
            return _parts(urlsplit(address).path)
        except ValueError:
            raise PlaceBroken from None

    async def _shared_above(self, base: Resource) -> frozenset[str]:
        """Return whom the folders above the base are shared with, as far as the account's own."""
        if self._base[: len(_HOMES)] != _HOMES:
            return frozenset()
        shared: frozenset[str] = frozenset()
        for length in range(len(self._base) - 1, len(_HOMES) + 1, -1):
            try:
                above = (await self._asked(self._base[:length], "0")).get(self._base[:length])
            except (EntryGone, _NotLetIn):
                break
            if above is None or above.storage != base.storage:
                break
            shared |= above.sharees
        return shared


class _NotLetIn(Exception):
    """The server answers, and refuses this very folder."""


def _inherited(shared: frozenset[str], above: Resource, own: Resource) -> frozenset[str]:
    return shared if above.storage == own.storage else frozenset()


def _mark(one: Resource) -> str:
    """Return the entity tag, or time and size; where the server says neither, one that never comes back."""
    if etag := one.told.get("etag"):
        return mark_of(etag)
    modified = one.told.get("modified")
    return mark_of(modified, one.length) if modified else uuid4().hex


def _parts(path: str) -> Parts:
    """Return the names of an encoded path. Raises `ValueError` when it is not a way downwards, in UTF-8."""
    parts = tuple(unquote(part, errors="strict") for part in path.strip("/").split("/") if part)
    if any(part in {".", ".."} or "/" in part or "\x00" in part for part in parts):
        raise ValueError("not a way downwards")
    return parts


def _target(parts: Parts, *, folder: bool = False) -> str:
    path = "/" + "/".join(quote(part, safe=_UNRESERVED) for part in parts)
    return f"{path.rstrip('/')}/" if folder else path
