/** What every screen needs: the cache, the words, the spoken region, and the gate before the signed-in part. */
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { createQueryClient } from "#/api/client";
import { Unfetched } from "#/features/errors/Unfetched";
import type { OneTimeLink } from "#/features/identity/oneTimeLink";
import { LanguageProvider } from "#/features/preferences/LanguageProvider";
import { Contesting } from "#/features/reports/Contesting";
import { type Locale, type Messages, useTranslations } from "#/i18n";
import { LiveRegions } from "#/ui/Live";
import { Gate } from "./Gate";
import { router } from "./router";

interface AppProps {
  readonly link: OneTimeLink | null;
  readonly words: { readonly locale: Locale; readonly messages: Messages };
}

export function App({ link, words }: AppProps) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider initial={words}>
        <Voice>
          <Gate link={link}>
            <RouterProvider router={router} />
          </Gate>
        </Voice>
      </LanguageProvider>
    </QueryClientProvider>
  );
}

function Voice({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <LiveRegions label={t("notifications")} closeLabel={t("close")}>
      <Contesting>
        <Unfetched>{children}</Unfetched>
      </Contesting>
    </LiveRegions>
  );
}
