/** Models, zones and levels of sensitivity, in words. */
import type fr from "../fr/models";
import type { Same } from "../index";

export default {
  levels: {
    public: "Public",
    internal: "Internal",
    restricted: "Sensitive",
    diffusion_restreinte: "Diffusion restreinte",
  },
  levelWords: {
    public: "Could be published as it is.",
    internal: "Everyday work, without secrets or sensitive data.",
    restricted: "Personal data, professional secrets, pending files.",
    diffusion_restreinte: "The document bears the French mark “Diffusion restreinte”.",
  },
  level: "Level of sensitivity",
  levelPrefix: "Level of sensitivity:",
  levelLower: "The level of a conversation does not go down. Start another one.",
  levelNobody: "No model is cleared for this level.",
  model: "Model",
  modelPrefix: "Model:",
  where: "{operator}, {country}",
  upTo: "Up to level {level}",
  upToInline: "up to level {level}",
  notCleared: "Is not cleared above level {level}.",
  noTraining: "Does not learn from your texts",
  logs: "{days, plural, =0 {No logs at the operator} one {Logs erased after # day} other {Logs erased after # days}}",
  demonstration: "Small demonstration model: its answers are often wrong.",
  states: {
    ready: "Ready",
    loading: "Loading…",
    unreachable: "Does not answer",
    missing: "File missing",
    unknown: "State unknown",
  },
  loadingAt: "Loading, {progress}",
  none: "No model is configured. An administrator can add one.",
  noneUsable: "No model cleared for this level answers.",
  unreadable: "The list of models could not be read.",
  aiNotice: "An AI answers and can be wrong: check whatever commits you.",
} satisfies Same<typeof fr>;
