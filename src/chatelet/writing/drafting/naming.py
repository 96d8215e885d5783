"""Names in a draft: words in capitals that nothing else asks for, and the persons that the house's detector knows.

A capital is no name where a sentence, a line, a cell, a title or a colon asks for it, where the same word stands in
small letters elsewhere, where a plural determiner comes before, nor in a word that is shouted. A person that the
detector finds (a civility, a first name, a label) stays one wherever it stands.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.kernel.text import fold
from chatelet.knowledge.sentences import sentences_of
from chatelet.policy.guardrails.pii.names import find_names
from chatelet.policy.guardrails.pii.naming import CIVILITIES
from chatelet.policy.guardrails.reading import Reading

_NAME: Final = re.compile(
    r"(?:\b(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr|Me|Mr\.?|Mrs\.?|Ms\.?|Prof\.?)\s+)?"
    r"\b[A-ZÀ-ÝŒ][\wÀ-ÿ’'-]+(?:[ \u00a0\u202f]+(?:(?:de|du|des|d['’]|la|le|of|von|van)[ \u00a0])*[A-ZÀ-ÝŒ][\wÀ-ÿ’'-]+)*"
)
_NO_NAME: Final = frozenset(
    """
    madame monsieur mesdames messieurs objet subject dear sir madam sincerely yours re ps nb je nous vous il elle ils
    elles
    le la les un une des ce cette ces i we you he she they the a an this that these en dans pour par sur avec au aux
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september october november
    december lundi mardi mercredi jeudi vendredi samedi dimanche english french article articles section rgpd gdpr euros
    ia ai conformement suite afin votre notre leur mon ma mes vos nos si que qui quand comme
    """.split()
)
_OFFICE: Final = re.compile(r"(?:Madame|Monsieur|Mesdames|Messieurs)\s(?:la|le|les)\s$")
_ELIDED: Final = re.compile(r"[LDJNSCMT][’'](?=[A-ZÀ-ÝŒ])")
_PARTS: Final = re.compile(r"\S+")
_ASKS: Final = re.compile(r"(?:^[\s#>*_|\-–—•\d.)«“\"(]*|[:|][\s*_«“\"(]+|(?<!\w)[*_]{1,3}|[«“\"(]\s*)", re.MULTILINE)
_TITLE: Final = re.compile(r"^(?:#{1,6}[ \t].*|\*\*[^*\n]+\*\*[ \t]*)$|^\|.*\|[ \t]*\n(?=\|[\s:|-]+\|)", re.MULTILINE)
_SEVERAL: Final = re.compile(
    r"(?<!\w)(?:les|des|aux|ces|mes|tes|ses|nos|vos|leurs|these|those|our|your|their)\s$", re.IGNORECASE
)
_WORD: Final = re.compile(r"\w+")
_ACRONYM: Final = 6  # letters: beyond, a word in capitals is shouted


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand, in order but for persons that no capital showed."""
    persons = [(one.start, one.end) for one in find_names(Reading(text))]
    asked = {begins for begins, _ in sentences_of(text)} | {match.end() for match in _ASKS.finditer(text)}
    titles = [match.span() for match in _TITLE.finditer(text)]
    small = {fold(word) for word in _WORD.findall(text) if word.islower()}
    left = dict.fromkeys(persons)
    for match in _NAME.finditer(text):
        known = [one for one in persons if one[0] < match.end() and match.start() < one[1]]
        if known:
            for one in known:
                left.pop(one, None)
            yield min(match.start(), known[0][0]), max(match.end(), known[-1][1])
            continue
        start = _named(text, match, asked, titles, small)
        if start is not None:
            yield start, match.end()
    yield from left


def _named(
    text: str, match: re.Match[str], asked: set[int], titles: list[tuple[int, int]], small: set[str]
) -> int | None:
    """Return where the name begins; None when these words are none."""
    elided = _ELIDED.match(match[0])
    start = match.start() + (elided.end() if elided else 0)
    words = list(_PARTS.finditer(text[start : match.end()]))
    if any(begins <= start < ends for begins, ends in titles):
        return None
    while words and _is_no_name(words[0][0], small):
        words.pop(0)
    if not words:
        return None
    start += words[0].start()
    is_alone = len(words) == 1
    if is_alone and (start in asked or _SEVERAL.search(text, max(0, start - 10), start)):
        return None
    if is_alone and (_is_shouted(words[0][0]) or _OFFICE.search(text, max(0, start - 16), start)):
        return None
    return start


def _is_no_name(word: str, small: set[str]) -> bool:
    plain = fold(word).strip(".")
    return plain in _NO_NAME or plain in CIVILITIES or plain in small or not word[:1].isupper()


def _is_shouted(word: str) -> bool:
    return word.isupper() and len(word) > _ACRONYM
