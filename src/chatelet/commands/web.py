"""The server of a web process: uvicorn, with what it looks at ten times a second and does once it listens."""

import gc
from collections.abc import Awaitable, Callable
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from chatelet.commands.patience import Patience
from chatelet.settings import Settings


async def _nothing() -> None:
    pass


class WebServer(uvicorn.Server):
    """`on_started` once it listens; `look` ten times a second."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        *,
        on_started: Callable[[], None],
        look: Callable[[], Awaitable[None]] = _nothing,
    ) -> None:
        super().__init__(_config(app, settings))
        self._on_started = on_started
        self._look = look
        self._patience = Patience()

    async def on_tick(self, counter: int) -> bool:
        """End connections that never say what they want; look at what else was asked."""
        self._patience.look(self.server_state.connections)
        await self._look()
        return await super().on_tick(counter)

    async def startup(self, sockets: "list[object] | None" = None) -> None:  # type: ignore[override]
        """Start, then say so."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if not self.started:
            return
        gc.collect()
        gc.freeze()  # what serves as long as the process is not looked at again: it cost 0.1 s at each full collection
        self._on_started()


# Seconds; longer than proxies keep an idle connection (nginx 60): no request meets the end of its connection.
_KEPT_SECONDS: Final = 75


def _config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    given: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "date_header": False,
        "proxy_headers": bool(settings.security.trusted_proxies),
        "forwarded_allow_ips": list(settings.security.trusted_proxies),
        "timeout_keep_alive": _KEPT_SECONDS,
        "timeout_graceful_shutdown": settings.chat.shutdown_seconds,
        "h11_max_incomplete_event_size": 64 * 1024,
    }
    return uvicorn.Config(app, **given)
