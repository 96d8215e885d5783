/** Everything a person may set for themselves, on one page. */
import { AccountSettings } from "#/features/settings/AccountSettings";
import { AppearanceSettings } from "#/features/settings/AppearanceSettings";
import { DataSettings } from "#/features/settings/DataSettings";
import { KeyboardSettings } from "#/features/settings/KeyboardSettings";
import { KeySettings } from "#/features/settings/KeySettings";
import { UsageSettings } from "#/features/settings/UsageSettings";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./routes.module.css";

const css = classes(sheet);

export function SettingsScreen() {
  const t = useTranslations("settings");
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column")}>
          <AccountSettings />
          <AppearanceSettings />
          <KeyboardSettings />
          <KeySettings />
          <UsageSettings />
          <DataSettings />
        </div>
      </div>
    </>
  );
}
