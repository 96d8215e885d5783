"""What is written on a shaded ground, under a shadow or beside a list's marks is read like the rest."""

import numpy as np
import pytest

from chatelet.documents.ocr.images import read_image
from chatelet.documents.ocr.reading import _marks, _words  # pyright: ignore[reportPrivateUsage]
from chatelet.documents.ocr.recognition import Grey, Seen
from chatelet.documents.ocr.tesseract import Tesseract, evened
from tests.documents.ocr import scanning


def _shaded(page: Grey) -> Grey:
    """Return the page with a grey box behind half of its lines, and the grain of a scanner."""
    grey = page.astype(np.float32)
    middle = page.shape[0] // 3
    grey[60:middle] = grey[60:middle] * 0.55 + 35
    noise = np.random.default_rng(2).normal(0, 6, page.shape)
    return np.clip(grey + noise, 0, 255).astype(np.uint8)


def _shadowed(page: Grey) -> Grey:
    """Return the page as a telephone sees it: darker and darker towards a corner."""
    down, across = np.mgrid[0 : page.shape[0], 0 : page.shape[1]]
    light = 1 - 0.65 * (down / page.shape[0] + across / page.shape[1]) / 2
    return np.clip(page * light + 10, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("spoil", [_shaded, _shadowed])
def test_the_ground_does_not_hide_the_words(spoil: object) -> None:
    assert callable(spoil)
    document = read_image(scanning.png(spoil(scanning.drawn())), recognise=Tesseract())
    assert scanning.errors(document) <= 0.012


def test_a_white_page_is_left_as_it_is_and_a_shaded_one_becomes_white() -> None:
    page = scanning.drawn()
    assert np.array_equal(evened(page) < 128, page < 128)
    assert np.percentile(evened(_shadowed(page)), 20) > 225


def test_the_marks_of_a_list_are_kept_though_no_engine_is_sure_of_them() -> None:
    lines = ["Un critère", "Un test", "Une question"]
    seen = [
        one
        for line, words in enumerate(lines)
        for one in (
            Seen("*_" if line == 1 else "*", 10, 20 * line, 16, 20 * line + 12, 0.1, line),
            Seen(words, 40, 20 * line, 120, 20 * line + 12, 0.95, line),
        )
    ]
    speck = Seen(";", 500, 200, 504, 212, 0.1, 2)
    assert [word.text for word in _words([*seen, speck])] == ["*", lines[0], "*_", lines[1], "*", lines[2]]


def test_a_mark_close_to_its_item_is_known_by_the_others_at_the_same_place() -> None:
    gaps = [9, 9, 6, 6]  # of letters 20 high: the last two stand no further than a word does
    seen = [
        one
        for line, gap in enumerate(gaps)
        for one in (
            Seen("+" if line < 3 else "¢", 10, 30 * line + 5, 20, 30 * line + 15, 0.6, line),
            Seen("Deux", 20 + gap, 30 * line, 80, 30 * line + 20, 0.95, line),
        )
    ]
    sign = Seen("+", 300, 125, 310, 135, 0.6, 4)
    after = Seen("trois", 316, 120, 360, 140, 0.95, 4)

    assert sorted(_marks([*seen, sign, after])) == [0, 2, 4, 6]
