"""What a model is asked: a constant message (kept in a server's cache), then the languages, the terms, the segments.

    <s1>first segment</s1>
    <s2>second one</s2>

The answer has the same shape: what stands outside is not read, and a segment that does not close is known to be cut.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from chatelet.inference.exchange import ChatRequest, Message, Sampling
from chatelet.inference.usage import estimate_tokens
from chatelet.kernel.tags import disarmed
from chatelet.writing.inclusion import rules
from chatelet.writing.task import Inclusive, Reason, Task, Term
from chatelet.writing.tongues import name_of

PromptLanguage = Literal["fr", "en"]
_SEGMENT: Final = re.compile(r"<s(\d+)>(.*?)(?:</s\1>|(?=<s\d+>)|\Z)", re.DOTALL)
_SLACK_TOKENS: Final = 48
ALTERNATIVES: Final = 3
_SHOWN: Final = ("phrase", "actuelle")
_WORDS: Final[dict[PromptLanguage, dict[str, str]]] = {
    "fr": {
        "from": "Langue du texte : {}",
        "to": "Langue d'arrivée : {}",
        "formal": "Registre : soutenu ; vouvoiement.",
        "informal": "Registre : familier ; tutoiement.",
        "region": "Variante régionale : {}",
        "plain": "Écris en langage clair : phrases courtes, mots courants.",
        "terms": "Termes imposés :",
        "hints": "Traductions déjà validées de textes proches :",
        "again": "Une réponse précédente a été refusée : {}. Corrige cela.",
    },
    "en": {
        "from": "Language of the text: {}",
        "to": "Target language: {}",
        "formal": "Register: formal, polite forms of address.",
        "informal": "Register: informal, familiar forms of address.",
        "region": "Regional variant: {}",
        "plain": "Write in plain language: short sentences, common words.",
        "terms": "Required terms:",
        "hints": "Approved translations of similar texts:",
        "again": "A previous answer was rejected: {}. Correct this.",
    },
}
_WHY: Final[dict[Reason, tuple[str, str]]] = {
    Reason.EMPTY: ("elle était vide", "it was empty"),
    Reason.TOKEN_MISSING: ("il y manquait {}", "{} was missing"),
    Reason.TOKEN_REPEATED: ("{} y figurait plusieurs fois", "{} was there several times"),
    Reason.TOKEN_CROSSED: ("les marques s'y croisaient ({})", "marks crossed each other ({})"),
    Reason.TOKEN_UNKNOWN: ("elle contenait {}, qui n'est pas dans le texte", "it held {}, which is not in the text"),
    Reason.REFUSED: ("elle s'excusait au lieu d'écrire le texte", "it apologised instead of writing the text"),
    Reason.TRUNCATED: ("elle s'arrêtait avant la fin", "it stopped before the end"),
    Reason.LOOPED: ("elle répétait les mêmes mots", "it repeated the same words"),
    Reason.WRONG_LANGUAGE: ("elle n'était pas en {}", "it was not in {}"),
    Reason.UNTRANSLATED: ("le texte n'était pas traduit", "the text was not translated"),
    Reason.FIGURE_MISSING: ("il y manquait {}", "{} was missing"),
    Reason.FIGURE_ADDED: ("elle contenait {}, qui n'est pas dans le texte", "it held {}, which is not in the text"),
    Reason.UNIT_MISSING: ("il y manquait l'unité {}", "the unit {} was missing"),
    Reason.NEGATION_LOST: ("la négation avait disparu", "the negation was lost"),
    Reason.SENTENCE_MISSING: ("il y manquait une phrase", "a sentence was missing"),
    Reason.TOO_LONG: ("elle ajoutait au texte", "it added to the text"),
    Reason.REWORDED: ("elle changeait des mots justes", "it changed words that were right"),
    Reason.INCLUSIVE_MARKS: ("la règle n'admet pas {}", "the rule does not take {}"),
    Reason.GENDER_ALONE: (
        "la règle n'admet pas {} au masculin seul",
        "the rule does not take {} in the masculine alone",
    ),
    Reason.TERM_MISSED: ("un terme imposé n'y était pas : {}", "a required term was not used: {}"),
}


def request(
    task: Task,
    texts: Sequence[str],
    terms: Sequence[Term],
    language: PromptLanguage,
    *,
    refused: Sequence[tuple[Reason, str]] = (),
    hints: Sequence[tuple[str, str]] = (),
) -> ChatRequest:
    """Return the request for a few segments; `refused` says what was wrong in an answer to the same ones."""
    words = _WORDS[language]
    lines = [*_manner(task, language)]
    if terms:
        lines += [words["terms"], *(f"- {term.source} → {term.target}" for term in terms)]
    if hints:
        lines += [words["hints"], *(f"- {before} → {after}" for before, after in hints)]
    if refused:
        lines.append(words["again"].format("; ".join(_why(reason, about, task, language) for reason, about in refused)))
    lines += ["", *(f"<s{number}>{text}</s{number}>" for number, text in enumerate(texts, start=1))]
    room = sum(estimate_tokens(len(text)) * 2 + _SLACK_TOKENS for text in texts)
    looped = any(reason is Reason.LOOPED for reason, _ in refused)
    return ChatRequest(
        (Message("system", read(_purpose(task), language)), Message("user", "\n".join(lines))),
        max_output_tokens=room,
        temperature=0.3 if refused else 0.0,
        sampling=Sampling(frequency_penalty=0.5) if looped else None,
    )


def alternatives(
    task: Task, sentence: str, written: str, terms: Sequence[Term], language: PromptLanguage
) -> ChatRequest:
    """Return the request for other translations of a sentence, numbered as segments are."""
    words = _WORDS[language]
    lines = _manner(task, language)
    if terms:
        lines += [words["terms"], *(f"- {term.source} → {term.target}" for term in terms)]
    lines += [
        "",
        *(f"<{tag}>{disarmed(told, *_SHOWN)}</{tag}>" for tag, told in zip(_SHOWN, (sentence, written), strict=True)),
    ]
    room = ALTERNATIVES * (estimate_tokens(len(sentence) + len(written)) + _SLACK_TOKENS)
    return ChatRequest(
        (Message("system", read("alternatives", language)), Message("user", "\n".join(lines))),
        max_output_tokens=room,
        temperature=0.7,
    )


def again(refused: Sequence[Reason], language: PromptLanguage) -> str:
    """Return the sentence that says why a part of a draft is asked for again."""
    task = Task("rewrite", language, language)
    return _WORDS[language]["again"].format("; ".join(_why(reason, "", task, language) for reason in refused))


def parse(answer: str, count: int) -> dict[int, tuple[str, bool]]:
    """Return what was given for each segment (from 1), and whether it was cut.

    A model asked for one segment that writes it without its tags is understood.
    """
    found: dict[int, tuple[str, bool]] = {}
    for match in _SEGMENT.finditer(answer):
        number = int(match[1])
        if 1 <= number <= count and number not in found:
            found[number] = (match[2].strip(), not match[0].endswith(f"</s{number}>"))
    if not found and count == 1:
        found[1] = (re.sub(r"</?s1?>", "", answer).strip(), False)
    return found


@cache
def read(purpose: str, language: PromptLanguage) -> str:
    """Return a prompt file."""
    return (files("chatelet.writing") / "prompts" / f"{purpose}.{language}.md").read_text("utf-8").strip()


def _purpose(task: Task) -> str:
    return "translate" if task.style is None else f"rewrite_{task.style.replace('-', '_')}"


def _manner(task: Task, language: PromptLanguage) -> list[str]:
    words = _WORDS[language]
    lines: list[str] = []
    if task.changes_language:
        lines += [words["from"].format(name_of(task.source, language))] if task.source != "und" else []
        lines.append(words["to"].format(name_of(task.target, language)))
    else:
        lines.append(words["from"].format(name_of(task.target, language)))
    if task.formality != "default":
        lines.append(words[task.formality])
    if task.region:
        lines.append(words["region"].format(task.region))
    if task.plain:
        lines.append(words["plain"])
    if task.target == "fr" and task.inclusive is not Inclusive.NONE:
        lines.append(rules.told(task.inclusive))
    return lines


def _why(reason: Reason, about: str, task: Task, language: PromptLanguage) -> str:
    told = _WHY.get(reason, _WHY[Reason.EMPTY])[0 if language == "fr" else 1]
    if reason is Reason.WRONG_LANGUAGE:
        about = name_of(task.target, language)
    return told.format(about)
