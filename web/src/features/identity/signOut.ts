/** Signing out empties this device and leaves for a fresh page: no draft, no cache, no turn. Only the appearance stays. */
import { useSignOut } from "#/api/sessions";
import { clearDrafts } from "#/features/chat/drafts";
import { write } from "#/features/preferences/preferences";

export function useLeave(): () => void {
  const signOut = useSignOut();
  // The palette that asked is closed by the time the server answers: the promise does not need it on screen.
  return () => void signOut.mutateAsync().then(forgetAll, () => undefined);
}

/** Nothing of the person stays. The page's memory goes with the page: emptied here, screens would be drawn for nobody. */
function forgetAll(): void {
  clearDrafts();
  write();
  window.location.assign("/");
}
