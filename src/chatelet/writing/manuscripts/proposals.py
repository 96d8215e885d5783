"""The way to a fix: the entry as the draft writes it, with what is wrong put right, and nothing else touched.

What cannot be put right in place (an author, a title) is left to the person, who is shown the work as it is.
"""

import re
from typing import Final

from chatelet.connectors.scholarly.identifiers import doi_link
from chatelet.connectors.scholarly.references.checking import Checked

_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)\]]", re.ASCII)


def proposal(checked: Checked) -> str | None:
    """Return the entry put right; None when nothing can be put right in place."""
    work, written = checked.work, checked.reference.written
    if work is None or checked.verdict == "not_found":
        return None
    fixed = written
    if "doi" in checked.flaws and work.identifiers.doi:
        fixed = _DOI.sub(lambda _found: work.identifiers.doi or "", fixed, count=1)
    if "year" in checked.flaws and work.year and checked.reference.years:
        fixed = _with_year(fixed, checked.reference.years[0], work.year)
    if checked.verdict == "found" and not checked.reference.doi and work.identifiers.doi:
        fixed = f"{fixed.rstrip()} {doi_link(work.identifiers.doi)}"
    return fixed if fixed != written else None


def _with_year(written: str, wrong: int, right: int) -> str:
    """Change the year where it stands as one: never inside a page number, a DOI or an address."""
    return re.sub(rf"(?<![\d/.-]){wrong}(?=[a-z]?(?![\d/]))", str(right), written, count=1)
