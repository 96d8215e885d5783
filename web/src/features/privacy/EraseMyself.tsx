/** Erases one's account: asked twice, with the password; the page then starts again, signed out, at the certificate. */
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useEraseMyself } from "#/api/privacy";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { lastWay } from "#/features/identity/lastWay";
import { PasswordField } from "#/features/identity/PasswordField";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Notice } from "#/ui/Notice";
import { submitted } from "#/ui/submitted";
import sheet from "./privacy.module.css";

const css = classes(sheet);

export function EraseMyself() {
  const t = useTranslations("privacy");
  const [asked, setAsked] = useState(false);
  return (
    <div className={css("block")}>
      <h3 className={css("sub")}>{t("eraseTitle")}</h3>
      <p className={css("words")}>{t("eraseWords")}</p>
      <Button look="danger" icon={Trash2} onPress={() => setAsked(true)}>
        {t("erase")}
      </Button>
      {asked && <Confirm onClose={() => setAsked(false)} />}
    </div>
  );
}

function Confirm({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const erase = useEraseMyself();
  // Whoever came by a provider has no password here.
  const hasPassword = lastWay() === null;
  return (
    <Dialog isOpen onClose={onClose} title={t("privacy.eraseDialog")} closeLabel={t("shell.close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const { password } = submitted<"password">(event);
          erase.mutate(hasPassword ? password : null, { onSuccess: ({ reference }) => leave(reference) });
        }}
      >
        <Notice meaning="caution">{t("privacy.eraseLast")}</Notice>
        {hasPassword ? (
          <PasswordField label={t("identity.currentPassword")} name="password" autoFocus />
        ) : (
          <p>{t("privacy.eraseFresh")}</p>
        )}
        {erase.error && <ErrorNotice error={erase.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="danger" busy={erase.isPending}>
            {t("privacy.eraseConfirm")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

/** Nothing of the person may stay in memory either: another path, so the page is loaded anew. */
function leave(reference: string): void {
  window.location.replace(`/#/erased?reference=${encodeURIComponent(reference)}`);
}
