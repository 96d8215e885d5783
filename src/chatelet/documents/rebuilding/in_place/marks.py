"""What the document says of itself once its words changed: language, title, outline, what a machine wrote, doubts."""

from collections.abc import Mapping
from typing import Any, Final, cast

import pikepdf

from chatelet.documents.composing.blocks import AI_NOTICE, AI_PROPERTY
from chatelet.documents.parsing.pdf.characters import Frame
from chatelet.documents.rebuilding.contract import Options
from chatelet.documents.rebuilding.in_place.survey import Box

_MOST_ENTRIES: Final = 5_000  # of an outline
_YELLOW: Final = (1.0, 0.94, 0.55)


def describe(pdf: pikepdf.Pdf, options: Options, said: Mapping[str, str]) -> None:
    """Say the language and, when asked, that a machine wrote; `said`: headings as they were, as they are."""
    if options.language:
        pdf.Root["/Lang"] = pikepdf.String(options.language)
    info = pdf.docinfo
    title = " ".join(str(info.get("/Title", "")).split())
    if title in said:
        info["/Title"] = pikepdf.String(said[title])
    if options.mark_ai:
        notice = AI_NOTICE["fr" if (options.language or "").startswith("fr") else "en"]
        known = str(info.get("/Keywords", ""))
        info["/Keywords"] = pikepdf.String("; ".join(filter(None, (known, f"{AI_PROPERTY}=true"))))
        info["/Subject"] = pikepdf.String("; ".join(filter(None, (str(info.get("/Subject", "")), notice))))
    if "/Metadata" in pdf.Root:
        _tell_xmp(pdf, options, title, said)
    _outline(pdf, said)


def unsign(pdf: pikepdf.Pdf) -> bool:
    """Take the electronic signatures out: what they signed is no more. Tell whether there were any."""
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    left = list(cast("Any", fields)) if isinstance(fields, pikepdf.Array) else []
    found = False
    for _ in range(_MOST_ENTRIES):
        if not left:
            break
        field = left.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        if field.get("/FT") == pikepdf.Name("/Sig") and "/V" in field:
            del field["/V"]
            found = True
        kids = field.get("/Kids")
        left += list(cast("Any", kids)) if isinstance(kids, pikepdf.Array) else []
    if found and isinstance(form, pikepdf.Dictionary) and "/SigFlags" in form:
        del form["/SigFlags"]
    if "/Perms" in pdf.Root:
        del pdf.Root["/Perms"]
    return found


def highlight(pdf: pikepdf.Pdf, page: pikepdf.Page, frame: Frame, box: Box, words: str) -> None:
    """Mark a box for a reader, as a comment of the highlighting kind."""
    left, top, right, bottom = box
    x0, y0, x1, y1 = left + frame.left, frame.top - bottom, right + frame.left, frame.top - top
    colour = " ".join(map(str, _YELLOW))
    painted = f"/Through gs {colour} rg {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f\n"
    drawn = pikepdf.Stream(pdf, painted.encode())
    drawn.stream_dict["/Type"] = pikepdf.Name("/XObject")
    drawn.stream_dict["/Subtype"] = pikepdf.Name("/Form")
    drawn.stream_dict["/BBox"] = pikepdf.Array([x0, y0, x1, y1])
    through = pikepdf.Dictionary(Type=pikepdf.Name("/ExtGState"), BM=pikepdf.Name("/Multiply"))
    drawn.stream_dict["/Resources"] = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(Through=through))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name("/Annot"),
        Subtype=pikepdf.Name("/Highlight"),
        Rect=pikepdf.Array([x0, y0, x1, y1]),
        QuadPoints=pikepdf.Array([x0, y1, x1, y1, x0, y0, x1, y0]),
        C=pikepdf.Array(list(_YELLOW)),
        Contents=pikepdf.String(words),
        F=4,
        AP=pikepdf.Dictionary(N=drawn),
    )
    known = page.obj.get("/Annots")
    notes = pikepdf.Array(list(cast("Any", known))) if isinstance(known, pikepdf.Array) else pikepdf.Array()
    notes.append(pdf.make_indirect(note))
    page.obj["/Annots"] = notes


def _tell_xmp(pdf: pikepdf.Pdf, options: Options, title: str, said: Mapping[str, str]) -> None:
    """Keep the other description in step; one that cannot be read is left as it is."""
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            if title in said:
                told["dc:title"] = said[title]
            if options.language:
                told["dc:language"] = [options.language]
            if options.mark_ai:
                told["pdf:Keywords"] = str(pdf.docinfo["/Keywords"])
    except Exception:  # noqa: BLE001 - whatever somebody else's XML made a parser do: the other one says it
        return


def _outline(pdf: pikepdf.Pdf, said: Mapping[str, str]) -> None:
    """Translate the entries of the outline that are headings of the document."""
    root = pdf.Root.get("/Outlines")
    left = [root.get("/First")] if isinstance(root, pikepdf.Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while left and len(seen) < _MOST_ENTRIES:
        entry = left.pop()
        if not isinstance(entry, pikepdf.Dictionary) or entry.objgen in seen:
            continue
        seen.add(entry.objgen)
        title = " ".join(str(entry.get("/Title", "")).split())
        if title in said:
            entry["/Title"] = pikepdf.String(said[title])
        left += [entry.get("/First"), entry.get("/Next")]
