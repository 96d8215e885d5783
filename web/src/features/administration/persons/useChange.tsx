/** What is done to each person, once its form is complete; why it may not be done; and the form. */
import { type ReactNode, useState } from "react";
import type { Unit } from "#/api/types";
import { useUnit } from "#/api/units";
import { useTranslations } from "#/i18n";
import { Check } from "#/ui/Field";
import { GrantFields, useMissing } from "../roles/GrantFields";
import { EMPTY_GRANT, readGrant } from "../roles/giving";
import { useRightWords } from "../roles/rightWords";
import { UnitPicker } from "../units/UnitPicker";
import type { ActChange, ActName } from "./actKinds";

interface Form {
  readonly change: ActChange | null;
  readonly why: string | null;
  readonly fields: ReactNode;
}

export function useChange(kind: ActName, filtered: string | null): Form {
  const t = useTranslations("persons");
  const { missing: sayMissing } = useRightWords();
  const found = useUnit(kind === "takeOut" ? filtered : null);
  const [picked, setPicked] = useState<Unit | null | undefined>(undefined);
  const [main, setMain] = useState(true);
  const [draft, setDraft] = useState(EMPTY_GRANT);
  const missing = useMissing(draft);
  const unit = picked === undefined ? (found.data ?? null) : picked;
  const refuse = (one: Unit) => (one.rights.includes("persons.manage") ? null : sayMissing("persons.manage"));
  const picker = <UnitPicker label={t(`bulk.${kind}.unit`)} value={unit} onChange={setPicked} refuse={refuse} />;
  switch (kind) {
    case "disable":
    case "enable":
      return { change: { kind }, why: null, fields: null };
    case "takeOut":
      return { change: unit ? { kind, unit_id: unit.id } : null, why: null, fields: picker };
    case "place":
      return {
        change: unit ? { kind, unit_id: unit.id, is_main: main } : null,
        why: null,
        fields: (
          <>
            {picker}
            <Check label={t("asMain")} hint={t("asMainHint")} checked={main} onChange={() => setMain(!main)} />
          </>
        ),
      };
    case "give":
    case "withdraw": {
      const grant = readGrant(draft);
      return {
        change: grant ? { kind, ...grant } : null,
        why: missing ? sayMissing(missing) : null,
        fields: <GrantFields draft={draft} onChange={setDraft} withEnd={kind === "give"} />,
      };
    }
  }
}
