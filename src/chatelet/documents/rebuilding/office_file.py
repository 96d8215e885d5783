"""An office file being walked: its parts are read in an order, rewritten where an edit was asked, and packed again.

open (bounded) -> parts, each through `xml_splice` -> macros and signatures left out -> marks -> the package
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from chatelet.documents.parsing.archive import Archive, Budget
from chatelet.documents.parsing.limits import DEFAULT, Limits
from chatelet.documents.rebuilding.contract import Rebuilt
from chatelet.documents.rebuilding.package import Packed, Packer, is_stored, pack, written
from chatelet.documents.rebuilding.segmenting import Walk
from chatelet.documents.rebuilding.xml_splice import Node, Reader, Scan


@dataclass(slots=True)
class OfficeFile:
    """One package; `changes` holds the members written anew, or left out (`None`)."""

    data: bytes
    walk: Walk
    archive: Archive
    limits: Limits
    changes: dict[str, Packed | None] = field(default_factory=dict[str, Packed | None])

    @property
    def is_written(self) -> bool:
        """Tell whether the walk writes, or only lists."""
        return self.walk.replacements is not None

    def read(self, name: str, reader: Reader, finish: Callable[[bytes], bytes] | None = None) -> None:
        """Read a part, and write it where that is asked; `finish` is given it whole, for what is known at its end."""
        if name not in self.archive:
            return
        if not self.is_written:
            Scan(reader, self.limits).run(self.archive.pieces(name))
            return
        packer, held = Packer(stored=is_stored(self.archive, name)), list[bytes]()
        scan = Scan(reader, self.limits, held.append if finish else packer.feed)
        scan.run(self.archive.pieces(name))
        if finish and scan.is_changed:
            packer.feed(finish(b"".join(held)))
        if scan.is_changed:
            self.changes[name] = packer.packed()

    def add(self, name: str, content: bytes) -> None:
        """Add a part that was not there."""
        self.changes[name] = pack(content)

    def rebuilt(self, kind: str) -> Rebuilt:
        """Return the file; the same bytes when nothing changed."""
        data = written(self.archive, self.changes) if self.changes else self.data
        return Rebuilt(data, kind, self.walk.replaced, tuple(self.walk.remarks))


def opened(data: bytes, walk: Walk, limits: Limits = DEFAULT) -> OfficeFile:
    """Open a package. Raises `NotRead`."""
    return OfficeFile(data, walk, Archive(data, Budget(limits)), limits)


class ListReader:
    """Reads a small part that is a list: one call for each unit, one at the end of its root."""

    watched: frozenset[str]
    units: frozenset[str]

    def __init__(
        self, root: str, units: frozenset[str], each: Callable[[Scan, Node], None], end: Callable[[Scan, Node], None]
    ) -> None:
        self.watched, self.units = frozenset({root}), units
        self._each, self._end = each, end

    def enter(self, scan: Scan, node: Node) -> None:
        """Nothing to do as the list begins."""

    def leave(self, scan: Scan, node: Node) -> None:
        """Add what goes at the end of the list."""
        self._end(scan, node)

    def unit(self, scan: Scan, node: Node) -> None:
        """Take an element of the list."""
        self._each(scan, node)
