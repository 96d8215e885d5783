/** The name the institution gave to its assistant. */
import { useInstallation } from "#/api/sessions";
import { useTranslations } from "#/i18n";

export function useProductName(): string {
  const t = useTranslations("shell");
  const { data } = useInstallation();
  return data?.name ?? t("product");
}
