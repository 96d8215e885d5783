/** The lists of sites of the web, for who manages places. */
export { SitesAdministration as SitesScreen } from "#/features/sites/SitesAdministration";
