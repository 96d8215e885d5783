"""Passwords and keys by what announces them: addresses, `PASSWORD=`, « mot de passe : », headers, commands."""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.secrets.filling import entropy, is_filling, is_reference
from chatelet.policy.guardrails.spans import Span

_ADDRESS: Final = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,30}://[^\s:/@\"'<>]{0,80}:([^\s/\"'<>]{3,200}?)@(?=[\w\[$.{-])", re.IGNORECASE
)
_ANCHOR: Final = re.compile(
    r"passw|passphrase|pass(?![a-zà-ÿ])|pwd|mot[ _-]?de[ _-]?passe|mdp|secret|token|api[ _-]?key|access[_-]?key"
    r"|private[_-]?key|account[_-]?key|encryption[_-]?key|signing[_-]?key|credential|auth[_-]?key|master[_-]?key"
    r"|cl[eé][_ -]?(?:api|secr[eè]te|d[’']api|priv[eé]e)|code[ _]wi-?fi|cl[eé] wi-?fi|license[_-]?key"
)
_HEAD: Final = re.compile(r"[\w.-]{0,40}$")
_NAMED: Final = re.compile(
    r"(?P<name>(?:mot de passe|code wi-?fi|cl[eé] [\w’'-]{1,10}|api key|[\w.-]{1,40}))"
    r"(?P<mark>[\"']?\]?(?:[ ](?:du|de|des|d'|pour|for|of|sur|admin|root|wifi|serveur"
    r"|compte)(?:[ ][\w'’-]{1,20}){0,3}?)?\s{0,4}(?::=|=>|:|=|≔)\s{0,4}|[ \u00a0](?:est|is|sera|provisoire|temporaire"
    r"|initial|actuel|du wifi|wifi|administrateur|admin|:| ){1,5}[ \u00a0:]{1,4})"
    r"(?P<value>\"[^\"\n]{1,300}\"|'[^'\n]{1,300}'|`[^`\n]{1,300}`|« ?[^»\n]{1,80}?[ \u00a0\u202f]?»|“[^”\n]{1,80}”"
    r"|[^\s\"'`,;<>«»|]{4,300})",
    re.IGNORECASE,
)
_MAY_NAME: Final = ("pass", "pwd", "mdp", "secret", "token", "key", "credential", "cle", "wifi", "wi-fi")
_MAY_COMMAND: Final = (
    "curl",
    "sshpass",
    "mysql",
    "--password",
    "machine ",
    "identified by",
    "login",
    "ansible_",
    "kinit",
    "net use",
    "sudo -s",
    "password ",
)
_MAY_BEAR: Final = ("bearer", "token", "api-key", "x-auth")
_NOT_A_SECRET: Final = re.compile(
    r"(?:public|_id$|_?url$|_?uri$|_path$|_file$|_name$|_hash$|_length|_len|_min|_max|max_|min_|_type$|_count"
    r"|_tokens$|^tokens?_|tokenizer|max.?tokens|_policy|_reset|_field|_label|_hint|_expir|_ttl|_age$|_arn$"
    r"|_rotation|_version|_regex|_pattern|_required|_placeholder|_error|_strength|_format|secretary|secretaire"
    r"|secrétaire|secretariat|_env$|_ref$|keyboard|_prefix|sort_?key|primary_?key|foreign_?key|partition_?key)",
    re.IGNORECASE,
)
_BASIC: Final = re.compile(r"\bBasic\s+([A-Za-z0-9+/]{8,300}={0,2})(?![\w+/=])")
_BEARER: Final = re.compile(
    r"\b(?:Bearer|Token|X-Api-Key:|X-Auth-Token:|api-key:|PRIVATE-TOKEN:)\s+([A-Za-z0-9_.~+/-]{20,1000}={0,2})(?![\w])",
    re.IGNORECASE,
)
_COMMAND: Final = re.compile(
    r"(?:\bcurl\b[^\n]{0,200}?\s(?:-u|--user)\s?[\"']?[\w.@-]{1,60}:|\bsshpass\s+-p\s?[\"']?"
    r"|\bmysql(?:dump)?\b[^\n]{0,120}?\s-p|--password[= ][\"']?|\bpassword\s+(?=\S{4,60}\s*$)"
    r"|\bmachine\s+\S{1,100}\s+login\s+\S{1,80}\s+password\s+|\bIDENTIFIED BY\s+[\"']|\b(?:docker|podman|az"
    r"|oc) login\b[^\n]{0,120}?\s-p[ =]?[\"']?|ansible_(?:ssh_|become_)?pass(?:word)?=[\"']?"
    r"|\bkinit [^\n]{0,40}<<<\s?[\"']?"
    r"|\bnet use [^\n]{0,80}/user:\S{1,40} |\bsudo -S <<< ?[\"']?)([^\s\"']{4,120})",
    re.IGNORECASE | re.MULTILINE,
)
_PGPASS: Final = re.compile(r"^[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w*]{1,60}:[\w*-]{1,60}:(\S{4,100})$", re.MULTILINE)
_BESIDE: Final = re.compile(
    r"(?:mdp|mot de passe|password|passwd|pwd|passphrase)(?: c['’]est| is| est)? ([^\s,;:()\"<>]{6,60})"
)
_MIXED: Final = re.compile(r"(?=\S*\d)(?=\S*[a-zA-Z])(?=\S*(?:[A-Z]\S*[a-z]|[a-z]\S*[A-Z]|[!@#$%^&*?+=_]))")
_FORMS: Final = (
    (_BEARER, "bearer_token", _MAY_BEAR),
    (_COMMAND, "password", _MAY_COMMAND),
    (_PGPASS, "password", (":*:", *(f"{digit}:" for digit in "0123456789"))),
)
_QUOTES: Final = "\"'`«“"
_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ][a-zà-ÿ]*")


def find_passwords(reading: Reading) -> Iterator[Span]:
    """Give the values alone."""
    text = reading.text
    if "://" in text:
        yield from _in_addresses(text)
    if "asic" in text:
        for found in _BASIC.finditer(text):
            if ":" in _decoded(found[1]):
                yield Span(found.start(1), found.end(1), "basic_authorization")
    for form, sort, words in _FORMS:
        for found in form.finditer(text) if reading.holds(words) else ():
            if _may_be_secret(found[1], quoted=sort == "password"):
                yield Span(found.start(1), found.end(1), sort)
    if reading.holds(_MAY_NAME):
        yield from _beside(reading)
        yield from _named(reading)


def _in_addresses(text: str) -> Iterator[Span]:
    for found in _ADDRESS.finditer(text):
        if not is_filling(found[1]) and not is_reference(found[1]):
            yield Span(found.start(1), found.end(1), "password_in_address")


def _beside(reading: Reading) -> Iterator[Span]:
    for found in _BESIDE.finditer(reading.lowered):
        value = reading.text[found.start(1) : found.end(1)]
        if not is_filling(value) and _MIXED.match(value):
            yield Span(found.start(1), found.end(1), "password")


def _named(reading: Reading) -> Iterator[Span]:
    text, end = reading.text, 0
    for anchor in _ANCHOR.finditer(reading.lowered):
        if anchor.start() < end:
            continue
        head = _HEAD.search(text, max(0, anchor.start() - 40), anchor.start())
        found = _NAMED.match(text, max(head.start() if head else anchor.start(), end))
        if found is None:
            continue
        start, end = _inside(found["value"], found.start("value"))
        value, name, quoted = text[start:end], found["name"], found["value"][0] in _QUOTES
        if _NOT_A_SECRET.search(name) or (" " in value and not quoted):
            continue
        spoken = not found["mark"].strip("\"'] ").startswith((":", "=", "≔")) or " " in name
        code = quoted or name.isupper() or found["mark"].strip() == "="
        if _may_be_secret(value, quoted=code and not spoken):
            yield Span(start, end, "password" if _is_password(name) else "secret_value")


def _is_password(name: str) -> bool:
    return re.search(r"pass|pwd|mdp", name, re.IGNORECASE) is not None


def _inside(value: str, start: int) -> tuple[int, int]:
    """Return the place of a value without its quotes and the punctuation of the sentence."""
    quoted = value[0] in _QUOTES
    inner = value[1:-1] if quoted else value.rstrip(".)]}:")
    inner = inner if quoted or not value.endswith(("!.", "?.")) else value[:-1]
    lead = len(inner) - len(inner.lstrip())
    begin = start + (1 if quoted else 0) + lead
    return begin, begin + len(inner.strip())


def _may_be_secret(value: str, *, quoted: bool) -> bool:
    """Tell a secret from a word of the language, which is one only where code gives a value."""
    if (
        len(value) < 5
        or is_filling(value)
        or is_reference(value)
        or value.startswith(("http://", "https://", "/", "./"))
    ):
        return False
    if value.count(" ") and (len(value.split()) < 4 or not quoted):
        return False
    mixed = any(char.isdigit() for char in value) + any(not char.isalnum() and char not in "-_./ " for char in value)
    if mixed:
        return not value.isdigit() or (quoted and len(value) >= 6)
    if not quoted:
        return len(value) >= 20 and entropy(value) > 3.5 and not _WORD.fullmatch(value) and "-" not in value
    return len(value) >= 8 and entropy(value) > 2.5


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
