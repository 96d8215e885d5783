"""Orders to forget one's rules, to play without them, to tell one's instructions: in French, English and some others.

Written on the folded text. What is only quoted in a lesson about attacks is left out.
"""

import re
from functools import cache
from typing import Final

from chatelet.policy.guardrails.reading import fold

_RULES: Final = (
    r"(?:instructions?|consignes?|regles?|directives?|ordres?|prompts?|rules?|guidelines?|directions?|commands?"
    r"|programmation|programming|garde-fous|safeguards?|safety (?:rules|guidelines|measures)"
    r"|restrictions?|limitations?|system (?:message|prompt)|messages? systeme|politiques?|polic(?:y|ies)"
    r"|configurations?|training|entrainement|contexte|context|ethique|ethics)"
)
_FORGET: Final = (
    r"\b(?:ignor(?:e|ez|er|ing|ons)|disregard(?:ing)?|forget(?: about)?|overrid(?:e|ing)|bypass|oubli(?:e|ez|er)"
    r"|neglig(?:e|ez)|pass(?:e|ez) outre|ne (?:tiens|tenez|tenir) (?:plus|pas|aucun) compte(?: de)?"
    r"|(?:fais|faites|faire) abstraction(?: de)?|(?:do not|don't|stop|cease) (?:follow|obey|comply with)(?:ing)?"
    r"|n'obei(?:s|ssez) (?:plus|pas) a|ne (?:suis|suivez|respecte|respectez) (?:plus|pas)|annul(?:e|ez)|supprim(?:e|ez)"
    r"|desactiv(?:e|ez)|disable|discard|drop|contourn(?:e|ez)|enfrein(?:s|dre)|abandonn(?:e|ez)|efface(?:z)?|erase"
    r"|delete|affranchis-toi de|libere-toi de|replace)\b"
)
_WHOSE: Final = (
    r"(?:tou(?:te)?s?|all|any|every(?:thing)?|your|tes|vos|ton|votre|precedent(?:e|es|s)?|previous(?:ly)?|prior"
    r"|earlier|above|preceding|anterieure?s?|initiale?s?|original|originelles?|systeme?|system|ci-dessus|au-dessus"
    r"|ci-avant|plus haut|recues?|donnees?|given|former|existing|existantes?|foregoing|de securite|safety"
    r"|developpeurs?|developer|openai|integrees?)"
)
_OVERRIDE: Final = (
    rf"{_FORGET}(?:(?! (?:mes|mon|ma|my|nos|our)\b)[ ,'][\w'-]{{1,14}}){{0,5}}? {_WHOSE}(?: (?:les|des|the|of|de|your"
    rf"|tes|vos|ces|these|those|other|autres|prior|previous|of your|system|safety|existing|initiales)){{0,3}} {_RULES}",
    rf"{_FORGET} (?:les|des|aux|the|ces|these|those|of the|a tes|tes|any|toutes? les"
    rf"|all(?: of)?(?: the)?) {_RULES}(?: (?:qui|that|which|que|you|we|were|was|have|had|been|sont|ont|ete|te|t'ont"
    rf"|tu|vous|as|avez|du|de|d'|of|from|for)){{0,5}} {_WHOSE}",
    rf"{_FORGET} (?:everything|all|tout)(?: ce)?(?: (?:that|which|qui|que))?(?: (?:was|came|is|comes|precede|est"
    rf"|etait|you(?: were| have been)? (?:told|taught|given|know)|tu sais|vous savez|on t'a (?:dit|appris)|above"
    rf"|before|ci-dessus|avant|au-dessus)){{1,3}}(?! (?:la|le|les|the|dans|en|au|du|sur|in)\b)",
    rf"{_FORGET} (?:tes|vos|your) {_RULES}",
    r"\b(?:ne tiens (?:plus|pas|aucun) compte de|ignore|oublie|disregard|forget) (?:tout )?(?:ce qui precede"
    r"|what (?:precedes|came before|comes before|is above))\b",
    r"\b(?:oubliez?|forget) (?:qui tu es|que tu es|who you are|(?:that )?you are an? (?:ai|assistant))",
    r"\bn'(?:as|avez) plus (?:a (?:suivre|respecter)|aucune?)(?: (?:les|de|tes|vos))? ?(?:regles?|consignes?"
    r"|restrictions?|limites?|filtres?)",
    r"\bnew (?:system )?instructions? ?: |\bnouvelles? (?:instructions?"
    r"|consignes?) (?:systeme )?(?:prioritaires? )?: ?(?=tu |vous |ignore|reponds|ne )",
    r"\b(?:les|the) (?:instructions?|consignes?|regles|rules) (?:precedentes|ci-dessus|above|initiales"
    r"|previous) (?:ne s'appliquent plus|sont annulees|no longer apply|are (?:void|cancelled|revoked))",
)
_ROLE: Final = (
    r"\b(?:tu (?:es|seras|deviens|joues)|vous etes|you are|you're|you will be|act(?: like| as)?|agis comme"
    r"|pretend (?:to be|you are)|comporte-toi comme|imagine (?:que tu es|you are)"
    r"|joue le role d[e'] ?)(?: (?:desormais|maintenant|a present|now|going to be|comme|as|un|une|an?)){0,3}"
    r" (?:dan\b|(?:ia|ai|assistant|model|modele|chatbot|llm|bot|version|intelligence artificielle"
    r"|language model)?[^.\n]{0,40}?(?:sans (?:aucune? )?(?:restriction|filtre|limite|censure|regle|contrainte"
    r"|ethique|morale)s?|without (?:any )?(?:restriction|filter|limit|censorship|rule|ethic|guideline|constraint)s?"
    r"|unrestricted|unfiltered|uncensored|jailbroken|with no (?:restrictions|rules|filters|limits|guidelines)"
    r"|no longer bound|free (?:from|of) (?:all |any )?(?:restrictions|rules|policies|limits)|non censuree?|debridee?"
    r"|libre de toute (?:regle|restriction)|qui n'a (?:aucune|pas de) (?:regle|limite|restriction|filtre)))",
    r"\bdo anything now\b|\b(?:dan|jailbreak|god|developer|debug|sudo|admin|root|maintenance|evil"
    r"|unrestricted) mode (?:is )?(?:enabled|activated|on(?=[.!,\n]|$)|engaged)|\b(?:enter|enable|activate|switch to"
    r"|you are (?:now )?in) (?:the )?(?:dan|jailbreak|god|developer|debug|sudo|unrestricted|evil) mode(?! (?:on|in"
    r"|for|of|sur|de|d'|dans)\b)"
    r"|\bmode (?:dan|jailbreak|dieu|developpeur|debug|sudo|sans (?:filtre|restriction|limite)s?) (?:est )?active"
    r"|\b(?:active|passe en|entre en|bascule en) (?:le )?mode (?:dan|jailbreak|dieu|developpeur|sans (?:filtre"
    r"|restriction|limite|censure)s?)",
    r"\b(?:a partir de maintenant|desormais|des a present|from now on|henceforth)[, ]{1,2}(?:tu|vous|you) (?:n'(?:as"
    r"|avez|obei\w+)|n'es|obeis|reponds(?: a tout)?(?: sans| uniquement a)|ne refuse|will (?:never refuse|obey"
    r"|answer (?:everything|anything|all|without"
    r"|as [\w-]{1,20},? with(?:out| no))|respond without|ignore)|must (?:obey|never refuse)|have no"
    r"|are (?:free|no longer)|ignore|dois (?:obeir|tout dire))",
    r"\b(?:reponds|repondez|answer|respond|reply)(?: a (?:tout|toutes mes questions)| to (?:everything|anything"
    r"|all))?,? (?:sans (?:aucune? )?(?:filtre|censure|restriction|limite|avertissement|morale)s?"
    r"|without (?:any )?(?:filter|censorship|restriction|disclaimer|moral|ethical)\w*)",
    r"\b(?:pretend|suppose|imagine|fais comme si|suppose que|faisons comme si)(?: that)? (?:you (?:have|had) no"
    r"|there (?:are|were) no|tu n'avais (?:pas|aucune?)|il n'y avait (?:pas|aucune?)) ?(?:de )?(?:rules|restrictions"
    r"|filters|guidelines|limits|regles?|restrictions?|filtres?|limites?)",
)
_HIDDEN_PROMPT: Final = (
    r"(?:(?:system|initial|hidden|original|secret|internal|developer|full|first|base)[ -]?(?:prompt|instructions?"
    r"|messages?|rules?|directives?|guidelines?)|prompt (?:systeme|initial|cache|de depart|original|complet|interne)"
    r"|(?:instructions?|consignes?|regles?|directives?|message)"
    r" (?:systeme|initiale?s?|cachee?s?|secretes?|internes?|de depart|confidentielles?|originales?|d'origine"
    r"|du developpeur|complete?s?)|pre-?prompt|configuration (?:interne|systeme|cachee))"
)
_LEAK: Final = (
    rf"\b(?:repl(?:y|ies)|respond|answer|repet(?:e|ez|er)|affich(?:e|ez|er)|montr(?:e|ez|er)|revel(?:e|ez|er)"
    rf"|donn(?:e|ez|er)(?:-moi)?|imprim(?:e"
    rf"|ez)|recopi(?:e|ez|er)|divulgu(?:e|ez|er)|ecri(?:s|re)|communiqu(?:e|ez|er)|devoil(?:e|ez|er)|di(?:s|tes)-moi"
    rf"|cit(?:e|ez|er)|traduis|resum(?:e|ez)|fournis|quel(?:le)?s? (?:est|sont)|print|reveal|show"
    rf"|repeat|output|display|leak|tell|give|disclose|dump|expose|share|translate|summari[sz]e|what (?:is|are|was"
    rf"|were))(?: (?:me|us|moi|nous|mot pour mot|integralement|exactement|out|exactly|verbatim|entierement"
    rf"|with|avec|the contents? of|contents? of|le (?:texte|contenu) de"
    rf"|the (?:text|words) of|l'integralite de|the full text of|all(?: of)?"
    rf"|back)){{0,3}}"
    rf" (?:(?:ton|tes|votre|vos|your)(?: (?:entire|full|complete|exact|propre|own|whole)){{0,2}} (?:{_HIDDEN_PROMPT}"
    rf"|prompt\b|(?:instructions|consignes|rules|guidelines)(?= (?:verbatim|mot pour mot|ci-dessus|above"
    rf"|word for word|integralement|internes)))"
    rf"|(?:le|les|the|ces|all the)(?: (?:entire|full|complete"
    rf"|exact)){{0,2}} {_HIDDEN_PROMPT}(?: \w+){{0,4}}? ?(?:ci-dessus|above|mot pour mot|verbatim|word for word"
    rf"|que tu as recue?s?|you (?:were given|received|have)|qui t'ont ete donnees?))",
    r"\b(?:repeat|print|output|repete|recopie|affiche|copy)(?: (?:all|everything|tout(?:es)?|the|les|exactly"
    r"|mot pour mot|ce qui|that|is|est|text|words?|mots|texte|message|phrases?|contenu)){1,6} (?:above|before this"
    r"|ci-dessus|au-dessus|qui precede(?:nt)?)(?! (?:en|in|dans|avec|with|sous))",
    r"\b(?:commenc\w+ par|starting with|beginning with|begins? with|debut\w+ par) [\"']?(?:you are|tu es|vous etes"
    r"|you are chatgpt)\b[^\n]{0,40}",
)
_ELSEWHERE: Final = (
    r"\bignorier(?:e|en sie)(?: \w+){0,3}? (?:vorherigen|bisherigen|obigen|fruheren|vorhergehenden"
    r"|deine) ?(?:anweisung\w*|regeln|befehle|instruktionen|vorgaben)?|\bvergiss (?:alles|deine"
    r"|alle)(?: \w+){0,3}? (?:anweisung\w*|regeln|vorher\w*|instruktionen)|\bdu bist (?:jetzt|nun|ab sofort) (?:dan"
    r"|ein\w* \w+ ohne)",
    r"\b(?:ignora|olvida|omite|descarta|desobedece|haz caso omiso de|no sigas)(?: \w+){0,3}? (?:instrucciones|reglas"
    r"|ordenes|directrices|indicaciones)(?: (?:anteriores|previas|iniciales|del sistema))?|\b(?:muestra|revela"
    r"|repite)(?:me)? (?:tu|el) (?:prompt|mensaje|instruccion\w*) (?:del? sistema|inicial\w*)",
    r"\b(?:ignora|dimentica|trascura|disattendi)(?: \w+){0,3}? (?:istruzioni|regole|direttive"
    r"|ordini)(?: (?:precedenti|iniziali|di sistema))?|\b(?:mostra|rivela|ripeti)(?:mi)? (?:il tuo|le tue) (?:prompt"
    r"|istruzioni)",
    r"\b(?:ignore|esqueca|desconsidere)(?: \w+){0,3}? (?:instrucoes|regras|ordens)(?: anteriores)?|\b(?:negeer"
    r"|vergeet)(?: \w+){0,3}? (?:instructies|regels|opdrachten)|\b(?:zignoruj|zapomnij)(?: \w+){0,3}? (?:instrukcje"
    r"|polecenia|zasady)",
    fold(
        r"(?:игнорируй\w*|забудь\w*|проигнорируй\w*|не обращай внимания на)(?: \w+){0,3}? (?:инструкци\w+|указани\w+"
        r"|правил\w+|команд\w+)|(?:покажи|раскрой|выведи)(?: \w+){0,2}? (?:системн\w+ промпт\w*"
        r"|системн\w+ инструкци\w+)"
    ),
    r"(?:忽略|无视|忘记|忘掉|不要理会)[^。\n]{0,12}(?:指令|指示|说明|规则|提示)|(?:显示|输出|告诉我)[^。\n]{0,8}系统提示|(?:以前|これまで|前|上記)の(?:指示"
    r"|命令)[^。\n]{0,6}無視|이전[^.\n]{0,8}(?:지시|명령)[^.\n]{0,6}무시",
    fold(r"(?:تجاهل|انس|أهمل)[^.\n]{0,20}(?:التعليمات|الأوامر|القواعد)"),
)
# A lesson, a question or a report about attacks; and a quotation.
OF_A_THING: Final = re.compile(
    r"s? (?:css|sql|de pare-feu|firewall|commente|inutilise|de routage|typographiques?|d'orthographe|de style|eslint"
    r"|lint"
    r"|de tri|de validation|du jeu|of the game|du tableau|obsolete|de grammaire|iptables|dupliquee|en double)"
)
LESSON: Final = re.compile(
    r"injection|jailbreak|attaqu|attack|pirat|malveillan|malicious|hacker|vulnerab|faille|securite|security|detecte"
    r"|prompt engineering|red[ -]team|owasp|exemple|example|signifie|la phrase|the phrase|the sentence|cours\b|course"
    r"|lesson"
    r"|etudi|study|studies|article|papier|paper|recherche|research|rapport|explique|explain|pourquoi|why|traduis"
    r"|translate|quiz|sensibilis|awareness|formation|training material|such as|comme \"|documentation|film|roman"
    r"|nouvelle|personnage"
)
QUOTES: Final = "\"'`"


# Words that an order cannot do without: one of each set.
_FORGETTING: Final = tuple(
    "ignor|disregard|forget|overrid|bypass|oubli|neglig|outre|ne tiens|ne tenez|ne tenir|abstraction|follow|obey"
    "|comply|obei|ne suis|ne suivez|ne respect|annul|supprim|desactiv|disable|discard|drop|contourn|enfrein|abandon"
    "|efface|erase|delete"
    "|affranchis|libere|replace".split("|")
)
_CANCELLING: Final = tuple(
    "qui tu es|que tu es|who you are|forget you|forget that you|n'as plus|n'avez plus|new instruction|new system"
    "|nouvelles instr|nouvelle instr|nouvelles cons|nouvelle cons|ne s'appliquent plus|no longer apply|are void"
    "|are cancel|are revoked|sont annulees".split("|")
)
_FORGOTTEN: Final = tuple(
    "instruct|consigne|regle|rules|prompt|directi|guideline|command|ordre|restrict|programm|garde-fou|safe|limit"
    "|polic|politique|everything|tout |all |qui tu es|que tu es|who you|you are|config|training|entrainement|contexte"
    "|context|ethi|message|filtre|precede|what ".split("|")
)
_PLAYING: Final = tuple(
    "tu es |tu seras|tu deviens|tu joues|vous etes|you are|you're|you will be|act |agis|pretend|comporte-toi|imagine"
    "|joue le role|do anything now|mode|a partir de maintenant|desormais|des a present|from now on|henceforth|repond"
    "|answer|respond|reply|suppos|comme si".split("|")
)
_PLAYED: Final = tuple(
    "dan |dan,|dan.|dan\n|restrict|filt|censur|censor|limit|regle|rule|ethi|guideline|jailbr|bound|polic|obe|refuse"
    "|moral|disclaim|anything now|god|dieu|develop|debug|sudo|admin mode|root|evil|maintenance mode|debride"
    "|contrainte|constraint|reponds|answer".split("|")
)
_TOLD: Final = tuple(
    "prompt|instruction|consigne|system|regles|rules|guideline|above|ci-dessus|au-dessus|precede|before this"
    "|configuration|you are|tu es|vous etes".split("|")
)
_FOREIGN: Final = tuple(
    "ignorier|vergiss|du bist|ignora|ignore|olvida|omite|descarta|desobedece|haz caso|no sigas|muestra|revela|repite"
    "|dimentica|trascura|disattendi|mostra|rivela|ripeti|esqueca|desconsidere|negeer|vergeet|zignoruj|zapomnij|忽略|无视"
    "|忘记|忘掉|不要理会|系统提示|無視|무시".split("|")
) + tuple(fold("игнорируй|забудь|внимания|покажи|раскрой|выведи|تجاهل|انس|أهمل").split("|"))


@cache
def forms() -> tuple[tuple[str, tuple[tuple[str, ...], ...], tuple[re.Pattern[str], ...]], ...]:
    """Return types, sets of words of which each must be met, and what they look like in the folded text."""
    sorts = (
        ("instruction_override", (_FORGETTING, _FORGOTTEN), _OVERRIDE[:5]),
        ("instruction_override", (_CANCELLING,), _OVERRIDE[5:]),
        ("role_override", (_PLAYING, _PLAYED), _ROLE),
        ("prompt_leak", (_TOLD,), _LEAK),
        ("instruction_override", (_FOREIGN,), _ELSEWHERE),
    )
    return tuple((sort, words, tuple(re.compile(form) for form in patterns)) for sort, words, patterns in sorts)
