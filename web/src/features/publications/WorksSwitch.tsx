/** In the composer: the switch of publications, and, once on, the very words that will leave, to read and to change. */
import { GraduationCap } from "lucide-react";
import { useId } from "react";
import type { Level } from "#/api/types";
import webSheet from "#/features/web/web.module.css";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ToggleIcon } from "#/ui/ToggleIcon";
import type { WorksAsk } from "./useWorksAsk";

const css = classes(webSheet);
const LONGEST = 400;

export function WorksSwitch({ works, disabled }: { readonly works: WorksAsk; readonly disabled: boolean }) {
  const t = useTranslations("publications");
  if (works.sources.length === 0) return null;
  return (
    <ToggleIcon
      label={t("switch")}
      icon={GraduationCap}
      isSelected={works.on}
      isDisabled={disabled}
      onChange={works.turn}
    />
  );
}

interface WorksQueryProps {
  readonly works: WorksAsk;
  readonly level: Level;
  readonly locked: boolean;
}

export function WorksQuery({ works, level, locked }: WorksQueryProps) {
  const t = useTranslations("publications");
  const id = useId();
  const about = useAbout(works, level);
  if (!works.on) return null;
  return (
    <fieldset className={css("query")} aria-label={t("title")}>
      <label htmlFor={id} className={css("label")}>
        <GraduationCap aria-hidden="true" className={css("icon")} />
        {t("label")}
      </label>
      <input
        id={id}
        className={css("words")}
        value={works.query}
        maxLength={LONGEST}
        readOnly={locked}
        placeholder={t("placeholder")}
        aria-describedby={`${id}-about`}
        onChange={(event) => works.write(event.target.value)}
      />
      <p id={`${id}-about`} className={css("about")}>
        {about}
      </p>
    </fieldset>
  );
}

function useAbout(works: WorksAsk, level: Level): string {
  const t = useTranslations();
  const format = useFormatter();
  if (works.lackAt(level) === "level") return t("publications.level", { level: t(`models.levels.${works.highest}`) });
  if (works.staysAt(level)) return t("publications.stays");
  const away = works.sources.filter((name) => name !== "mirror");
  const sources = format.list(away.map((name) => t(`publications.sources.${name}`)));
  return t("publications.about", { sources, removed: works.removed });
}
