/** Which base papers are kept in, or read from: one of those the person may read, or write in. */
import { useReadableCollections } from "#/api/readableCollections";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { ChoiceField } from "#/ui/Field";

interface BasePickerProps {
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  /** Only those in which the person may put documents. */
  readonly toWrite?: boolean;
}

export function BasePicker({ chosen, onChoose, toWrite = false }: BasePickerProps) {
  const t = useTranslations("papers");
  const { data, error, refetch } = useReadableCollections("");
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const bases = (data ?? []).filter(({ part }) => !toWrite || part !== "reader");
  return (
    <ChoiceField
      label={t("base")}
      value={chosen ?? ""}
      onChange={(event) => onChoose(event.target.value || null)}
      options={[
        ["", t(bases.length === 0 ? "noBase" : "chooseBase")],
        ...bases.map(({ id, name }) => [id, name] as const),
      ]}
    />
  );
}
