"""A text that comes in pieces gives the findings of the whole, wherever it is cut (TA-109)."""

import pytest

from chatelet.policy.guardrails.detection import detect
from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.streaming import AHEAD, STEP, WRITTEN, DetectorStream

_KEY = (
    "-----BEGIN PRIVATE "
    + "KEY-----\n"
    + "\n".join(f"{n:02}abCD" * 10 + "x/+9" for n in range(24))
    + "\n-----END PRIVATE "
    + "KEY-----"
)
_FILLING = "Le conseil prend acte du rapport et remercie les services pour leur travail. "
_TEXT = (
    _FILLING * 3
    + "Le NIR est 1 85 05 78 006 084 91 et le compte FR76 3000 6000 0112 3456 7890 189.\n"
    + _FILLING * 4
    + "\nDIFFUSION RESTREINTE\n"
    + "Écrire à jean.dupont@exemple.fr ou appeler le +33 (0)6 12 34 56 78, mot de passe : Xk9!tuLp2.\n"
    + _FILLING * 3
    + f"\nLa clé :\n{_KEY}\n"
    + _FILLING * 3
    + "gh"
    + "p_"
    + "a1B2c3D4e5" * 3
    + "F6g7H8 et SIRET 732 829 320 00074.\nTRÈS SECRET\n"
    + _FILLING * 3
    + "Carte 4970 1012 3456 7893, serveur 203.0.113.42."
)


def _read(pieces: list[str], kinds: frozenset[Kind] = WRITTEN) -> list[Finding]:
    stream = DetectorStream(kinds)
    found = [finding for piece in pieces for finding in stream.feed(piece)]
    return found + stream.flush()


def test_the_text_holds_what_is_looked_for() -> None:
    types = [finding.type for finding in detect(_TEXT, WRITTEN)]
    assert types == [
        "nir", "iban", "diffusion_restreinte", "email", "phone", "password", "private_key", "github_token", "siret", "tres_secret", "card", "ip"
    ]  # fmt: skip
    assert len(_TEXT) > 3_000 > STEP + AHEAD


def test_cut_in_two_at_every_offset() -> None:
    whole = detect(_TEXT, WRITTEN)
    for cut in range(len(_TEXT)):
        assert _read([_TEXT[:cut], _TEXT[cut:]]) == whole, cut


@pytest.mark.parametrize("size", [1, 4, 50, 1000])
def test_cut_in_pieces_of_one_size_from_every_offset(size: int) -> None:
    whole = detect(_TEXT, WRITTEN)
    for first in range(0, size, max(1, size // 3)):
        pieces = [_TEXT[:first], *(_TEXT[at : at + size] for at in range(first, len(_TEXT), size))]
        assert _read(pieces) == whole, first


@pytest.mark.parametrize("place", range(STEP - AHEAD - 60, STEP + 60, 7))
def test_what_stands_around_the_edge_of_a_reading(place: int) -> None:
    text = (_FILLING * 40)[:place] + " 1 85 05 78 006 084 91 " + _FILLING * 20
    assert [(one.start, one.type) for one in _read([text[at : at + 5] for at in range(0, len(text), 5)])] == [
        (place + 1, "nir")
    ]


def test_a_token_longer_than_what_is_read_ahead_is_told_whole() -> None:
    token = "ey" + "JhbGciOiJSUzI1NiJ9.ey" + "J" + "c3ViIjoiMTIz" * 150 + "." + "SflKxwRJSM" * 9
    text = f"{_FILLING * 12}jeton {token} {_FILLING * 12}"
    found = _read([text[at : at + 4] for at in range(0, len(text), 4)])
    assert [text[one.start : one.end] for one in found] == [token]


def test_nothing_is_told_of_nothing() -> None:
    assert _read([]) == []
    assert _read(["", ""]) == []
