"""What a document, a page or a tool says to the assistant instead of to its reader: orders, false turns, ways out.

Marks of turns (ChatML and others), « note to the AI: », pictures whose address carries the conversation away.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_TURN: Final = re.compile(
    r"<\|(?:im_start|im_end|im_sep|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id|begin_of_text"
    r"|end|sep|channel|message)\|>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|\[/?SYSTEM(?:_PROMPT)?\]"
    r"|</?(?:system|assistant|system_prompt|system_message|tool_response|function_calls?)>|<｜(?:User|Assistant"
    r"|begin▁of▁sentence)｜>|^(?:Human|Assistant): (?=.{0,80}\n(?:Human|Assistant): )",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING: Final = re.compile(
    r"(?:^|(?<=\n))(?:#{1,6} ?|\*\*|\[|>? ?-{3,} ?|={3,} ?|<!-- ?)?(?:system|systeme|system (?:message|prompt"
    r"|override|update|notice|instruction)|message systeme|override|admin(?:istrator)? (?:message|override)"
    r"|instructions? (?:systeme|prioritaires?)|new instructions?)(?:\]|\*\*)? ?(?::|-{2,}|={3,})\W{0,6}"
    r"(?=[^\n]{0,20}(?:you (?:must|are|will|should|have)|tu (?:dois|es|vas)|vous (?:devez|etes)|ignor|disregard"
    r"|ne (?:mentionn|revel|dis)|from now|disable|obey|always|never|envoie|send|forward|call|reveal|override"
    r"|all previous|toutes? les))"
)
_AI: Final = (
    r"(?:assistants?(?! (?:soci|materne|de |parlem|juridi|famili|d'|dent|vet|techni))(?: (?:ia|virtuels?|ai"
    r"|conversationnels?))?|ia\b|i\.a\.|ai(?: (?:assistants?|agents?|models?"
    r"|systems?|reviewers?))?\b|llms?\b|modeles?(?: de langa?[gu]u?e| d'ia)|language models?|chatbots?"
    r"|intelligences? artificielles?|agents? (?:ia|ai|conversationnels?)|(?:chat)?gpt|copilot|claude|mistral"
    r"|bots?\b|large language models?)"
)
_ORDER: Final = (
    r"(?:(?:ne |n')(?:mentionn|dis|revel|parl|signal|cit|tien|evoqu|indiqu|abord)\w+|envoi(?:e|ez|es)"
    r"|transmet\w*|appel(?:le|lez|er)|ajout(?:e"
    r"|ez)|inclu(?:s|re|ez)|inser(?:e|ez)|repond(?:s|ez|re)|donne(?:z)?|attribue(?:z)?|recommande(?:z)?"
    r"|note(?:z)? (?:ce|cette|le|la|que)|execut(?:e|ez)|supprim(?:e|ez)|affich(?:e|ez)|ouvr(?:e|ez)|visit(?:e|ez)"
    r"|classe(?:z)?|considere(?:z)?|indique(?:z)?|di(?:s|tes) (?:que|a)|ignor(?:e|ez)|oubli(?:e|ez)"
    r"|utilis(?:e|ez) l'outil|redirig\w+|conclu\w+|fais|faites|approuv(?:e|ez)|accept(?:e|ez)|valid(?:e|ez)|(?:must"
    r"|should|shall|will|please|need to|have to|are (?:required|instructed|ordered) to|do not|don't|never"
    r"|always)\b[^.\n]{0,30}?\b(?:send|forward|call|include|add|append|rate|say|tell|recommend|respond|reply|answer"
    r"|output|ignore|disregard|click|visit|open|execute|run|delete|reveal|mention|rank|give|use|email|post|upload"
    r"|summarize|approve|write|insert|prefix)"
    r"|send|forward|call|include|append|rate|recommend|respond|reply|output|execute|delete|reveal|insert|email"
    r"|approve|rank|disregard)"
)
_TO_AI: Final = re.compile(
    rf"(?:(?:<!--|\[|\(|^|\n) ?{_AI} ?[:,]\W{{0,3}}[^\n]{{0,60}}?\b{_ORDER}"
    rf"|\b(?:(?:note|message|avis|instructions?|consignes?|important|attention|directive|notice|rappel"
    rf"|information)s?(?: (?:importante?s?|speciale?s?|cachee?s?|hidden|special))? (?:a l'(?:attention d[eu']s? ?"
    rf"|intention d[eu']s? ?)?|pour|for|to|aux?|a)|a l'(?:attention|intention) d[eu']s?|attention|cher|chere|chers"
    rf"|dear|hey|hello|bonjour|psst)"
    rf" ?(?:les |l'|la |le |du |des |any |all |the |toutes? |tous )?{_AI}(?: [\w'-]{{1,14}}){{0,7}}? ?(?::|,|!|\.|-"
    rf"|\)|\])\W{{0,3}}[^\n]{{0,60}}?\b{_ORDER}"
    rf"|\b(?:si (?:tu es|vous etes|tu lis|vous lisez)|if you(?: are|'re)|as|en tant qu[e'] ?)(?: (?:ceci|this|an?"
    rf"|une?|ce (?:texte|document)|un programme|et que|en tant))* ?{_AI}[^.\n]{{0,80}}?\b{_ORDER}"
    rf"|\b{_AI} (?:qui (?:li[ts]|lisent|analys\w+|trait\w+|resum\w+|evalu\w+)|reading|processing|parsing|analy[sz]ing"
    rf"|summari[sz]ing|evaluating|viewing|that reads?|who reads?)[^.\n]{{0,60}}?\b{_ORDER})"
)
_PICTURE: Final = re.compile(
    r"\]\(\s?<?(?P<to>https?://[^)\s]{1,600}+)[^)\n]{0,200}+\)"
    r"|<img[^>]{0,200}?src=[\"']?(?P<src>https?://[^>\s\"']{1,600})"
)
_CARRYING: Final = re.compile(
    r"[?&/=#].*?(?:\{\{?[^}]{2,60}\}|%7b.{2,60}|\$\{?[a-z_]{3,40}|<[^>]{3,60}>|\[[^\]]{3,60}\]"
    r"|(?:conversation|historique(?! des? (?:commande|achat|paie|facture|modif|navig|version))|history|secret|summary"
    r"|chat|prompt|password|user_data|donnees|data)_?"
    r"(?:here|ici|base64|b64|encoded))"
)
_SENT_AWAY: Final = re.compile(
    r"\b(?:envoi(?:e|ez|er)|transmet(?:s|tez|tre)|exfiltr\w+|poste(?:z|r)?|publie(?:z|r)?|transfer(?:e|ez|er)|send"
    r"|post|forward|upload|exfiltrate|transmit|leak|submit|append|encode|encode(?:z|r)?|ajoute(?:z|r)?|inclu(?:s|re"
    r"|ez))\b[^.\n]{0,60}?"
    r"\b(?:conversation|historique"
    r"(?! des? (?:commande|achat|paie|facture|modif|navig|version))|history(?! of)|chat log"
    r"|messages? (?:precedents?|de l'utilisateur)|previous messages"
    r"|system prompt|prompt systeme|mots? de passe|passwords?|credentials?|identifiants|api keys?|cles? (?:d')?api"
    r"|cookies?|jetons?|tokens|donnees (?:personnelles|confidentielles|de l'utilisateur)|user'?s? (?:data|files"
    r"|emails?|secrets?)|confidential|secrets|fichiers de l'utilisateur|emails of the user|environment variables)\b"
    r"[^\n]{0,60}?(?:https?://|\b[\w.-]{1,40}@[\w-]{1,40}\.[a-z]{2,10}|\bdans l'url|\bin the url|\bas (?:a )?(?:query"
    r"|url) param|\bwebhook)"
)
_MAY_ADDRESS: Final = (
    "assistant",
    " ia ",
    " ia,",
    " ia:",
    " ia.",
    "l'ia",
    " i.a.",
    " ai ",
    " ai,",
    " ai:",
    " ais ",
    "llm",
    "modele",
    "language model",
    "chatbot",
    "artificielle",
    "agent",
    "gpt",
    "copilot",
    "claude",
    "mistral",
    "bot",
)


def find_addressed(reading: Reading) -> Iterator[Span]:
    """Give false turns, orders to the assistant, and addresses that would carry data away."""
    if any(mark in reading.text for mark in _MARKS):
        for found in _TURN.finditer(reading.text):
            yield Span(found.start(), found.end(), "false_turn")
    if "http" in reading.folded and reading.holds(("](", "<img")):
        for found in _PICTURE.finditer(reading.folded):
            if _CARRYING.search(found["to"] or found["src"]):
                yield Span(*reading.place(*found.span()), "exfiltration")
    for form, sort, words in _FORMS:
        if all(reading.holds(each) for each in words):
            for found in form.finditer(reading.folded):
                yield Span(*reading.place(*found.span()), sort)


_MARKS: Final = ("<|", "INST]", "<<", "<s", "</", "<a", "<f", "<t", "SYSTEM", "Human:", "<｜", "_turn>", "[S", "[s")
_FORMS: Final = (
    (_HEADING, "false_turn", (("syst", "overrid", "instruction", "admin"), (":", "--", "=="))),
    (_SENT_AWAY, "exfiltration", (("http", "@", "url", "webhook"),)),
    (_TO_AI, "order_to_assistant", (_MAY_ADDRESS,)),
)
