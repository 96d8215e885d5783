/** What it takes to give a role somewhere, as the server judges it: nobody gives more than they hold. */
import type { NewGrant } from "#/api/roles";
import type { Right, Role, Unit } from "#/api/types";

type Made = Pick<Role, "rights">;

/** The rights of a role that count on a unit; those of the installation count only everywhere. */
export function carried(role: Made, ofTheInstallation: readonly Right[], everywhere: boolean): readonly Right[] {
  return everywhere ? role.rights : role.rights.filter((right) => !ofTheInstallation.includes(right));
}

/** The first right that the giver lacks where the role would be given; null when none is. */
export function missingToGive(
  role: Made,
  ofTheInstallation: readonly Right[],
  everywhere: boolean,
  holds: (right: Right) => boolean,
): Right | null {
  const needed: readonly Right[] = ["roles.grant", ...carried(role, ofTheInstallation, everywhere)];
  return needed.find((right) => !holds(right)) ?? null;
}

/** What the form of a grant holds. */
export interface GrantDraft {
  readonly role: string | null;
  readonly everywhere: boolean;
  readonly unit: Unit | null;
  /** The last day, as a date field writes it; empty for good. */
  readonly until: string;
}

export const EMPTY_GRANT: GrantDraft = { role: null, everywhere: false, unit: null, until: "" };

/** Reads the form; null while something is missing. */
export function readGrant({ role, everywhere, unit, until }: GrantDraft): NewGrant | null {
  if (role === null || !(everywhere || unit)) return null;
  return { role_id: role, unit_id: everywhere ? null : (unit?.id ?? null), expires_at: endOf(until) };
}

/** The end of a day where the person is: the last day is a whole one. */
function endOf(day: string): string | null {
  if (day === "") return null;
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
}
