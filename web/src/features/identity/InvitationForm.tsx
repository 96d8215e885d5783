/** An invited person chooses their name and password; the link says who they are. */
import { useAcceptInvitation } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { usePreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import { Entrance } from "./Entrance";
import sheet from "./Entrance.module.css";
import { PasswordField } from "./PasswordField";

const css = classes(sheet);

export function InvitationForm({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const t = useTranslations("identity");
  const { language } = usePreferences();
  const accept = useAcceptInvitation();
  return (
    <Entrance title={t("invitationTitle")} intro={t("invitationIntro")}>
      <form
        className={css("form")}
        aria-label={t("invitationTitle")}
        onSubmit={(event) => {
          const fields = submitted<"name" | "password">(event);
          accept.mutate({ ...fields, token, language }, { onSuccess: onDone });
        }}
      >
        <Field
          label={t("name")}
          hint={t("nameHint")}
          name="name"
          autoComplete="name"
          maxLength={120}
          autoFocus
          required
        />
        <PasswordField label={t("password")} hint={t("passwordHint")} name="password" fresh />
        {accept.error && <ErrorNotice error={accept.error} />}
        <Button type="submit" look="primary" wide busy={accept.isPending}>
          {t("invitationAccept")}
        </Button>
        {accept.error && (
          <Button look="quiet" wide onPress={onDone}>
            {t("toSignIn")}
          </Button>
        )}
      </form>
    </Entrance>
  );
}
