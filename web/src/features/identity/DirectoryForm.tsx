/** The name and the password of a directory: the institution's own, typed here where it has no page of its own. */
import { useDirectorySignIn, useSession } from "#/api/sessions";
import type { SignInWay } from "#/api/types";
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

interface DirectoryFormProps {
  readonly way: SignInWay;
  readonly name: string;
  readonly focused: boolean;
}

export function DirectoryForm({ way, name, focused }: DirectoryFormProps) {
  const t = useTranslations("identity");
  const { data: before } = useSession();
  const signIn = useDirectorySignIn();
  return (
    <form
      className={css("form")}
      aria-label={t("signInWith", { name })}
      onSubmit={(event) => {
        const { login, password } = submitted<"login" | "password">(event);
        signIn.mutate(
          { code: way.code, name: login, password },
          {
            onSuccess: (entered) => {
              forgetWay();
              // Somebody else than before: nothing of the other person stays in this page.
              if (before && before.person.id !== entered.person.id) window.location.assign("/");
            },
          },
        );
      }}
    >
      <Field
        label={t("loginAt", { name })}
        name="login"
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={256}
        autoFocus={focused}
        required
      />
      <PasswordField label={t("password")} name="password" />
      {signIn.error && <ErrorNotice error={signIn.error} />}
      <Button type="submit" look={focused ? "primary" : "outline"} wide busy={signIn.isPending}>
        {t("signInWith", { name })}
      </Button>
    </form>
  );
}
