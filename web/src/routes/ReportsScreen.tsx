/** What persons contested and reported. */
export { ReportsAdministration as ReportsScreen } from "#/features/reports/ReportsAdministration";
