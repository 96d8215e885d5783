"""What a model may not touch is out of its sight, and comes back where it was; anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.documents.rebuilding.contract import Piece, check_pieces
from chatelet.writing.chunks import aligned, chunks
from chatelet.writing.masking import TokensMisplaced, mask, unmask
from chatelet.writing.protection import spans
from chatelet.writing.task import Reason
from chatelet.writing.typography import polish

PROTECTED = [
    "https://exemple.fr/a?b=c#d", "ada@exemple.fr", "10.1000/xyz-12", "MENH2412345A", "L. 123-4", "{nom}", "%(name)s",
    "`x = 1`", "$E = mc^2$", "rapport_final", "note.docx", "/etc/hosts", "ECLI:FR:CCASS:2020:C100123", "${PATH}",
]  # fmt: skip
PIECES = (
    Piece("open", number=2),
    Piece("text", "Voir "),
    Piece("open", number=5),
    Piece("text", "le site https://exemple.fr"),
    Piece("close", number=5),
    Piece("text", " et "),
    Piece("fixed", "[image]", 7),
    Piece("text", " ici. "),
    Piece("close", number=2),
    Piece("fixed", "1", 8),
)


@pytest.mark.parametrize("word", PROTECTED)
def test_protected_words(word: str) -> None:
    text = f"On lit {word} dans la note, puis autre chose."
    assert [text[span.start : span.end] for span in spans(text)] == [word]


def test_a_segment_goes_and_comes_back() -> None:
    masked = mask(PIECES)
    assert masked.text == "Voir ⟦1⟧le site ⟦2⟧⟦/1⟧ et ⟦3⟧ ici."
    assert unmask(masked, masked.text) == PIECES
    back = unmask(masked, "See ⟦3⟧ and ⟦1⟧the site ⟦ 2 ⟧⟦/1⟧ here.")
    check_pieces(0, PIECES, back)
    assert "".join(piece.text for piece in back if piece.kind == "text").strip() == (
        "See  and the site https://exemple.fr here."
    )


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("See ⟦1⟧the site ⟦2⟧⟦/1⟧ here.", Reason.TOKEN_MISSING),
        ("See ⟦1⟧the ⟦2⟧⟦2⟧⟦/1⟧ ⟦3⟧.", Reason.TOKEN_REPEATED),
        ("See ⟦/1⟧the ⟦2⟧⟦1⟧ ⟦3⟧.", Reason.TOKEN_CROSSED),
        ("See ⟦1⟧the ⟦2⟧⟦/1⟧ ⟦3⟧ ⟦9⟧.", Reason.TOKEN_UNKNOWN),
    ],
)
def test_misplaced_tokens(answer: str, reason: Reason) -> None:
    with pytest.raises(TokensMisplaced) as caught:
        unmask(mask(PIECES), answer)
    assert caught.value.reason is reason


@given(st.lists(st.text("abé ⟦⟧<>/s1.{}%`$_ \n", max_size=12), min_size=1, max_size=5))
def test_any_text_survives(texts: list[str]) -> None:
    pieces: list[Piece] = []
    for number, text in enumerate(texts, start=1):
        pieces += [
            Piece("text", text),
            Piece("open", number=number),
            Piece("text", text),
            Piece("close", number=number),
        ]
    masked = mask(pieces)
    back = unmask(masked, masked.text)
    check_pieces(0, pieces, back)
    assert "".join(one.text for one in back) == "".join(one.text for one in pieces)


def test_french_and_english_marks() -> None:
    assert polish('Il dit "oui": c\'est fini!', "fr") == "Il dit «\u202foui\u202f»\u202f: c’est fini\u202f!"
    assert polish("1 250,50 euros, 12 000 000 € en 2025 300 fois", "fr") == (
        "1\u202f250,50\u00a0euros, 12\u202f000\u202f000\u00a0€ en 2025 300 fois"
    )
    assert polish("le 04 72 000 111, article 1 000-2", "fr") == "le 04 72 000 111, article 1 000-2"
    assert polish("He says « yes » : done !", "en") == "He says “yes”: done!"


def test_long_texts_are_cut_outside_marks_and_sentences_side_by_side() -> None:
    text = "Un deux. ⟦1⟧Trois. Quatre.⟦/1⟧ Cinq six. Sept huit."
    parts = chunks(text, 12)
    assert "".join(parts) == text
    assert any(part.startswith("⟦1⟧") and "⟦/1⟧" in part for part in parts)
    pairs = aligned("Une longue phrase, puis une autre. Courte.", "A long sentence. Then another one. Short.")
    assert len(pairs) == 2
    assert pairs[1][1] == "Short."
