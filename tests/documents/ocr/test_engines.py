"""Both engines read French with its accents, turned and tilted pages, and say where each word stands."""

import numpy as np
import pytest
from evals.recognition.scanning import drawn_page
from reportlab.pdfgen.canvas import Canvas

from chatelet.documents.ocr import engines, rapid, tesseract
from chatelet.documents.ocr.images import read_image
from chatelet.documents.ocr.recognition import Recogniser
from chatelet.documents.ocr.tesseract import Tesseract
from chatelet.documents.parsing.document import ParsedDocument, Status
from tests.documents.ocr import scanning
from tests.documents.parsing.pdf.making import made, read


@pytest.fixture(scope="module", params=["tesseract", "rapidocr"])
def engine(request: pytest.FixtureRequest) -> Recogniser:
    found = engines.named(request.param)
    assert found is not None
    assert request.param in {one.name for one in engines.available()}, "see scripts/tesseract.py"
    return found


def test_a_tilted_french_scan_is_read_and_its_boxes_lean_back(engine: Recogniser) -> None:
    document = read_image(scanning.png(scanning.tilted(scanning.drawn(), 3)), recognise=engine)

    assert scanning.errors(document) <= 0.03, document.text
    assert document.report.status is Status.READ
    assert (document.report.engine, document.pages[0].source) == (engine.name, "ocr")
    assert 0.7 < (document.pages[0].confidence or 0) <= 1
    for word in ("préfète", "bœufs", "naïf", "garçon"):
        assert word in document.text
    truth = centres(read(made(scanning.page, size=scanning.SIZE)))
    angle = np.radians(3)
    middle = np.array(scanning.SIZE) / 2
    found = {word: place for word, place in centres(document).items() if word in truth}
    assert len(found) > 15
    for word, place in found.items():
        x, y = np.array(truth[word]) - middle
        leaning = np.array([x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)])
        assert np.hypot(*(middle + leaning - place)) < 6, word


def test_a_level_scan_has_hardly_an_error() -> None:
    document = read_image(scanning.png(scanning.drawn()), recognise=tesseract.Tesseract())

    assert scanning.errors(document) <= 0.012, document.text


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_scan_is_read_and_its_boxes_stand_on_it(quarters: int) -> None:
    turned = np.ascontiguousarray(np.rot90(scanning.drawn(), quarters))

    document = read_image(scanning.png(turned), recognise=tesseract.Tesseract())

    assert scanning.errors(document) <= 0.015, document.text
    ink = turned < 128
    boxes = np.zeros_like(ink)
    scale = 200 / 72
    for word in document.pages[0].words:
        boxes[
            int(word.top * scale) : int(word.bottom * scale) + 2, int(word.left * scale) : int(word.right * scale) + 2
        ] = True
    assert (ink & boxes).sum() / ink.sum() > 0.97
    assert boxes.mean() < 0.5


def centres(document: ParsedDocument) -> dict[str, tuple[float, float]]:
    """Return where the words stand that the page has once."""
    found: dict[str, list[tuple[float, float]]] = {}
    for word in document.pages[0].words:
        text = document.text[word.start : word.end].replace("’", "'")
        found.setdefault(text, []).append(((word.left + word.right) / 2, (word.top + word.bottom) / 2))
    return {text: places[0] for text, places in found.items() if len(places) == 1 and len(text) > 4}


def test_tesseract_is_preferred_and_what_is_there_is_shown() -> None:
    names = [engine.name for engine in engines.available()]

    assert names == ["tesseract", "rapidocr"]
    assert engines.available()[0].languages == ("fra", "eng")
    assert all(engine.version[0].isdigit() for engine in engines.available())
    assert (engines.best() or rapid.Rapid()).name == "tesseract"


def test_words_the_model_glued_are_parted_where_the_ink_is_blank() -> None:
    from chatelet.documents.ocr import spacing

    picture = np.full((40, 300), 255, np.uint8)
    letters = [10, 30, 50, 90, 110, 150, 170, 190]  # "abc de fgh", without the second space
    for x in letters:
        picture[10:30, x : x + 14] = 0

    words = spacing.words(picture, "abc defgh", [x + 7 for x in letters], (0, 0, 210, 40), 0.9, 0)

    assert [word.text for word in words] == ["abc", "de", "fgh"]
    assert [round(word.left) for word in words] == [10, 90, 150]


def test_numbers_of_items_that_stand_apart_are_read() -> None:
    """Tesseract takes a column of lone numbers for specks: they are looked for before the lines, and read again."""
    told = ["La méthode retenue consiste à relire", "Le directeur de la bibliothèque", "Les élèves naïfs du collège"]

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for number, words in enumerate(told, start=1):
            for line, text in enumerate((words, "et chaque page de ce recueil.")):
                canvas.drawString(96, scanning.SIZE[1] - 60 * number - 16 * line, text)
            canvas.drawString(70, scanning.SIZE[1] - 60 * number, f"{number}.")

    data = made(page, size=scanning.SIZE)
    picture = np.where(drawn_page(data, 0, 200) < 150, 0, 255).astype(np.uint8)
    document = read_image(scanning.png(picture), recognise=Tesseract())
    assert [line for line in document.text.split("\n") if line[:1].isdigit()] == [
        f"{number}. {words} et chaque page de ce recueil." for number, words in enumerate(told, start=1)
    ]
    assert document.text.count("1.") == 1
