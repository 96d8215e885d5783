"""The words around names: civilities, labels of forms, relatives; and those that make a name no person's."""

import re
from functools import cache
from typing import Final

from chatelet.policy.guardrails.reading import fold

_UP: Final = "A-ZÀ-ÖØ-ÞŒŠŽĀ-Ž"
INITIAL: Final = rf"[{_UP}]\.(?:[ -]?[{_UP}]\.)?"
SURNAME: Final = rf"(?:[{_UP}]['’])?[{_UP}][^\W\d_]+(?:['’-][^\W\d_]+)*"
PARTICLE: Final = (
    r"(?:(?:de la|de l['’]|de las|de los|van der|van den|van de|von der|de|du|des|da|dos|di|van|von|ben|bin|bint|el"
    r"|al|ould|ait"
    r"|De La|De|Du|Des|Van Der|Van Den|Van|Von|Ben|Bin|El|Al|Ould|Aït|Ait|Le|La|Les|Da|Dos|Di|DE LA|DE|DU|DES|LE|LA"
    r"|VAN|EL|BEN|AL|AIT)"
    r"[ \u00a0]|d['’]|D['’])"
)
PERSON: Final = (
    rf"(?:{INITIAL}[ \u00a0]?)?(?:{PARTICLE}){{0,2}}{SURNAME}(?:[ \u00a0](?:{PARTICLE}){{0,2}}(?:{INITIAL}"
    rf"|{SURNAME})){{0,3}}"
)

CIVILITY: Final = re.compile(
    r"(?<![\w-])(?:M\.|MM\.|Mr\b\.?|Mrs\b\.?|Ms\b\.?|Mme\b\.?|Mmes\b|Mlle\b\.?|MME\b\.?|MLLE\b|[Mm]onsieur|[Mm]adame"
    r"|[Mm]ademoiselle|MONSIEUR|MADAME"
    r"|Miss|[Dd]r\b\.?|Drs\b|[Dd]octeure?|[Pp]r\b\.?|[Pp]rof\b\.?|[Pp]rofesseure?|Professor|Doctor|Me\b|[Mm]aître"
    r"|[Gg]énérale?|[Cc]olonelle?|[Cc]apitaine"
    r"|[Cc]ommandante?|[Ll]ieutenante?|[Aa]djudant(?:-chef)?|[Ss]ergente?|[Mm]ajor|[Aa]miral|[Bb]rigadier(?:-chef)?"
    r"|Captain|Sergeant|[Cc]aporal|[Ss]œur"
    r"|[Vv]euve|[Ii]nspecteur|[Ii]nspectrice|[Cc]onseill(?:er|ère)|[Aa]bbé|Herr|Frau|Señor|Señora|Sr\.|Sra\.|Signor"
    r"|Signora)[ \u00a0\u202f]"
    r"(?:et[ \u00a0](?:M\.|Mme|Madame|Monsieur|Mlle)[ \u00a0\u202f])?(?:(?:le|la)[ ])?(?:(?:[Dd]octeure?"
    r"|[Pp]rofesseure?|[Gg]énérale?|[Cc]olonel|Dr|Pr|[Vv]euve|[Pp]réfet|[Jj]uge|[Mm]aire|[Mm]inistre"
    r"|[Dd]éputée?|[Ss]énat(?:eur|rice)|[Cc]ommissaire|[Cc]onseiller|[Cc]onseillère|[Pp]résidente?|[Dd]irect(?:eur"
    r"|rice))\.?[ \u00a0])?"
    rf"(?P<name>{PERSON})"
)
LOWER_CIVILITY: Final = re.compile(r"(?<![\w-])(?:mme|mlle|mr) (?P<name>[^\W\d_]{3,}(?:-[^\W\d_]+)?)(?![\w'])")
# What a form asks before « : »; folded.
LABELS: Final = frozenset(
    label.strip()
    for label in """nom|noms|nom et prenom|noms et prenoms|nom, prenom|nom prenom|nom / prenom|nom/prenom
|prenom et nom|prenom nom|prenom/nom|prenom|prenoms|prenom usuel|nom de famille
|nom de naissance|nom de jeune fille|nom d'usage|nom d'epouse|nom marital|nom usuel
|nom de l'agent|nom de l'assure|nom de l'eleve|nom de la mere|nom du pere|nom du patient
|nom du demandeur|nom complet|nom_complet|nom_famille|nom_naissance|nom_usage|nom_patient
|prenom_patient|nom_agent|patient|patiente|name|full name|full_name|fullname|first name
|first_name|firstname|firstnames|last name|last_name|lastname|surname|given name|given_name
|given names|family name|family_name|signe|signee|signature|signataire|auteur|auteure|author
|expediteur|destinataire|demandeur|demanderesse|requerant|requerante|titulaire|assure|assuree
|candidat|candidate|beneficiaire|contact|interlocuteur|interlocutrice|responsable|medecin
|medecin traitant|rapporteur|rapporteure|rapportrice|salarie|salariee|agent|agente|eleve
|etudiant|etudiante|redacteur|redactrice|locataire|bailleur|proprietaire|client|cliente
|acheteur|vendeur|suivi par|dossier suivi par|affaire suivie par|valideur|from|to|de|cc|a
|employee|student|patient name|customer|represente par|present|presente|presents|presentes
|excuse|excuses|absents|participants|encadrant|tuteur|tutrice|conjoint|conjointe|epoux|epouse
|enfant|enfants|user_name|display_name|displayname|directeur|directrice|secretaire|president
|presidente|maire|referent|referente|emetteur|chirurgien|infirmier|infirmiere|defendeur
|plaignant|plaignante|victime|temoin|prevenu|accuse|mere|pere|representant legal
|representante legale|emprunteur|stagiaire|maitre de stage|n+1|manager|chef de projet
|sous-signe|assignee|reporter|owner|created_by|doctor|physician|nurse|teacher|witness|signed
|signed by|signe par|adherent|allocataire|allocataires|mandataire|personne a contacter
|personne a prevenir|contact d'urgence|emergency contact
|nom du titulaire|titulaire du compte""".replace("\n", "").split("|")
)
LABEL_END: Final = re.compile(r"[:=|]")
LABEL_AFTER: Final = re.compile(r"[\s\"'*“«\u00a0]{0,5}(?:(?:M\.|Mme|Mlle|Dr|Mr|Pr|Me|Monsieur|Madame) )?")
_LAST_WORDS: Final = frozenset(label.rsplit(" ", 1)[-1] for label in LABELS)  # most marks follow none of them
_EDGES: Final = " \"'*\u00a0|-•\t([{,"


def label_before(folded: str, place: int) -> str:
    """Return the label of a form that ends at `place`; "" without any."""
    line = folded[max(folded.rfind("\n", max(0, place - 34), place) + 1, place - 34) : place].rstrip(_EDGES)
    words = line.split(" ")
    if words[-1].lstrip(_EDGES) not in _LAST_WORDS:
        return ""
    for count in range(min(5, len(words)), 0, -1):
        label = " ".join(words[-count:]).lstrip(_EDGES)
        if label in LABELS:
            return label
    return ""


# One of these words is in every civility, in every mention of a relative: folded.
CIVILITIES: Final = frozenset(
    "m mm mr mrs ms mme mmes mlle monsieur madame mademoiselle miss dr drs docteur docteure pr prof professeur"
    " professeure professor doctor me maitre general generale colonel colonelle capitaine commandant commandante"
    " lieutenant"
    " lieutenante adjudant sergent sergente sergeant major amiral brigadier captain caporal sœur veuve inspecteur"
    " inspectrice conseiller conseillere abbe herr frau señor senor señora senora sr sra signor signora".split()
)
RELATIVES: Final = frozenset(
    "bonjour bonsoir cher chere salut coucou hello hi dear merci fils fille frere soeur sœur mari femme epouse epoux"
    " conjointe conjoint mere pere ami amie collegue cousin cousine oncle tante voisin voisine enfant bebe compagnon"
    " compagne"
    " patient patiente chef cheffe stagiaire neveu niece son daughter brother sister wife husband mother father"
    " colleague friend boss salarie salariee eleve etudiant etudiante prevenu prevenue temoin requerant requerante"
    " victime agent agente".split()
)
CLOSINGS: Final = frozenset(
    "cordialement vous salutations amicalement bises sincerely regards wishes respectueusement fraternellement".split()
)
CLOSING: Final = re.compile(
    r"(?:cordialement|bien a vous|salutations(?: distinguees| les meilleures)?|amicalement|bises|sincerely|regards"
    r"|best wishes"
    r"|respectueusement|fraternellement)[ ,.!]{0,3}\n\s{0,6}(?=[^\n]{2,40}(?:\n|$))"
)
BARE_LABEL: Final = re.compile(
    r"(?<![\w-])(?:je m'appelle|je me nomme|je soussignee?(?:\(e\))?,?|my name is|nee|moi c'est|s'appelle|nommee?"
    r"|denommee?|alias|se nomme)[ ,]{1,2}"
)
RELATIVE: Final = re.compile(
    r"(?<![\w-])(?:bonjour|bonsoir|cher|chere|salut|coucou|hello|hi|dear|merci|(?:m(?:on|a)|s(?:on|a)|notre|votre"
    r"|leur|le|la|my|his|her) (?:fils|fille|frere|soeur|sœur|mari"
    r"|femme|epouse|epoux|conjointe?|conjoint|mere|pere|ami|amie|collegue|cousine?|oncle|tante|voisine?|enfant|bebe"
    r"|compagn(?:on|e)|patiente?|cheffe?|stagiaire|neveu|niece"
    r"|son|daughter|brother|sister|wife|husband|mother|father|colleague|friend|boss|salariee?|eleve|etudiante?"
    r"|prevenue?|temoin|requerante?|victime|agente?)),? "
)
_NO_PERSON_BEFORE: Final = re.compile(
    r"(?:\b(?:rues?|avenue|av|bd|boulevard|place|quai|allees?|impasse|chemin|route|square|cours|passage|pont|gare"
    r"|aeroport|station|metro|lycee|college|ecole|hopital"
    r"|hopitaux|clinique|chu|chr|stade|gymnase|fondation|institut|universite|musee|bibliotheque|mediatheque|theatre"
    r"|salle|amphi(?:theatre)?|batiment|centre|residence"
    r"|lois?|amendement|prix|theoreme|syndrome|maladie|plan|rapport|affaire|arret|methode|algorithme|constante|effet"
    r"|echelle|test|indice|groupe|laboratoires?|maison"
    r"|societe|editions?|cabinet|cite|fort|caserne|port|parc|jardin|rond-point|street|avenue|school|hospital|law"
    r"|prize|statue|buste|tombeau|promotion|porte|tour|bourse"
    r"|medaille|equation|loi|principe|matrice|nombre|theorie|decret|circulaire|ordonnance|accords?|saint|sainte|st"
    r"|ste|porte-avions|navire|fregate|croiseur|cirque|foyer|ehpad"
    r"|villa|chateau|eglise|cathedrale|chapelle|paroisse|basilique|ile|mont|massif|barrage|viaduc|tunnel|promenade"
    r"|esplanade|parvis|faubourg|mail|squares|courbe|filtre|formule|serie|film|roman"
    r"|livre|album|personnage|piece|opera|chanson|marque|magasin|restaurant|hotel|cafe)(?:s)?(?: (?:de la|de l'|du"
    r"|des|de|d'|le|la|les))?"
    r"|(?:rue|avenue|place|quai|allee|lycee|college|hopital|boulevard|square) (?:du|de la|de l'|des) ?)"
    r"(?:[ -]|(?<='))(?:(?:du |de la |de l'|des |de |d'|le |la |l')?(?:general|docteur|dr|professeur|pr|colonel"
    r"|marechal|president|commandant|capitaine|maitre|abbe|amiral|saint|sainte|monseigneur) ?-?(?:de )?)?$"
)
_NO_SURNAMES: Final = """
le la les un une des du de il elle je nous vous ils elles on mais et ou donc or ni car si que qui quoi dont ce cette
ces cet mon ma mes son sa ses notre votre leur monsieur madame mademoiselle messieurs mesdames president presidente
directeur directrice maire ministre prefet prefete juge procureur procureure rapporteur adjoint adjointe delegue
deleguee general generale secretaire chef cheffe responsable conseiller conseillere depute senateur ambassadeur
recteur rectrice doyen janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi
mardi mercredi jeudi vendredi samedi dimanche january february march april may june july august september october
november december monday tuesday wednesday thursday friday saturday sunday objet bonjour bonsoir cordialement tel
telephone fax mail email courriel service universite ecole institut ministere direction bureau departement region
republique france paris lyon marseille toulouse nantes lille bordeaux rennes strasbourg europe monde nationale
national internationale international nom prenom adresse date numero mozilla linux windows nir iban siret code
client patient dossier reference page article annexe chapitre titre note plan projet rapport the a an of and for to
in on with is was has will please dear sir street road avenue company inc ltd llc corp group bank university sa sas
sarl eurl email phone born ne nee non oui rien ici voir selon dans pour avec sans sur sous vers chez par puis alors
ainsi apres avant depuis pendant afin comme quand lorsque document confidentiel secret restreinte restreint
diffusion interne public data donnees protection regulation partie prestataire employeur titulaire acheteur vendeur
copyright licence license version system user assistant admin root null none true false inconnu neant soussigne
soussignee docteur professeur maitre gaulle sujet expediteur destinataire telephone mobile portable nationalite
profession age sexe ville pays signature fait cedex bp cs rue boulevard place suivi traitement diagnostic motif
antecedents allergies examen conclusion consultation hospitalisation ordonnance compte rendu presents excuses
absents
"""


@cache
def no_surnames() -> frozenset[str]:
    """Return words with a capital that are no family name, folded."""
    return frozenset(fold(_NO_SURNAMES).split())


def is_place(folded: str, start: int) -> bool:
    """Tell whether what starts here gives its name to a street, a school, a law or the like."""
    return _NO_PERSON_BEFORE.search(folded, max(0, start - 40), start) is not None
