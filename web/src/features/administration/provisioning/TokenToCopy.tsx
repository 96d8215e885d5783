/** A token that is shown this once, with the address that goes with it. */
import { Copy } from "lucide-react";
import type { DirectoryToken } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import sheet from "../administration.module.css";

const css = classes(sheet);

export function TokenToCopy({ token, onClose }: { readonly token: DirectoryToken; readonly onClose: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const copy = () =>
    void navigator.clipboard.writeText(token.token).then(
      () => toast({ words: t("provisioning.copied") }),
      () => toast({ words: t("chat.notCopied") }),
    );
  return (
    <div className={css("form")}>
      <p>{t("provisioning.tokenWords")}</p>
      <Field label={t("provisioning.address")} value={token.address} readOnly />
      <Field
        label={t("provisioning.token")}
        value={token.token}
        readOnly
        autoFocus
        onFocus={(event) => event.target.select()}
      />
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.close")}</Button>
        <Button look="primary" icon={Copy} onPress={copy}>
          {t("provisioning.copyToken")}
        </Button>
      </DialogButtons>
    </div>
  );
}
