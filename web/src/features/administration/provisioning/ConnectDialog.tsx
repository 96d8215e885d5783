/** Connects a directory: who it is, then its token, shown once. */
import { useConnectDirectory } from "#/api/directories";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField, Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "../administration.module.css";
import { TokenToCopy } from "./TokenToCopy";

const css = classes(sheet);

export function ConnectDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const connect = useConnectDirectory();
  const { data: token } = connect;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(token ? "provisioning.tokenTitle" : "provisioning.connect")}
      closeLabel={t("shell.close")}
    >
      {token ? (
        <TokenToCopy token={token} onClose={onClose} />
      ) : (
        <form
          className={css("form")}
          onSubmit={(event) => {
            const fields = submitted<"name" | "issuer" | "subject_from">(event);
            connect.mutate({
              name: fields.name.trim(),
              issuer: fields.issuer.trim(),
              subject_from: fields.subject_from === "user_name" ? "user_name" : "external_id",
            });
          }}
        >
          <Field label={t("provisioning.name")} name="name" autoComplete="off" maxLength={120} autoFocus required />
          <Field
            label={t("provisioning.issuer")}
            hint={t("provisioning.issuerHint")}
            name="issuer"
            autoComplete="off"
            required
          />
          <ChoiceField
            label={t("provisioning.subjectFrom")}
            name="subject_from"
            options={[
              ["external_id", t("provisioning.subjectsFrom.external_id")],
              ["user_name", t("provisioning.subjectsFrom.user_name")],
            ]}
          />
          {connect.error && <ErrorNotice error={connect.error} />}
          <DialogButtons>
            <Button onPress={onClose}>{t("shell.cancel")}</Button>
            <Button type="submit" look="primary" busy={connect.isPending}>
              {t("provisioning.makeToken")}
            </Button>
          </DialogButtons>
        </form>
      )}
    </Dialog>
  );
}
