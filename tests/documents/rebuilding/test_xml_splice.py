"""XML changed at its places: whatever the text, however it is cut, the rest of the bytes stay."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree  # noqa: ICN001

from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.documents.parsing.archive import Archive, Budget
from chatelet.documents.parsing.limits import DEFAULT
from chatelet.documents.rebuilding.package import pack, written
from chatelet.documents.rebuilding.xml_splice import Node, Scan, escaped, quoted, text_of

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
_TREES = st.recursive(
    st.builds("<{0}/>".format, st.sampled_from(["t", "w:t", "i", "u  a='>'"])) | _TEXT.map(lambda text: escaped(text).decode()),
    lambda inner: st.builds(
        lambda name, told, parts: f"<{name}{told}>{''.join(parts)}</{name} >",
        st.sampled_from(["u", "b", "t"]), st.sampled_from(["", ' a="1/>"', "\n b='\"'"]), st.lists(inner, max_size=4),
    ),
    max_leaves=15,
)  # fmt: skip


class _Marking:
    """Puts an edit around each unit, and checks that its places are those of its bytes."""

    watched = frozenset({"b"})
    units = frozenset({"u"})

    def enter(self, scan: Scan, node: Node) -> None:
        assert scan.raw(node.start, scan.inner(node)).startswith(b"<b")

    def leave(self, scan: Scan, node: Node) -> None:
        assert node.inner_end > node.start

    def unit(self, scan: Scan, node: Node) -> None:
        whole = scan.raw(node.start, node.end)
        root = ElementTree.fromstring(b'<x xmlns:w="w">' + whole + b"</x>")[0]
        assert [inner.name for inner in node.children] == [inner.tag.rpartition("}")[2] for inner in root]
        first = node.children[0].start if node.children else node.inner_end
        told = "" if node.is_empty else scan.text(scan.inner(node), first)
        assert told.replace("\r", "\n") == (root.text or "").replace("\r", "\n")
        scan.replace(node.start, node.start, b"<!--[-->")
        scan.replace(node.end, node.end, b"<!--]-->")


def _cut(data: bytes, size: int) -> Iterator[bytes]:
    yield from (data[place : place + size] for place in range(0, len(data), size))


@settings(max_examples=150, deadline=None)
@given(st.lists(_TREES, max_size=5), st.integers(60, 400))
def test_edits_land_where_they_are_asked(trees: list[str], size: int) -> None:
    data = f"<?xml version='1.0'?><r xmlns:w='w'>{''.join(trees)}</r>".encode()
    out: list[bytes] = []
    scan = Scan(_Marking(), DEFAULT, out.append)
    scan.run(_cut(data, size))
    after = b"".join(out)
    assert after.replace(b"<!--[-->", b"").replace(b"<!--]-->", b"") == data
    assert scan.is_changed == (b"<!--[-->" in after)


@given(st.text())
def test_any_text_is_written_and_read_back(text: str) -> None:
    kept = "".join(
        one
        for one in text
        if one in "\t\n\r" or " " <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one > "\uffff"
    )
    raw = escaped(text)
    assert text_of(raw) == kept
    root = ElementTree.fromstring(b'<a b="' + quoted(text) + b'">' + raw + b"</a>")
    assert (root.text or "") == kept
    assert root.get("b") == kept


def test_members_that_do_not_change_are_copied_as_they_stand() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        stored = zipfile.ZipInfo("mimetype", (2001, 2, 3, 4, 5, 6))
        archive.writestr(stored, b"x/y")
        loud = zipfile.ZipInfo("é.xml", (1999, 12, 31, 23, 59, 58))
        loud.compress_type, loud.comment, loud.external_attr = zipfile.ZIP_DEFLATED, b"said", 0o644 << 16
        archive.writestr(loud, b"<a/>" * 100)
        with archive.open("streamed.xml", "w") as streamed:
            streamed.write(b"<b/>")
    data = out.getvalue()
    after = written(Archive(data, Budget(DEFAULT)), {"streamed.xml": pack(b"<c/>"), "new.xml": pack(b"<d/>")})
    with zipfile.ZipFile(BytesIO(after)) as archive, zipfile.ZipFile(BytesIO(data)) as before:
        assert archive.testzip() is None
        assert archive.namelist() == ["mimetype", "é.xml", "streamed.xml", "new.xml"]
        assert archive.read("streamed.xml") == b"<c/>"
        for name in ("mimetype", "é.xml"):
            old, new = before.getinfo(name), archive.getinfo(name)
            for field in (
                "date_time",
                "compress_type",
                "comment",
                "external_attr",
                "CRC",
                "compress_size",
                "flag_bits",
            ):
                assert getattr(old, field) == getattr(new, field), (name, field)
    assert after.startswith(data[:60])


def test_a_package_written_streaming_loses_its_descriptors_only() -> None:
    class Unseekable(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a/>")
        archive.writestr("b.xml", b"<b/>")
    after = written(Archive(out.getvalue(), Budget(DEFAULT)), {"b.xml": None})
    with zipfile.ZipFile(BytesIO(after)) as archive:
        assert archive.namelist() == ["a.xml"]
        assert archive.read("a.xml") == b"<a/>"
        assert not archive.getinfo("a.xml").flag_bits & 8
