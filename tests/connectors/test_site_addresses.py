"""Addresses of a site: one form for one page, never out of bounds, and paths of entries that can be read as files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.connectors.paths import parts_of
from chatelet.connectors.site.addresses import (
    Bounds,
    distinguished,
    entry_path,
    extension_of,
    is_worth_asking,
    likely_extension,
)
from chatelet.kernel.targets import exact

_ORIGIN = "https://www.institut.example"
_BOUNDS = Bounds(_ORIGIN, "")
_BELOW = Bounds(_ORIGIN, "fr/école")


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("b.html", "/a/b.html"),
        ("/b#part", "/b"),
        ("?page=2", "/a/?page=2"),
        ("../c", "/c"),
        ("https://WWW.institut.example:443/x", "/x"),
        ("//www.institut.example/x", "/x"),
        ("/é è.html", "/%C3%A9%20%C3%A8.html"),
        ("/%c3%a9", "/%C3%A9"),
        ("/50%/x", "/50%25/x"),
        ("/x?utm_source=a&id=3&fbclid=b", "/x?id=3"),
        ("/x;jsessionid=A1B2?sid=3", "/x"),
        ("/x?", "/x"),
        (" /x\n", "/x"),
        ("", "/a/"),
        ("/../../x", "/x"),
    ],
)
def test_one_form_for_one_page(href: str, target: str) -> None:
    assert _BOUNDS.target("/a/", href) == target


@pytest.mark.parametrize(
    "href",
    [
        "http://www.institut.example/x",
        "https://institut.example/x",
        "https://www.institut.example.evil.example/x",
        "https://www.institut.example@evil.example/x",
        "https://user@www.institut.example/x",
        "https://www.institut.example:8443/x",
        "//evil.example/x",
        "\\\\evil.example\\x",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "data:text/html,x",
        "file:///etc/passwd",
        "/a/%2e%2e/b",
        "/..%2fx/../y%5c..%5cz",
        "http://[x",
        "/" + "x" * 1_000,
    ],
)
def test_what_leads_elsewhere(href: str) -> None:
    assert _BOUNDS.target("/a/", href) is None


@pytest.mark.parametrize("href", ["/fr/%C3%A9cole", "/fr/école/", "x", "/fr/%c3%a9cole/x?y=1"])
def test_what_is_below_a_prefix(href: str) -> None:
    assert _BELOW.target("/fr/%C3%A9cole/", href)


@pytest.mark.parametrize("href", ["/", "/fr/", "/fr/écoles", "..", "/en/école/x"])
def test_what_is_not_below_a_prefix(href: str) -> None:
    assert _BELOW.target("/fr/%C3%A9cole/", href) is None


@given(st.text(max_size=60))
def test_any_link_stays_on_the_origin_in_one_form(href: str) -> None:
    target = _BOUNDS.target("/a/b", href)
    if target is None:
        return
    assert str(exact(_ORIGIN, target).origin()) == _ORIGIN
    assert _BOUNDS.target("/", target) == target, "the form of a form is itself"
    for extension in ("html", "pdf"):
        path = entry_path(target, extension)
        assert parts_of(path)
        assert path.endswith(f".{extension}") or (
            extension == "html" and path.lower().endswith((".htm", ".xhtml", ".html"))
        )


@pytest.mark.parametrize(
    ("target", "extension", "path"),
    [
        ("/", "html", "index.html"),
        ("/fr/", "html", "fr/index.html"),
        ("/fr/d%C3%A9crets", "html", "fr/décrets.html"),
        ("/a.html", "html", "a.html"),
        ("/a.htm", "html", "a.htm"),
        ("/a.php?id=3&p=x/y", "html", "a.php?id=3&p=x%2Fy.html"),
        ("/f/doc.PDF", "pdf", "f/doc.PDF"),
        ("/download/12", "pdf", "download/12.pdf"),
        ("/a//b", "html", "a/b.html"),
        ("/a%2Fb", "html", "a%2Fb.html"),
        ("/a%00b", "html", "a%00b.html"),
        ("/%FF", "html", "%FF.html"),
        ("/pdf", "pdf", "pdf.pdf"),
    ],
)
def test_paths_of_entries(target: str, extension: str, path: str) -> None:
    assert entry_path(target, extension) == path


def test_long_addresses_have_paths_of_their_own() -> None:
    deep = "/" + "/".join("d" for _ in range(80))
    assert entry_path(deep, "html").endswith(".html")
    assert entry_path(deep, "html") != entry_path(deep + "e", "html")
    assert distinguished("a/b.html", "/x") != distinguished("a/b.html", "/y")
    assert len(distinguished("é" * 1_020 + ".pdf", "/x")) <= 1_024


@pytest.mark.parametrize(
    ("target", "content_type", "extension"),
    [
        ("/x", "text/html", "html"),
        ("/x.pdf", "application/octet-stream", "pdf"),
        ("/x.docx", "", "docx"),
        ("/x.html", "application/octet-stream", None),
        ("/x.pdf", "image/png", None),
        ("/x.doc", "application/msword", None),
        ("/x", "", None),
    ],
)
def test_kinds_that_are_read(target: str, content_type: str, extension: str | None) -> None:
    assert extension_of(target, content_type) == extension
    assert likely_extension("/a/b.pdf?x=1") == "pdf"
    assert likely_extension("/a/b") == "html"


def test_what_is_not_worth_asking() -> None:
    for target in ("/a.jpg", "/x/style.CSS", "/a/b/a/b/a/b/a/b", "/feed.rss?x=1"):
        assert not is_worth_asking(target)
    for target in ("/", "/a.jpg/", "/a/a/a", "/x?file=a.jpg", "/a.pdf"):
        assert is_worth_asking(target)
