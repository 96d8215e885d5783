/** What the keys do. */
import { setPreferences, usePreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { Check } from "#/ui/Field";
import { Section } from "./Section";

export function KeyboardSettings() {
  const t = useTranslations("settings");
  const { enterSends, singleKeys } = usePreferences();
  return (
    <Section title={t("sections.keyboard")}>
      <Check
        label={t("enterSends")}
        hint={t("enterSendsHint")}
        checked={enterSends}
        onChange={(event) => setPreferences({ enterSends: event.target.checked })}
      />
      <Check
        label={t("singleKeys")}
        hint={t("singleKeysHint")}
        checked={singleKeys}
        onChange={(event) => setPreferences({ singleKeys: event.target.checked })}
      />
    </Section>
  );
}
