/** What the safeguards find in what is written, in words. */
export default {
  found: "Repéré dans votre message : {types}.",
  removeSecret: "Retirez-le avant d’envoyer : un mot de passe ou une clé n’a rien à faire dans une question.",
  moved: "{wanted} n’est pas habilité à le recevoir : {chosen} répondra.",
  refused:
    "Votre message porte une mention de protection qu’aucune installation de ce service ne peut recevoir. Il ne peut pas partir ; il n’est gardé que dans cette zone de saisie.",
  kinds: {
    pii: "une donnée personnelle",
    secrets: "un mot de passe ou une clé",
    markings: "une mention de protection",
    injection: "une consigne adressée à l’assistant",
  },
  types: {
    nir: "un numéro de sécurité sociale",
    email: "une adresse électronique",
    phone: "un numéro de téléphone",
    iban: "un IBAN",
    card: "un numéro de carte bancaire",
    name: "un nom",
    address: "une adresse postale",
    birth_date: "une date de naissance",
    identity_document: "un numéro de pièce d’identité",
    tax_number: "un numéro fiscal",
    health: "une information de santé",
    ip: "une adresse IP",
    diffusion_restreinte: "la mention « Diffusion restreinte »",
  },
} as const;
