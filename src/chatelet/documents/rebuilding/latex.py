"""LaTeX: words changed between commands, in the lines that they had."""

from collections.abc import Mapping, Sequence
from typing import Final

from chatelet.documents.rebuilding.characters import characters
from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.latex_spans import latex_spans, latex_written
from chatelet.documents.rebuilding.remarks import remarks
from chatelet.documents.rebuilding.splicing import segments_of, spliced

_END: Final = "\\end{document}"


class LatexFormat:
    """A source of LaTeX."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return its words, and its formulas, locked."""
        return segments_of(latex_spans(characters(data).text))

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the source with other words."""
        told = characters(data)
        result = spliced(told.text, latex_spans(told.text), replacements, {})
        text = _told(result.text, options) if result.changed else result.text
        left_out = remarks(options, changed=result.changed, can_write=told.can_write(text), marks_ai=True)
        return Rebuilt(told.written(text), "latex", result.replaced, left_out)


def _told(source: str, options: Options) -> str:
    """Add the sentence and the mark of a machine at the end."""
    added = f"\n{latex_written(options.visible_mark)}\n" if options.visible_mark else ""
    added += "% ai-generated: true\n" if options.mark_ai else ""
    if not added:
        return source
    place = source.rfind(_END)
    return source[:place] + added + source[place:] if place >= 0 else f"{source.rstrip()}\n{added}"
