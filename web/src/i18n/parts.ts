/**
 * Which words come with what: `first` with the page, each other part with the screens and dialogs that say its words. A
 * namespace is in one part exactly, and whatever is fetched later names the parts it needs (`withWords`); parts.test.ts
 * follows the imports and refuses a word that would be missing.
 */
import type fr from "./fr/index.ts";

export const PARTS = {
  first: [
    "answer",
    "badges",
    "chat",
    "conversations",
    "doors",
    "errors",
    "files",
    "given",
    "identity",
    "models",
    "pseudonyms",
    "publications",
    "quotas",
    "rights",
    "sensitivity",
    "shell",
    "sources",
    "verbs",
    "web",
  ],
  adoption: ["charter", "literacy", "waves"],
  bases: ["collections"],
  connections: ["administration", "followed", "imports", "places", "units"],
  administration: ["egress", "ldap", "persons", "policies", "provisioning", "roles", "signIn", "sites"],
  desk: ["drafting", "glossaries", "inclusive", "publishing", "summaries", "writing"],
  panel: ["findings", "scholarly"],
  papers: ["papers"],
  privacy: ["governance", "privacy", "readings"],
  reports: ["declaration", "reports"],
  research: ["research"],
  settings: ["keys", "settings", "usage"],
} as const satisfies Readonly<Record<string, readonly (keyof typeof fr)[]>>;

export type Part = keyof typeof PARTS;
