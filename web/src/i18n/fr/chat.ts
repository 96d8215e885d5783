/** Asking and reading: composer, turns, their states. */
export default {
  composer: "Votre question",
  placeholder: "Posez une question, collez un texte…",
  send: "Envoyer",
  stop: "Arrêter la réponse",
  waiting: "La liste des modèles arrive. Votre question partira dès qu’elle sera là.",
  hold: "Ne pas envoyer",
  conversation: "Échanges",
  question: "Question {number, number}",
  answer: "Réponse {number, number}",
  edit: "Modifier la question",
  editHint: "La conversation reprendra d’ici. La version actuelle reste accessible.",
  editSend: "Envoyer cette version",
  whole: "Afficher toute la question",
  less: "Réduire la question",
  copyQuestion: "Copier la question",
  copy: "Copier avec la mise en forme",
  copyMarkdown: "Copier en Markdown",
  copied: "Copié.",
  notCopied: "Rien n’a été copié. Sélectionnez le texte, puis copiez-le au clavier (Ctrl ou ⌘ + C).",
  retry: "Demander une autre réponse",
  retryShort: "Réessayer",
  previousQuestion: "Version précédente de la question",
  nextQuestion: "Version suivante de la question",
  previousAnswer: "Réponse précédente",
  nextAnswer: "Réponse suivante",
  version: "{index, number} sur {count, number}",
  toEnd: "Aller à la fin",
  running: "La réponse s’écrit.",
  done: "Réponse terminée.",
  doneStopped: "Réponse arrêtée.",
  tokens: "{count, plural, one {# jeton} other {# jetons}}",
  energy: "{wh} Wh",
  steps: {
    sending: "Envoi de la question…",
    stopping: "Arrêt demandé…",
    reconnecting: "Liaison coupée, reprise de la réponse…",
    waiting: "En attente d’une place…",
    queue:
      "{position, plural, =0 {La prochaine dans la file…} =1 {La prochaine dans la file…} other {Place # dans la file…}}",
    reading_files:
      "{pages, plural, =0 {Lecture des fichiers…} other {Lecture de la page {page, number} sur {pages, number}…}}",
    searching: "Recherche dans les bases documentaires…",
    loading_model: "Le modèle se charge…",
    reading: "Lecture de la question…",
    summarising: "Résumé du début de la conversation…",
    writing: "Rédaction…",
  },
  notices: {
    source_read: "Fichier lu : {shown, number} passages sur {total, number}.",
    source_seen: "{pictures, plural, one {Image vue} other {Images vues}} par le modèle.",
    source_unread: "Un fichier n’a pas pu être lu pour cette réponse.",
    source_withdrawn: "Une base documentaire choisie n’est plus lisible pour vous.",
    nothing_found: "Aucun passage des bases choisies ne correspond à la question.",
    search_engine_down:
      "Le moteur de recherche ne répond pas : la recherche a été faite dans la base de données, avec les mêmes droits.",
    answer_screened:
      "{masked, plural, =0 {Des garde-fous ont repéré des données sensibles dans cette réponse : relisez-la avant de la transmettre.} one {Une clé ou un jeton a été masqué dans cette réponse.} other {# clés ou jetons ont été masqués dans cette réponse.}}",
    person_decision:
      "Cette demande touche à une décision sur une personne. Une personne doit décider, vérifier ce qui est écrit et pouvoir l’expliquer à l’intéressé ; cet usage peut relever des systèmes à haut risque (règlement sur l’IA, articles 26 et 27).",
    names_replaced:
      "{replaced, plural, =0 {Aucun nom à remplacer avant l’envoi.} one {# nom ou identifiant remplacé avant l’envoi, puis rétabli.} other {# noms ou identifiants remplacés avant l’envoi, puis rétablis.}}",
    pictures_kept: "Les images n’ont pas été envoyées : les noms qu’elles portent ne peuvent pas être remplacés.",
    search_lexical: "La recherche n’a comparé que les mots : la comparaison du sens ne répond pas.",
    history_summarised: "Le début de la conversation a été résumé pour tenir dans la mémoire du modèle.",
    history_shortened: "Le début de la conversation n’a pas été relu : il dépasse la mémoire du modèle.",
    model_replaced: "Le modèle choisi ne répondait pas. Un autre modèle habilité a pris sa place.",
    quota_near:
      "Le quota est presque utilisé : il reprend {period, select, day {dès demain} other {au début du mois prochain}}.",
    answer_cut: "La réponse a atteint sa longueur maximale. Demandez la suite si besoin.",
  },
  citations: {
    title: "Citations de cette réponse",
    verified: "{count, plural, one {# citation vérifiée} other {# citations vérifiées}} dans vos textes",
    unsupported: "{count, plural, one {# introuvable} other {# introuvables}} dans vos textes",
    verifiedOne: "Vérifiée",
    unsupportedOne: "Introuvable",
    quoted: "«\u202f{words}\u202f»",
  },
  incident: "Signaler un incident",
  replaceAndRetry: "Remplacer les noms et demander à {model}",
  states: {
    stopped: "Vous avez arrêté cette réponse.",
    interrupted: "La réponse a été interrompue. Ce qui était écrit est gardé.",
    refused: "Refus",
    empty: "Le modèle n’a rien répondu.",
  },
  hello: "Bonjour {name}",
  intro: "Posez une question, collez un texte, ou déposez des fichiers : la réponse cite la page et les mots exacts.",
  examples: "Trois exemples pour commencer",
  filesExamples: "Trois questions à poser à vos fichiers",
  filesSummary: {
    title: "Résumer ces fichiers",
    words:
      "Résume ces fichiers en dix lignes : l’objet de chacun, les décisions qu’il contient, et ce qui reste à faire.",
  },
  filesSearch: {
    title: "Trouver ce qu’ils disent",
    words: "Que disent ces fichiers du budget et de sa répartition ? Cite les phrases exactes, avec leur page.",
  },
  filesDates: {
    title: "Relever les échéances",
    words:
      "Relève toutes les dates et échéances de ces fichiers dans un tableau : la date, ce qui est attendu, de qui.",
  },
  exampleReplaced: "L’exemple a remplacé votre texte.",
  summary: {
    title: "Résumer une note",
    words:
      "Résume en dix lignes, pour une directrice pressée, la note collée ci-dessous : d’abord les décisions attendues, puis les échéances et qui s’en charge.",
  },
  mail: {
    title: "Écrire un courriel",
    words:
      "Rédige un courriel bref et courtois pour reporter au 12 mars la réunion de service prévue lundi, en proposant deux créneaux le matin.",
  },
  notion: {
    title: "Expliquer une notion",
    words:
      "Explique simplement, avec un tableau comparatif, la différence entre une procédure adaptée et un appel d’offres ouvert.",
  },
} as const;
