/** The file that officers must produce. */
export default {
  title: "Compliance file",
  about:
    "Record of processing, impact assessment, AI regulation, map of data flows, ANSSI’s recommendations and security annex, written from the running configuration. What only the institution can say is marked “to be completed”.",
  pending:
    "{count, plural, one {One setting changed} other {# settings changed}} since the last version. To be assessed again: {parts}.",
  make: "Make a version",
  made: "The file is up to date.",
  none: "No version was made yet.",
  version: "Version",
  madeOn: "Made on",
  reassess: "To assess again",
  parts: {
    register: "record of processing",
    dpia: "impact assessment",
    ai_act: "AI regulation",
    flows: "flows",
    anssi: "ANSSI’s recommendations",
    security: "security",
  },
  actions: "Actions",
  actionsOf: "Download version {number}",
  forms: { odt: "Download as ODT", pdf: "Download as PDF", docx: "Download as DOCX" },
} as const;
