"""What a format could not keep of the wishes for a file written back, as codes."""

from chatelet.documents.rebuilding.contract import Options


def remarks(
    options: Options, *, changed: bool, can_write: bool = True, marks_ai: bool = False, highlights: bool = False
) -> tuple[str, ...]:
    """Return the codes of what was not done; nothing for a file that has the same words as before."""
    if not changed:
        return ()
    found = {
        "encoding_changed": not can_write,
        "ai_mark_not_kept": options.mark_ai and not marks_ai,
        "unsure_not_shown": bool(options.unsure) and not highlights,
        "tracking_unsupported": options.track,
    }
    return tuple(code for code, is_so in found.items() if is_so)
