/** What a role allows, in words. */
import type { Right } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";
import { useRightWords } from "./rightWords";

const css = classes(sheet);

interface RightsListProps {
  readonly rights: readonly Right[];
  /** Rights that do not count where the role is given. */
  readonly without?: readonly Right[];
}

export function RightsList({ rights, without = [] }: RightsListProps) {
  const t = useTranslations("roles");
  const { name } = useRightWords();
  if (rights.length === 0) return <p className={css("words")}>{t("noRight")}</p>;
  return (
    <ul className={css("rights")}>
      {rights.map((right) => (
        <li key={right} className={css("right", without.includes(right) && "lost")}>
          {name(right)}
          {without.includes(right) && <span> {t("onlyEverywhere")}</span>}
        </li>
      ))}
    </ul>
  );
}
