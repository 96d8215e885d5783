"""French or English: which of the two prompts and typographies a question calls for.

A vote of function words, enough for a choice between two; any other language takes the English prompt, which asks to
answer in the language of the question.
"""

import re
from typing import Final, Literal

Language = Literal["fr", "en"]

_FRENCH: Final = frozenset(
    (
        "le la les l un une des du de d et est sont a à au aux en dans pour par sur avec que qu qui quoi quel "
        "quelle quels quelles ce cette ces c ne n pas plus je j il elle nous vous ils elles mon ma mes votre "
        "vos notre nos son sa ses se s y comment pourquoi quand où combien peux peut pouvez fais faire donne "
        "moi mais ou donc bonjour merci traduis résume explique écris "
    ).split()
)
_ENGLISH: Final = frozenset(
    (
        "the a an of to in is are was were be and or for on with that this these those what which who how why "
        "when where do does did can could would should i you he she it we they my your his her its our their "
        "not no from by at as if me please hello thanks translate summarise summarize explain write give "
    ).split()
)
_WORD: Final = re.compile(r"[a-zà-öø-ÿœ]+")
_LOOKED_AT: Final = 4_000


def language_of(text: str, *, default: Language) -> Language:
    """Return the language of `text`; `default` (the person's) when it does not tell."""
    words = _WORD.findall(text[:_LOOKED_AT].lower().replace("’", "'"))
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if french == english:
        return default
    return "fr" if french > english else "en"
