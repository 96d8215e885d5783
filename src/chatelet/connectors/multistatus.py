"""What a WebDAV server answers to PROPFIND (RFC 4918, 14.16), with what Nextcloud adds on who may read.

    bytes ─▶ Multistatus.feed ─▶ Resource, Resource, …

Only properties that the server gives with status 200 count.
"""

from dataclasses import dataclass, field
from typing import Final

from chatelet.connectors.xml import Elements, NotXml

_DAV: Final = "DAV: "
_OC: Final = "http://owncloud.org/ns "
_NC: Final = "http://nextcloud.org/ns "
_ROOT: Final = f"{_DAV}multistatus"
_RESPONSE: Final = f"{_DAV}response"
_PROPSTAT: Final = f"{_DAV}propstat"
_PROP: Final = f"{_DAV}prop"
_KEPT: Final = {
    f"{_DAV}getetag": "etag",
    f"{_DAV}getlastmodified": "modified",
    f"{_DAV}getcontentlength": "length",
    f"{_OC}owner-id": "owner",
    f"{_NC}mount-type": "mount",
    f"{_NC}sharees": "sharees",
}
_KINDS: Final = {"0": "person", "1": "group"}  # of Nextcloud's kinds of sharing, those that name people of its own
_MOST_SHAREES: Final = 2_000

QUESTION: Final = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:prop>'
    b"<d:resourcetype/><d:getetag/><d:getlastmodified/><d:getcontentlength/><oc:owner-id/><nc:mount-type/><nc:sharees/>"
    b"</d:prop></d:propfind>"
)


@dataclass(slots=True)
class Resource:
    """One answer of the multistatus: a file or a folder."""

    href: str = ""
    status: int = 200
    folder: bool = False
    told: dict[str, str] = field(default_factory=dict[str, str])
    sharees: set[str] = field(default_factory=set[str])

    @property
    def keeps_rights(self) -> bool:
        """Tell whether the server says who may read."""
        return "owner" in self.told or "sharees" in self.told

    @property
    def readers(self) -> frozenset[str]:
        """The owner, and those that it is shared with itself."""
        owner = self.told.get("owner", "")
        return frozenset(self.sharees | ({f"person:{owner}"} if owner else set()))

    @property
    def storage(self) -> tuple[str, str]:
        """What it is kept in: whose, and mounted from where. What is shared goes down within one storage only."""
        return self.told.get("owner", ""), self.told.get("mount", "")

    @property
    def length(self) -> int | None:
        """Its size in bytes, where the server says it."""
        told = self.told.get("length", "")
        return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else None


class Multistatus:
    """Reads one answer. Raises `NotXml` for what is none."""

    def __init__(self) -> None:
        self._elements = Elements(self._ended)
        self._ready: list[Resource] = []
        self._now = Resource()
        self._part = Resource()
        self._sharee: dict[str, str] = {}
        self._is_multistatus = False

    def feed(self, data: bytes) -> list[Resource]:
        """Read a piece; return the resources that it ends."""
        self._elements.feed(data)
        return self._taken()

    def flush(self) -> list[Resource]:
        """Return the last resources. Raises `NotXml` when the answer is cut short or is none."""
        self._elements.flush()
        if not self._is_multistatus:
            raise NotXml
        return self._taken()

    def _taken(self) -> list[Resource]:
        taken, self._ready = self._ready, []
        return taken

    def _ended(self, names: tuple[str, ...], text: str) -> None:
        if names[0] != _ROOT:
            raise NotXml
        inside = names[1:]
        if not inside:
            self._is_multistatus = True
        elif inside[0] == _RESPONSE:
            self._within_response(inside[1:], text.strip())

    def _within_response(self, inside: tuple[str, ...], text: str) -> None:
        if not inside:
            self._ready.append(self._now)
            self._now = Resource()
        elif inside == (f"{_DAV}href",):
            self._now.href = text
        elif inside == (f"{_DAV}status",):
            self._now.status = _status(text)
        elif inside[0] == _PROPSTAT:
            self._within_propstat(inside[1:], text)

    def _within_propstat(self, inside: tuple[str, ...], text: str) -> None:
        if not inside:
            if self._part.status == 200:
                self._now.folder |= self._part.folder
                self._now.told |= self._part.told
                self._now.sharees |= self._part.sharees
            self._part = Resource()
        elif inside == (f"{_DAV}status",):
            self._part.status = _status(text)
        elif inside[0] == _PROP:
            self._within_prop(inside[1:], text)

    def _within_prop(self, inside: tuple[str, ...], text: str) -> None:
        match inside:
            case (name,) if name in _KEPT:
                self._part.told[_KEPT[name]] = text
            case (name, kind) if name == f"{_DAV}resourcetype":
                self._part.folder |= kind == f"{_DAV}collection"
            case (_, sharee, name) if sharee == f"{_NC}sharee" and name in {f"{_NC}id", f"{_NC}type"}:
                self._sharee[name.removeprefix(_NC)] = text
            case (_, sharee) if sharee == f"{_NC}sharee":
                self._shared()
            case _:
                pass

    def _shared(self) -> None:
        kind, identifier = _KINDS.get(self._sharee.get("type", "")), self._sharee.get("id", "")
        self._sharee = {}
        if kind and identifier:
            self._part.sharees.add(f"{kind}:{identifier}")
        if len(self._part.sharees) > _MOST_SHAREES:
            raise NotXml


def _status(text: str) -> int:
    """Return the number of `HTTP/1.1 200 OK`; 0 when it is none."""
    parts = text.split()
    return int(parts[1]) if len(parts) > 1 and len(parts[1]) == 3 and parts[1].isdigit() else 0
