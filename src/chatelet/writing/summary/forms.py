"""What a summary may be asked to be, and the words in which a model is asked for it."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from chatelet.inference.exchange import ChatRequest, Message, Sampling
from chatelet.kernel.tags import disarmed
from chatelet.writing.prompt import PromptLanguage
from chatelet.writing.tongues import UNKNOWN, name_of

_NOTE_TOKENS: Final = 700
_FORM_TOKENS: Final = 1_800
_PURPOSE_NOTES: Final = "summary_notes"


class Form(StrEnum):
    """What a summary looks like."""

    THREE_LINES = "three-lines"
    PAGE = "page"
    NOTE = "note"
    KEY_POINTS = "key-points"
    DECISIONS = "decisions"
    CHRONOLOGY = "chronology"
    COMPARISON = "comparison"
    POSITIONS = "positions"
    ABSTRACT = "abstract"


class Length(StrEnum):
    """How long it is, for its form."""

    SHORT = "short"
    USUAL = "usual"
    LONG = "long"


class Audience(StrEnum):
    """Who reads it."""

    USUAL = "usual"
    DECIDERS = "deciders"
    EXPERTS = "experts"
    PUBLIC = "public"


class Trouble(StrEnum):
    """What was wrong in what a model gave, and what became of a part of the documents. The page has a sentence each."""

    EMPTY = "empty"
    REFUSED = "refused"
    LOOPED = "looped"
    TRUNCATED = "truncated"
    WRONG_LANGUAGE = "wrong_language"
    NOTHING_HELD = "nothing_held"  # no passage says what it wrote
    OTHER_FORM = "other_form"  # not what was asked: one line for three, no list, no table
    COMPLETED = "completed"  # the form was made by code, with notes that hold or the same words in a list
    TOO_LARGE = "too_large"  # more than the model reads at once


class Wish(msgspec.Struct, frozen=True):
    """What is asked. `target` is the language of the summary, `source` that of the documents, or `und`."""

    form: Form
    target: str
    source: str = UNKNOWN
    length: Length = Length.USUAL
    audience: Audience = Audience.USUAL

    @property
    def prompts(self) -> PromptLanguage:
        """Return the language in which the model is asked."""
        return "fr" if "fr" in {self.target, self.source} else "en"

    @property
    def noted(self) -> str:
        """Return the language of notes: that of the documents, so that they can be held against them."""
        return self.target if self.source == UNKNOWN else self.source


_LENGTHS: Final[dict[PromptLanguage, dict[Length, str]]] = {
    "fr": {
        Length.SHORT: "Sois bref : garde seulement l'essentiel.",
        Length.LONG: "Sois détaillé : n'omets rien d'utile.",
    },
    "en": {
        Length.SHORT: "Be brief: keep only what matters most.",
        Length.LONG: "Be thorough: leave out nothing useful.",
    },
}
_AUDIENCES: Final[dict[PromptLanguage, dict[Audience, str]]] = {
    "fr": {
        Audience.DECIDERS: "Le lecteur décide : d'abord ce qui est à décider, montants, échéances, risques.",
        Audience.EXPERTS: "Le lecteur est spécialiste : garde les termes techniques, les méthodes et les réserves.",
        Audience.PUBLIC: "Le lecteur ne connaît pas le sujet : phrases courtes, mots courants.",
    },
    "en": {
        Audience.DECIDERS: "The reader decides: first what is to be decided, amounts, deadlines, risks.",
        Audience.EXPERTS: "The reader is a specialist: keep technical terms, methods and reservations.",
        Audience.PUBLIC: "The reader does not know the subject: short sentences, common words.",
    },
}
_ANSWERS: Final[dict[PromptLanguage, str]] = {"fr": "- Langue de ta réponse : ", "en": "- Language of your answer: "}
_SERVES: Final[dict[PromptLanguage, str]] = {
    "fr": "Ces notes serviront à ceci : ",
    "en": "These notes will serve this: ",
}
_AGAIN: Final[dict[PromptLanguage, dict[Trouble, str]]] = {
    "fr": {
        Trouble.EMPTY: "Ta réponse précédente était vide. Écris le texte demandé.",
        Trouble.REFUSED: "Ta réponse précédente s'excusait au lieu d'écrire. Écris le texte demandé.",
        Trouble.LOOPED: "Ta réponse précédente se répétait. Dis chaque chose une seule fois.",
        Trouble.TRUNCATED: "Ta réponse précédente était coupée. Sois plus court.",
        Trouble.WRONG_LANGUAGE: "Ta réponse précédente n'était pas dans la langue demandée.",
        Trouble.NOTHING_HELD: "Ta réponse précédente ne disait rien de ces passages. Reprends leurs mots et numéros.",
    },
    "en": {
        Trouble.EMPTY: "Your previous answer was empty. Write what is asked.",
        Trouble.REFUSED: "Your previous answer apologised instead of writing. Write what is asked.",
        Trouble.LOOPED: "Your previous answer repeated itself. Say each thing once.",
        Trouble.TRUNCATED: "Your previous answer was cut. Be shorter.",
        Trouble.WRONG_LANGUAGE: "Your previous answer was not in the language asked for.",
        Trouble.NOTHING_HELD: "Your previous answer said nothing of these passages. Use their words and their numbers.",
    },
}


_SHAPES: Final[dict[PromptLanguage, dict[Form, str]]] = {
    "fr": {
        Form.THREE_LINES: "trois phrases, ni plus ni moins, une par ligne",
        Form.PAGE: "des paragraphes, pas de liste, une page au plus",
        Form.NOTE: "des parties titrées par ## : Objet, Constats, Enjeux, Décisions ou suites",
        Form.KEY_POINTS: "une liste de cinq à douze lignes commençant par « - »",
        Form.DECISIONS: "une liste dont chaque ligne commence par « - »",
        Form.CHRONOLOGY: "une liste dont chaque ligne commence par « - » puis par la date",
        Form.COMPARISON: "des parties titrées par ## : Ce qui change, Ce qui est ajouté, Ce qui est retiré",
        Form.POSITIONS: "un tableau Markdown à trois colonnes, avec sa ligne de titres",
        Form.ABSTRACT: "un seul paragraphe de six à dix phrases, sans titre ni liste",
    },
    "en": {
        Form.THREE_LINES: "three sentences, no more, no fewer, one a line",
        Form.PAGE: "paragraphs, no list, one page at most",
        Form.NOTE: "parts under ## headings: Subject, Findings, Issues, Decisions or next steps",
        Form.KEY_POINTS: "a list of five to twelve lines that begin with “- ”",
        Form.DECISIONS: "a list each line of which begins with “- ”",
        Form.CHRONOLOGY: "a list each line of which begins with “- ” then with the date",
        Form.COMPARISON: "parts under ## headings: What changes, What is added, What is removed",
        Form.POSITIONS: "a Markdown table of three columns, with its header row",
        Form.ABSTRACT: "one paragraph of six to ten sentences, without heading nor list",
    },
}
_OTHER_FORM: Final[dict[PromptLanguage, str]] = {
    "fr": "Ta réponse précédente n'avait pas la forme demandée. Écris ceci : {}.",
    "en": "Your previous answer did not have the form asked for. Write this: {}.",
}


def notes_request(wish: Wish, told: str, refused: Trouble | None = None) -> ChatRequest:
    """Return the request for notes of passages, or of notes."""
    language = wish.prompts
    lines = [_read(_PURPOSE_NOTES, language), _SERVES[language] + _read(_of(wish.form), language)]
    return _request(wish, [*lines, _rules(language, wish.noted)], told, _NOTE_TOKENS, refused)


def form_request(wish: Wish, told: str, refused: Trouble | None = None) -> ChatRequest:
    """Return the request for the summary itself."""
    language = wish.prompts
    manner = (_LENGTHS[language].get(wish.length), _AUDIENCES[language].get(wish.audience))
    lines = [_read(_of(wish.form), language), *(line for line in manner if line), _rules(language, wish.target)]
    tokens = _FORM_TOKENS * 2 if wish.length is Length.LONG else _FORM_TOKENS
    return _request(wish, lines, told, tokens, refused)


def _request(wish: Wish, lines: Sequence[str], told: str, tokens: int, refused: Trouble | None) -> ChatRequest:
    again = _AGAIN[wish.prompts].get(refused) if refused else None
    if refused is Trouble.OTHER_FORM:
        again = _OTHER_FORM[wish.prompts].format(_SHAPES[wish.prompts][wish.form])
    return ChatRequest(
        (
            Message("system", "\n".join([*lines, *([again] if again else [])])),
            Message("user", f"<passages>\n{disarmed(told, 'passages')}\n</passages>"),
        ),
        max_output_tokens=tokens,
        temperature=0.4 if refused else 0.1,
        sampling=Sampling(frequency_penalty=0.5) if refused is Trouble.LOOPED else None,
    )


def _of(form: Form) -> str:
    return f"summary_{form.replace('-', '_')}"


def _rules(language: PromptLanguage, written: str) -> str:
    return f"{_read('summary_rules', language)}\n{_ANSWERS[language]}{name_of(written, language)}"


@cache
def _read(purpose: str, language: PromptLanguage) -> str:
    """Return a prompt file."""
    return (files("chatelet.writing") / "prompts" / f"{purpose}.{language}.md").read_text("utf-8").strip()
