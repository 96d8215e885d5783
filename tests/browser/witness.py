"""Sees what the page asks of the network and what the browser complains of, from the first request to the last."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebError

_INSIDE = frozenset({"data", "blob", "about"})
# Chromium says so of each answer that is not 2xx and of each request cut short; the page has its own words for them.
_ORDINARY = ("Failed to load resource:",)


@dataclass
class Witness:
    """One per browser context."""

    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    under_way: set[Request] = field(default_factory=set)
    """Asked of the service's interface and neither answered nor given up."""

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("requestfinished", self._on_end)
        context.on("requestfailed", self._on_end)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("page", self._on_page)

    @property
    def elsewhere(self) -> list[str]:
        """Requests for another host than the service."""
        own = urlsplit(self.address).netloc
        return [url for url in self.requests if not _is_inside(url, own)]

    def verify(self) -> None:
        """Nothing left the service, nothing was refused by the browser, nothing was thrown, nothing popped up."""
        assert not self.elsewhere, "\n".join(self.elsewhere)
        assert not self.complaints, "\n".join(self.complaints)
        assert not self.dialogs, "\n".join(self.dialogs)

    def forget(self) -> None:
        """For a test that has just provoked what is never to happen."""
        self.requests.clear()
        self.complaints.clear()

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        if urlsplit(request.url).path.startswith("/api/"):
            self.under_way.add(request)

    def _on_end(self, request: Request) -> None:
        self.under_way.discard(request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_ORDINARY):
            self.complaints.append(f"{message.type}: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.complaints.append(f"thrown: {error.error}")

    def _on_page(self, page: Page) -> None:
        page.on("dialog", self._on_dialog)

    async def _on_dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message}")
        await dialog.dismiss()


def _is_inside(url: str, own: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in _INSIDE or parts.netloc == own
