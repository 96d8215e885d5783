/** The sections of the administration: where each is, what it is called, and the rights that open it (any of them). */
import { useHeld } from "#/api/sessions";
import type { Right } from "#/api/types";
import type { Messages } from "#/i18n";

/** What sections are about, in the order in which they are told. */
export const GROUPS = ["people", "use", "resources", "protection"] as const;

export interface Section {
  readonly group: (typeof GROUPS)[number];
  readonly path: `/administration/${string}`;
  readonly name: keyof Messages["administration"]["sections"];
  readonly rights: readonly Right[];
}

/** One line a section; the tabs, the person's menu and the palette of commands follow. */
export const SECTIONS = [
  { group: "people", path: "/administration/persons", name: "persons", rights: ["persons.read"] },
  { group: "people", path: "/administration/units", name: "units", rights: ["units.manage", "persons.read"] },
  { group: "people", path: "/administration/roles", name: "roles", rights: ["persons.read"] },
  { group: "people", path: "/administration/sign-in", name: "signIn", rights: ["installation.manage"] },
  { group: "people", path: "/administration/provisioning", name: "provisioning", rights: ["installation.manage"] },
  { group: "use", path: "/administration/charter", name: "charter", rights: ["charter.publish"] },
  { group: "use", path: "/administration/waves", name: "waves", rights: ["waves.manage"] },
  { group: "use", path: "/administration/quotas", name: "quotas", rights: ["quotas.manage", "usage.read"] },
  { group: "use", path: "/administration/keys", name: "keys", rights: ["keys.manage"] },
  { group: "resources", path: "/administration/models", name: "models", rights: ["installation.manage"] },
  { group: "resources", path: "/administration/places", name: "places", rights: ["places.manage"] },
  { group: "resources", path: "/administration/sites", name: "sites", rights: ["places.manage"] },
  { group: "protection", path: "/administration/policies", name: "policies", rights: ["security.manage"] },
  { group: "protection", path: "/administration/egress", name: "egress", rights: ["security.manage"] },
  { group: "protection", path: "/administration/reports", name: "reports", rights: ["security.manage"] },
  {
    group: "protection",
    path: "/administration/privacy",
    name: "privacy",
    rights: ["privacy.manage", "security.manage", "content.request", "content.approve"],
  },
] as const satisfies readonly Section[];

export type OpenSection = (typeof SECTIONS)[number];

/** The sections that a person may open. */
export function sectionsFor(holds: (right: Right) => boolean): readonly OpenSection[] {
  return SECTIONS.filter(({ rights }) => rights.some(holds));
}

export function useSections(): readonly OpenSection[] {
  return sectionsFor(useHeld().somewhere);
}

/** The section an address belongs to, if it is one of these. */
export function sectionAt<S extends Pick<Section, "path">>(sections: readonly S[], pathname: string): S | undefined {
  return sections.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
}
