/** Rights by what they are about, in the order in which they are shown. */
import type { Right } from "#/api/types";

export const GROUPS = ["use", "documents", "persons", "units", "installation"] as const;
export type Group = (typeof GROUPS)[number];

/** Every right has its group, or the page does not build. */
const GROUP_OF = {
  "chat.use": "use",
  "api.use": "use",
  "documents.read": "documents",
  "documents.contribute": "documents",
  "documents.curate": "documents",
  "documents.publish": "documents",
  "levels.lower": "documents",
  "places.manage": "documents",
  "persons.read": "persons",
  "persons.manage": "persons",
  "units.manage": "persons",
  "roles.grant": "persons",
  "waves.manage": "units",
  "charter.publish": "units",
  "keys.manage": "units",
  "quotas.manage": "units",
  "usage.read": "units",
  "journal.read": "installation",
  "privacy.manage": "installation",
  "content.request": "installation",
  "content.approve": "installation",
  "security.manage": "installation",
  "installation.manage": "installation",
} as const satisfies Record<Right, Group>;

export function rightsOf(group: Group): readonly Right[] {
  return (Object.keys(GROUP_OF) as Right[]).filter((right) => GROUP_OF[right] === group);
}
