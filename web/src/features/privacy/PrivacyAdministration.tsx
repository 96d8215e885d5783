/** Data protection, for whoever manages it: durations, requests with their deadlines, certificates. */
import { Certificates } from "./Certificates";
import { Desk } from "./Desk";
import { RetentionMatrix } from "./RetentionMatrix";

export function PrivacyAdministration() {
  return (
    <>
      <RetentionMatrix />
      <Desk />
      <Certificates />
    </>
  );
}
