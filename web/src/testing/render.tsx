/** Draws a component with what the page gives it: words, cache, spoken region. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render as draw, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "#/i18n";
import en from "#/i18n/en";
import fr from "#/i18n/fr";
import { LiveRegions } from "#/ui/Live";
import { charter } from "./samples";

interface Surroundings {
  readonly locale?: Locale;
  /** What the server has said, by the key of its query. */
  readonly server?: readonly (readonly [key: readonly unknown[], value: unknown])[];
}

export function render(children: ReactNode, { locale = "fr", server = [] }: Surroundings = {}): RenderResult {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(["charter", null], charter);
  for (const [key, value] of server) client.setQueryData(key, value);
  const frame = (inside: ReactNode) => (
    <QueryClientProvider client={client}>
      <IntlProvider
        locale={locale}
        messages={locale === "fr" ? fr : (en as unknown as typeof fr)}
        timeZone="Europe/Paris"
      >
        <LiveRegions label="Notifications" closeLabel="Fermer">
          {inside}
        </LiveRegions>
      </IntlProvider>
    </QueryClientProvider>
  );
  return draw(children, { wrapper: ({ children: inside }) => frame(inside) });
}
