"""What a document, a page or a tool says to the assistant instead of to its reader: orders, false turns, ways out.

Marks of turns (ChatML and others), « note to the AI: », pictures whose address carries the conversation away.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

_TURN: Final = re.compile(
    r"<\|(?:im_start|im_end|im_sep|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id|begin_of_text|end|sep|channel|message)\|>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|\[/?SYSTEM(?:_PROMPT)?\]"
    r"|</?(?:system|assistant|system_prompt|system_message|tool_response|function_calls?)>|<｜(?:User|Assistant|begin▁of▁sentence)｜>|^(?:Human|Assistant): (?=.{0,80}\n(?:Human|Assistant): )",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING: Final = re.compile(
    r"(?:^|(?<=\n))(?:#{1,6} ?|\*\*|\[|>? ?-{3,} ?|={3,} ?|<!-- ?)?(?:system|systeme|system (?:message|prompt|override|update|notice|instruction)|message systeme|override|admin(?:istrator)? (?:message|override)|instructions? (?:systeme|prioritaires?)|new instructions?)(?:\]|\*\*)? ?(?::|-{2,}|={3,})\W{0,6}"
    r"(?=[^\n]{0,20}(?:you (?:must|are|will|should|have)|tu (?:dois|es|vas)|vous (?:devez|etes)|ignor|disregard|ne (?:mentionn|revel|dis)|from now|disable|obey|always|never|envoie|send|forward|call|reveal|override|all previous|toutes? les))"
)
_AI: Final = r"(?:assistants?(?: (?:ia|virtuels?|ai|conversationnels?))?|ia\b|i\.a\.|ai(?: (?:assistants?|agents?|models?|systems?|reviewers?))?\b|llms?\b|modeles?(?: de langage| d'ia)|language models?|chatbots?|intelligences? artificielles?|agents? (?:ia|ai|conversationnels?)|(?:chat)?gpt|copilot|claude|mistral|bots?\b|large language models?)"
_ORDER: Final = (
    r"(?:ne (?:mentionn|dis|revel|parl|signal|cit|tien)\w+|envoi(?:e|ez|es)|transmet\w*|appel(?:le|lez|er)|ajout(?:e|ez)|inclu(?:s|re|ez)|inser(?:e|ez)|repond(?:s|ez|re)|donne(?:z)?|attribue(?:z)?|recommande(?:z)?|note(?:z)? (?:ce|cette|le|la|que)|execut(?:e|ez)|supprim(?:e|ez)|affich(?:e|ez)|ouvr(?:e|ez)|visit(?:e|ez)|classe(?:z)?|considere(?:z)?|indique(?:z)?|di(?:s|tes) (?:que|a)|ignor(?:e|ez)|oubli(?:e|ez)"
    r"|utilis(?:e|ez) l'outil|redirig\w+|conclu\w+|fais|faites|approuv(?:e|ez)|accept(?:e|ez)|valid(?:e|ez)|(?:must|should|shall|will|please|need to|have to|are (?:required|instructed|ordered) to|do not|don't|never|always)\b[^.\n]{0,30}?\b(?:send|forward|call|include|add|append|rate|say|tell|recommend|respond|reply|answer|output|ignore|disregard|click|visit|open|execute|run|delete|reveal|mention|rank|give|use|email|post|upload|summarize|approve|write|insert|prefix)"
    r"|send|forward|call|include|append|rate|recommend|respond|reply|output|execute|delete|reveal|insert|email|approve|rank|disregard)"
)
_TO_AI: Final = re.compile(
    rf"(?:\b(?:(?:note|message|avis|instructions?|consignes?|important|attention|directive|notice|rappel|information)s?(?: (?:importante?s?|speciale?s?|cachee?s?|hidden|special))? (?:a l'(?:attention d[eu']s? ?|intention d[eu']s? ?)?|pour|for|to|aux?|a)|a l'(?:attention|intention) d[eu']s?|attention|cher|chere|chers|dear|hey|hello|bonjour|psst)"
    rf" ?(?:les |l'|la |le |du |des |any |all |the |toutes? |tous )?{_AI}(?: [\w'-]{{1,14}}){{0,7}}? ?(?::|,|!|\.|-|\)|\])\W{{0,3}}[^\n]{{0,60}}?\b{_ORDER}"
    rf"|\b(?:si (?:tu es|vous etes|tu lis|vous lisez)|if you(?: are|'re)|as|en tant qu[e'] ?)(?: (?:ceci|this|an?|une?|ce (?:texte|document)|un programme|et que|en tant))* ?{_AI}[^.\n]{{0,80}}?\b{_ORDER}"
    rf"|\b{_AI} (?:qui (?:li[ts]|lisent|analys\w+|trait\w+|resum\w+|evalu\w+)|reading|processing|parsing|analy[sz]ing|summari[sz]ing|evaluating|viewing|that reads?|who reads?)[^.\n]{{0,60}}?\b{_ORDER})"
)
_CARRIED: Final = re.compile(
    r"!?\[[^\]\n]{0,200}\]\(\s?<?https?://[^)\s]{1,300}?[?&/=#](?P<what>[^)\s]{0,120}?(?:\{\{?[^)\s}]{2,60}\}|%7b[^)\s]{2,60}|\$\{?[a-z_]{3,40}\}?|<[^)>\n]{3,60}>|\[[^)\]\n]{3,60}\]|(?:conversation|historique|history|secret|summary|chat|prompt|password|user_data|donnees|data)_?(?:here|ici|base64|b64|encoded)))[^)]{0,200}\)"
    r"|<img[^>]{0,200}src=[\"']?https?://[^>\s\"']{1,300}[?&][^>\s\"']{0,100}(?:\{|%7b|\$)[^>]{2,120}>"
)
_SENT_AWAY: Final = re.compile(
    r"\b(?:envoi(?:e|ez|er)|transmet(?:s|tez|tre)|exfiltr\w+|poste(?:z|r)?|publie(?:z|r)?|transfer(?:e|ez|er)|send|post|forward|upload|exfiltrate|transmit|leak|submit|append|encode|encode(?:z|r)?|ajoute(?:z|r)?|inclu(?:s|re|ez))\b[^.\n]{0,60}?"
    r"\b(?:conversation|historique|history|chat log|messages? (?:precedents?|de l'utilisateur)|previous messages|system prompt|prompt systeme|mots? de passe|passwords?|credentials?|identifiants|api keys?|cles? (?:d')?api|cookies?|jetons?|tokens|donnees (?:personnelles|confidentielles|de l'utilisateur)|user'?s? (?:data|files|emails?|secrets?)|confidential|secrets|fichiers de l'utilisateur|emails of the user|environment variables)\b"
    r"[^\n]{0,60}?(?:https?://|\b[\w.-]{1,40}@[\w-]{1,40}\.[a-z]{2,10}|\bdans l'url|\bin the url|\bas (?:a )?(?:query|url) param|\bwebhook)"
)
_MAY_ADDRESS: Final = ("assistant", " ia ", " ia,", " ia:", " ia.", "l'ia", " i.a.", " ai ", " ai,", " ai:", " ais ", "llm", "modele", "language model", "chatbot", "artificielle", "agent", "gpt", "copilot", "claude", "mistral", "bot")


def find_addressed(reading: Reading) -> Iterator[Span]:
    """Give false turns, orders to the assistant, and addresses that would carry data away."""
    text, folded = reading.text, reading.folded
    if any(mark in text for mark in ("<|", "INST]", "<<", "<s", "</", "<a", "<f", "<t", "SYSTEM", "Human:", "<｜", "_turn>", "[S", "[s")):
        for found in _TURN.finditer(text):
            yield Span(found.start(), found.end(), "false_turn")
    if "syst" in folded or "overrid" in folded or "instruction" in folded or "admin" in folded:
        for found in _HEADING.finditer(folded):
            yield Span(*reading.place(found.start(), found.end()), "false_turn")
    if "http" in folded and ("](" in folded or "<img" in folded):
        for found in _CARRIED.finditer(folded):
            yield Span(*reading.place(*found.span()), "exfiltration")
    if reading.holds(("http", "@", "url", "webhook")):
        for found in _SENT_AWAY.finditer(folded):
            yield Span(*reading.place(*found.span()), "exfiltration")
    if reading.holds(_MAY_ADDRESS):
        for found in _TO_AI.finditer(folded):
            yield Span(*reading.place(*found.span()), "order_to_assistant")
