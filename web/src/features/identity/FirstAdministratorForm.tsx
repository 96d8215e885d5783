/** The one-time link of a new installation makes its first administrator. */
import { useCreateFirstAdministrator } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import { Entrance } from "./Entrance";
import sheet from "./Entrance.module.css";
import { PasswordField } from "./PasswordField";

const css = classes(sheet);

export function FirstAdministratorForm({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  const t = useTranslations("identity");
  const create = useCreateFirstAdministrator();
  return (
    <Entrance title={t("firstTitle")} intro={t("firstIntro")}>
      <form
        className={css("form")}
        aria-label={t("firstTitle")}
        onSubmit={(event) => {
          const fields = submitted<"email" | "name" | "password">(event);
          create.mutate({ ...fields, secret }, { onSuccess: onDone });
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
        <Field label={t("email")} name="email" type="email" autoComplete="username" required />
        <PasswordField label={t("password")} hint={t("passwordHint")} name="password" fresh />
        {create.error && <ErrorNotice error={create.error} />}
        <Button type="submit" look="primary" wide busy={create.isPending}>
          {t("firstCreate")}
        </Button>
        {create.error && (
          <Button look="quiet" wide onPress={onDone}>
            {t("toSignIn")}
          </Button>
        )}
      </form>
    </Entrance>
  );
}
