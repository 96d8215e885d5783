/** Makes or changes a role: its names in both languages, and its rights, group by group. */
import { type FormEvent, useState } from "react";
import { useSaveRole } from "#/api/roles";
import type { Right, Role } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, Field } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import { submitted } from "#/ui/submitted";
import sheet from "../administration.module.css";
import { GROUPS, type Group, rightsOf } from "./rightGroups";
import { useRightWords, useRoleName } from "./rightWords";

const css = classes(sheet);

interface RoleDialogProps {
  readonly role: Role | null;
  readonly ofTheInstallation: readonly Right[];
  readonly onClose: () => void;
}

export function RoleDialog({ role, ofTheInstallation, onClose }: RoleDialogProps) {
  const t = useTranslations();
  const roleName = useRoleName();
  const save = useSaveRole(role?.id ?? null);
  const [rights, setRights] = useState<ReadonlySet<Right>>(new Set(role?.rights ?? []));
  const holders = role?.holders ?? 0;
  const fixed = role?.code === "administrator";
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const { code = "", name_fr, name_en } = submitted<"code" | "name_fr" | "name_en">(event);
    save.mutate(
      { code, name_fr: name_fr.trim(), name_en: name_en.trim(), rights: [...rights] },
      { onSuccess: onClose },
    );
  };
  const title = role ? t("roles.editTitle", { name: roleName(role) }) : t("roles.add");
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")} wide>
      <form className={css("form")} onSubmit={onSubmit}>
        <div className={css("pair")}>
          <Field
            label={t("roles.nameFr")}
            name="name_fr"
            defaultValue={role?.name_fr}
            maxLength={120}
            autoFocus
            required
          />
          <Field label={t("roles.nameEn")} name="name_en" defaultValue={role?.name_en} maxLength={120} required />
        </div>
        {!role && (
          <Field
            label={t("roles.code")}
            hint={t("roles.codeHint")}
            name="code"
            pattern="[a-z][a-z0-9_]{0,63}"
            autoComplete="off"
            required
          />
        )}
        {role && holders > 0 && <Notice>{t("roles.changeWords", { count: holders })}</Notice>}
        {fixed && <Notice>{t("roles.administratorFixed")}</Notice>}
        <div className={css("groups")}>
          {GROUPS.map((group) => (
            <RightsGroup
              key={group}
              group={group}
              rights={rights}
              onChange={setRights}
              ofTheInstallation={ofTheInstallation}
              isDisabled={fixed}
            />
          ))}
        </div>
        {save.error && <ErrorNotice error={save.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

interface RightsGroupProps {
  readonly group: Group;
  readonly rights: ReadonlySet<Right>;
  readonly onChange: (rights: ReadonlySet<Right>) => void;
  readonly ofTheInstallation: readonly Right[];
  readonly isDisabled: boolean;
}

function RightsGroup({ group, rights, onChange, ofTheInstallation, isDisabled }: RightsGroupProps) {
  const t = useTranslations("roles");
  const { name } = useRightWords();
  const toggle = (right: Right) => {
    const next = new Set(rights);
    if (!next.delete(right)) next.add(right);
    onChange(next);
  };
  const all = rightsOf(group);
  // Said once for the whole group when it is so of each.
  const together = all.every((right) => ofTheInstallation.includes(right));
  return (
    <fieldset className={css("group")}>
      <legend className={css("legend")}>{t(`groups.${group}`)}</legend>
      {together && <p className={css("small")}>{t("ofTheInstallation")}</p>}
      {all.map((right) => (
        <Check
          key={right}
          label={name(right)}
          {...(!together && ofTheInstallation.includes(right) ? { hint: t("ofTheInstallation") } : {})}
          checked={rights.has(right)}
          onChange={() => toggle(right)}
          disabled={isDisabled}
        />
      ))}
    </fieldset>
  );
}
