/** Signing out empties this device and leaves for a fresh page: no draft, no cache, no turn. Only the appearance stays. */
import { ApiError, SIGNED_OUT } from "#/api/http";
import { useSignOut } from "#/api/sessions";
import { clearDrafts } from "#/features/chat/drafts";
import { write } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { useLive } from "#/ui/Live";

export function useLeave(): () => void {
  const t = useTranslations("identity");
  const { toast } = useLive();
  const signOut = useSignOut();
  const onError = (error: unknown) => {
    // The session was over already: nothing is left to close but this page.
    if (error instanceof ApiError && error.code === SIGNED_OUT) forgetAll();
    else toast({ words: t("notSignedOut") });
  };
  // The palette that asked is closed by the time the server answers: the promise does not need it on screen.
  return () => void signOut.mutateAsync().then((left) => forgetAll(left?.ticket), onError);
}

/** Nothing of the person stays. The page's memory goes with the page: emptied here, screens would be drawn for nobody. */
function forgetAll(ticket?: string): void {
  clearDrafts();
  write();
  if (ticket === undefined) window.location.assign("/");
  else leaveProvider(ticket);
}

/** The session is over here; the browser goes and ends it at the provider too. In a form: no ticket in an address. */
function leaveProvider(ticket: string): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/api/sign-out";
  form.hidden = true;
  const field = document.createElement("input");
  field.name = "ticket";
  field.value = ticket;
  form.append(field);
  document.body.append(form);
  form.submit();
}
