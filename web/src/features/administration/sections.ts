/** The sections of the administration: where each is, what it is called, and the rights that open it (any of them). */
import { useHeld } from "#/api/sessions";
import type { Right } from "#/api/types";
import type { Messages } from "#/i18n";

export interface Section {
  readonly path: `/administration/${string}`;
  readonly name: keyof Messages["administration"]["sections"];
  readonly rights: readonly Right[];
}

/** One line a section; the tabs, the person's menu and the palette of commands follow. */
export const SECTIONS = [
  { path: "/administration/persons", name: "persons", rights: ["persons.read"] },
  { path: "/administration/units", name: "units", rights: ["units.manage", "persons.read"] },
  { path: "/administration/roles", name: "roles", rights: ["persons.read"] },
  { path: "/administration/waves", name: "waves", rights: ["waves.manage"] },
  { path: "/administration/charter", name: "charter", rights: ["charter.publish"] },
  { path: "/administration/quotas", name: "quotas", rights: ["quotas.manage", "usage.read"] },
  {
    path: "/administration/privacy",
    name: "privacy",
    rights: ["privacy.manage", "security.manage", "content.request", "content.approve"],
  },
  { path: "/administration/models", name: "models", rights: ["installation.manage"] },
  { path: "/administration/policies", name: "policies", rights: ["security.manage"] },
  { path: "/administration/egress", name: "egress", rights: ["security.manage"] },
  { path: "/administration/reports", name: "reports", rights: ["security.manage"] },
  { path: "/administration/places", name: "places", rights: ["places.manage"] },
  { path: "/administration/keys", name: "keys", rights: ["keys.manage"] },
  { path: "/administration/provisioning", name: "provisioning", rights: ["installation.manage"] },
  { path: "/administration/sign-in", name: "signIn", rights: ["installation.manage"] },
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
