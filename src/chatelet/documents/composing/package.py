"""The zip that office formats are: fixed order and dates, so that the same document gives the same bytes."""

import html
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Final

_DAY: Final = (1980, 1, 1, 0, 0, 0)
# What XML 1.0 cannot hold, whatever its writing.
_FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """Return a text as XML writes it; characters that XML cannot hold are left out."""
    return html.escape(_FORBIDDEN.sub("", text))


def zipped(parts: Sequence[tuple[str, str]], *, stored_first: bool = False) -> bytes:
    """Return the package of these (name, text); `stored_first` leaves the first uncompressed, as ODF asks."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for position, (name, text) in enumerate(parts):
            info = zipfile.ZipInfo(name, _DAY)
            kept_as_is = stored_first and position == 0
            info.compress_type = zipfile.ZIP_STORED if kept_as_is else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, text.encode())
    return written.getvalue()
