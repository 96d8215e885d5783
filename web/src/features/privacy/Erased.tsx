/** After an erasure: waits for the certificate, and gives it to whoever has no account any more. */
import { Download, FileText } from "lucide-react";
import { certificateAddress, useCertificateMade } from "#/api/privacy";
import { Entrance } from "#/features/identity/Entrance";
import { useLocale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./privacy.module.css";

const css = classes(sheet);

export function Erased({ reference, onDone }: { readonly reference: string; readonly onDone: () => void }) {
  const t = useTranslations("privacy");
  const language = useLocale();
  const { data: made = false } = useCertificateMade(reference);
  return (
    <Entrance title={t("erasedTitle")}>
      <p role="status">{made ? t("erasedReady") : t("erasedWords")}</p>
      {made && (
        <ul className={css("links")}>
          <li>
            <a className={css("link")} href={certificateAddress(reference, "json")} download>
              <Download aria-hidden="true" className={css("icon")} />
              {t("erasedSigned")}
            </a>
          </li>
          <li>
            <a className={css("link")} href={certificateAddress(reference, language)} download>
              <FileText aria-hidden="true" className={css("icon")} />
              {t("erasedText")}
            </a>
          </li>
        </ul>
      )}
      {made && (
        <Button look="primary" onPress={onDone}>
          {t("erasedLeave")}
        </Button>
      )}
    </Entrance>
  );
}
