/** Rights and roles in words, and the sentence that says which right is missing. */
import type { Right, Role } from "#/api/types";
import { type Messages, useLocale, useTranslations } from "#/i18n";

type Key = Exclude<keyof Messages["rights"], "missing">;

/** A right that this page does not know yet shows its code. */
export function useRightWords(): {
  readonly name: (right: Right) => string;
  readonly missing: (right: Right) => string;
} {
  const t = useTranslations("rights");
  const name = (right: Right) => {
    const key = right.replace(".", "_") as Key;
    return t.has(key) ? t(key) : right;
  };
  return { name, missing: (right) => t("missing", { right: name(right) }) };
}

export function useRoleName(): (role: Pick<Role, "name_fr" | "name_en">) => string {
  const locale = useLocale();
  return ({ name_fr, name_en }) => (locale === "fr" ? name_fr : name_en);
}
