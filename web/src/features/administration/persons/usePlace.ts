/** What an act is about, in words: its role, its unit; nothing for those that are about accounts. */
import type { PersonAct } from "#/api/types";
import { useTranslations } from "#/i18n";
import { useRoleName } from "../roles/rightWords";

export function usePlace(): (act: Pick<PersonAct, "kind" | "unit" | "role">) => string {
  const t = useTranslations("roles");
  const roleName = useRoleName();
  return ({ role, unit }) =>
    [role && roleName(role), unit?.name ?? (role && t("everywhere"))].filter(Boolean).join(" · ");
}
