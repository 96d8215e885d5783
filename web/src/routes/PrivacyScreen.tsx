/** Data protection: the durations, the requests of persons, the certificates. */
export { PrivacyAdministration as PrivacyScreen } from "#/features/privacy/PrivacyAdministration";
