"""Subtitles (SubRip, WebVTT): the words of each cue; numbers, times, settings, styles and notes are never touched.

The lines of a cue are one segment, broken again into as many lines of about the same length; where another person
speaks (a dash), the break is a fixed piece. Tags are marks, WebVTT's voices and times fixed pieces.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from chatelet.documents.rebuilding.characters import characters
from chatelet.documents.rebuilding.contract import Options, Part, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.pieces import Pieces, has_words
from chatelet.documents.rebuilding.remarks import remarks
from chatelet.documents.rebuilding.splicing import Span, segments_of, spliced
from chatelet.documents.rebuilding.wrapping import balanced

_STAMP: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}"
_CUE: Final = re.compile(
    rf"^[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}[^\r\n]*(?:\r\n|\r|\n)((?:[^\r\n]*\S[^\r\n]*(?:\r\n|\r|\n|\Z))+)",
    re.MULTILINE,
)
_TOKEN: Final = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z]+)(?P<rest>[^<>\r\n]*)>|(?P<fixed><[^<>\r\n]*>|\{\\?[^{}\r\n]*\})"
    r"|(?P<break>[ \t]*(?:\r\n|\r|\n)[ \t]*(?P<dash>(?:<[^<>]*>)?[-–—‐][ \t]?)?)"
)
_DASH: Final = re.compile(r"(?:<[^<>]*>)?[-–—‐][ \t]?")
_MARKS: Final = frozenset({"i", "b", "u", "s", "font", "c", "lang", "ruby", "rt"})


class SubtitleFormat:
    """SubRip and WebVTT."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the cues."""
        return segments_of(list(_spans(characters(data).text)))

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the subtitles with other words."""
        told = characters(data)
        result = spliced(told.text, list(_spans(told.text)), replacements, {})
        text = result.text
        is_web = text.lstrip().startswith("WEBVTT")
        if result.changed and is_web and (options.mark_ai or options.visible_mark):
            text = _noted(text, options.visible_mark or "AI-generated")
        left_out = remarks(options, changed=result.changed, can_write=told.can_write(text), marks_ai=is_web)
        return Rebuilt(told.written(text), "text", result.replaced, left_out)


def _noted(text: str, words: str) -> str:
    """Add a comment at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    comment = " ".join(words.replace("-->", "→").split())
    return f"{text.rstrip()}{end}{end}NOTE {comment}{end}"


def _spans(source: str) -> Iterator[Span]:
    for cue in _CUE.finditer(source):
        span = _cue(source, cue.start(1), cue.end(1))
        if span is not None:
            yield span


def _cue(source: str, start: int, end: int) -> Span | None:
    pieces = Pieces()
    place = start
    dash = _DASH.match(source, start, end)
    if dash:
        pieces.fixed(dash[0], start, dash.end())
        place = dash.end()
    breaks = 0
    for token in _TOKEN.finditer(source, place, end):
        pieces.text(source[place : token.start()], place, token.start())
        place = token.end()
        breaks += _token(pieces, token, is_last=token.end() == end)
    pieces.text(source[place:end], place, end)
    runs = pieces.taken(source)
    if not has_words(runs):
        return None
    lines = breaks + 1

    def shape(_span: Span, laid: Sequence[tuple[Piece, str]]) -> str:
        return _laid_out(laid, lines, "\r\n" if "\r\n" in source[start:end] else "\n")

    return Span(runs, Part.CUE, shape=shape if lines > 1 else None)


def _token(pieces: Pieces, token: re.Match[str], *, is_last: bool) -> int:
    """Add a tag or a break; tell whether it is a break for width alone."""
    if token["break"] is not None:
        if token["dash"] or is_last:
            pieces.fixed("\n", token.start(), token.end())
        else:
            pieces.text(" ", token.start(), token.end())
            return 1
    elif token["fixed"] or token["name"].lower() not in _MARKS:
        pieces.fixed("", token.start(), token.end())
    elif token["close"]:
        pieces.close(token["name"].lower(), token.start(), token.end())
    else:
        pieces.open(token["name"].lower(), token.start(), token.end())
    return 0


def _laid_out(laid: Sequence[tuple[Piece, str]], lines: int, between: str) -> str:
    """Break the words again; the breaks between two voices are where they were put."""
    groups: list[list[str]] = [[]]
    voices = sum(piece.kind == "fixed" and "\n" in source for piece, source in laid) + 1
    for piece, source in laid:
        if piece.kind == "fixed" and ("\n" in source or "\r" in source):
            groups += [[source], []]
        else:
            groups[-1].append(source)
    most = max(2, -(-lines // voices)) if voices > 1 else lines
    return "".join(
        "".join(group) if place % 2 else balanced("".join(group), most if lines > 1 else 1, between)
        for place, group in enumerate(groups)
    )
