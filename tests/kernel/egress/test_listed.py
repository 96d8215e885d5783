"""Every unsafe form is refused, ordinary addresses pass, and nothing is contacted (`chatelet eval egress`, TA-061)."""

import socket
from ipaddress import ip_address
from pathlib import Path

import pytest

from chatelet.__main__ import main
from chatelet.kernel.egress import targets
from chatelet.kernel.egress.addresses import judge
from chatelet.kernel.egress.listed import verdict, verdicts
from chatelet.kernel.egress.reasons import AddressRefused

SETS = Path(__file__).resolve().parents[3] / "evals" / "egress"


def addresses_of(name: str) -> list[bytes]:
    lines = (SETS / name).read_bytes().split(b"\n")
    return [line for line in lines if line.strip() and not line.startswith(b"#")]


@pytest.mark.parametrize(("name", "word", "least"), [("blocked.txt", "BLOCK", 400), ("allowed.txt", "ALLOW", 140)])
def test_the_development_set_is_judged_without_a_fault(name: str, word: str, least: int) -> None:
    told = list(verdicts((SETS / name).read_bytes()))
    written = addresses_of(name)
    assert len(told) == len(written) >= least
    wrong = [(line, given) for line, given in zip(written, told, strict=True) if given.split()[0] != word]
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("redirect+http://127.0.0.1/", "scheme"),
        ("http://127.1/", "odd_ipv4"),
        ("http://127.0.0.1/", "loopback"),
        ("http://169.254.169.254/", "metadata"),
        ("http://[::ffff:127.0.0.1]/", "translated"),
        ("http://[64:ff9b::7f00:1]/", "translated"),
        ("http://[2002:7f00:1::]/", "tunnel"),
        ("http://[fe80::1%25eth0]/", "odd_ipv6"),
        ("http://example.org@127.0.0.1/", "userinfo"),
        ("http://example.org#@127.0.0.1/", "ambiguous"),
        ("http://example.org\\@127.0.0.1/", "backslash"),
        ("http://exam\nple.org/", "control_character"),
        ("http://exam\u200bple.org/", "invisible_character"),
        ("http://①②⑦.0.0.1/", "unicode_host"),
        ("http://pаypal.com/", "unicode_host"),
        ("http://%6cocalhost/", "percent_in_host"),
        ("http://metadata.google.internal/", "metadata"),
        ("http://printer/", "internal_name"),
        ("http://10.0.0.1.nip.io/", "address_in_name"),
        ("http://example.org:25/", "port"),
        ("http://example.org./", "trailing_dot"),
        ("https://example.org/?to=http%3A%2F%2F127.0.0.1", "leads_inside"),
        ("//evil.example.org", "scheme"),
    ],
)
def test_the_rule_that_refuses_is_told(address: str, reason: str) -> None:
    assert verdict(address) == f"BLOCK {reason}"


def test_lines_are_told_one_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Separators that Python takes for line ends are characters of an address; empty lines and comments are not told."""
    file = tmp_path / "urls.txt"
    file.write_bytes(
        b"\xef\xbb\xbfhttps://example.org/\r\n\n# why\nhttp://a\x0b.example.org\nhttp://a\xe2\x80\xa8b.org\n\xff\n8.8.8.8"
    )
    assert main(["eval", "egress", "--input", str(file)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "ALLOW public_name",
        "BLOCK control_character",
        "BLOCK whitespace",
        "BLOCK control_character",
        "BLOCK scheme",
    ]


def test_nothing_is_resolved_nor_contacted(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_arguments: object, **_options: object) -> None:
        raise AssertionError("something was contacted")

    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    assert len(list(verdicts((SETS / "allowed.txt").read_bytes()))) > 100


def test_what_is_contacted_is_what_was_read() -> None:
    target = targets.read("HTTPS://Académie-Française.FR:8443/a é?q=œ#part".replace(" ", "%20"))
    assert (target.scheme, target.host, target.port) == ("https", "xn--acadmie-franaise-npb1a.fr", 8443)
    assert target.path == "/a%20%C3%A9?q=%C5%93"
    assert targets.read("http://8.8.8.8:80").url == "http://8.8.8.8/"
    assert targets.read("http://[2A00:1450:4007:80F:0::200E]").url == "http://[2a00:1450:4007:80f::200e]/"


@pytest.mark.parametrize(
    "location",
    ["http://10.0.0.1/", "//127.0.0.1/", "gopher://example.org/", "/\tx", "\\\\evil", "http://user@example.org/"],
)
def test_a_redirect_is_read_by_the_same_rules(location: str) -> None:
    with pytest.raises(AddressRefused):
        targets.redirected(targets.read("http://example.org/a/b"), location)


def test_a_redirect_may_be_relative_and_never_leaves_tls() -> None:
    start = targets.read("https://example.org/a/b?q")
    assert targets.redirected(start, "../c").url == "https://example.org/c"
    assert targets.redirected(start, "//example.com/").url == "https://example.com/"
    with pytest.raises(AddressRefused, match="downgrade"):
        targets.redirected(start, "http://example.org/")


def test_addresses_at_both_ends_of_each_range() -> None:
    refused = (
        "0.255.255.255 10.255.255.255 100.64.0.0 100.127.255.255 127.255.255.255 169.254.0.0 172.16.0.0 172.31.255.255"
        " 192.168.255.255 198.18.0.0 198.19.255.255 224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.255"
        " :: ::1 ::ffff:1.1.1.1 64:ff9b::1.1.1.1 2001:: 2001:1ff:ffff:: 2001:db8:ffff::1 2002:: fc00:: fdff::1 fe80::"
        " febf::1 fec0:: ff00:: 1fff:: 4000::"
    )
    public = (
        "1.0.0.0 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0"
        " 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255"
        " 2001:200:: 2001:db7:ffff:: 2001:db9:: 2003:: 2a00:: 2606:4700::"
    )
    assert not [text for text in refused.split() if judge(ip_address(text)) is None]
    assert not [text for text in public.split() if judge(ip_address(text)) is not None]
