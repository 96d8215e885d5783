"""Pages that show a wall in place of what they announce: a consent to give, a subscription to take."""

from typing import Final, Literal

from chatelet.kernel.text import fold

Wall = Literal["consent", "paywall"]
_SHORT: Final = 1_800  # characters: a page that says more than this says something else too
_CONSENT: Final = (
    "nous et nos partenaires", "we and our partners", "gerer mes choix", "manage my choices", "manage preferences",
    "tout accepter", "accept all", "continuer sans accepter", "continue without accepting", "politique de cookies",
    "cookie policy", "deposer des cookies", "before you continue", "avant de continuer", "tout refuser", "reject all",
)  # fmt: skip
_PAID: Final = (
    "reserve aux abonnes", "reserve a nos abonnes", "il vous reste", "pour lire la suite", "abonnez-vous",
    "deja abonne", "article reserve", "subscribe to continue", "subscribers only", "already a subscriber",
    "subscribe to read", "to continue reading", "contenu est reserve",
)  # fmt: skip


def wall_of(text: str, *, paid: bool) -> Wall | None:
    """Return which wall a page shows, from the text that was read of it; `paid` is what its head says."""
    said = fold(text[: 4 * _SHORT])
    if len(text) < _SHORT and sum(words in said for words in _CONSENT) >= 2:
        return "consent"
    if paid or (len(text) < _SHORT and any(words in said for words in _PAID)):
        return "paywall"
    return None
