"""A text without its marks, for a model that keeps losing them; and the marks put back around the words, by code.

    undressed   marks and fixed things out, protected words in clear: nothing is left to lose
    dressed     a mark goes back around the same words where they are found once; around the whole when it held most
                of it; else it is left empty at the end, as fixed things are. Protected words must be there.

Better a translated sentence whose bold has moved, and said so, than one left in the language of the source.
"""

import re
from typing import Final

from chatelet.writing.masking import TOKEN, Masked
from chatelet.writing.task import Reason

MARKS: Final = frozenset({Reason.TOKEN_MISSING, Reason.TOKEN_REPEATED, Reason.TOKEN_CROSSED, Reason.TOKEN_UNKNOWN})
_MOST: Final = 0.6  # of the words: then the mark is that of the whole
_SPACES: Final = re.compile(r"[ \t]{2,}")


def undressed(masked: Masked) -> Masked:
    """Return the words alone."""

    def shown(match: re.Match[str]) -> str:
        piece = masked.tokens[f"⟦{match[1]}{match[2]}⟧"]
        return piece.text if piece.kind == "text" else " " if piece.kind == "fixed" else ""

    return Masked(_SPACES.sub(" ", TOKEN.sub(shown, masked.text)).strip(), {})


def dressed(masked: Masked, written: str) -> str | None:
    """Return what was written with each token of `masked` once; None when a protected word is not there."""
    text = TOKEN.sub("", written)
    around, at_end = list[str](), list[str]()
    for name, piece in masked.tokens.items():
        if piece.kind == "fixed":
            at_end.append(name)
        elif piece.kind == "open":
            inner = _inner(masked, name)
            words = TOKEN.sub("", inner).strip()
            if words and TOKEN.search(inner) is None and _once(words, text):
                text = text.replace(words, f"{name}{words}{_closing(name)}")
            elif len(words) >= _MOST * len(masked.words.strip()):
                around.append(name)
            else:
                at_end += [name, _closing(name)]
    for name, piece in masked.tokens.items():
        if piece.kind == "text":
            if piece.text not in text:
                return None
            text = text.replace(piece.text, name, 1)
    closed = "".join(_closing(name) for name in reversed(around))
    return "".join(around) + text + closed + "".join(at_end)


def _inner(masked: Masked, name: str) -> str:
    return masked.text.partition(name)[2].partition(_closing(name))[0]


def _closing(name: str) -> str:
    return name.replace("⟦", "⟦/")


def _once(words: str, text: str) -> bool:
    """Tell whether the words stand once in a text, outside what is already marked."""
    found = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
    return len(found) == 1 and not text[: found[0].start()].endswith("⟧") and text.count(words) == 1
