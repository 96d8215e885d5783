/** Data protection, for whoever manages it: durations, requests with their deadlines, readings, certificates. */
import { useHeld } from "#/api/sessions";
import { Certificates } from "./Certificates";
import { Desk } from "./Desk";
import { Readings } from "./Readings";
import { RetentionMatrix } from "./RetentionMatrix";

export function PrivacyAdministration() {
  const manages = useHeld().everywhere("privacy.manage");
  return (
    <>
      {manages && <RetentionMatrix />}
      {manages && <Desk />}
      <Readings />
      {manages && <Certificates />}
    </>
  );
}
