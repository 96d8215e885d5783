/** The rules of units: versions, draft, trial, publication. */
export { PoliciesAdministration as PoliciesScreen } from "#/features/policies/PoliciesAdministration";
