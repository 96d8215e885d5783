"""The words proposed to a search engine, from those of a draft: short, without what would tell of anybody.

    code, quoted lines, long quotations -> out: they may be the text of a file
    names, identifiers, secrets, markings, orders -> out, by every detector, whatever the settings say
    names met before in the conversation, words copied from its files -> out (chat.web.around)
    one sentence, the question itself, without its courtesies

It is a proposal: the person reads it, changes it, and what leaves is what they confirmed. The rest of the conversation
is looked at to take words out, never to add any.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from chatelet.chat.web.around import NOTHING, Known
from chatelet.policy.guardrails.detection import detect

LONGEST: Final = 200
_LOOKED_AT: Final = 20_000
_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]{1,500}`", re.DOTALL)
_QUOTED_LINE: Final = re.compile(r"^\s{0,3}>.*$", re.MULTILINE)
_QUOTATION: Final = re.compile(r"«[^«»]{60,}»|“[^“”]{60,}”|\"[^\"\n]{60,}\"")
_ADDRESS: Final = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[^.!?\n…]+[.!?…]*")
_COURTESY: Final = re.compile(
    r"^\W*(?:(?:bonjour|bonsoir|salut|hello|hi|dear|merci(?: de| d['’])?|s['’]il (?:vous|te) pla[iî]t|please)\b[\s,!]*"
    r"|(?:pou(?:vez|rriez)[- ]vous|peux[- ]tu|pourrais[- ]tu|(?:can|could|would) you)\s+(?:me\s+)?"
    r"(?:dire|indiquer|donner|expliquer|tell(?: me)?|give me)?\s*"
    r"|(?:j['’]aimerais|je (?:voudrais|veux|souhaite)|i(?:'d| would)? (?:like|want)(?: to)?)\s+"
    r"(?:savoir|conna[iî]tre|know)?\s*"
    r"|(?:dis|dites|tell)[- ](?:moi|me)\s+|(?:re)?cherche[rz]?(?:[- ]moi)?\s+(?:sur (?:le web|internet)\s+)?"
    r"|(?:search|look) (?:the web |online |up )?(?:for )?|trouve[rz]?(?:[- ]moi)?\s+|find(?: me)?\s+)",
    re.IGNORECASE,
)
_LOOSE: Final = re.compile(r"\s+([,.])|\(\s*\)|\[\s*\]")
_AGAIN: Final = re.compile(r"([,;.])(?:\s*[,;.])+")
_LABELS: Final = re.compile(  # of what was taken out, and what led to it
    r"\b(?:NIR|IBAN|SIRET|SIREN|t[eé]l(?:[eé]phone)?|phone|e-?mail|courriel|n[°o]|numéro)\b\.?\s*:?\s*(?=[,;.!?]|$)"
    r"|\b(?:de|du|des|à|au|pour|chez|par|avec|et|of|for|to|by|with|from|and)\s*(?=[,;.!?]|$)|\bd['’]\s*(?=[,;.!?]|$)",
    re.IGNORECASE,
)
_TITLES: Final = re.compile(r"\b(?:M\.|Mme|MM\.|Mlle|Dr|Pr|Mr|Mrs|Ms)\.?\s*(?=[\s,.;:!?]|$)")


@dataclass(frozen=True, slots=True)
class Proposed:
    """`removed` are the types of what was taken out, with how many of each: never the words."""

    query: str
    removed: dict[str, int]


def propose(draft: str, known: Known = NOTHING) -> Proposed:
    """Return the query proposed for a draft, where this is known. Raises `DetectorFailed`: nothing is proposed then."""
    text = draft[:_LOOKED_AT]
    for pattern in (_CODE, _QUOTED_LINE, _QUOTATION, _ADDRESS):
        text = pattern.sub(" ", text)
    findings = detect(text)
    kept, after = "", 0
    for one in findings:
        if one.end > after:
            kept, after = kept + text[after : max(after, one.start)] + " ", one.end
    kept, met = known.without(kept + text[after:])
    removed = Counter(one.type for one in findings) + Counter(met)
    return Proposed(_cut(_tidied(_asked(kept), is_cut=bool(removed))), dict(removed))


def _asked(text: str) -> str:
    """Return the sentence that asks: the last question, else the first that says something; the whole when short."""
    whole = " ".join(text.split())
    sentences = [one for found in _SENTENCE.findall(text) if len((one := " ".join(found.split())).split()) > 1]
    if len(whole) <= LONGEST * 3 // 4 or not sentences:
        return whole
    return next((one for one in reversed(sentences) if one.endswith("?")), sentences[0])


def _tidied(sentence: str, *, is_cut: bool) -> str:
    """Return it without courtesies; `is_cut`: nor the words that stood around what was taken out."""
    for _ in range(3):
        sentence = _COURTESY.sub("", sentence, count=1)
    if is_cut:
        sentence = _TITLES.sub("", sentence)
        for _ in range(3):
            sentence = _AGAIN.sub(r"\1", _LABELS.sub("", sentence))
    return " ".join(_LOOSE.sub(r"\1", sentence).split()).strip(" \t,.;:!?–—-\u202f\u00a0")


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]
