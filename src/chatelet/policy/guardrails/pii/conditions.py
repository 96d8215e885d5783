"""Words of health: illnesses, states, treatments and medicines, folded, with what may or must follow them."""

import re
from functools import cache
from typing import Final

_PART: Final = (
    r"(?: (?:du|de la|de l'|des|de|d'|au|aux|a l'|a la|a)(?: )?[a-zœ'-]{3,20}(?: (?:droite?|gauche|[a-z]{4,14}"
    r"(?:ique|eux|euse|al|ale|aire|if|ive)))?)?"
)
_ADJECTIVE: Final = r"(?: [a-zœ-]{4,18}(?:ique|iques|eux|euse|eaux|al|ale|aire|if|ive|ee|e|gue|nte|nt))?"

_GRADE: Final = (
    r"(?: (?:rhumatoide|chroniques?|aigue?s?|severes?|legere?s?|moderee?s?|bilaterale?s?|recidivante?s?|rebelles?))?"
)

# One a line (the next line when indented): words, then what must follow (!) or may follow (?).
_STATES: Final = """
diabete diabetes diabetique diabetic ? (?: de type (?:1|2|i|ii)| gestationnel| insulino-?dependant)?
cancer cancers ? (?: (?:du|de la|de l'|des|de|au|a l') ?[a-z'-]{3,20}(?: droite?| gauche)?| metastatique
  | bronchique| colorectal)?
tumeur tumour tumor metastase metastases carcinome adenocarcinome melanome sarcome glioblastome leucemie leukemia
   lymphome lymphoma myelome {P}
depression depressive depressif ? (?: severe| nerveuse| post-?partum| majeure| saisonniere)?
burn-out burnout schizophrenie schizophrene schizophrenia bipolaire bipolar bipolarite psychose psychotique
   paranoiaque anorexie boulimie autisme autiste asperger tdah tsa adhd tentamen
epilepsie epileptique epilepsy asthme asthmatique asthma bpco emphyseme mucoviscidose pneumonie bronchite
   tuberculose pneumothorax apnee {A}
hypertension hypotension ? (?: arterielle| severe| pulmonaire)?
insuffisance ! (?: (?:renale|cardiaque|respiratoire|hepatique|surrenalienne|veineuse
  |coronarienne)(?: (?:terminale|chronique|aigue|severe))?)
sclerose ! (?: en plaques| laterale amyotrophique)
maladie ! (?: (?:d'alzheimer|de parkinson|de crohn|de lyme|de huntington|cœliaque|coeliaque|de charcot|de basedow
  |de verneuil|professionnelle|orpheline|rare|chronique|mentale|auto-?immune|genetique|psychiatrique|cardiaque
  |neurodegenerative|de hodgkin|thyroidienne|renale))
alzheimer parkinson fibromyalgie endometriose psoriasis eczema lupus arthrose polyarthrite spondylarthrite
   osteoporose hernie lombalgie sciatique scoliose tendinite lumbago {P}
avc infarctus embolie thrombose phlebite arythmie fibrillation angor stroke {P}
hepatite hepatitis ? (?: (?:a|b|c|chronique|auto-?immune))?
vih hiv sida aids seropositif seropositive seropositivite syphilis gonorrhee chlamydia herpes papillomavirus
   covid ? (?: long|-19| positive?| positif)?
cirrhose pancreatite gastrite ulcere colite appendicite occlusion hemorroides rectocolite crohn calculs lithiase
   {P}
alcoolique alcoolisme alcoolodependance toxicomane toxicomanie toxicodependance addiction addict cocainomane
   heroinomane sevrage
enceinte grossesse pregnant pregnancy ivg avortement abortion miscarriage menopause sterilite infertile pma fiv
fausse ! (?: couche)
trouble troubles ! (?: (?:bipolaires?|anxieux|depressifs?|dys|du comportement|alimentaires?|de la personnalite
  |du spectre(?: de l'autisme| autistique)?|psychiques?|psychotiques?|du sommeil|musculo-?squelettiques?|cognitifs?
  |obsessionnels?(?: compulsifs?)?|borderline|de l'attention|du langage|mentaux))
dyslexie dyslexique dyspraxie dyspraxique dysphasie dyscalculie trisomie trisomique hemiplegie paraplegique
   paraplegie tetraplegique amputation ampute surdite malentendant malvoyant cecite aveugle
multiple ! (?: sclerosis)
heart kidney liver breast lung prostate ! (?: (?:failure|attack|disease|cancer|transplant))
anxiete anxiety migraine migraines insomnie vertiges hemophilie drepanocytose thalassemie anemie hypothyroidie
   hyperthyroidie nodule goitre obesite obese denutrition {A}
allergie allergies allergique allergic allergy ! (?: (?:a|au|aux|to) ?(?:la |l'
  |le )?[a-zœ-]{3,20}(?: [a-z]{1,3} [a-z]{4,15})?)
suicide suicidaire suicidaires automutilation scarifications autolyse
ald rqth mdph aah invalidite incapacite inaptitude inapte ? (?: permanente| de \\d{1,3} ?%| \\d{1,2}
  |[ a-z]{0,3} \\d{1,2} ?%| temporaire| definitive)?
handicap handicape handicapee disability ? (?: (?:moteur|mental|visuel|auditif|psychique|cognitif))?
arret ! (?: (?:maladie|de travail)(?: pour [a-z -]{4,25})?)
fracture entorse luxation rupture brulure plaie ! (?: (?:du|de la|de l'|des|de|ouverte|ouvert|au|a la
  |a l') ?[a-z'-]{3,20}(?: (?:du|de la|de l') ?[a-z'-]{3,20})?(?: droite?| gauche)?)
chimiotherapie chemotherapy radiotherapie hormonotherapie immunotherapie dialyse dialysis hemodialyse
   psychotherapie electrochocs greffe transplantation mastectomie prostatectomie hysterectomie colectomie
   appendicectomie coronarographie pontage stent pacemaker prothese cesarienne coloscopie biopsie insulinotherapie
   transfusion curietherapie {P}
traitement ! (?: (?:antidepresseur|anxiolytique|antiretroviral|substitutif|hormonal|neuroleptique|antiepileptique
  |anticoagulant|par lithium|par insuline)s?)
antidepresseur antidepresseurs anxiolytique anxiolytiques neuroleptique neuroleptiques antipsychotique
   anticoagulant anticoagulants antidepressants
syndrome ! (?: (?:depressif|anxio-?depressif|d'asperger|de down|de gilles de la tourette
  |des ovaires polykystiques|du canal carpien|nephrotique|de guillain-barre|post-?traumatique|coronarien(?: aigu)?
  |de turner|de klinefelter|dysexecutif|de marfan|d'ehlers-danlos|de fatigue chronique|grippal|du colon irritable))
stress ! (?: post-?traumatique)
episode ! (?: (?:depressif|maniaque|psychotique|delirant)(?: (?:majeur|severe|caracterise|leger|modere))?)
etat ! (?: (?:depressif|de stress post-?traumatique|anxieux|anxio-?depressif|dementiel|grippal|vegetatif))
crise crises ! (?: (?:d'epilepsie|d'angoisse|de panique|cardiaque|d'asthme|convulsive)s?)
conge conges ! (?: (?:de )?(?:longue (?:maladie|duree)|maladie|grave maladie|pathologique))
hta bpco aomi dyslipidemie hypercholesterolemie goutte mst ist
demence dementia delire hallucinations phobie borderline
nephropathie retinopathie neuropathie cardiopathie myopathie glaucome cataracte dmla pyelonephrite coxarthrose
   gonarthrose cardiomyopathie valvulopathie {A}
accident ! (?: (?:vasculaire cerebral|vasculaire|ischemique transitoire))
scarlatine meningite septicemie varicelle rougeole paludisme malaria zona mononucleose coqueluche salmonellose
   gale ebola
"""
_MEDICINES: Final = """
metformine insuline lantus novorapid ozempic semaglutide gliclazide paracetamol doliprane dafalgan ibuprofene
aspirine kardegic amoxicilline augmentin azithromycine furosemide lasilix bisoprolol ramipril amlodipine atenolol
propranolol losartan valsartan irbesartan perindopril coversyl atorvastatine rosuvastatine simvastatine warfarine
previscan coumadine apixaban eliquis rivaroxaban xarelto clopidogrel plavix heparine lovenox levothyrox
levothyroxine prednisone prednisolone cortancyl prozac fluoxetine sertraline zoloft paroxetine deroxat escitalopram
seroplex citalopram venlafaxine effexor mirtazapine duloxetine cymbalta amitriptyline laroxyl xanax alprazolam
lexomil bromazepam valium diazepam temesta lorazepam stilnox zolpidem zopiclone imovane seresta oxazepam lithium
teralithe depakine valproate lamotrigine lamictal keppra levetiracetam tegretol carbamazepine risperidone risperdal
olanzapine zyprexa quetiapine xeroquel aripiprazole abilify clozapine leponex haloperidol haldol methadone subutex
buprenorphine morphine oxycodone tramadol codeine fentanyl lyrica pregabaline gabapentine ritaline methylphenidate
concerta salbutamol ventoline seretide symbicort methotrexate humira adalimumab etanercept infliximab tamoxifene
letrozole docetaxel cisplatine herceptin trastuzumab imatinib glivec truvada biktarvy dolutegravir tenofovir
emtricitabine genvoya omeprazole esomeprazole inexium pantoprazole mopral spasfon smecta imodium plaquenil
hydroxychloroquine donepezil aricept memantine levodopa modopar sinemet rituximab interferon viagra sildenafil
tardyferon donormyl atarax tercian nozinan antabuse esperal champix baclofene
"""
DOSE: Final = re.compile(r" (?:lp )?\d{1,4}(?:[.,]\d{1,2})? ?(?:mg|µg|mcg|g|ml|ui|cp|gouttes|microgrammes|unites)\b")


@cache
def conditions() -> dict[str, str]:
    """Return, by first word, what may or must follow it, as a pattern."""
    known: dict[str, str] = {}
    for line in _STATES.replace("\n  ", "").strip().splitlines():
        words, mark, rest = _cut(line)
        for word in words.split():
            known[word] = rest if mark else ""
    return known


@cache
def condition(head: str) -> re.Pattern[str]:
    """Return what a condition looks like from its first word on: compiled when first met, as all would take 0.2 s."""
    return re.compile(re.escape(head) + conditions()[head] + _GRADE + r"(?![\w])")


def _cut(line: str) -> tuple[str, str, str]:
    for mark in (" ! ", " ? "):
        if mark in line:
            words, rest = line.split(mark, 1)
            return words, mark.strip(), rest
    for mark, rest in (("{P}", _PART), ("{A}", _ADJECTIVE)):
        if line.endswith(mark):
            return line.removesuffix(mark), "?", rest
    return line, "", ""


@cache
def medicines() -> frozenset[str]:
    """Return names of medicines, folded."""
    return frozenset(_MEDICINES.split())
