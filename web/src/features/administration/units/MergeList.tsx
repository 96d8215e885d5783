/** Everything that a merge hands over, kind by kind, and what becomes of what both units have. */
import type { MergePreview } from "#/api/types";
import { type Messages, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";

const css = classes(sheet);
type Kind = keyof Messages["units"]["handedOver"];

interface MergeListProps {
  readonly preview: MergePreview;
  readonly code: string;
  readonly into: string;
}

export function MergeList({ preview, code, into }: MergeListProps) {
  const t = useTranslations("units");
  const { units, persons, persons_in_both, roles, owned, policies } = preview;
  return (
    <ul className={css("consequences")}>
      <li>{t("mergeUnits", { count: units })}</li>
      <li>{t("mergePersons", { count: persons })}</li>
      {persons_in_both > 0 && <li>{t("mergeTwice", { count: persons_in_both })}</li>}
      <li>{t("mergeRoles", { count: roles })}</li>
      {owned.length === 0 && <li>{t("mergeNothing")}</li>}
      {owned.length > 0 && (
        <li>
          {t("mergeOwned")}
          <ul className={css("consequences")}>
            {owned.map(({ kind, count, both, outcome }) => (
              <li key={kind}>
                <b>{t(`handedOver.${kind as Kind}`, { count })}</b> {t(`mergeOutcomes.${outcome}`, { both })}
              </li>
            ))}
          </ul>
        </li>
      )}
      {policies && <li>{t("mergePolicies", { into })}</li>}
      <li>{t("mergeCode", { code, into })}</li>
    </ul>
  );
}
