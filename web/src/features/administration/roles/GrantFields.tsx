/** Which role, where, until when: with what it allows in words, and which right the giver lacks to give it there. */
import { useRoles } from "#/api/roles";
import { useHeld } from "#/api/sessions";
import type { Right, Role, RoleList, Unit } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import sheet from "../administration.module.css";
import { UnitPicker } from "../units/UnitPicker";
import { carried, type GrantDraft, missingToGive } from "./giving";
import { RightsList } from "./RightsList";
import { useRightWords, useRoleName } from "./rightWords";

const css = classes(sheet);

interface GrantFieldsProps {
  readonly draft: GrantDraft;
  readonly onChange: (draft: GrantDraft) => void;
  /** Taking back has no end. */
  readonly withEnd?: boolean;
}

export function GrantFields({ draft, onChange, withEnd = true }: GrantFieldsProps) {
  const t = useTranslations("roles");
  const roleName = useRoleName();
  const { data } = useRoles();
  const held = useHeld();
  const { missing: sayMissing } = useRightWords();
  const roles = data?.items.filter(({ is_default }) => !is_default) ?? [];
  const role = roles.find(({ id }) => id === draft.role);
  const missing = useMissing(draft);
  return (
    <>
      <ChoiceField
        label={t("role")}
        value={draft.role ?? ""}
        onChange={(event) => onChange({ ...draft, role: event.target.value || null })}
        options={[["", t("chooseRole")], ...roles.map((one) => [one.id, roleName(one)] as const)]}
      />
      {role && <Allowed role={role} list={data} everywhere={draft.everywhere} />}
      <ChoiceField
        label={t("where")}
        value={draft.everywhere ? "everywhere" : "unit"}
        onChange={(event) => onChange({ ...draft, everywhere: event.target.value === "everywhere" })}
        options={[["unit", t("onUnit")], ...(held.everywhere("roles.grant") ? [EVERYWHERE(t("everywhere"))] : [])]}
      />
      {!draft.everywhere && (
        <UnitPicker
          label={t("unit")}
          hint={t("unitHint")}
          value={draft.unit}
          onChange={(unit) => onChange({ ...draft, unit })}
          refuse={(unit) => (unit.rights.includes("roles.grant") ? null : sayMissing("roles.grant"))}
        />
      )}
      {withEnd && (
        <Field
          label={t("until")}
          hint={t("untilHint")}
          type="date"
          value={draft.until}
          min={new Date().toLocaleDateString("sv")}
          onChange={(event) => onChange({ ...draft, until: event.target.value })}
        />
      )}
      {missing && <Notice meaning="caution">{`${t("cannotGive")} ${sayMissing(missing)}`}</Notice>}
    </>
  );
}

const EVERYWHERE = (words: string) => ["everywhere", words] as const;

function Allowed({ role, list, everywhere }: { role: Role; list: RoleList | undefined; everywhere: boolean }) {
  const t = useTranslations("roles");
  const counting = carried(role, list?.installation_rights ?? [], everywhere);
  return (
    <div>
      <p className={css("legend")}>{t("allows")}</p>
      <RightsList rights={role.rights} without={role.rights.filter((right) => !counting.includes(right))} />
    </div>
  );
}

/** The right that the giver lacks for this draft; null when none is, or when it is not complete yet. */
export function useMissing({ role: id, everywhere, unit }: GrantDraft): Right | null {
  const { data } = useRoles();
  const held = useHeld();
  const role = data?.items.find((one) => one.id === id);
  if (!data || !role || !(everywhere || unit)) return null;
  const holds = (right: Right) => (everywhere ? held.everywhere(right) : heldOn(unit, right));
  return missingToGive(role, data.installation_rights, everywhere, holds);
}

function heldOn(unit: Unit | null, right: Right): boolean {
  return unit?.rights.includes(right) ?? false;
}
