/** In the composer: the switch of the web, and, once on, the very words that will leave, to read and to change. */
import { Globe } from "lucide-react";
import { useId } from "react";
import type { Level } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ToggleIcon } from "#/ui/ToggleIcon";
import type { WebAsk } from "./useWebAsk";
import sheet from "./web.module.css";

const css = classes(sheet);
const LONGEST = 400;

export function WebSwitch({ web, disabled }: { readonly web: WebAsk; readonly disabled: boolean }) {
  const t = useTranslations("web");
  if (web.engines.length === 0) return null;
  return <ToggleIcon label={t("switch")} icon={Globe} isSelected={web.on} isDisabled={disabled} onChange={web.turn} />;
}

interface WebQueryProps {
  readonly web: WebAsk;
  readonly level: Level;
  readonly locked: boolean;
}

export function WebQuery({ web, level, locked }: WebQueryProps) {
  const t = useTranslations();
  const format = useFormatter();
  const id = useId();
  if (!web.on) return null;
  const engines = format.list(web.engines.map(({ name }) => t(`web.engines.${name as "searxng"}`)));
  const lack = web.lackAt(level);
  return (
    <fieldset className={css("query")} aria-label={t("web.title")}>
      <label htmlFor={id} className={css("label")}>
        <Globe aria-hidden="true" className={css("icon")} />
        {t("web.label")}
      </label>
      <input
        id={id}
        className={css("words")}
        value={web.query}
        maxLength={LONGEST}
        readOnly={locked}
        placeholder={t("web.placeholder")}
        aria-describedby={`${id}-about`}
        onChange={(event) => web.write(event.target.value)}
      />
      <p id={`${id}-about`} className={css("about")}>
        {lack === "level"
          ? t("web.level", { level: t(`models.levels.${web.highest}`) })
          : t("web.about", { engines, removed: web.removed })}
      </p>
      <label className={css("official")}>
        <input
          type="checkbox"
          checked={web.official}
          disabled={locked}
          onChange={(event) => web.keepOfficial(event.target.checked)}
        />
        {t("web.official")}
      </label>
    </fieldset>
  );
}
