/** Signing out empties this device and leaves for a fresh page: no draft, no cache, no turn. Only the appearance stays. */
import { useSignOut } from "#/api/sessions";
import { clearDrafts } from "#/features/chat/drafts";
import { write } from "#/features/preferences/preferences";

export function useLeave(): () => void {
  const signOut = useSignOut();
  return () =>
    signOut.mutate(undefined, {
      onSuccess: () => {
        clearDrafts();
        write();
        // Nothing of the person stays in memory. Emptying the cache here would draw screens that have nobody any more.
        window.location.assign("/");
      },
    });
}
