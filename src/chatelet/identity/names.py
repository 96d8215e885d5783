"""E-mail addresses and names of persons: what is accepted, how they are compared, sorted and searched."""

import re
import unicodedata
from typing import Final

from chatelet.identity.errors import EmailInvalid, NameInvalid

LONGEST_EMAIL: Final = 254
LONGEST_NAME: Final = 120
# The pattern of HTML's <input type="email"> (HTML standard, "valid e-mail address"): ASCII, so no two addresses look
# alike.
_EMAIL: Final = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
_UNPRINTABLE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def fold_email(text: str) -> str:
    """Return the form under which addresses are compared, valid or not."""
    return text.strip().lower()


def clean_email(text: str) -> str:
    """Return the address as it is stored; raise `EmailInvalid`."""
    email = fold_email(text)
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise EmailInvalid
    return email


def clean_name(text: str) -> str:
    """Return the name as it is stored and shown, spaces made single; raise `NameInvalid`."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(name) <= LONGEST_NAME or any(
        unicodedata.category(sign) in _UNPRINTABLE_CATEGORIES for sign in name
    ):
        raise NameInvalid(longest=LONGEST_NAME)
    return name


def sort_key(name: str) -> str:
    """Return the name without case, accents nor punctuation: "Émilie du Châtelet" -> "emilie du chatelet"."""
    return " ".join(_words(name))


def search_words(*texts: str) -> list[str]:
    """Return the words by which a person is found: letters and digits, without case nor accents."""
    return list(dict.fromkeys(_words(" ".join(texts))))


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        "" if unicodedata.combining(sign) else sign if sign.isalnum() else " " for sign in decomposed.replace("œ", "oe")
    )
    return kept.split()
