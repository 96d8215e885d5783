"""Identifiers of works in one writing each, so that two sources that tell the same one are seen to.

DOI in lower case without resolver (ISO 26324: case does not matter); arXiv without version, old and new numbering;
HAL without version; PubMed as digits; PubMed Central as `PMC` and digits; ORCID checked by its last digit (ISO 7064).
"""

import re
from typing import Final
from urllib.parse import quote, unquote

from chatelet.connectors.scholarly.record import Scheme

_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_RESOLVER: Final = re.compile(r"^(?:https?://)?(?:(?:dx|www)\.)?doi\.org/|^(?:doi|info:doi/)\s*:?\s*", re.IGNORECASE)
_ARXIV: Final = re.compile(
    r"(?:^|arxiv(?:\.org)?[:./]\s*(?:(?:abs|pdf|html)/)?)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?$",
    re.IGNORECASE | re.ASCII,
)
_ARXIV_DOI: Final = "10.48550/arxiv."
_HAL: Final = re.compile(
    r"(?:^|^https?://(?:[a-z0-9-]+\.)*(?:hal\.science|archives-ouvertes\.fr|inria\.fr)/)"
    r"([a-z][a-z0-9_-]{1,30}-\d{8})(?:v\d+)?(?:/.*)?$",
    re.IGNORECASE | re.ASCII,
)
_PMID: Final = re.compile(
    r"(?:^|^https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|^pmid:?\s*)([1-9]\d{0,8})/?$",
    re.IGNORECASE | re.ASCII,
)
_PMCID: Final = re.compile(
    r"(?:^|^https?://(?:www\.)?(?:ncbi\.nlm\.nih\.gov/pmc/articles|pmc\.ncbi\.nlm\.nih\.gov/articles|europepmc\.org/articles)/)"
    r"(?:PMC)?(\d{1,9})/?(?:\?.*)?$",
    re.IGNORECASE | re.ASCII,
)
_OPENALEX: Final = re.compile(
    r"(?:^|^https?://(?:api\.)?openalex\.org/(?:works/)?)(W\d{3,12})$", re.IGNORECASE | re.ASCII
)
_ORCID: Final = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])$", re.IGNORECASE | re.ASCII)
_NNT: Final = re.compile(
    r"(?:^|^https?://(?:www\.)?theses\.fr/)((?:19|20)\d{2}[A-Z0-9]{4,8})$", re.IGNORECASE | re.ASCII
)
_TRAILING: Final = ".,;:'\"”’»"
_LONGEST: Final = 400


def doi_of(text: str | None) -> str | None:
    """Return a DOI alone, None when the text is not one."""
    if not text or len(text) > _LONGEST:
        return None
    bare = _RESOLVER.sub("", text.strip()).strip()
    if "%2f" in bare.lower():
        bare = unquote(bare)
    bare = bare.rstrip(_TRAILING)
    if bare.endswith(")") and bare.count("(") < bare.count(")"):
        bare = bare[:-1]
    found = _DOI.fullmatch(bare)
    return found[0].lower() if found and not any(ord(char) < 33 for char in bare) else None


def doi_link(doi: str) -> str:
    """Return the address of a DOI, its odd characters encoded."""
    return f"https://doi.org/{quote(doi, safe='/()[]:;,.-_~!$&*+=@')}"


def arxiv_of(text: str | None) -> str | None:
    """Return an arXiv identifier without its version: `2002.00741`, `math.GT/0309136`."""
    if not text or len(text) > _LONGEST:
        return None
    bare = text.strip()
    doi = doi_of(bare)
    if doi is not None:
        return arxiv_of(doi.removeprefix(_ARXIV_DOI)) if doi.startswith(_ARXIV_DOI) else None
    found = _ARXIV.search(bare)
    return found[1] if found else None


def hal_of(text: str | None) -> str | None:
    """Return a HAL identifier without its version: `hal-04637647`."""
    found = _HAL.match((text or "").strip()[:_LONGEST])
    return found[1].lower() if found else None


def pmid_of(text: str | None) -> str | None:
    """Return a PubMed identifier."""
    found = _PMID.match((text or "").strip()[:_LONGEST])
    return found[1] if found else None


def pmcid_of(text: str | None) -> str | None:
    """Return a PubMed Central identifier: `PMC12938590`."""
    found = _PMCID.match((text or "").strip()[:_LONGEST])
    return f"PMC{found[1]}" if found else None


def openalex_of(text: str | None) -> str | None:
    """Return an OpenAlex identifier of a work: `W3146366485`."""
    found = _OPENALEX.match((text or "").strip()[:_LONGEST])
    return found[1].upper() if found else None


def nnt_of(text: str | None) -> str | None:
    """Return the national number of a French thesis: `2019LYSE1234`."""
    found = _NNT.match((text or "").strip()[:_LONGEST])
    return found[1].upper() if found else None


def orcid_of(text: str | None) -> str | None:
    """Return an ORCID whose check digit is right."""
    found = _ORCID.search((text or "").strip()[:_LONGEST])
    if not found:
        return None
    digits = "".join(found.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "-".join(found.groups()).upper() if digits[-1] == ("X" if check == 10 else str(check)) else None


def understood(text: str) -> tuple[Scheme, str] | None:
    """Tell what a person pasted: an identifier or the address of a work; None when it is neither."""
    if (arxiv := arxiv_of(text)) is not None:
        return "arxiv", arxiv
    if (doi := doi_of(text)) is not None:
        return "doi", doi
    if (hal := hal_of(text)) is not None:
        return "hal", hal
    if (openalex := openalex_of(text)) is not None:
        return "openalex", openalex
    if text.strip().upper().startswith("PMC") or "/pmc/" in text or "europepmc.org/articles/" in text:
        pmcid = pmcid_of(text)
        return ("pmcid", pmcid) if pmcid else None
    if (nnt := nnt_of(text)) is not None:
        return "nnt", nnt
    pmid = pmid_of(text)
    return ("pmid", pmid) if pmid else None
