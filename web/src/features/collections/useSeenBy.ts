/** Who may read a base, and why, in a sentence. */
import { usePerson } from "#/api/sessions";
import type { Collection } from "#/api/types";
import { useTranslations } from "#/i18n";

export function useSeenBy(): (collection: Collection) => string {
  const t = useTranslations("collections.seen");
  const { id: me } = usePerson();
  return ({ owner, shared, closed }) => {
    if (closed && (shared || owner.id !== me)) return t("closed");
    if (owner.kind === "unit") return t("unit", { owner: owner.name });
    if (owner.id !== me) return t("lent", { owner: owner.name });
    return shared ? t("selfShared") : t("self");
  };
}
