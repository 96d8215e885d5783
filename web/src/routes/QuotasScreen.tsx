/** Administration of quotas, and the costs of units. */
export { QuotasAdministration as QuotasScreen } from "#/features/quotas/QuotasAdministration";
