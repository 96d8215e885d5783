/** Data protection and its officers: durations, requests, readings, certificates, the file they must produce. */
import { useHeld } from "#/api/sessions";
import { Certificates } from "./Certificates";
import { Desk } from "./Desk";
import { GovernanceFile } from "./GovernanceFile";
import { Readings } from "./Readings";
import { RetentionMatrix } from "./RetentionMatrix";

const READING = ["content.request", "content.approve", "privacy.manage"] as const;

export function PrivacyAdministration() {
  const { everywhere } = useHeld();
  const manages = everywhere("privacy.manage");
  return (
    <>
      {manages && <RetentionMatrix />}
      {manages && <Desk />}
      {READING.some(everywhere) && <Readings />}
      {(manages || everywhere("security.manage")) && <GovernanceFile />}
      {manages && <Certificates />}
    </>
  );
}
