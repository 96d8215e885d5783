/** Under an answer: what it quotes, each quotation checked by the machine against the texts given in the conversation. */
import { BadgeCheck, CircleHelp } from "lucide-react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./Citations.module.css";
import type { ShownCitation } from "./citations";

const css = classes(sheet);

export function Citations({ citations }: { readonly citations: readonly ShownCitation[] }) {
  const t = useTranslations("chat.citations");
  const verified = citations.filter((citation) => citation.verified).length;
  const unsupported = citations.length - verified;
  return (
    <details className={css("citations")}>
      <summary>
        {verified > 0 && <Mark verified>{t("verified", { count: verified })}</Mark>}
        {unsupported > 0 && <Mark verified={false}>{t("unsupported", { count: unsupported })}</Mark>}
      </summary>
      <ul aria-label={t("title")}>
        {citations.map((citation, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of a finished answer never changes
          <li key={index}>
            <Mark verified={citation.verified}>{t(citation.verified ? "verifiedOne" : "unsupportedOne")}</Mark>
            {citation.source ? (
              <q className={css("source")}>
                {citation.source.before}
                <mark>{citation.source.match}</mark>
                {citation.source.after}
              </q>
            ) : (
              <span>{t("quoted", { words: citation.words })}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Mark({ verified, children }: { readonly verified: boolean; readonly children: string }) {
  const Icon = verified ? BadgeCheck : CircleHelp;
  return (
    <span className={css("mark", verified ? "verified" : "unsupported")}>
      <Icon size={16} aria-hidden="true" />
      {children}
    </span>
  );
}
