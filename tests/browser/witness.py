"""Sees what the page asks of the network and what the browser complains of, from the first request to the last."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, WebError

_INSIDE = frozenset({"data", "blob", "about"})
# Chromium says so of every answer that is not 2xx, and of every request cut short; the page has words of its own for them.
_ORDINARY = ("Failed to load resource:",)


@dataclass
class Witness:
    """One per browser context."""

    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("page", self._on_page)

    @property
    def elsewhere(self) -> list[str]:
        """Requests for another host than the service."""
        own = urlsplit(self.address).netloc
        parts = [(url, urlsplit(url)) for url in self.requests]
        return [url for url, part in parts if part.scheme not in _INSIDE and part.netloc != own]

    def verify(self) -> None:
        """Nothing left the service, nothing was refused by the browser, nothing was thrown."""
        assert self.elsewhere == []
        assert self.complaints == []
        assert self.dialogs == []

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_ORDINARY):
            self.complaints.append(f"{message.type}: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.complaints.append(f"thrown: {error.error}")

    def _on_page(self, page: Page) -> None:
        async def dismiss(dialog: object) -> None:
            self.dialogs.append(str(dialog))
            await dialog.dismiss()  # type: ignore[attr-defined]

        page.on("dialog", dismiss)
