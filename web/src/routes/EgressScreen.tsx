/** What the installation may contact, and what it contacted. */
export { EgressAdministration as EgressScreen } from "#/features/egress/EgressAdministration";
