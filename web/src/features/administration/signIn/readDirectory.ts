/** Reads the form of a directory: an empty field is a thing that is not said. */
import type { LdapToSave } from "#/api/ldap";
import { LANGUAGES } from "#/i18n";

export const SUBJECTS = ["entryUUID", "objectGUID", "nsUniqueId", "ipaUniqueID"] as const;
export const GROUPS = ["none", "member_of", "search", "nested"] as const;

export type DirectoryNames = keyof LdapToSave["fields"] | keyof LdapToSave["identity"];

export function readDirectory(id: string | null, fields: Partial<Record<DirectoryNames, string>>): LdapToSave {
  const text = (name: DirectoryNames) => fields[name]?.trim() ?? "";
  const maybe = (name: DirectoryNames) => text(name) || null;
  const password = fields.bind_password ?? "";
  return {
    id,
    identity: {
      code: text("code"),
      issuer: maybe("issuer"),
      subject_attribute: SUBJECTS.find((one) => one === fields.subject_attribute) ?? "entryUUID",
    },
    fields: {
      name_fr: text("name_fr"),
      name_en: text("name_en"),
      servers: text("servers").split(/\s+/).filter(Boolean),
      ca_certificate: maybe("ca_certificate"),
      bind_dn: text("bind_dn"),
      base_dn: text("base_dn"),
      person_filter: text("person_filter"),
      disabled_filter: maybe("disabled_filter"),
      groups: GROUPS.find((one) => one === fields.groups) ?? "none",
      group_base: maybe("group_base"),
      import_filter: maybe("import_filter"),
      unit_base: maybe("unit_base"),
      unit_filter: maybe("unit_filter"),
      unit_code: text("unit_code"),
      unit_name: text("unit_name"),
      unit_parent: maybe("unit_parent"),
      person_unit: maybe("person_unit"),
      language: LANGUAGES.find((language) => language === fields.language) ?? "fr",
      position: Number(text("position")),
      creates_persons: fields.creates_persons === "on",
      enabled: fields.enabled === "on",
      ...(password !== "" && { bind_password: password }),
    },
  };
}
