"""Serves the built web page: hashed files for ever, the page itself never cached, and for any address of the page."""

from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

PAGE: Final = Path(__file__).parent.parent / "page"
_HASHED: Final = "assets"


class WebPage:
    """ASGI application mounted last: what is not /api is the page."""

    def __init__(self, folder: Path = PAGE) -> None:
        self._folder = folder
        self._files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one GET."""
        if scope["type"] != "http":
            return
        await self._response(scope)(scope, receive, send)

    def _response(self, scope: Scope) -> Response:
        path = scope["path"].lstrip("/")
        if scope["method"] not in {"GET", "HEAD"} or (
            path.startswith(("api/", f"{_HASHED}/")) and path not in self._files
        ):
            raise HTTPException(404)
        found = self._files.get(path)
        if found is None:
            index = self._files.get("index.html")
            if index is None:
                return PlainTextResponse("The page is not built: run `make install`.", status_code=503)
            return FileResponse(index, headers={"cache-control": "no-cache"})
        forever = path.startswith(f"{_HASHED}/")
        return FileResponse(found, headers={"cache-control": f"public, max-age={31_536_000 if forever else 3_600}"})
