/** Makes the conversation about to begin a temporary one. */
import { useTranslations } from "#/i18n";
import { Check } from "#/ui/Field";

interface TemporaryCheckProps {
  readonly checked: boolean;
  readonly onChange: (temporary: boolean) => void;
}

export function TemporaryCheck({ checked, onChange }: TemporaryCheckProps) {
  const t = useTranslations("conversations");
  return (
    <Check
      label={t("temporary")}
      hint={t("temporaryHint")}
      checked={checked}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
