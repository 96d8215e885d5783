/** Contests of safeguards, incidents, and their answers. */
export default {
  contest: {
    title: "Contester cette décision",
    about: "Un garde-fou a décidé. Dites pourquoi il vous semble avoir tort : une personne vous répondra.",
    words: "Pourquoi",
  },
  incident: {
    title: "Signaler un incident",
    about:
      "Une donnée partie où il ne fallait pas, une réponse dangereuse, une consigne étrangère : dites ce qui s’est passé.",
    words: "Ce qui s’est passé",
  },
  sort: "De quoi s’agit-il",
  sorts: {
    leak: "Une donnée est partie ou apparue où il ne fallait pas",
    harmful: "Une réponse dangereuse, illicite ou discriminante",
    injection: "L’assistant a suivi une consigne qui n’est pas de moi",
    other: "Autre chose",
  },
  read: "Lu par la personne chargée de la sécurité, et par elle seule ; le contenu de la conversation n’est pas joint.",
  send: "Envoyer",
  sent: "C’est envoyé. La réponse paraîtra dans vos réglages.",
  own: "Mes contestations et signalements",
  desk: "Contestations et incidents",
  deskAbout: "Ce que les personnes disent des garde-fous. Les consulter est inscrit au journal.",
  none: "Rien à traiter.",
  person: "Personne",
  kind: "Nature",
  kinds: { contest: "Contestation", incident: "Incident" },
  words: "Dit",
  made: "Le",
  state: "Suite",
  states: { open: "À traiter", upheld: "Décision confirmée", changed: "Décision changée", closed: "Traité" },
  answer: "Réponse",
  answerIt: "Répondre",
  answerTitle: "Répondre",
  answerHint: "Lue par la personne qui a écrit.",
} as const;
