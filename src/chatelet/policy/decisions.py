"""Questions that ask to decide about a person: the uses that make a system high-risk (AI Act, annex III; TA-145).

A verb of decision near a word of one of these subjects. Simple on purpose: it shows a notice, and stops nothing.
"""

import re
from typing import Final

from chatelet.policy.guardrails.reading import fold

_DECIDES: Final = (
    r"(?:evalu\w*|not(?:e|er|ez|ons)\b|class(?:e|er|ez|ement)\w*|tri(?:e|er|ez)\b|selectionn\w*|choisi\w*|retenir|retien\w*"
    r"|decid\w*|refus\w*|accept\w*|reje(?:t|tt)\w*|sanctionn\w*|licenci\w*|attribu\w*|accord(?:e|er|ez)\b|juge\w*"
    r"|departag\w*|recommand\w*|attribue\w*|grad(?:e|ing)\b|rank\w*|score\w*|select\w*|shortlist\w*|reject\w*"
    r"|decide\w*|approv\w*|den(?:y|ied)\b|dismiss\w*|assess\w*|evaluat\w*|recommend\w*|convict\w*|predict\w*)"
)
_SUBJECTS: Final[dict[str, str]] = {
    "recruitment": r"candidat\w*|cv\b|curriculum|recrut\w*|embauch\w*|applicants?|resumes?\b|hiring|job interviews?",
    "grading": r"copies?\b|eleves?\b|etudiante?s?\b|dissertations?|examens?\b|admissions?\b"
    r"|orientation|students?|essays?",
    "work": r"salarie\w*|agents?\b|fonctionnaires?|employe\w*|entretiens? annuels?|promotions?\b|sanctions?\b"
    r"|licenciement\w*|disciplin\w*|employees?|appraisals?|termination",
    "benefits": r"allocation\w*|allocataire\w*|aides? sociales?|rsa\b|apl\b|bourses?\b|credits?\b|prets?\b"
    r"|logement social"
    r"|benefits?\b|welfare|loans?\b|credit scor\w*|housing",
    "justice": r"prevenue?s?\b|condamn\w*|peines?\b|recidiv\w*|garde a vue|suspects?\b|asile|visas?\b|titres? de sejour"
    r"|sentenc\w*|defendants?|asylum|reoffend\w*",
    "health": r"patiente?s?\b.{0,40}(?:priorit|tri\b|triage)|triage",
}
_BY_SUBJECT: Final = {
    subject: re.compile(rf"\b{_DECIDES}(?:.|\n){{0,80}}?\b(?:{words})|\b(?:{words})(?:.|\n){{0,60}}?\b{_DECIDES}")
    for subject, words in _SUBJECTS.items()
}
_LOOKED_AT: Final = 4_000


def subject_of(question: str) -> str | None:
    """Return what a question asks to decide about somebody; None for any other question."""
    folded = fold(question[:_LOOKED_AT])
    return next((subject for subject, form in _BY_SUBJECT.items() if form.search(folded)), None)
