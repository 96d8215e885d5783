"""Search filters (RFC 4515): from the text that administrators write to the bytes that servers read.

(&(objectClass=person)(uid={name}))   `{name}` is what somebody typed: always one value, whatever is in it
"""

import re
from typing import Final

from chatelet.kernel.ldap import ber

_AND, _OR, _NOT, _EQUAL, _PARTS, _AT_LEAST, _AT_MOST, _PRESENT, _LIKE, _RULE = range(0xA0, 0xAA)
_COMPARISONS: Final = {">=": _AT_LEAST, "<=": _AT_MOST, "~=": _LIKE, "=": _EQUAL}
_ITEM: Final = re.compile(r"([A-Za-z0-9.;-]*)((?::dn)?(?::[A-Za-z0-9.-]+)?)(:=|>=|<=|~=|=)([^()]*)", re.DOTALL)
_ESCAPED: Final = re.compile(rb"\\([0-9A-Fa-f]{2})")
_PLAIN: Final = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@")
_DEEPEST: Final = 20
_LONGEST: Final = 20_000


def escape(value: str | bytes) -> str:
    """Write a value inside a filter: all but letters, figures and `._-@` as bytes in hexadecimal."""
    raw = value.encode() if isinstance(value, str) else value
    return "".join(chr(byte) if byte in _PLAIN else f"\\{byte:02x}" for byte in raw)


def fill(template: str, **values: str) -> str:
    """Put values in a template; each stays one value."""
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", escape(value))
    return template


def both(*filters: str) -> str:
    """Return the filter that wants all of them."""
    return filters[0] if len(filters) == 1 else f"(&{''.join(filters)})"


def encode(text: str) -> bytes:
    """Return the bytes of a filter; raise `ValueError` when it is none."""
    if len(text) > _LONGEST or "\0" in text:
        raise ValueError("too long, or not a text")
    written, end = _read(text.strip(), 0, _DEEPEST)
    if end != len(text.strip()):
        raise ValueError("something stands after the filter")
    return written


def _read(text: str, at: int, depth: int) -> tuple[bytes, int]:
    """Read the filter that begins at `at`; return its bytes, and where it ends."""
    if depth == 0 or text[at : at + 1] != "(":
        raise ValueError("an opening parenthesis is expected")
    sign = text[at + 1 : at + 2]
    if sign in ("&", "|", "!") and sign:
        written, at = _read_group(text, at + 2, sign, depth)
    else:
        found = _ITEM.match(text, at + 1)
        if found is None:
            raise ValueError("attribute=value is expected")
        written, at = _item(*found.groups()), found.end()
    if text[at : at + 1] != ")":
        raise ValueError("a closing parenthesis is expected")
    return written, at + 1


def _read_group(text: str, at: int, sign: str, depth: int) -> tuple[bytes, int]:
    inside: list[bytes] = []
    while text[at : at + 1] == "(":
        one, at = _read(text, at, depth - 1)
        inside.append(one)
    if not inside or (sign == "!" and len(inside) > 1):
        raise ValueError("a filter is expected inside")
    return ber.sequence(*inside, tag={"&": _AND, "|": _OR, "!": _NOT}[sign]), at


def _item(attribute: str, rule: str, comparison: str, value: str) -> bytes:
    if comparison == ":=":
        return _by_rule(attribute, rule, value)
    if not attribute or rule:
        raise ValueError("an attribute is expected")
    if comparison == "=" and value == "*":
        return ber.octets(attribute.encode(), 0x87)
    if comparison == "=" and "*" in value:
        return _by_parts(attribute, value)
    if "*" in value:
        raise ValueError("a value without * is expected")
    tag = _COMPARISONS[comparison]
    return ber.sequence(ber.octets(attribute.encode()), ber.octets(_value(value)), tag=tag)


def _by_parts(attribute: str, value: str) -> bytes:
    first, *middle, last = value.split("*")
    parts = [(0x80, first), *((0x81, one) for one in middle), (0x82, last)]
    written = [ber.octets(_value(one), tag) for tag, one in parts if one]
    if not written:
        raise ValueError("a part of the value is expected")
    return ber.sequence(ber.octets(attribute.encode()), ber.sequence(*written), tag=_PARTS)


def _by_rule(attribute: str, rule: str, value: str) -> bytes:
    """Write a matching rule: `(member:1.2.840.113556.1.4.1941:=cn=…)`."""
    if "*" in value or (not attribute and not rule):
        raise ValueError("a rule, or an attribute, is expected")
    in_names = rule.startswith(":dn")
    named = rule.removeprefix(":dn").removeprefix(":")
    parts = [ber.octets(named.encode(), 0x81)] if named else []
    parts += [ber.octets(attribute.encode(), 0x82)] if attribute else []
    parts += [ber.octets(_value(value), 0x83)]
    parts += [ber.octets(b"\xff", 0x84)] if in_names else []
    return ber.sequence(*parts, tag=_RULE)


def _value(text: str) -> bytes:
    raw = text.encode()
    if raw.count(b"\\") != len(_ESCAPED.findall(raw)):
        raise ValueError("a backslash is written \\5c")
    return _ESCAPED.sub(lambda pair: bytes.fromhex(pair[1].decode()), raw)
