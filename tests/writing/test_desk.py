"""Whatever a model does, what comes out holds: marks, figures and terms are right, or the segment stays as it was."""

import re
from collections.abc import AsyncIterator, Sequence

import pytest

from chatelet.documents.rebuilding.contract import Piece, Segment, check_pieces
from chatelet.inference.backends.openai_compatible import OpenAICompatible, Upstream
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.inference.gateway import Completion
from chatelet.inference.usage import Usage
from chatelet.kernel.outbound import Endpoint, Outbound
from chatelet.policy.quotas.errors import QuotaReached
from chatelet.writing import bare, desk, report
from chatelet.writing.giving_back import name_of_result
from chatelet.writing.masking import mask, unmask
from chatelet.writing.task import Outcome, Reason, Task, Term
from chatelet.writing.trying import Limits, Writer
from tests.writing.translator import ENGLISH, FRENCH, Translator

SENTENCE = FRENCH.capitalize() + "."
_NOTHING = Usage("server", 0, 0, estimated=True, energy_wh=None, cost_euros=None)


@pytest.fixture
async def client(model: Translator) -> AsyncIterator[OpenAICompatible]:
    outbound = Outbound()
    outbound.declare("server", Endpoint(model.url))
    yield OpenAICompatible(outbound)
    await outbound.close()


def writer(client: OpenAICompatible, *terms: Term, **limits: int) -> Writer:
    async def ask(request: ChatRequest) -> Completion:
        stream = await client.open(Upstream("server", "scripted", 5.0, 5.0), request)
        said = ""
        while (batch := await stream.read()) is not None:
            said += batch.text
        stream.close()
        return Completion(said, "scripted", stream.finish or Finish.STOP, _NOTHING)

    return Writer(Task("translate", "fr", "en", terms=terms), ask, Limits(**limits), "fr")


def texts(*words: str) -> list[Segment]:
    return [Segment(number, (Piece("text", text),)) for number, text in enumerate(words)]


async def written(one: Writer, segments: Sequence[Segment]) -> dict[int, Outcome]:
    found: dict[int, Outcome] = {}

    async def keep(outcomes: Sequence[Outcome]) -> None:
        assert not found.keys() & {outcome.number for outcome in outcomes}, "told once"
        found.update({outcome.number: outcome for outcome in outcomes})

    await desk.write(one, segments, keep)
    return found


async def test_segments_are_written_by_batches(model: Translator, client: OpenAICompatible) -> None:
    segments = texts(*(f"{SENTENCE} Article {number} du code." for number in range(30)))
    found = await written(writer(client), segments)
    assert [found[number].state for number in range(30)] == ["written"] * 30
    assert len(model.exchanges) == 3, "twelve at a time"
    assert all(str(number) in found[number].text for number in range(30))
    assert report.make(segments, found).is_whole


async def test_marks_and_protected_words_come_back(model: Translator, client: OpenAICompatible) -> None:
    pieces = (
        Piece("text", "Le comité "),
        Piece("open", number=4),
        Piece("text", "a examiné"),
        Piece("close", number=4),
        Piece("fixed", "[image]", 9),
        Piece(
            "text", " la demande déposée sur https://exemple.fr/a?b=c, voir {nom} et l’article L. 123-4 du 12/03/2024."
        ),
    )
    found = await written(writer(client), [Segment(0, pieces)])
    check_pieces(0, pieces, found[0].pieces)
    assert found[0].state == "written"
    for protected in ("https://exemple.fr/a?b=c", "{nom}", "L. 123-4", "12/03/2024"):
        assert protected in found[0].text
    assert "https" not in str(model.exchanges[0].body["messages"][-1])


def drop_token(answer: str, text: str) -> str:
    return re.sub(r"⟦1⟧", "", answer)


def other_language(answer: str, text: str) -> str:
    return f"<s1>{SENTENCE}</s1>" if "<s1>" in answer else answer


def refuse(answer: str, text: str) -> str:
    return "<s1>I'm sorry, but as an AI language model I cannot translate this text for you, please ask again.</s1>"


def loop(answer: str, text: str) -> str:
    return "<s1>" + "the committee has carefully considered " * 40 + "</s1>"


def truncate(answer: str, text: str) -> str:
    return answer[: len(answer) // 4]


def wrong_figure(answer: str, text: str) -> str:
    return answer.replace("250", "520")


def nothing(answer: str, text: str) -> str:
    return "<s1></s1>"


FAULTS = {
    Reason.TOKEN_MISSING: drop_token,
    Reason.WRONG_LANGUAGE: other_language,
    Reason.REFUSED: refuse,
    Reason.LOOPED: loop,
    Reason.TRUNCATED: truncate,
    Reason.FIGURE_MISSING: wrong_figure,
    Reason.EMPTY: nothing,
}
PIECES = (
    Piece("text", SENTENCE + " "),
    Piece("open", number=1),
    Piece("text", "Les crédits"),
    Piece("close", number=1),
    Piece("text", " sont de 250 euros pour chacun des agents."),
)


@pytest.mark.parametrize("reason", FAULTS)
async def test_a_fault_is_asked_again_with_its_reason(
    model: Translator, client: OpenAICompatible, reason: Reason
) -> None:
    model.faults["250"] = [FAULTS[reason]]
    found = await written(writer(client), [Segment(0, PIECES)])
    assert (found[0].state, found[0].attempts, found[0].reasons) == ("written", 2, ())
    assert "250" in found[0].text
    assert "refusée" in model.asked("250")[1]


@pytest.mark.parametrize("reason", sorted(FAULTS.keys() - {Reason.TOKEN_MISSING}))
async def test_a_fault_that_stays_leaves_the_segment_as_it_was(
    model: Translator, client: OpenAICompatible, reason: Reason
) -> None:
    model.faults["250"] = [FAULTS[reason]] * 9
    segments = [Segment(0, PIECES), *texts("Un autre paragraphe qui va très bien.")]
    segments[1] = Segment(1, segments[1].pieces)
    found = await written(writer(client, segments=1), segments)
    assert found[0].state == "kept"
    assert reason in found[0].reasons
    assert found[0].pieces == PIECES
    assert found[1].state == "written", "the others are not touched"
    told = report.make(segments, found)
    assert (told.kept, told.written, told.to_look_at[0].number) == (1, 1, 0)


async def test_marks_that_a_model_keeps_losing_are_put_back_by_code(
    model: Translator, client: OpenAICompatible
) -> None:
    model.faults["250"] = [drop_token] * 3
    found = await written(writer(client), [Segment(0, PIECES)])
    assert (found[0].state, found[0].reasons, found[0].attempts) == ("written", (Reason.STYLE_LOST,), 4)
    check_pieces(0, PIECES, found[0].pieces)
    assert "250" in found[0].text
    assert "crédits" not in found[0].text
    assert "⟦" not in model.asked("250")[-1]
    assert report.make([Segment(0, PIECES)], found).reasons == {"style_lost": 1}


def test_marks_go_back_where_their_words_are() -> None:
    pieces = (
        Piece("text", "Voir "),
        Piece("open", number=1),
        Piece("text", "Parcoursup"),
        Piece("close", number=1),
        Piece("text", " et "),
        Piece("open", number=2),
        Piece("text", "le bulletin"),
        Piece("close", number=2),
        Piece("fixed", "[note]", 3),
        Piece("text", " sur https://exemple.fr/a."),
    )
    masked = mask(pieces)
    assert bare.undressed(masked).text == "Voir Parcoursup et le bulletin sur https://exemple.fr/a."
    text = bare.dressed(masked, "See Parcoursup and the bulletin at https://exemple.fr/a.")
    assert text is not None
    back = unmask(masked, text)
    check_pieces(0, pieces, back)
    assert back[1:4] == (Piece("open", number=1), Piece("text", "Parcoursup"), Piece("close", number=1))
    assert bare.dressed(masked, "See Parcoursup and the bulletin.") is None, "what is protected must be there"
    bold = (
        Piece("text", "Oui, "),
        Piece("open", number=1),
        Piece("text", "tout est en gras"),
        Piece("close", number=1),
    )
    around = bare.dressed(mask((*bold, Piece("text", " ici"))), "Yes, all is bold here")
    assert around == "⟦1⟧Yes, all is bold here⟦/1⟧"


async def test_what_was_good_is_kept_when_nothing_more_may_be_asked(client: OpenAICompatible) -> None:
    asked = 0

    async def ask(request: ChatRequest) -> Completion:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise QuotaReached(reopens_at="2026-12-01T00:00:00+00:00")
        return Completion(f"<s1>{ENGLISH}.</s1><s2></s2>", "scripted", Finish.STOP, _NOTHING)

    found: list[Outcome] = []

    async def keep(outcomes: Sequence[Outcome]) -> None:
        found.extend(outcomes)

    one = Writer(Task("translate", "fr", "en"), ask, Limits(), "fr")
    with pytest.raises(QuotaReached):
        await desk.write(one, texts(SENTENCE, "Le deuxième point est examiné."), keep)
    assert [(one.number, one.state) for one in found] == [(0, "written")]


async def test_a_preamble_is_taken_away(model: Translator, client: OpenAICompatible) -> None:
    model.faults["comité"] = [lambda answer, text: "Voici la traduction :\n\n" + answer]
    model.faults["direction générale"] = [lambda answer, text: answer.replace("<s1>", "<s1>Here is the translation: ")]
    found = await written(
        writer(client, segments=1), texts(SENTENCE, "La direction générale a donné son accord écrit.")
    )
    assert [found[number].state for number in (0, 1)] == ["written", "written"]
    assert not any("ranslation" in found[number].text or "Voici" in found[number].text for number in (0, 1))


async def test_one_missing_of_a_batch_is_asked_alone(model: Translator, client: OpenAICompatible) -> None:
    model.faults["deuxième"] = [lambda answer, text: ""]
    found = await written(writer(client), texts(SENTENCE, "Le deuxième point est examiné.", "Le troisième aussi."))
    assert {one.state for one in found.values()} == {"written"}
    assert len(model.exchanges) == 2


async def test_a_negation_lost_is_marked(model: Translator, client: OpenAICompatible) -> None:
    model.says["ne doit pas"] = "The agent must sign this request in the three days."
    found = await written(writer(client), texts("L’agent ne doit pas signer cette demande dans les trois jours."))
    assert (found[0].state, found[0].reasons, found[0].attempts) == ("written", (Reason.NEGATION_LOST,), 2)


async def test_what_says_nothing_is_copied_and_twins_are_written_once(
    model: Translator, client: OpenAICompatible
) -> None:
    english = ENGLISH + " and this is already in the wanted language."
    found = await written(writer(client), texts("1 234,5", "https://exemple.fr", SENTENCE, SENTENCE, english, " "))
    assert [found[number].state for number in range(6)] == ["copied", "copied", "written", "reused", "copied", "copied"]
    assert found[3].text == found[2].text
    assert len(model.asked("comité")) == 1


async def test_terms_are_given_checked_and_mended(model: Translator, client: OpenAICompatible) -> None:
    """The model ignores the glossary: a forbidden word is replaced by code, what cannot be is told."""
    terms = (
        Term("marché public", "public procurement contract", ("public market",)),
        Term("rectorat", "regional education authority"),
        Term("CROUS", "CROUS"),
    )
    model.says["marché public"] = "The Public market of the ⟦1⟧ was signed by the director of the services."
    model.says["rectorat"] = "The rector's office has answered the request of the services."
    segments = texts(
        "Le marché public du CROUS a été signé par le directeur des services.",
        "Le rectorat a répondu à la demande des services.",
    )
    found = await written(writer(client, *terms), segments)
    assert found[0].text == "The Public procurement contract of the CROUS was signed by the director of the services."
    assert (found[0].reasons, found[0].terms_applied) == ((), ("marché public",))
    assert (found[1].reasons, found[1].terms_missed) == ((Reason.TERM_MISSED,), ("rectorat",))
    assert "- rectorat → regional education authority" in model.asked("rectorat")[0]
    assert "un terme imposé" in model.asked("rectorat")[1]


async def test_a_long_segment_is_written_some_sentences_at_a_time(model: Translator, client: OpenAICompatible) -> None:
    text = " ".join(f"{SENTENCE} Cela fait {number} euros." for number in range(40))
    found = await written(writer(client, characters=800), texts(text))
    assert found[0].state == "written"
    assert all(f" {number} " in found[0].text for number in range(40))
    assert len(model.exchanges) > 4


async def test_a_model_that_fails_stops_the_work(model: Translator, client: OpenAICompatible) -> None:
    await model.stop()
    with pytest.raises(Exception, match="model_unreachable"):
        await written(writer(client), texts(SENTENCE))


@pytest.mark.parametrize(
    ("name", "kind", "made"),
    [
        ("note.md", "markdown", "note.en.md"),
        ("Rapport.PDF", "docx", "Rapport.en.docx"),
        ("livre.epub", "epub", "livre.en.epub"),
        ("lisez-moi", "text", "lisez-moi.en"),
    ],
)
def test_the_name_of_what_is_made(name: str, kind: str, made: str) -> None:
    assert name_of_result(name, "en", kind) == made
