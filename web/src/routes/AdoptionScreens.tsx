/** The part of the administration that opens the service to people: the charter, the waves. */
import { useParams } from "@tanstack/react-router";
import { WaveAdministration } from "#/features/waves/WaveAdministration";

export { CharterAdministration as CharterScreen } from "#/features/charter/CharterAdministration";
export { WavesAdministration as WavesScreen } from "#/features/waves/WavesAdministration";

export function WaveScreen() {
  const { cohortId } = useParams({ from: "/administration/waves/$cohortId" });
  return <WaveAdministration key={cohortId} id={cohortId} />;
}
