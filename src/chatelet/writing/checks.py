"""What is wrong in what a model gave for a segment: found by code, never by asking a model.

clean    a preamble, a wrapping quote, the model's reflections are taken away
judge    reasons, the gravest first; none when it may be kept as it is
"""

import re
from collections import Counter
from typing import Final

from chatelet.kernel.text import fold
from chatelet.knowledge.languages import UNKNOWN, language_of
from chatelet.knowledge.sentences import sentences_of
from chatelet.writing.differences import is_reworded
from chatelet.writing.figures import Compared
from chatelet.writing.inclusion import rules
from chatelet.writing.task import Reason, Style, Task

_PREAMBLE: Final = re.compile(
    r"\A\s*(?:(?:bien s[ûu]r|certainement|d'accord|sure|certainly|of course|okay|ok)\s*[!,.:]?\s*)?"
    r"(?:(?:voici|voilà|ci-dessous|here(?:'s| is| are)|below is)[^\n:]{0,90}"
    r"|(?:la |the )?(?:traduction|translation|translated text|texte traduit|version corrig[ée]e|corrected text)"
    r"[^\n:]{0,60})\s*:\s*",
    re.IGNORECASE,
)
_CHATTER: Final = re.compile(r"\A\s*(?:bien s[ûu]r|certainement|sure|certainly|of course)\s*[!,.]\s*\n+", re.IGNORECASE)
_THOUGHT: Final = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_NOTE: Final = re.compile(
    r"\n+\s*\(?(?:note|remarque|n\.b\.)\s*(?:du traducteur|of the translator)?\s*:.*\Z", re.IGNORECASE | re.DOTALL
)
_REFUSAL: Final = re.compile(
    r"(?:je suis d[ée]sol[ée]e?|d[ée]sol[ée]e?,|je ne (?:peux|suis) pas "
    r"(?:en mesure|traduire|vous aider|r[ée]pondre|fournir)"
    r"|je ne peux (?:pas|malheureusement)|en tant qu['’](?:ia|intelligence|assistant|mod[èe]le)|i(?:['’]m| am) sorry"
    r"|i (?:cannot|can['’]t|am unable to|won['’]t) (?:translate|help|assist|provide|fulfil|comply)|as an ai\b)",
    re.IGNORECASE,
)
# One of them is in whatever the pattern above finds.
_REFUSAL_HINTS: Final = ("desol", "désol", "je ne ", "en tant qu", "sorry", "i can", "i am unable", "i won", "as an ai")
_DENIES: Final = {  # strictly: what surely says no
    "fr": re.compile(
        r"\b(?:ne|n')\s?(?!que\b)[^.!?;]{0,60}\b(?:pas|jamais|aucune?|rien|plus|ni|personne|guère)\b|\bsans\b"
    ),
    "en": re.compile(r"\b(?:not|never|none|neither|nor|without|cannot|nothing|nobody)\b|n't\b|\bno \w"),
}
_DENIAL_HINTS: Final = {
    "fr": ("pas", "jamais", "aucun", "rien", "plus", "ni", "personne", "guère", "sans"),
    "en": ("not", "never", "none", "neither", "nor", "without", "nothing", "nobody", "n't", "no "),
}
_MAY_DENY: Final = {  # generously: what may say no
    "fr": re.compile(
        r"\b(?:ne|n|non|ni|sans|aucune?s?|jamais|nulle?s?|rien|pas|interdi\w*|sauf|refus\w*|absence|manqu\w*|dépourvu\w*"
        r"|(?:in|im|il|ir|dé|dés|mal)\w{4,})\b"
    ),
    "en": re.compile(
        r"\b(?:not|no|never|none|neither|nor|without|cannot|nothing|nobody|unless|forbid\w*|forbade|prohibit\w*|refus\w*"
        r"|fail\w*|lack\w*|absence|free|only|un\w{4,}|dis\w{4,}|non\w{3,}|im(?:possible|proper|practic)\w*"
        r"|in(?:valid|complet|eligib|compatib|correct|sufficien|ab|dependen|admissib|appropriat|applicab)\w*)\b|n't\b|less\b"
    ),
}
_LEAST_LETTERS: Final = 24  # below, a language cannot be told for sure
_SHORT: Final = 40  # characters: below, lengths prove nothing
_SHORTENS: Final = frozenset({Style.SHORTEN, Style.PLAIN, Style.FALC, Style.CLARIFY})
_LETTERS: Final = re.compile(r"[^\W\d_]")
_ALIKE: Final = frozenset({frozenset({"no", "da"}), frozenset({"cs", "sk"}), frozenset({"hr", "sr"})})


def clean(source: str, answer: str) -> str:
    """Return an answer without what the model says around it; what the source says itself is left."""
    thought = _THOUGHT.match(answer)
    text = (answer[thought.end() :] if thought else answer).strip()
    if not _PREAMBLE.match(source) and not _CHATTER.match(source):
        shorter = _without(_PREAMBLE, _without(_CHATTER, text))
        text = shorter if shorter.strip() else text
    if "\n" in text and not _NOTE.search(source):
        text = _NOTE.sub("", text)
    text = text.strip()
    for opening, closing in (('"', '"'), ("«", "»"), ("“", "”"), ("```", "```")):
        wraps = text.startswith(opening) and text.endswith(closing) and len(text) > 2 * len(opening)
        if wraps and not source.lstrip().startswith(("«", '"', "“", opening)):
            text = text[len(opening) : len(text) - len(closing)].strip()
    return text


def _without(beginning: re.Pattern[str], text: str) -> str:
    found = beginning.match(text)
    return text[found.end() :] if found else text


def judge(task: Task, source: str, written: str, compared: Compared, *, cut: bool = False) -> list[Reason]:
    """Return what is wrong in `written`, the words of `source` once written otherwise; both without tokens."""
    if not written.strip():
        return [Reason.EMPTY]
    found = [
        *([Reason.TRUNCATED] if cut else []),
        *manners(source, written),
        *_of_length(task, source, written),
        *_of_language(task, source, written),
        *_of_figures(compared),
        *_of_sense(task, source, written),
        *([Reason.REWORDED] if task.style is Style.CORRECT and is_reworded(source, written) else []),
        *rules.wrong(task, written),
    ]
    return list(dict.fromkeys(found))


def judge_new(written: str, language: str, *, cut: bool = False) -> list[Reason]:
    """Return what is wrong in words that are of no source: those of a draft, in `language`."""
    if not written.strip():
        return [Reason.EMPTY]
    task = Task("rewrite", language, language)
    return [*([Reason.TRUNCATED] if cut else []), *manners("", written), *_of_language(task, "", written)]


def manners(source: str, written: str) -> list[Reason]:
    """Return whether a model apologised instead of writing, or repeated itself."""
    found: list[Reason] = []
    if _refuses(written) and not _refuses(source):
        found.append(Reason.REFUSED)
    if _loops(source, written):
        found.append(Reason.LOOPED)
    return found


def _refuses(text: str) -> bool:
    plain = text.casefold()
    return any(hint in plain for hint in _REFUSAL_HINTS) and _REFUSAL.search(text) is not None


def _loops(source: str, written: str) -> bool:
    if len(written.split()) < 12:
        return False
    words = fold(written).split()
    found = list(zip(words, words[1:], words[2:], words[3:], strict=False))
    if len(found) - len(set(found)) < 3:
        return False  # nothing is there four times
    groups = Counter(found)
    group, count = groups.most_common(1)[0]
    return count >= 4 and count > 2 * max(1, fold(source).count(" ".join(group))) and count * 4 > len(words) / 3


def _of_length(task: Task, source: str, written: str) -> list[Reason]:
    before, after = len(source.strip()), len(written.strip())
    if before < _SHORT:
        return [Reason.TOO_LONG] if after > 4 * before + 40 else []
    dense = task.target in {"zh", "ja", "ko"} and task.changes_language
    if after < before * (0.12 if dense or task.style in _SHORTENS else 0.4):
        return [Reason.TRUNCATED]
    return [Reason.TOO_LONG] if after > before * (2.2 if task.style is None else 3) + 40 and not dense else []


def _of_language(task: Task, source: str, written: str) -> list[Reason]:
    letters = len(_LETTERS.findall(written))
    if task.changes_language and letters >= _LEAST_LETTERS and fold(written) == fold(source):
        return [] if language_of(source) == task.target else [Reason.UNTRANSLATED]
    wanted = task.target
    if letters < _LEAST_LETTERS or wanted == UNKNOWN:
        return []
    told = language_of(written, wanted)
    return [] if told == wanted or frozenset({told, wanted}) in _ALIKE else [Reason.WRONG_LANGUAGE]


def _of_figures(compared: Compared) -> list[Reason]:
    found: list[Reason] = []
    if compared.missing:
        found.append(Reason.FIGURE_MISSING)
    if compared.added:
        found.append(Reason.FIGURE_ADDED)
    if compared.units:
        found.append(Reason.UNIT_MISSING)
    return found


def _of_sense(task: Task, source: str, written: str) -> list[Reason]:
    found: list[Reason] = []
    before, after = _DENIES.get(task.source), _MAY_DENY.get(task.target)
    if before and after and task.style is not Style.SHORTEN:
        said = _plain(source)
        denied = any(hint in said for hint in _DENIAL_HINTS[task.source]) and before.search(said) is not None
        if denied and not after.search(_plain(written)):
            found.append(Reason.NEGATION_LOST)
    if task.style not in _SHORTENS and task.target not in {"zh", "ja", "th"}:
        sentences = len(sentences_of(source))
        lost = sentences - len(sentences_of(written))
        if lost > max(0, sentences // 4):
            found.append(Reason.SENTENCE_MISSING)
    return found


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")
