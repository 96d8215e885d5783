/** Colours, and the face of answers. */
import { FACES, setPreferences, THEMES, usePreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Section } from "./Section";
import sheet from "./settings.module.css";

const css = classes(sheet);

export function AppearanceSettings() {
  const t = useTranslations();
  const { theme, face } = usePreferences();
  return (
    <Section title={t("settings.sections.appearance")}>
      <fieldset className={css("choices")}>
        <legend className={css("legend")}>{t("settings.theme")}</legend>
        {THEMES.map((one) => (
          <label key={one} className={css("choice")}>
            <input type="radio" name="theme" checked={one === theme} onChange={() => setPreferences({ theme: one })} />
            <span>{t(`shell.themes.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className={css("choices")}>
        <legend className={css("legend")}>{t("settings.face")}</legend>
        {FACES.map((one) => (
          <label key={one} className={css("choice")}>
            <input type="radio" name="face" checked={one === face} onChange={() => setPreferences({ face: one })} />
            <span>
              {t(`settings.faces.${one}`)}
              <span className={css("sample", one === "serif" && "serif")}>{t("settings.sample")}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Section>
  );
}
