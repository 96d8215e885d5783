"""A record as a document of a base, its names, and whether its full text may be fetched. Pure."""

import re
from typing import Final, Literal

from chatelet.connectors.scholarly.licences import licence_of
from chatelet.connectors.scholarly.names import folded
from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.scholarly.telling import Status, address_of, authors_of, status_of, text_of
from chatelet.identity.principal import Language

Reason = Literal["not_open", "access_unknown", "licence_unknown", "no_pdf"]
_LONGEST_NAME: Final = 120
_APART: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+")
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "status": "Statut", "licence": "Licence", "address": "Adresse", "abstract": "Résumé",
        "missing": "Aucune source ne donne de résumé.",
        "retracted": "RÉTRACTÉ OU RETIRÉ", "concern": "mise en garde de l’éditeur", "corrected": "corrigé",
        "preprint": "prépublication", "published": "publié", "thesis": "thèse", "unknown": "non dit",
    },
    "en": {
        "status": "Status", "licence": "Licence", "address": "Address", "abstract": "Abstract",
        "missing": "No source gives an abstract.",
        "retracted": "RETRACTED OR WITHDRAWN", "concern": "expression of concern", "corrected": "corrected",
        "preprint": "preprint", "published": "published", "thesis": "thesis", "unknown": "not said",
    },
}  # fmt: skip


def names_of(record: Record) -> list[str]:
    """Return what tells a work from others: its identifiers, else its title and year."""
    names = [f"{scheme}:{value.lower()}" for scheme, value in record.identifiers.pairs()]
    return names or [f"title:{folded(record.title or '')} {record.year or ''}".rstrip()]


def name_of(record: Record) -> str:
    """Return the name of its documents, without a suffix: author, year, title."""
    author = record.authors[0] if record.authors else None
    first = (author.family or author.name) if author else None
    name = " ".join(filter(None, (first, str(record.year) if record.year else None, "–", record.title)))
    return " ".join(_APART.sub(" ", name).split())[:_LONGEST_NAME].strip(" .–")


def tags_of(record: Record) -> list[str]:
    """Return the tags of its documents: what a reader must know of it first."""
    status: Status = status_of(record)
    return [] if status == "unknown" else [status]


def document_of(record: Record, language: Language) -> str:
    """Return the document of a record, in Markdown; what no source said is left out or said to be."""
    words = _WORDS[language]
    heading, _apart, _abstract = text_of(record).partition("\n\n")
    title, *lines = heading.split("\n")
    facts = [f"{words['status']} : {words[status_of(record)]}"]
    if record.access.licence:
        facts.append(f"{words['licence']} : {record.access.licence}")
    facts += [f"{scheme.upper()} : {value}" for scheme, value in record.identifiers.pairs()]
    if address := address_of(record):
        facts.append(f"{words['address']} : {address}")
    said = record.abstract or words["missing"]
    return "\n\n".join([f"# {title}", *lines, "\n\n".join(facts), f"## {words['abstract']}", said])


def kept_from(record: Record) -> Reason | None:
    """Return why its full text may not be fetched; None when it is open, under a licence that lets it be kept."""
    access = record.access
    if access.is_open is None:
        return "access_unknown"
    if not access.is_open:
        return "not_open"
    if licence_of(access.licence) is None and access.licence != "public-domain":
        return "licence_unknown"
    return None if access.url and access.is_pdf else "no_pdf"


def shown_authors(record: Record) -> str:
    """Return its first authors."""
    return authors_of(record, 6)
