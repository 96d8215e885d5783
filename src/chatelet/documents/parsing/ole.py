"""OLE compound files (messages of Outlook, old and encrypted office documents), behind few typed names."""

from io import BytesIO
from typing import cast

import olefile

from chatelet.documents.parsing.outcome import damaged

_BROKEN = (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError, KeyError)


class Compound:
    """A compound file in memory: streams by path."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = cast("olefile.OleFileIO[str]", olefile.OleFileIO(BytesIO(data)))
            self.paths = [tuple(path) for path in self._file.listdir(streams=True, storages=True)]
        except _BROKEN as error:
            raise damaged("file_damaged") from error

    def roots(self) -> set[str]:
        """Return the names at the root."""
        return {path[0] for path in self.paths if path}

    def read(self, *path: str) -> bytes:
        """Return a stream's bytes; empty when it is not there."""
        if tuple(path) not in self.paths:
            return b""
        try:
            with self._file.openstream(list(path)) as stream:
                return stream.read()
        except _BROKEN as error:
            raise damaged("file_damaged") from error
