/** E-mail and password; used by the sign-in screen and, over the page, when a session has ended. */
import { useSignIn } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "./Entrance.module.css";
import { PasswordField } from "./PasswordField";

const css = classes(sheet);

export function SignInForm({ email }: { readonly email?: string }) {
  const t = useTranslations("identity");
  const signIn = useSignIn();
  return (
    <form
      className={css("form")}
      onSubmit={(event) => signIn.mutate(submitted<"email" | "password">(event))}
      aria-label={t("signInTitle")}
    >
      <Field
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        autoFocus={email === undefined}
        required
      />
      <PasswordField label={t("password")} name="password" autoFocus={email !== undefined} />
      {signIn.error && <ErrorNotice error={signIn.error} />}
      <Button type="submit" look="primary" wide busy={signIn.isPending}>
        {t("signIn")}
      </Button>
    </form>
  );
}
