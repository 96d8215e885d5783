/** The forms that one-time links open. */
import { Erased } from "#/features/privacy/Erased";
import { ActivationForm } from "#/features/waves/ActivationForm";
import { RegistrationForm } from "#/features/waves/RegistrationForm";
import { EmergencyForm } from "./EmergencyForm";
import { FirstAdministratorForm } from "./FirstAdministratorForm";
import { InvitationForm } from "./InvitationForm";
import type { OneTimeScreenProps } from "./OneTimeScreen";

export function OneTimeForm({ link, onDone }: OneTimeScreenProps) {
  switch (link.kind) {
    case "installation":
      return <FirstAdministratorForm secret={link.secret} onDone={onDone} />;
    case "emergency":
      return <EmergencyForm secret={link.secret} onDone={onDone} />;
    case "erased":
      return <Erased reference={link.reference} onDone={onDone} />;
    case "invitation":
      return <InvitationForm token={link.token} onDone={onDone} />;
    case "activation":
      return <ActivationForm token={link.token} onDone={onDone} />;
    case "registration":
      return <RegistrationForm token={link.token} onDone={onDone} />;
  }
}
