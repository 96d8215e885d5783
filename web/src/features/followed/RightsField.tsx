/** Whether the rights of a place are followed; some places require it. */
import type { PlaceChoice } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Check } from "#/ui/Field";

interface RightsFieldProps {
  readonly place: PlaceChoice | undefined;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function RightsField({ place, value, onChange }: RightsFieldProps) {
  const t = useTranslations("followed.form");
  const forced = place?.rights_required === true;
  return (
    <Check
      label={t("rights")}
      hint={forced ? `${t("rightsHint")} ${t("rightsForced")}` : t("rightsHint")}
      checked={value || forced}
      disabled={forced}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
