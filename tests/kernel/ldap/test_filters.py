"""Filters and names: what somebody typed stays one value; what is malformed is refused, never repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.kernel.ldap import ber, filters, messages
from chatelet.kernel.ldap.names import escape_value, parts_of, server_at


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("(uid=ada)", "a30a04037569640403616461"),
        ("(uid=*)", "8703756964"),
        ("(uid=\\2a)", "a308040375696404012a"),
        ("(!(uid=a))", "a20aa3080403756964040161"),
        ("(&(uid=a)(uid=*))", "a00fa30804037569640401618703756964"),
        ("(uid=a*b*c)", "a41004037569643009800161810162820163"),
        ("(age>=18)", "a509040361676504023138"),
        ("(m:1.2:=a)", "a90b8103312e32820 16d".replace(" ", "") + "830161"),
    ],
)
def test_a_filter_is_the_bytes_of_the_standard(text: str, written: str) -> None:
    assert filters.encode(text).hex() == written


@pytest.mark.parametrize(
    "text",
    [
        "", "uid=ada", "(uid=ada", "(uid=ada))", "()", "(=x)", "(&)", "(!)", "(!(a=1)(b=2))", "(uid=a\\)", "(uid=\\zz)",
        "(uid>=*)", "(uid=**)", "(:=x)", "(a:1.2:=*)", "(uid=a)(uid=b)", "(" * 60 + "a=1" + ")" * 60, "(a=\0)",
    ],
)  # fmt: skip
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        filters.encode(text)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_one_value(typed: str) -> None:
    """RFC 4515: the filter has the form that its author wrote, and the value is the text itself."""
    try:
        raw = typed.encode()
    except UnicodeEncodeError:
        return
    written = filters.encode(filters.fill("(&(objectClass=person)(uid={name}))", name=typed))
    [(tag, inside)] = ber.elements(written)
    assert tag == 0xA0
    _, (equal, pair) = ber.elements(inside)
    assert equal == 0xA3
    assert [content for _, content in ber.elements(pair)] == [b"uid", raw]


@given(st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable() and text.strip() == text))
def test_whatever_is_typed_is_one_part_of_a_name(typed: str) -> None:
    """RFC 4514: it never becomes another part."""
    assert len(parts_of(f"cn={escape_value(typed)},dc=exemple,dc=fr")) == 3


def test_names_are_compared_as_directories_do() -> None:
    assert parts_of("OU=Lab ,  DC=Fr") == parts_of("ou=lab,dc=fr") == (("ou=lab",), ("dc=fr",))
    assert parts_of("uid=a+cn=b,dc=fr") == parts_of("cn=B+uid=A,dc=FR")
    assert parts_of("cn=Dupont\\, Ada,dc=fr") == parts_of("cn=Dupont\\2c Ada,dc=fr")
    assert [escape_value(value) for value in ("#a", " a ", "a,b", "a\0")] == ["\\#a", "\\ a\\ ", "a\\,b", "a\\00"]


@pytest.mark.parametrize("name", ["", "x", "cn=", "=a", "cn=a,,dc=fr", "c n=a", "cn=a\0"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parts_of(name)


def test_servers_are_read_strictly() -> None:
    assert server_at("ldap://a.fr").address == "ldap://a.fr:389"
    assert server_at("ldaps://[2001:db8::1]").address == "ldaps://[2001:db8::1]:636"
    for wrong in (
        "a.fr",
        "http://a.fr",
        "ldap://",
        "ldap://u:p@a.fr",
        "ldap://a.fr/dc=fr",
        "ldaps://a.fr?x",
        "ldap://a b",
    ):
        with pytest.raises(ValueError, match=r"\w"):
            server_at(wrong)


@pytest.mark.parametrize(("dn", "password"), [("cn=a", ""), ("", "secret"), ("", "")])
def test_a_bind_that_proves_nothing_is_never_written(dn: str, password: str) -> None:
    with pytest.raises(ValueError, match="proves nothing"):
        messages.bind(1, dn, password)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_answer_are_refused(raw: bytes) -> None:
    try:
        messages.read(raw)
    except ber.LdapMalformed:
        return
