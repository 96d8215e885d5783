"""Rows found by words in a few short texts and ordered by one, for lists that are no search engine: keys, quotas."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, true

from chatelet.identity.names import sort_key

LONGEST_WORDS = 200
_ACCENTS: Final = "[\u0300-\u036f]+"
_BETWEEN_WORDS: Final = "[[:punct:][:space:]’]+"


def says(words: str, *texts: Any) -> ColumnElement[bool]:
    """Return "each word is in one of these texts", whatever the case; in folded texts (`sort_name`), accents aside."""
    wanted = words.replace("\0", " ").lower().split()
    return and_(true(), *(or_(*(_holds(text, word) for text in texts)) for word in wanted))


def said(words: str, *texts: str) -> bool:
    """Tell the same of texts already in memory, accents aside."""
    folded = [sort_key(text) for text in texts]
    wanted = [sort_key(word) for word in words.replace("\0", " ").split()]
    return all(any(word in text for text in folded) for word in wanted)


def folded(text: Any) -> ColumnElement[str]:
    """Return a text as `sort_key` folds it, for what has no folded column: Émilie comes before Zoé, whatever the case.

    Accents go before the case does: a database in the C locale lowers unaccented letters only.
    """
    plain = func.regexp_replace(func.pg_catalog.normalize(text, "NFKD"), _ACCENTS, "", "g")
    letters = func.replace(func.replace(func.lower(plain), "œ", "oe"), "ß", "ss")
    return func.btrim(func.regexp_replace(letters, _BETWEEN_WORDS, " ", "g"))


def _holds(text: Any, word: str) -> ColumnElement[bool]:
    lowered, folded = func.lower(text), sort_key(word)
    as_said = lowered.contains(word, autoescape=True)
    return or_(as_said, lowered.contains(folded, autoescape=True)) if folded and folded != word else as_said
