/** Where to look: what is closed here, or not permitted at this level, says so. */
import type { Level, ResearchOffer, ResearchWhere } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import { isOffered, WHERE } from "./draft";
import sheet from "./research.module.css";

const css = classes(sheet);

interface SourceChoiceProps {
  readonly offer: ResearchOffer;
  readonly level: Level;
  readonly where: readonly ResearchWhere[];
  readonly onChange: (where: readonly ResearchWhere[]) => void;
  readonly official: boolean;
  readonly onOfficial: (official: boolean) => void;
}

export function SourceChoice({ offer, level, where, onChange, official, onOfficial }: SourceChoiceProps) {
  const t = useTranslations("research");
  const hint = useHint(offer, level);
  return (
    <fieldset className={css("sources")}>
      <legend className={css("legend")}>{t("where")}</legend>
      {WHERE.map((one) => {
        const offered = isOffered(offer, one, level);
        return (
          <Check
            key={one}
            label={t(`sources.${one}`)}
            hint={hint(one)}
            disabled={!offered}
            checked={offered && where.includes(one)}
            onChange={({ target }) =>
              onChange(target.checked ? [...where, one] : where.filter((other) => other !== one))
            }
          />
        );
      })}
      {where.includes("web") && isOffered(offer, "web", level) && (
        <Check label={t("official")} checked={official} onChange={({ target }) => onOfficial(target.checked)} />
      )}
    </fieldset>
  );
}

function useHint(offer: ResearchOffer, level: Level) {
  const t = useTranslations("research");
  const levels = useTranslations("models.levels");
  const engines = useTranslations("web.engines");
  const services = useTranslations("publications.sources");
  return (where: ResearchWhere): string => {
    if (where === "bases") return t("hints.bases");
    const highest = where === "web" ? offer.web_highest : offer.scholarly_highest;
    if (highest === null) return t("hints.closed");
    if (!isOffered(offer, where, level)) return t("hints.level", { level: levels(highest) });
    const names =
      where === "web" ? offer.engines.map(({ name }) => engines(name)) : offer.scholarly.map((one) => services(one));
    return t("hints.asked", { names: names.join(", ") });
  };
}
