"""PDFium's own calls, as typed functions: the only place that touches its untyped library.

Calls made for each word go through prototypes that take plain integers as addresses: three times cheaper than
through the structures of the generated bindings.
"""

import ctypes
import importlib
from collections.abc import Callable
from typing import Any

_pdfium: Any = importlib.import_module("pypdfium2")  # importing it starts the library
raw: Any = importlib.import_module("pypdfium2.raw")

_ADDRESS = ctypes.c_void_p
_INT = ctypes.c_int

PASSWORD_ERROR = 4
TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
INVISIBLE_MODES = frozenset({3, 7})


def _fast(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a call by addresses to the library's function."""
    address = ctypes.cast(getattr(raw, name), _ADDRESS).value
    prototype: Any = ctypes.CFUNCTYPE(result, *arguments)
    return prototype(address)


loose_box = _fast("FPDFText_GetLooseCharBox", _INT, _ADDRESS, _INT, _ADDRESS)
char_origin = _fast("FPDFText_GetCharOrigin", _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
char_object = _fast("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _INT)
char_matrix = _fast("FPDFText_GetMatrix", _INT, _ADDRESS, _INT, _ADDRESS)
char_unicode = _fast("FPDFText_GetUnicode", ctypes.c_uint, _ADDRESS, _INT)
char_unmapped = _fast("FPDFText_HasUnicodeMapError", _INT, _ADDRESS, _INT)
char_font_size = _fast("FPDFText_GetFontSize", ctypes.c_double, _ADDRESS, _INT)
object_font = _fast("FPDFTextObj_GetFont", _ADDRESS, _ADDRESS)
object_mode = _fast("FPDFTextObj_GetTextRenderMode", _INT, _ADDRESS)
object_type = _fast("FPDFPageObj_GetType", _INT, _ADDRESS)
object_bounds = _fast("FPDFPageObj_GetBounds", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
object_fill = _fast("FPDFPageObj_GetFillColor", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
object_matrix = _fast("FPDFPageObj_GetMatrix", _INT, _ADDRESS, _ADDRESS)
picture_size = _fast("FPDFImageObj_GetImagePixelSize", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
show_object = _fast("FPDFPageObj_SetIsActive", _INT, _ADDRESS, _INT)
path_mode = _fast("FPDFPath_GetDrawMode", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
path_segments = _fast("FPDFPath_CountSegments", _INT, _ADDRESS)
page_object = _fast("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INT)
page_objects = _fast("FPDFPage_CountObjects", _INT, _ADDRESS)
form_object = _fast("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, ctypes.c_ulong)
form_objects = _fast("FPDFFormObj_CountObjects", _INT, _ADDRESS)
font_flags = _fast("FPDFFont_GetFlags", _INT, _ADDRESS)
font_weight = _fast("FPDFFont_GetWeight", _INT, _ADDRESS)


def address(handle: Any) -> int:
    """Return the address held by a handle of the generated bindings."""
    return ctypes.cast(handle, _ADDRESS).value or 0


def font_name(font: int) -> str:
    """Return a font's name, without the tag of its subset."""
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(ctypes.cast(font, raw.FPDF_FONT), buffer, 256)
    name = buffer.value.decode("latin-1")
    return name[7:] if name[6:7] == "+" else name


def wide_string(call: Callable[..., int], *arguments: Any) -> str:
    """Return what a two-step function writes as UTF-16: first its length in bytes, then its content."""
    size = int(call(*arguments, None, 0))
    if size <= 2 or size > 4_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    kind = call.argtypes[len(arguments)]  # pyright: ignore[reportFunctionMemberAccess]
    call(*arguments, ctypes.cast(buffer, kind), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


class Document:
    """An opened document; `data` is kept alive, PDFium reads from it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.handle: Any = raw.FPDF_LoadMemDocument64(data, len(data), None)
        self.error: int = 0 if self.handle else int(raw.FPDF_GetLastError())

    @property
    def opened(self) -> bool:
        """Whether it could be opened without a password."""
        return bool(self.handle)

    @property
    def repaired(self) -> bool:
        """Whether its table of objects was missing or wrong, and was rebuilt."""
        return not raw.FPDF_DocumentHasValidCrossReferenceTable(self.handle)

    def __len__(self) -> int:
        """Count its pages."""
        return int(raw.FPDF_GetPageCount(self.handle))

    def metadata(self, key: str) -> str:
        """Return an entry of its description, such as `Title`."""
        return wide_string(raw.FPDF_GetMetaText, self.handle, key.encode())

    def label(self, index: int) -> str:
        """Return the number printed on a page, when the document tells it."""
        return wide_string(raw.FPDF_GetPageLabel, self.handle, index)

    def page(self, index: int) -> "Page | None":
        """Open a page; None when it cannot be."""
        handle = raw.FPDF_LoadPage(self.handle, index)
        return Page(handle) if handle else None

    def close(self) -> None:
        """Give its memory back."""
        if self.handle:
            raw.FPDF_CloseDocument(self.handle)
            self.handle = None


class Page:
    """An opened page: its frame (left, bottom, right, top, in its own space) and its rotation in degrees."""

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.address = address(handle)
        self.rotation = (int(raw.FPDFPage_GetRotation(handle)) % 4) * 90
        self.width = float(raw.FPDF_GetPageWidthF(handle))
        self.height = float(raw.FPDF_GetPageHeightF(handle))
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(handle, ctypes.byref(box))
        self.frame: tuple[float, float, float, float] = (box.left, box.bottom, box.right, box.top)

    def close(self) -> None:
        """Give its memory back."""
        raw.FPDF_ClosePage(self.handle)

    def bitmap(
        self, width: int, height: int, *, grey: bool, part: tuple[int, int, int, int] | None = None
    ) -> tuple[bytes, int]:
        """Draw the page as displayed, comments left out; return its rows (1 byte a pixel, or 3) and their length.

        With `part` (left, top, right, bottom, in pixels of the whole) only that part is drawn.
        """
        left, top, right, bottom = part or (0, 0, width, height)
        kind = raw.FPDFBitmap_Gray if grey else raw.FPDFBitmap_BGR
        drawn = raw.FPDFBitmap_CreateEx(right - left, bottom - top, kind, None, 0)
        if not drawn:
            raise MemoryError
        try:
            raw.FPDFBitmap_FillRect(drawn, 0, 0, right - left, bottom - top, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(drawn, self.handle, -left, -top, width, height, 0, 0)
            stride = int(raw.FPDFBitmap_GetStride(drawn))
            return ctypes.string_at(raw.FPDFBitmap_GetBuffer(drawn), stride * (bottom - top)), stride
        finally:
            raw.FPDFBitmap_Destroy(drawn)
