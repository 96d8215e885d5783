/** How each source ended: a result that lacks one says so. */
import { CircleCheck, CircleSlash, Clock } from "lucide-react";
import type { ScholarlySource } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./scholarly.module.css";

const css = classes(sheet);
const ICONS = { answered: CircleCheck, late: Clock, dead: CircleSlash, refused: CircleSlash, broken: CircleSlash };

export function SourceStates({ sources }: { readonly sources: readonly ScholarlySource[] }) {
  const t = useTranslations("scholarly");
  const services = useTranslations("publications.sources");
  return (
    <ul className={css("states")} aria-label={t("states.title")}>
      {sources.map((one) => {
        const Icon = ICONS[one.state];
        return (
          <li key={one.source} className={css("state", one.state === "answered" ? "well" : "ill")}>
            <Icon aria-hidden="true" className={css("icon")} />
            {services(one.source)} · {t(`states.${one.state}`, { count: one.works })}
          </li>
        );
      })}
    </ul>
  );
}
