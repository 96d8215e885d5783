"""What a host may be called: one writing for each, and no name that leads inside whatever it resolves to.

Names in other scripts follow IDNA 2008 (RFC 5891) as written, with two more rules: one script to a label, and no label
that a reader takes for another (Unicode TS 39, after what browsers do). Anything that another parser could read
otherwise is refused rather than mended.
"""

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

import idna

from chatelet.kernel.egress.addresses import Address, judge
from chatelet.kernel.egress.reasons import AddressRefused, Reason

_LONGEST_NAME: Final = 253
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_QUAD: Final = re.compile(r"(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}")
_INSIDE: Final = re.compile(r"(?<![0-9])([0-9]{1,3})[.-]([0-9]{1,3})[.-]([0-9]{1,3})[.-]([0-9]{1,3})(?![0-9])")
_HEXADECIMAL: Final = re.compile(r"(?:^|[.-])(?:0x)?([0-9a-f]{8})(?=[.-])")
_IN_HEXADECIMAL: Final = frozenset({"7f000001", "a9fea9fe", "00000000"})
_TOP: Final = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")

# Top-level names that are not of the public DNS (RFC 6761, 6762, 8375, ICANN's .internal) or that networks use inside.
_INTERNAL_TOPS: Final = frozenset(
    "localhost local localdomain internal intranet intra lan home corp private priv test invalid onion arpa alt i2p"
    " consul cluster svc default docker kube workgroup belkin router dlink loc localnet".split()
)
_INTERNAL_LABELS: Final = frozenset({"localhost", "localhost6", "ip6-localhost", "ip6-loopback", "localdomain"})
_METADATA_NAMES: Final = frozenset(
    "metadata.google.internal metadata.goog metadata.tencentyun.com metadata.azure.internal metadata.azure.com"
    " instance-data.ec2.internal metadata.oraclecloud.com metadata.platformequinix.com metadata.packet.net"
    " metadata.hetzner.cloud metadata.ovh.net".split()
)
# Public names that lead to this machine or to whatever address is written in them.
_LEADING_INSIDE: Final = frozenset(
    "nip.io sslip.io xip.io xip.name ip6.name traefik.me backname.io localtest.me lvh.me vcap.me lacolhost.com"
    " fuf.me local.gd localho.st localh.st lcl.host localdev.me localdomain.pw ulh.us ulh.io yoogle.com"
    " 1u.ms rbndr.us rebind.network lock.cmpxchg8b.com rebind.it rebinder.net rebindtest.com"
    " spoofed.burpcollaborator.net bugbounty.dod.network 127-0-0-1.org.uk loopback.jp"
    " smackaho.st beweb.com zlocal.net local.computer readme.io.localhost ipq.co getlocalcert.net".split()
)
# Letters of other scripts that a reader takes for Latin ones: a label made of these alone imitates one.
_LIKE_LATIN: Final = frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡӓӧӱ" + "αγικνορτυωχϲϳ" + "օսոցհԁզսյ")
_LATIN: Final = re.compile(r"[a-z0-9_\u00df-\u00f6\u00f8-\u017e\u1e01-\u1ef9-]")


def read_host(written: str) -> tuple[str, Address | None]:
    """Return a host in its one form, with the address when it is one. Raises `AddressRefused`."""
    if written.startswith("["):
        return _read_ipv6(written)
    if "%" in written:
        raise AddressRefused(Reason.PERCENT_IN_HOST)
    host = written.lower() if written.isascii() else _to_ascii(written)
    if host.endswith("."):
        raise AddressRefused(Reason.TRAILING_DOT)
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _read_ipv4(host)
    if len(host) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(Reason.HOST)
    _judge_name(host, labels)
    for label in labels:
        if label.startswith("xn--"):
            _check_encoded(label, labels[-1])
    return host, None


def _read_ipv4(host: str) -> tuple[str, Address]:
    """Read four decimal numbers; octal, hexadecimal and short forms are refused, whatever they mean."""
    if not _QUAD.fullmatch(host):
        raise AddressRefused(Reason.ODD_IPV4)
    try:
        address = IPv4Address(host)
    except AddressValueError:
        raise AddressRefused(Reason.ODD_IPV4) from None
    return _judged(address)


def _read_ipv6(written: str) -> tuple[str, Address]:
    inside = written[1:-1]
    if not written.endswith("]") or not re.fullmatch(r"[0-9A-Fa-f:.]+", inside):
        raise AddressRefused(Reason.ODD_IPV6)
    try:
        address = IPv6Address(inside)
    except AddressValueError:
        raise AddressRefused(Reason.ODD_IPV6) from None
    return _judged(address)


def _judged(address: Address) -> tuple[str, Address]:
    reason = judge(address)
    if reason is not None:
        raise AddressRefused(reason)
    return (f"[{address}]" if isinstance(address, IPv6Address) else str(address)), address


def _to_ascii(written: str) -> str:
    """Encode a name of another script; refuse what maps to ASCII, imitates it, or mixes scripts."""
    if any(_hides_ascii(character) for character in written):
        raise AddressRefused(Reason.UNICODE_HOST)
    lowered = unicodedata.normalize("NFC", written.lower())
    labels = lowered.split(".")
    for label in labels:
        _check_script(label, labels[-1])
    try:
        return ".".join(label if label.isascii() else idna.alabel(label).decode("ascii") for label in labels)
    except (idna.IDNAError, UnicodeError):
        raise AddressRefused(Reason.UNICODE_HOST) from None


def _hides_ascii(character: str) -> bool:
    """Tell whether a character is ASCII, a digit or a dot under another form (①, ｅ, K, ०, 。)."""
    if character.isascii():
        return False
    folded = unicodedata.normalize("NFKC", character).lower()
    is_dot = character in "\u3002\uff0e\uff61\u2024\u00b7\u0701\u0702\u06d4\ua4f8"
    return folded.isascii() or is_dot or unicodedata.decimal(character, None) is not None


def _check_encoded(label: str, top: str) -> None:
    """Hold a label in Punycode to the same rules as in letters."""
    try:
        decoded = idna.ulabel(label)
    except (idna.IDNAError, UnicodeError):
        raise AddressRefused(Reason.UNICODE_HOST) from None
    if decoded.isascii() or any(_hides_ascii(character) for character in decoded):
        raise AddressRefused(Reason.UNICODE_HOST)
    _check_script(decoded, top)


def _check_script(label: str, top: str) -> None:
    """Refuse a label of several scripts, or one that imitates another; `top` is the last label of the name."""
    if label.isascii():
        return
    letters = [character for character in label if character.isalpha()]
    scripts = {_script(character) for character in letters}
    if len(scripts - _TOGETHER) > 1 or (_TOGETHER & scripts and scripts - _EAST_ASIAN):
        raise AddressRefused(Reason.UNICODE_HOST)
    if "LATIN" in scripts:  # in its composed form, no European label keeps a mark apart from its letter
        imitates = any(unicodedata.combining(character) for character in label) or any(
            _script(letter) == "LATIN" and not _is_plain_latin(letter, top) for letter in letters
        )
    else:  # a whole label of letters that look Latin, under a name that is not of their script
        under_own = not top.isascii() or top.startswith("xn--")
        imitates = not under_own and all(letter in _LIKE_LATIN for letter in letters)
    if imitates:
        raise AddressRefused(Reason.UNICODE_HOST)


def _is_plain_latin(letter: str, top: str) -> bool:
    """Tell a letter of a European language or of Vietnamese from small capitals and phonetics (ɢ, ɑ)."""
    return _LATIN.fullmatch(letter) is not None and (letter not in "ıĸŀſ" or top in {"tr", "az"})


# Scripts that are written in one label with each other, and with Latin letters (Japanese, Korean, Chinese).
_TOGETHER: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"})
_EAST_ASIAN: Final = _TOGETHER | {"LATIN"}


def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").split(" ", maxsplit=1)[0]


def _judge_name(host: str, labels: list[str]) -> None:
    if host in _METADATA_NAMES:
        raise AddressRefused(Reason.METADATA)
    if any(".".join(labels[at:]) in _LEADING_INSIDE for at in range(len(labels))):
        raise AddressRefused(Reason.HIDDEN_ADDRESS)
    if len(labels) < 2 or labels[-1] in _INTERNAL_TOPS or not _INTERNAL_LABELS.isdisjoint(labels):
        raise AddressRefused(Reason.INTERNAL_NAME)
    if not _TOP.fullmatch(labels[-1]):
        raise AddressRefused(Reason.HOST)
    if _holds_address(host):
        raise AddressRefused(Reason.HIDDEN_ADDRESS)


def _holds_address(host: str) -> bool:
    """Tell whether an address that is not public is written in a name: 127.0.0.1.example.org, 10-0-0-1.example.org."""
    for found in _INSIDE.finditer(host):
        parts = [int(part) for part in found.groups()]
        if max(parts) < 256 and judge(IPv4Address(bytes(parts))) is not None:
            return True
    return any(found[1] in _IN_HEXADECIMAL for found in _HEXADECIMAL.finditer(host))
