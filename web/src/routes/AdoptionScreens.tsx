/** The part of the administration that opens the service to people: the charter. */
export { CharterAdministration as CharterScreen } from "#/features/charter/CharterAdministration";
