"""Serves the built web page: hashed files for ever, the page itself never kept, and for any address of the page.

The build wrote a .br and a .gz beside each text file: what the browser takes is sent, nothing is compressed here.
"""

import mimetypes
import re
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

PAGE: Final = Path(__file__).parent.parent / "page"
_HASHED: Final = "assets"
_REFUSED: Final = re.compile(r"q *= *0(?:\.0*)?")
_CODINGS: Final = {"br": ".br", "gzip": ".gz"}  # the smaller one first


class WebPage:
    """ASGI application mounted last: what is not /api is the page."""

    def __init__(self, folder: Path = PAGE) -> None:
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        self._compressed = {name: path for name, path in found.items() if name.endswith(tuple(_CODINGS.values()))}
        self._files = {name: path for name, path in found.items() if name not in self._compressed}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one GET."""
        if scope["type"] != "http":
            return
        await self._response(scope)(scope, receive, send)

    def _response(self, scope: Scope) -> Response:
        name = scope["path"].lstrip("/")
        is_page = not f"{name}/".startswith(("api/", "v1/", f"{_HASHED}/"))
        if scope["method"] not in {"GET", "HEAD"} or not (is_page or name in self._files):
            raise HTTPException(404)
        taken = Headers(scope=scope).get("accept-encoding", "")
        if name in self._files:
            forever = name.startswith(f"{_HASHED}/")
            return self._file(name, taken, f"public, max-age={31_536_000 if forever else 3_600}")
        if "index.html" not in self._files:
            return PlainTextResponse("The page is not built: run `make install`.", status_code=503)
        return self._file("index.html", taken, "no-store")  # nor shown again by "back" after signing out

    def _file(self, name: str, taken: str, cache: str) -> Response:
        headers = {"cache-control": cache, "vary": "accept-encoding"}
        kind = mimetypes.guess_type(name)[0]
        for coding, ending in _CODINGS.items():
            path = self._compressed.get(name + ending)
            if path is not None and _takes(taken, coding):
                return FileResponse(path, headers=headers | {"content-encoding": coding}, media_type=kind)
        return FileResponse(self._files[name], headers=headers, media_type=kind)


def _takes(accept_encoding: str, coding: str) -> bool:
    """Tell whether the request takes `coding`: named, and not with a weight of zero."""
    for offer in accept_encoding.lower().split(","):
        named, _, weight = offer.partition(";")
        if named.strip() == coding:
            return not _REFUSED.fullmatch(weight.strip())
    return False
