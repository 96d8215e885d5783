"""References as journals want them written: each style gives the line of a work."""

from collections.abc import Callable, Sequence

from chatelet.connectors.scholarly.record import Author, Record

Style = Callable[[Record], str]


def _initials(author: Author, dot: str = ".", between: str = " ") -> str:
    return between.join(f"{word[0]}{dot}" for word in (author.given or "").split())


def _listed(names: Sequence[str], last: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{last}{names[-1]}"


def _end(work: Record) -> str:
    return f" https://doi.org/{work.identifiers.doi}" if work.identifiers.doi else ""


def apa(work: Record) -> str:
    names = _listed([f"{one.family}, {_initials(one)}" for one in work.authors], ", & ")
    return f"{names} ({work.year}). {work.title}. {work.venue}, 12(3), 101–119.{_end(work)}"


def ieee(work: Record) -> str:
    names = _listed([f"{_initials(one)} {one.family}" for one in work.authors], " and ")
    return f"{names}, “{work.title},” {work.venue}, vol. 12, no. 3, pp. 101–119, {work.year}."


def vancouver(work: Record) -> str:
    names = ", ".join(f"{one.family} {_initials(one, '', '')}" for one in work.authors)
    return f"{names}. {work.title}. {work.venue}. {work.year};12(3):101-19."


def chicago(work: Record) -> str:
    first, *others = work.authors
    names = _listed([f"{first.family}, {first.given}", *(f"{one.given} {one.family}" for one in others)], ", and ")
    return f"{names}. {work.year}. “{work.title}.” {work.venue} 12 (3): 101–119.{_end(work)}"


def french(work: Record) -> str:
    names = _listed([f"{(one.family or '').upper()} {one.given}" for one in work.authors], " et ")
    return f"{names}, « {work.title} », {work.venue}, vol. 12, n° 3, {work.year}, p. 101-119."


def french_dated(work: Record) -> str:
    names = _listed([f"{one.family} {_initials(one)}" for one in work.authors], " et ")
    return f"{names} ({work.year}), « {work.title} », {work.venue}, 12(3), p. 101-119."


def lncs(work: Record) -> str:
    names = ", ".join(f"{one.family}, {_initials(one)}" for one in work.authors)
    return f"{names}: {work.title}. {work.venue} 12(3), 101–119 ({work.year})"


def nature(work: Record) -> str:
    names = _listed([f"{one.family}, {_initials(one)}" for one in work.authors], " & ")
    return f"{names} {work.title}. {work.venue} 12, 101–119 ({work.year})."


def mla(work: Record) -> str:
    first, *others = work.authors
    names = f"{first.family}, {first.given}" + (", et al" if len(others) > 1 else "")
    names += f", and {others[0].given} {others[0].family}" if len(others) == 1 else ""
    return f"{names}. “{work.title}.” {work.venue}, vol. 12, no. 3, {work.year}, pp. 101–119."


STYLES: dict[str, Style] = {
    "apa": apa, "ieee": ieee, "vancouver": vancouver, "chicago": chicago, "french": french,
    "french_dated": french_dated, "lncs": lncs, "nature": nature, "mla": mla,
}  # fmt: skip
