"""Markings written letter by letter: « S E C R E T », « D.I.F.F.U.S.I.O.N »; misread letters are mended."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_RUN: Final = re.compile(r"(?<![a-z0-9])(?:[a-z0-9!|][ ._*·-]{1,4}){5,80}[a-z0-9](?![a-z0-9])")
_MENDED: Final = str.maketrans("0135!|", "oiesii")
_KNOWN: Final = {
    "tressecretdefense": "tres_secret_defense",
    "confidentieldefense": "confidentiel_defense",
    "diffusionrestreinte": "diffusion_restreinte",
    "secretdefense": "secret_defense",
    "tressecret": "tres_secret",
    "specialfrance": "special_france",
    "natosecret": "nato_secret",
    "natorestricted": "nato_restricted",
    "natoconfidential": "nato_confidential",
    "secretmedical": "medical_secret",
    "secretbancaire": "banking_secret",
    "confidentiel": "confidential",
    "confidential": "confidential",
    "secret": "secret",
}


def find_spaced(reading: Reading, known: Mapping[str, str] = _KNOWN) -> Iterator[Span]:
    """Give the markings of runs of single letters; `known` maps their letters to a type, the longest first."""
    for run in _RUN.finditer(reading.folded):
        places = [run.start() + at for at, char in enumerate(run[0]) if char not in " ._*·-"]
        letters = "".join(reading.folded[place] for place in places).translate(_MENDED)
        for words, sort in known.items():
            at = letters.find(words)
            if at >= 0:
                yield Span(*reading.place(places[at], places[at + len(words) - 1] + 1), sort)
                break
