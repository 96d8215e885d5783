/** An address that leads nowhere says so, and where to go. */
import { useNavigate } from "@tanstack/react-router";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Plain } from "./Plain";

export function NotFound() {
  const t = useTranslations("shell.notFound");
  const navigate = useNavigate();
  return (
    <>
      <ScreenHeader title={t("title")} quiet />
      <Plain title={t("title")} words={t("words")}>
        <Button look="primary" onPress={() => void navigate({ to: "/" })}>
          {t("home")}
        </Button>
      </Plain>
    </>
  );
}
