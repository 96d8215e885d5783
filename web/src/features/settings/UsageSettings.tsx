/** What the person used, and what is left to them. */
import { OwnQuotas } from "#/features/usage/OwnQuotas";
import { OwnUsage } from "#/features/usage/OwnUsage";
import { useTranslations } from "#/i18n";
import { Section } from "./Section";

export function UsageSettings() {
  const t = useTranslations("settings.sections");
  return (
    <Section title={t("usage")}>
      <OwnQuotas />
      <OwnUsage />
    </Section>
  );
}
