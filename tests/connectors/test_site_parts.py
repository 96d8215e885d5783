"""What a site says to whoever reads it: pages, sitemaps, robots.txt; read whatever the cut, bounded, in linear time."""

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.connectors.contract import PlaceRefused
from chatelet.connectors.site.frontier import Frontier, Visit
from chatelet.connectors.site.page import Page, read_page
from chatelet.connectors.site.rules import Rules
from chatelet.connectors.site.sitemaps import Sitemap
from chatelet.connectors.xml import NotXml

_PAGE = """<!doctype html><html><head><base href="/base/"><link rel="canonical" href='/c?a=1&amp;b=2'>
<meta name=description content="noindex"></head><body>
<!-- <a href="/commented"> --><script>var a = '<a href="/program">';</script><style>a{}</style>
<A HREF=/plain CLASS=x>1</A> <a class="y" href=" /spaced ">2</a> <a data-href="/not" href='/quoted'>3</a>
<a rel="nofollow external" href="/unfollowed">4</a><area href="/area"><iframe src="/frame"></iframe>
<a name="here">5</a><a href="">6</a><a href="/été">7</a></body>"""


def test_what_a_page_says() -> None:
    page = read_page(_PAGE.encode())
    assert page.links == ("/plain", "/spaced", "/quoted", "/area", "/frame", "/été")
    assert (page.base, page.canonical, page.noindex, page.nofollow) == ("/base/", "/c?a=1&b=2", False, False)


@pytest.mark.parametrize(
    ("head", "header", "noindex", "nofollow"),
    [
        ('<meta name="robots" content="noindex, follow">', "", True, False),
        ("<META CONTENT='NOFOLLOW' NAME='ROBOTS'>", "", False, True),
        ('<meta name="robots" content="none">', "", True, True),
        ('<meta name="googlebot" content="noindex">', "", False, False),
        ("", "noindex", True, False),
        ("", "noarchive, nofollow", False, True),
        ("", "googlebot: noindex, nofollow", False, False),
        ("", "googlebot: nofollow, chatelet: noindex", True, False),
        ("", "max-snippet: 20, noindex", True, False),
    ],
)
def test_what_a_page_wishes(head: str, header: str, noindex: bool, nofollow: bool) -> None:
    page = read_page(f'{head}<a href="/x">'.encode(), "", header)
    assert (page.noindex, page.nofollow) == (noindex, nofollow)
    assert page.links == (() if nofollow else ("/x",))


def test_where_a_page_sends_its_readers() -> None:
    for content in ("0;url=/fr/", "0; URL='/fr/'", "5;Url = /fr/"):
        assert read_page(f'<meta http-equiv="Refresh" content="{content}">'.encode()).links == ("/fr/",)
    assert read_page(b'<meta http-equiv="refresh" content="30">').links == ()


def test_characters_are_those_that_are_declared() -> None:
    link = '<a href="/décret">'
    assert read_page(link.encode("latin-1"), "text/html; charset=iso-8859-1").links == ("/décret",)
    assert read_page(b'<meta charset="cp1252">' + link.encode("cp1252")).links == ("/décret",)
    assert read_page(link.encode(), "text/html; charset=nonsense").links == ("/décret",)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_page(data: bytes) -> None:
    assert isinstance(read_page(data), Page)


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<a href=",
        "<!--",
        "<!-- -->",
        "<script",
        '<a href="',
        "<a href='x' ",
        "<a" + " " * 50,
        "İ<a>",
        "<meta x=",
    ],
)
def test_hostile_pages_take_linear_time(piece: str) -> None:
    text = (piece * (2_000_000 // len(piece))).encode()
    begun = time.process_time()
    read_page(text)
    assert time.process_time() - begun < 5


_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="urn:image">
<url><loc> https://x.example/a?b=1&amp;c=2 </loc><image:image><image:loc>https://x.example/i.png</image:loc></image:image></url>
<url><loc>https://x.example/é</loc><lastmod>2026-01-01</lastmod></url></urlset>""".encode()
_INDEX = b"<sitemapindex><sitemap><loc>/one.xml</loc></sitemap><sitemap><loc>/two.xml</loc></sitemap></sitemapindex>"


def _read(*pieces: bytes) -> Sitemap:
    machine = Sitemap()
    for piece in pieces:
        machine.feed(piece)
    machine.flush()
    return machine


def test_sitemaps_whatever_the_cut() -> None:
    for data in (_SITEMAP, gzip.compress(_SITEMAP)):
        for at in range(1, len(data)):
            assert _read(data[:at], data[at:]).pages == ["https://x.example/a?b=1&c=2", "https://x.example/é"]
    assert _read(_INDEX).sitemaps == ["/one.xml", "/two.xml"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html/>",
        _SITEMAP[:-5],
        gzip.compress(_SITEMAP)[:-5],
        b"\x1f\x8bnonsense",
        b"<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset>&a;</urlset>",
        gzip.compress(b"<urlset>" + b"<x>y</x>" * 20_000_000 + b"</urlset>", 1),
    ],
    ids=["empty", "page", "cut", "cut gzip", "no gzip", "entity", "bomb"],
)
def test_what_is_no_sitemap(data: bytes) -> None:
    with pytest.raises(NotXml):
        _read(*(data[at : at + 65_536] for at in range(0, len(data), 65_536)))


_ORIGIN = "https://x.example"


def test_robots_as_the_standard_says() -> None:
    rules = Rules(
        "User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*?print=\nDisallow: /*.docx$\nCrawl-delay: 2\n"
        "Sitemap: https://x.example/map.xml\nUser-agent: Other\nDisallow: /\n",
        _ORIGIN,
    )
    assert [
        rules.allow(one) for one in ("/", "/private/a", "/private/open/a", "/a?print=1", "/a.docx", "/a.docx?b=1")
    ] == [
        True,
        False,
        True,
        False,
        False,
        True,
    ]
    assert (rules.pause, rules.sitemaps) == (2.0, ("https://x.example/map.xml",))
    assert not Rules("User-agent: Chatelet\nDisallow: /\nUser-agent: *\nAllow: /", _ORIGIN).allow("/x")
    assert Rules("", _ORIGIN).allow("/x")
    assert Rules("User-agent: *\nRequest-rate: 1/10", _ORIGIN).pause == 10
    with pytest.raises(PlaceRefused):
        _ = Rules("User-agent: *\nCrawl-delay: 86400", _ORIGIN).pause


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_any_text_is_rules(text: str) -> None:
    for written in (text, f"User-agent: *\nCrawl-delay: {text}\nDisallow: {text}\nRequest-rate: {text}"):
        rules = Rules(written, _ORIGIN)
        assert rules.allow("/x?y=z") in {True, False}
        try:
            assert rules.pause >= 0
        except PlaceRefused:
            continue


def test_hostile_rules_take_linear_time() -> None:
    rules = Rules("User-agent: *\n" + ("Disallow: /" + "*a" * 200 + "b\n") * 200, _ORIGIN)
    begun = time.process_time()
    assert rules.allow("/" + "a" * 900)
    assert time.process_time() - begun < 1


def test_the_queue_has_no_repeats_and_an_end() -> None:
    frontier = Frontier(1)
    assert frontier.add(Visit("/a", 0))
    assert not frontier.add(Visit("/a", 1))
    added = sum(frontier.add(Visit(f"/calendar?day={number}", 1)) for number in range(1_000))
    assert added == 200
    added += sum(frontier.add(Visit(f"/{number}", 1)) for number in range(10_000))
    assert added == 101 * 20 - 1
    first = frontier.next()
    assert first is not None
    frontier.again(first)
    taken = 0
    while (visit := frontier.next()) is not None:
        taken += 1
        last = visit
    assert taken == added + 1
    assert last == Visit("/a", 0, last=True)
