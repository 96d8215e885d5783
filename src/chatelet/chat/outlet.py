"""From what a model writes to what a person sees, piece by piece, each step a machine that does not mind the cuts.

guard     policy.guardrails.invisible   characters that are not seen
restore   policy.guardrails.pseudonyms  originals in the place of their stand-ins
screen    chat.screening                keys and tokens; what else the answer holds
set       kernel.typography             French spaces
append    chat.live                     anyone may see it from here on
cite      chat.citing                   sentences checked against the originals
"""

from chatelet.chat.citing import Citer
from chatelet.chat.live import LiveTurn
from chatelet.chat.opening import AskedTurn
from chatelet.chat.progress import Progress
from chatelet.chat.screening import Screen
from chatelet.kernel.metrics import FIRST_TOKEN_SECONDS
from chatelet.kernel.typography import FrenchSpacing
from chatelet.policy.guardrails.invisible import strip_invisible
from chatelet.policy.guardrails.pseudonyms.swapping import Swap


class Outlet:
    """Of one answer, fed by its turn's task alone."""

    def __init__(
        self, asked: AskedTurn, live: LiveTurn, progress: Progress, citer: Citer, screen: Screen, back: Swap | None
    ) -> None:
        self._live = live
        self._progress = progress
        self._citer = citer
        self._back = back
        self._screen = screen
        self._spacing = FrenchSpacing() if asked.language == "fr" else None

    async def feed(self, written: str) -> None:
        """Take a piece of what the model writes."""
        text = strip_invisible(written)
        if self._back is not None:
            text = self._back.feed(text)
        if text:
            await self._set(self._screen.feed(text))

    async def flush(self) -> None:
        """Give what the machines hold back."""
        if self._back is not None and (rest := self._back.flush()):
            await self._set(self._screen.feed(rest))
        await self._set(self._screen.flush())
        if self._spacing is not None:
            await self._show(self._spacing.flush())

    async def _set(self, text: str) -> None:
        await self._show(text if self._spacing is None or not text else self._spacing.feed(text))

    async def _show(self, text: str) -> None:
        if not text:
            return
        progress = self._progress
        if progress.first_text is None:
            progress.note_first_text()
            FIRST_TOKEN_SECONDS.observe((progress.first_token_ms or 0) / 1000)
        self._live.append(text)
        await self._citer.feed(text, self._live)
