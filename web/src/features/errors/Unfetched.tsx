/** What is told when a part of the page could not be fetched: the server is away, or a newer version replaced the page. */
import { type ReactNode, useCallback } from "react";
import { call } from "#/api/call";
import { useTranslations } from "#/i18n";
import { useLive } from "#/ui/Live";
import { UnfetchedContext } from "#/ui/late";

export function Unfetched({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("shell");
  const { toast } = useLive();
  const look = useCallback(async () => {
    const answers = await call("GET", "/api/health/live", {}).then(
      () => true,
      () => false,
    );
    const action = { name: t("broken.reload"), run: () => window.location.reload() };
    if (answers) toast({ words: t("unfetched.replaced"), action, lasts: 60 });
    else toast({ words: t("unfetched.away"), lasts: 20 });
  }, [t, toast]);
  const tell = useCallback(() => void look(), [look]);
  return <UnfetchedContext value={tell}>{children}</UnfetchedContext>;
}
