/** The rule of inclusive writing of a unit. */
export default {
  title: "Inclusive writing",
  label: "Rule of the unit, for texts in French",
  above: "That of above: {rule} ({unit})",
  nobody: "nobody decided",
  saved: "Rule saved.",
  rules: {
    none: "each writes as they wish",
    generic: "generic masculine, no abridged form",
    epicene: "words without gender, no abridged form",
    doublets: "feminine and masculine in full",
    "median-point": "median point",
  },
  hints: {
    none: "The writing desk asks for nothing and checks nothing.",
    generic: "“Les agents”. Abridged forms (agent·e, agent(e)) are replaced.",
    epicene: "“Le personnel”, “la direction”. Abridged forms and names in the masculine alone are told.",
    doublets: "“Les agentes et les agents”. Abridged forms and names in the masculine alone are told.",
    "median-point": "“Les agent·es”. Other abridged forms (agent(e)s, agent.e.s) are brought to this one.",
  },
};
