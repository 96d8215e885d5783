/** E-mail and password; used by the sign-in screen and, over the page, when a session has ended. */
import { useSession, useSignIn } from "#/api/sessions";
import type { Session } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "./Entrance.module.css";
import { forgetWay } from "./lastWay";
import { PasswordField } from "./PasswordField";

const css = classes(sheet);

interface SignInFormProps {
  readonly email?: string;
  /** False where other ways in come first. */
  readonly focused?: boolean;
}

export function SignInForm({ email, focused = true }: SignInFormProps) {
  const t = useTranslations("identity");
  const { data: before } = useSession();
  const signIn = useSignIn();
  return (
    <form
      className={css("form")}
      onSubmit={(event) => {
        const onSuccess = (entered: Session) => {
          forgetWay();
          // Somebody else than before: nothing of the other person stays in this page.
          if (before && before.person.id !== entered.person.id) window.location.assign("/");
        };
        signIn.mutate(submitted<"email" | "password">(event), { onSuccess });
      }}
      aria-label={t("signInTitle")}
    >
      <Field
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        autoFocus={focused && email === undefined}
        required
      />
      <PasswordField label={t("password")} name="password" autoFocus={focused && email !== undefined} />
      {signIn.error && <ErrorNotice error={signIn.error} />}
      <Button type="submit" look={focused ? "primary" : "outline"} wide busy={signIn.isPending}>
        {t("signIn")}
      </Button>
    </form>
  );
}
