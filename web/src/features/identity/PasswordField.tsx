/** A password that can be looked at: people type long sentences. */
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import sheet from "./PasswordField.module.css";

const css = classes(sheet);

interface PasswordFieldProps {
  readonly label: string;
  readonly name: string;
  readonly fresh?: boolean;
  readonly hint?: string;
  readonly error?: string | null;
  readonly autoFocus?: boolean;
}

export function PasswordField({ fresh = false, ...field }: PasswordFieldProps) {
  const t = useTranslations("identity");
  const [shown, setShown] = useState(false);
  return (
    <div className={css("password")}>
      <Field
        {...field}
        type={shown ? "text" : "password"}
        autoComplete={fresh ? "new-password" : "current-password"}
        spellCheck={false}
        autoCapitalize="off"
        required
      />
      <div className={css("eye")}>
        <IconButton
          small
          label={shown ? t("hidePassword") : t("showPassword")}
          icon={shown ? EyeOff : Eye}
          onPress={() => setShown(!shown)}
        />
      </div>
    </div>
  );
}
