/** The file that officers must produce. */
export default {
  title: "Dossier de conformité",
  about:
    "Fiche de registre, analyse d’impact, règlement sur l’IA, cartographie des flux, recommandations de l’ANSSI et annexe de sécurité, écrits depuis la configuration en service. Ce que seule l’institution peut dire y est marqué « à compléter ».",
  pending:
    "{count, plural, one {Un réglage a changé} other {# réglages ont changé}} depuis la dernière version. À réévaluer : {parts}.",
  make: "Produire une version",
  made: "Le dossier est à jour.",
  none: "Aucune version n’a encore été produite.",
  version: "Version",
  madeOn: "Produite le",
  reassess: "À réévaluer",
  parts: {
    register: "fiche de registre",
    dpia: "analyse d’impact",
    ai_act: "règlement sur l’IA",
    flows: "flux",
    anssi: "recommandations de l’ANSSI",
    security: "sécurité",
  },
  actions: "Actions",
  actionsOf: "Télécharger la version {number}",
  forms: { odt: "Télécharger en ODT", pdf: "Télécharger en PDF", docx: "Télécharger en DOCX" },
} as const;
