/** Invites a person: who they are, then the one-time link to hand to them, shown once. */
import { Copy } from "lucide-react";
import { useInvite } from "#/api/persons";
import type { InvitationLink } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import sheet from "../administration.module.css";

const css = classes(sheet);

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const invite = useInvite();
  const { data: invitation } = invite;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={invitation ? t("administration.linkTitle") : t("administration.invite")}
      closeLabel={t("shell.close")}
    >
      {invitation ? (
        <LinkToHand invitation={invitation} onClose={onClose} />
      ) : (
        <form
          className={css("form")}
          onSubmit={(event) => {
            const fields = submitted<"email" | "name" | "is_administrator">(event);
            invite.mutate({
              email: fields.email.trim(),
              name: fields.name.trim(),
              is_administrator: fields.is_administrator === "on",
            });
          }}
        >
          <Field label={t("identity.name")} name="name" autoComplete="off" maxLength={120} autoFocus required />
          <Field label={t("identity.email")} name="email" type="email" autoComplete="off" required />
          <Check
            label={t("administration.administrator")}
            hint={t("administration.administratorHint")}
            name="is_administrator"
          />
          {invite.error && <ErrorNotice error={invite.error} />}
          <DialogButtons>
            <Button onPress={onClose}>{t("shell.cancel")}</Button>
            <Button type="submit" look="primary" busy={invite.isPending}>
              {t("administration.makeLink")}
            </Button>
          </DialogButtons>
        </form>
      )}
    </Dialog>
  );
}

function LinkToHand({ invitation, onClose }: { readonly invitation: InvitationLink; readonly onClose: () => void }) {
  const t = useTranslations();
  const format = useFormatter();
  const { toast } = useLive();
  const until = format.dateTime(new Date(invitation.expires_at), { hour: "numeric", minute: "2-digit" });
  const copy = () =>
    void navigator.clipboard.writeText(invitation.link).then(
      () => toast({ words: t("administration.linkCopied") }),
      () => toast({ words: t("chat.notCopied") }),
    );
  return (
    <div className={css("form")}>
      <p>{t("administration.linkWords", { until })}</p>
      <Field
        label={t("administration.link")}
        value={invitation.link}
        readOnly
        autoFocus
        onFocus={(event) => event.target.select()}
      />
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.close")}</Button>
        <Button look="primary" icon={Copy} onPress={copy}>
          {t("administration.copyLink")}
        </Button>
      </DialogButtons>
    </div>
  );
}
