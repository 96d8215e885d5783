/** What each kind of directory is usually declared with; everything can be changed. */
import type { LdapDirectory } from "#/api/types";

export type DirectoryModel = "openldap" | "active_directory";

type Filled = Pick<
  LdapDirectory,
  | "person_filter"
  | "subject_attribute"
  | "disabled_filter"
  | "groups"
  | "import_filter"
  | "unit_filter"
  | "unit_code"
  | "unit_name"
>;

const DISABLED = "(userAccountControl:1.2.840.113556.1.4.803:=2)";
const USER = "(objectCategory=person)(objectClass=user)";

export const MODELS: Record<DirectoryModel, Filled> = {
  openldap: {
    person_filter: "(&(objectClass=inetOrgPerson)(uid={name}))",
    subject_attribute: "entryUUID",
    disabled_filter: null,
    groups: "none",
    import_filter: "(objectClass=inetOrgPerson)",
    unit_filter: "(objectClass=organizationalUnit)",
    unit_code: "ou",
    unit_name: "description",
  },
  active_directory: {
    person_filter: `(&${USER}(|(sAMAccountName={name})(userPrincipalName={name})))`,
    subject_attribute: "objectGUID",
    disabled_filter: DISABLED,
    groups: "nested",
    import_filter: `(&${USER}(mail=*))`,
    unit_filter: "(objectClass=organizationalUnit)",
    unit_code: "ou",
    unit_name: "description",
  },
};
