"""The form of a summary is told by its text: a model that does not keep to it is asked again, then helped or told of."""

import asyncio

import pytest

from chatelet.evidence.passage import Passage
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.inference.gateway import Completion
from chatelet.inference.usage import Usage
from chatelet.kernel.identifiers import uuid7
from chatelet.writing.summary.forms import Form, Length, Wish
from chatelet.writing.summary.shape import completed, has_shape, mended
from chatelet.writing.summary.sources import Source
from chatelet.writing.summary.summarising import Step, Summariser, Summary, summarise

_NOTHING = Usage("server", 0, 0, estimated=True, energy_wh=None, cost_euros=None)
_ONE = "Le budget de 250 000 euros a été adopté à Lyon."
_TWO = "La directrice présentera le calendrier des travaux en juin."
_THREE = "Le restaurant restera fermé pendant la rénovation du bâtiment."
_FOUR = "Les équipes seront prévenues par courrier avant le début du chantier."
HELD = [
    (Form.THREE_LINES, f"{_ONE} [1]\n{_TWO} [2]\n{_THREE} [3]"),
    (Form.THREE_LINES, f"{_ONE} [1] {_TWO} [2] {_THREE} [3]"),
    (Form.KEY_POINTS, "\n".join(f"- {_ONE} [{rank}]" for rank in range(6))),
    (Form.DECISIONS, f"Décisions :\n- {_ONE} [1]"),
    (Form.CHRONOLOGY, f"- 12 mars 2024 : {_ONE}\n- Le 3 mai 2024, {_TWO}\n- En 2025, {_THREE}"),
    (Form.NOTE, f"## Objet\n{_ONE}\n## Constats\n{_TWO}\n## Enjeux\n{_THREE}"),
    (Form.COMPARISON, f"## Ce qui change\n{_ONE}\n## Ce qui est ajouté\n{_TWO}"),
    (Form.POSITIONS, f"| Acteur | Position | Arguments |\n|---|---|---|\n| Conseil | {_ONE} | – |"),
    (Form.ABSTRACT, f"{_ONE} {_TWO} {_THREE} {_FOUR}"),
    (Form.PAGE, f"{_ONE}\n\n{_TWO} {_THREE}"),
]
OTHER = [
    (Form.THREE_LINES, f"{_ONE} [1]"),
    (Form.THREE_LINES, f"{_ONE} {_TWO} {_THREE} {_FOUR}"),
    (Form.THREE_LINES, f"{_ONE} {_TWO[:-1]} 2024. {_THREE} {_FOUR}"),
    (Form.KEY_POINTS, f"{_ONE} {_TWO}"),
    (Form.KEY_POINTS, "\n".join(f"- {_ONE}" for _ in range(13))),
    (Form.CHRONOLOGY, f"- {_ONE}\n- {_TWO}"),
    (Form.NOTE, f"{_ONE} {_TWO}"),
    (Form.COMPARISON, _ONE),
    (Form.POSITIONS, f"- Conseil : {_ONE}"),
    (Form.ABSTRACT, f"## Titre\n{_ONE} {_TWO} {_THREE} {_FOUR}"),
    (Form.PAGE, f"- {_ONE}\n- {_TWO}"),
    (Form.PAGE, f"{_ONE} " * 120),
]


@pytest.mark.parametrize(("form", "text"), HELD)
def test_a_form_that_is_held(form: Form, text: str) -> None:
    assert has_shape(Wish(form, "fr"), text, 20)


@pytest.mark.parametrize(("form", "text"), OTHER)
def test_a_form_that_is_not(form: Form, text: str) -> None:
    assert not has_shape(Wish(form, "fr"), text, 20)


def test_what_code_mends_adds_nothing() -> None:
    listed = mended(Wish(Form.DECISIONS, "fr"), f"{_ONE} [1] {_TWO} [2]")
    assert listed == f"- {_ONE} [1]\n- {_TWO} [2]"
    dates = ["- Le 3 mai 2024, b [1]", "- 12/03/2024 : a [2]", "- En 2023, avant [3]"]
    assert mended(Wish(Form.CHRONOLOGY, "fr"), "\n".join(dates)).splitlines() == [dates[2], dates[1], dates[0]]
    led = f"[1] {_ONE} [1]\n- [2] {_TWO} [2]\n[3] sans suite."
    assert mended(Wish(Form.NOTE, "fr"), led) == f"{_ONE} [1]\n- {_TWO} [2]\n[3] sans suite."
    loose = f"- Le 3 mai 2024, b\n- Plus tard, {_TWO}"
    assert mended(Wish(Form.CHRONOLOGY, "fr"), loose) == loose, "an unknown date moves nothing"
    notes = [f"{_ONE} [1]", f"{_TWO} [2]", f"{_THREE} [3]"]
    assert completed(Wish(Form.THREE_LINES, "fr"), notes[0], notes) == "\n".join(notes)
    listed = f"- {_ONE.removesuffix('.')} [1].\n- {_TWO.removesuffix('.')} [1]."
    alone = [f"{_ONE} [1]", f"{_TWO} [1]"]
    assert completed(Wish(Form.THREE_LINES, "fr"), listed, alone) == listed, "each is said already"
    assert completed(Wish(Form.THREE_LINES, "fr"), listed, [*alone, notes[2]]) == f"{listed}\n- {notes[2]}"
    assert completed(Wish(Form.THREE_LINES, "en", "fr"), notes[0], notes) == notes[0], "notes are of another language"
    assert has_shape(Wish(Form.KEY_POINTS, "fr", length=Length.SHORT), "\n".join(f"- {one}" for one in notes), 3)


def made(form: Form, *answers: str) -> tuple[Summary, list[str]]:
    """A summary of three passages, the form of which is answered in turn; the last answer again and again."""
    file, asked, left = uuid7(), list[str](), list(answers)
    words = (_ONE, _TWO, _THREE, _FOUR)
    passages = tuple(
        Passage(one, file_id=file, number=number, offset=number * 100, page=number)
        for number, one in enumerate(words, 1)
    )

    async def ask(request: ChatRequest) -> Completion:
        if "[1] Le budget" in str(request.messages[-1].content):
            said = "\n".join(f"{one} [{number}]" for number, one in enumerate(words, 1))
        else:
            asked.append(str(request.messages[0].content))
            said = left.pop(0) if len(left) > 1 else left[0]
        return Completion(said, "scripted", Finish.STOP, _NOTHING)

    async def size(_total: int) -> None: ...

    async def step(_step: Step) -> None: ...

    source = Source(file, "note.pdf", passages, (), 4, ())
    return asyncio.run(summarise(Summariser(ask, Wish(form, "fr", "fr"), size, step), [source])), asked


def test_one_line_for_three_is_asked_again_then_completed_with_notes_that_hold() -> None:
    summary, asked = made(Form.THREE_LINES, f"{_ONE} [1]")
    assert len(asked) == 3
    assert "trois phrases, ni plus ni moins" in asked[1], "asked again, with the form"
    assert (summary.statements, summary.held, summary.notices) == (3, 3, ("form_completed",))
    assert [len(summary.text.splitlines()), summary.text.splitlines()[0].startswith("Le budget")] == [3, True]


def test_a_form_held_the_second_time_needs_nothing() -> None:
    summary, asked = made(Form.THREE_LINES, f"{_ONE} [1]", f"{_ONE} [1]\n{_TWO} [2]\n{_FOUR} [4]")
    assert (len(asked), summary.held, summary.notices) == (2, 3, ())


def test_sentences_asked_as_a_list_are_listed_by_code() -> None:
    summary, asked = made(Form.DECISIONS, f"{_ONE} [1] {_TWO} [2]")
    assert (len(asked), summary.held, summary.notices) == (1, 2, ())
    assert [line[:2] for line in summary.text.splitlines()] == ["- ", "- "]


def test_a_table_that_never_comes_is_told() -> None:
    summary, asked = made(Form.POSITIONS, f"{_ONE} [1] {_TWO} [2]")
    assert (len(asked), summary.held, summary.notices) == (3, 2, ("form_other_form",))
    assert "trois colonnes" in asked[-1]
