/** What the reading report says of a page or of the whole file, in a sentence; its code where there is none. */
import type { Finding } from "#/api/types";
import { useTranslations } from "#/i18n";

export function useFindingWords(): (finding: Finding) => string {
  const t = useTranslations();
  // One sentence per code, each with arguments of its own: they are checked against the server's by a test.
  const say = t as unknown as {
    (key: string, params: Readonly<Record<string, unknown>>): string;
    readonly has: (key: string) => boolean;
  };
  return ({ code, page, params }) => {
    const key = `findings.${code}`;
    if (say.has(key)) return say(key, { ...params, page: page ?? 0 });
    return t("sources.panel.finding", { page: page ?? 0, code: code.replaceAll("_", " ") });
  };
}
