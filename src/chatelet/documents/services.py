"""What files need of the process, built once by the composition root."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from chatelet.documents.composing.letter import Inspected, Letter
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt, Segment
from chatelet.kernel.antivirus import Scan
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.policy.rules.book import Policies
from chatelet.settings import Settings

OnProgress = Callable[[str, int, int], None]  # step, page, pages


class Reader(Protocol):
    """Reads files in a process of its own."""

    async def read(self, data: bytes, name: str, on_progress: OnProgress) -> ParsedDocument:
        """Return what was read; a file that cannot be is a document whose status says why."""
        ...

    async def render(self, data: bytes, name: str, page: int, width: int) -> bytes:
        """Return the picture (WebP) of a page, `width` pixels wide. Raises `FileUnreadable`."""
        ...

    async def look(self, data: bytes, name: str, page: int, longest: int) -> bytes:
        """Return a page as a JPEG made from its pixels alone, its longer side at most `longest`.

        Raises `FileUnreadable`.
        """
        ...

    async def bare(self, data: bytes, name: str) -> bytes:
        """Return an image, of the same length, without what its camera wrote beside the pixels; empty: as it is.

        Raises `NotRead` when it could not be looked at.
        """
        ...

    async def segments(self, data: bytes, name: str) -> Sequence[Segment]:
        """Return the words of a file that can be written back, numbered. Raises `FileUnreadable`."""
        ...

    async def rebuild(
        self, data: bytes, name: str, replacements: Mapping[int, Sequence[Piece]], options: Options
    ) -> Rebuilt:
        """Return the file with these segments replaced. Raises `FileUnreadable`, `PiecesMisplaced`."""
        ...

    async def inspect_letterhead(self, data: bytes) -> Inspected:
        """Return what a letterhead is, or why it is none. Raises `FileUnreadable`."""
        ...

    async def dress(self, data: bytes, letter: Letter) -> bytes:
        """Return the file of a letter in the style of a letterhead. Raises `FileUnreadable`."""
        ...


@dataclass(frozen=True, slots=True)
class DocumentServices:
    """Frozen: verbs never change them. `scan` is the antivirus, `outbound` what reaches a search server, if any."""

    database: Database
    keyring: Keyring
    storage: Storage
    settings: Settings
    reader: Reader
    scan: Scan | None = None
    outbound: Outbound | None = None
    policies: Policies = field(default_factory=Policies)
