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
  categories: {
    personal: "personal data",
    health: "health",
    banking: "banking data",
    judicial: "justice",
    defence: "defence",
    research: "protected research",
  },
  refusedByUnit:
    "Refused by a rule of {unit}: {rule, select, models_never {this model is excluded there} models_only {this model is not one of those that it allows} other {this category must stay in other zones: {category}}}.",
  everybody: "the institution",
  notClearedFor: "Is not cleared for: {categories}.",
  level: "Level of sensitivity",
  levelPrefix: "Level of sensitivity:",
  levelLower: "The level of a conversation does not go down. Start another one.",
  levelNotApproved: "This installation is no longer approved for this level.",
  levelHighest: "The highest level this installation is approved for.",
  levelNobody: "No model is cleared for this level.",
  model: "Model",
  modelPrefix: "Model:",
  where: "{operator}, {country}",
  upTo: "Up to level {level}",
  upToInline: "up to level {level}",
  notCleared: "Is not cleared above level {level}.",
  sees: "Sees images",
  noTraining: "Does not learn from your texts",
  logs: "{days, plural, =0 {No logs at the operator} one {Logs erased after # day} other {Logs erased after # days}}",
  qualifications: {
    secnumcloud: "SecNumCloud hosting",
    hds: "Health data hosting (HDS)",
    iso27001: "ISO 27001",
    c5: "C5",
  },
  cardLacks: "Not told by the contract: {gaps}.",
  gaps: {
    qualification: "qualification of the hosting",
    hds: "health data hosting",
    training: "no training",
    log_delay: "how long logs are kept",
    energy: "energy",
  },
  demonstration: "Small demonstration model: its answers are often wrong.",
  states: {
    ready: "Ready",
    loading: "Loading…",
    unreachable: "Does not answer",
    missing: "File missing",
    unknown: "State unknown",
  },
  loadingAt: "Loading, {progress}",
  none: "No model is configured. Your text is kept; an administrator can add a model.",
  noneCleared:
    "No model is cleared for this level. An administrator can clear one; another conversation can have a lower level.",
  noneClearedForCategories:
    "No model is cleared for what your message holds. Your text is kept; remove the passage, or ask an administrator to clear a model.",
  noneForUnit:
    "The rules of your unit allow no model for this content. Your text is kept; take the passage out, or ask your administration.",
  noneUsable:
    "No model cleared for this level answers. Your text is kept; try again in a moment, or tell your administrator.",
  notApproved:
    "This installation is not approved for the level of this conversation. Nothing can be sent in it; start another one, at a lower level.",
  listing: "Reading the list of models…",
  unreadable: "The list of models could not be read.",
  aiNotice: "An AI answers and can be wrong: check whatever commits you.",
} satisfies Same<typeof fr>;
