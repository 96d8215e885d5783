/** A screen that failed to draw: what is safe, and the next step. */
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Plain } from "./Plain";

export function Broken() {
  const t = useTranslations("shell.broken");
  return (
    <Plain title={t("title")} words={t("words")}>
      <Button look="primary" onPress={() => window.location.reload()}>
        {t("reload")}
      </Button>
    </Plain>
  );
}
