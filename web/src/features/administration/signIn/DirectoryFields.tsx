/** The fields of a directory: where it is, who enters, what groups are read, how its tree is imported. */
import type { LdapDirectory } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField, Field, LinesField } from "#/ui/Field";
import sheet from "../administration.module.css";
import type { MODELS } from "./directoryModels";
import { GROUPS } from "./readDirectory";

const css = classes(sheet);

interface DirectoryFieldsProps {
  readonly directory: LdapDirectory | null;
  readonly filled: Omit<(typeof MODELS)["openldap"], "subject_attribute">;
}

export function DirectoryFields({ directory, filled }: DirectoryFieldsProps) {
  return (
    <>
      <Names directory={directory} />
      <Service directory={directory} />
      <Persons directory={directory} filled={filled} />
      <Tree directory={directory} filled={filled} />
    </>
  );
}

const plain = { autoComplete: "off", spellCheck: false } as const;

function Names({ directory }: { readonly directory: LdapDirectory | null }) {
  const t = useTranslations();
  return (
    <>
      <div className={css("pair")}>
        <Field label={t("signIn.nameFr")} name="name_fr" defaultValue={directory?.name_fr} maxLength={80} required />
        <Field label={t("signIn.nameEn")} name="name_en" defaultValue={directory?.name_en} maxLength={80} required />
      </div>
      <div className={css("pair")}>
        <LinesField
          label={t("ldap.servers")}
          hint={t("ldap.serversHint")}
          name="servers"
          defaultValue={directory?.servers.join("\n")}
          rows={3}
          spellCheck={false}
          required
        />
        <LinesField
          label={t("signIn.certificate")}
          hint={t("signIn.certificateHint")}
          name="ca_certificate"
          defaultValue={directory?.ca_certificate ?? ""}
          rows={3}
          spellCheck={false}
        />
      </div>
    </>
  );
}

function Service({ directory }: { readonly directory: LdapDirectory | null }) {
  const t = useTranslations("ldap");
  return (
    <div className={css("pair")}>
      <Field
        label={t("bindDn")}
        hint={t("bindDnHint")}
        name="bind_dn"
        defaultValue={directory?.bind_dn}
        {...plain}
        required
      />
      <Field
        label={t("bindPassword")}
        hint={directory ? t("passwordKept") : t("passwordHint")}
        name="bind_password"
        type="password"
        autoComplete="new-password"
        required={directory === null}
      />
    </div>
  );
}

function Persons({ directory, filled }: DirectoryFieldsProps) {
  const t = useTranslations("ldap");
  return (
    <>
      <Field label={t("baseDn")} name="base_dn" defaultValue={directory?.base_dn} {...plain} required />
      <div className={css("pair")}>
        <Field
          label={t("personFilter")}
          hint={t("personFilterHint")}
          name="person_filter"
          defaultValue={filled.person_filter}
          {...plain}
          required
        />
        <Field
          label={t("disabledFilter")}
          hint={t("disabledFilterHint")}
          name="disabled_filter"
          defaultValue={filled.disabled_filter ?? ""}
          {...plain}
        />
        <ChoiceField
          label={t("groups")}
          hint={t("groupsHint")}
          name="groups"
          defaultValue={filled.groups}
          options={GROUPS.map((one) => [one, t(`groupKinds.${one}`)] as const)}
        />
        <Field
          label={t("groupBase")}
          hint={t("groupBaseHint")}
          name="group_base"
          defaultValue={directory?.group_base ?? ""}
          {...plain}
        />
      </div>
    </>
  );
}

function Tree({ directory, filled }: DirectoryFieldsProps) {
  const t = useTranslations("ldap");
  return (
    <fieldset className={css("form")}>
      <legend className={css("legend")}>{t("tree")}</legend>
      <Field label={t("importFilter")} name="import_filter" defaultValue={filled.import_filter ?? ""} {...plain} />
      <div className={css("pair")}>
        <Field label={t("unitBase")} name="unit_base" defaultValue={directory?.unit_base ?? ""} {...plain} />
        <Field label={t("unitFilter")} name="unit_filter" defaultValue={filled.unit_filter ?? ""} {...plain} />
        <Field label={t("unitCode")} name="unit_code" defaultValue={filled.unit_code} {...plain} required />
        <Field label={t("unitName")} name="unit_name" defaultValue={filled.unit_name} {...plain} required />
        <Field
          label={t("unitParent")}
          hint={t("unitParentHint")}
          name="unit_parent"
          defaultValue={directory?.unit_parent ?? ""}
          {...plain}
        />
        <Field
          label={t("personUnit")}
          hint={t("personUnitHint")}
          name="person_unit"
          defaultValue={directory?.person_unit ?? ""}
          {...plain}
        />
      </div>
    </fieldset>
  );
}
