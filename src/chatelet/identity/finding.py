"""Rows found by words in a few short texts, for lists that are no search engine: keys, invitations, quotas, groups."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true

from chatelet.identity.names import sort_key

LONGEST_WORDS = 200


def says(words: str, *texts: Any) -> ColumnElement[bool]:
    """Return "each word is in one of these texts", whatever the case; in folded texts (`sort_name`), accents aside."""
    wanted = words.replace("\0", " ").lower().split()
    return and_(true(), *(or_(*(_holds(text, word) for text in texts)) for word in wanted))


def said(words: str, *texts: str) -> bool:
    """Tell the same of texts already in memory, accents aside."""
    folded = [sort_key(text) for text in texts]
    wanted = [sort_key(word) for word in words.replace("\0", " ").split()]
    return all(any(word in text for text in folded) for word in wanted)


def _holds(text: Any, word: str) -> ColumnElement[bool]:
    lowered, folded = func.lower(text), sort_key(word)
    as_said = lowered.contains(word, autoescape=True)
    return or_(as_said, lowered.contains(folded, autoescape=True)) if folded and folded != word else as_said
