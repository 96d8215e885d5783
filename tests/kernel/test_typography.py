"""French spacing: right on real sentences, harmless on code, and the same wherever the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.kernel.typography import FrenchSpacing

NARROW = "\u202f"


def spaced(*pieces: str) -> str:
    machine = FrenchSpacing()
    return "".join([machine.feed(piece) for piece in pieces]) + machine.flush()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Que faire ?", f"Que faire{NARROW}?"),
        ("Oui ! Non ; bien : voilà", f"Oui{NARROW}! Non{NARROW}; bien{NARROW}: voilà"),
        ("« Bonjour »", f"«{NARROW}Bonjour{NARROW}»"),
        ("« Quoi ? »", f"«{NARROW}Quoi{NARROW}?{NARROW}»"),
        ("insécable\u00a0?", f"insécable{NARROW}?"),
        ("à 10:30, voir https://exemple.fr/?q=1", "à 10:30, voir https://exemple.fr/?q=1"),
        ("`a ? b : c`", "`a ? b : c`"),
        ("```py\nx = a ; b\n```\nFin !", f"```py\nx = a ; b\n```\nFin{NARROW}!"),
        ("``a ` ? b`` !", f"``a ` ? b``{NARROW}!"),
        ("| a | b |\n| :--- | ---: |", "| a | b |\n| :--- | ---: |"),
        ("voir ![image](x)", "voir ![image](x)"),
        ("a != b", "a != b"),
        ("fin ", "fin "),
        ("fin ?", f"fin{NARROW}?"),
        ("deux  espaces ?", f"deux  espaces{NARROW}?"),
        ("«", "«"),
        ("", ""),
    ],
)
def test_spacing(written: str, expected: str) -> None:
    assert spaced(written) == expected


def test_same_result_at_every_cut() -> None:
    text = "Il dit : « Quoi ? » puis `x ? y : z` ; ```\na ; b\n``` | :--- | et ![i](u) a != b ! « fin »"
    whole = spaced(text)
    for cut in range(len(text) + 1):
        assert spaced(text[:cut], text[cut:]) == whole
    assert spaced(*text) == whole


@given(st.text(alphabet="ab `?!:;«»-[=/\u00a0\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_cuts_never_change_the_result_nor_lose_a_character(text: str, first: int, second: int) -> None:
    low, high = sorted((first, second))
    whole = spaced(text)
    assert spaced(text[:low], text[low:high], text[high:]) == whole
    plain = whole.replace(NARROW, " ").replace("\u00a0", " ")
    assert plain == text.replace("\u00a0", " ")
