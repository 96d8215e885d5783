"""Sitemaps and their indexes (sitemaps.org): addresses, piece by piece, bounded by what is really inflated."""

from typing import Final

from chatelet.connectors.inflating import Inflating
from chatelet.connectors.xml import Elements, NotXml

LONGEST: Final = 64 * 1024 * 1024  # inflated; the protocol says 50 MB
MOST_ADDRESSES: Final = 50_000
_MOST_ELEMENTS: Final = 10 * MOST_ADDRESSES  # with dates, languages, pictures


class Sitemap:
    """Reads one sitemap, gzip or not. Raises `NotXml` for what is none."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.sitemaps: list[str] = []
        self._kept: dict[tuple[str, ...], list[str]] = {
            ("urlset", "url", "loc"): self.pages,
            ("sitemapindex", "sitemap", "loc"): self.sitemaps,
        }
        self._elements = Elements(self._ended, most=_MOST_ELEMENTS)
        self._inflating: Inflating | None = None
        self._begun = False
        self._known = False
        self._left = LONGEST

    def feed(self, data: bytes) -> None:
        """Read a piece."""
        if not self._begun:
            self._begun = True
            self._inflating = Inflating() if data.startswith(b"\x1f") else None
        if self._inflating is None:
            self._take(data)
            return
        for piece in self._inflating.feed(data):
            self._take(piece)

    def flush(self) -> None:
        """Say that there is no more."""
        if self._inflating is not None and not self._inflating.ended:
            raise NotXml
        self._elements.flush()
        if not self._known:
            raise NotXml

    def _take(self, data: bytes) -> None:
        self._left -= len(data)
        if self._left < 0:
            raise NotXml
        self._elements.feed(data)

    def _ended(self, names: tuple[str, ...], text: str) -> None:
        locals_ = tuple(name.rpartition(" ")[2] for name in names)
        self._known |= locals_[0] in {"urlset", "sitemapindex"}
        kept = self._kept.get(locals_)
        if kept is not None and len(kept) < MOST_ADDRESSES:
            kept.append(text.strip())
