/** What the draft says of works whose abstract is known: said by it, something else, or not told; never more. */
import { CircleCheck, CircleHelp, OctagonAlert } from "lucide-react";
import type { DraftClaim, DraftReport } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./scholarly.module.css";

const css = classes(sheet);
const ICONS = { supported: CircleCheck, apart: OctagonAlert, silent: CircleHelp } as const;
const ORDER = ["apart", "supported", "silent"] as const;

export function Claims({ report }: { readonly report: DraftReport }) {
  const t = useTranslations("scholarly.check");
  if (report.claims.length === 0) return null;
  return (
    <section className={css("results")}>
      <h3 className={css("title")}>{t("claims")}</h3>
      <p className={css("soft")}>{t("claimsAbout")}</p>
      {ORDER.map((told) => {
        const claims = report.claims.filter((one) => one.told === told);
        if (claims.length === 0) return null;
        return (
          <details key={told} className={css("abstract")} open={told === "apart"}>
            <summary>{`${t(`told.${told}`)} (${claims.length})`}</summary>
            <ul className={css("list")}>
              {claims.map((claim) => (
                <Claim key={`${claim.sentence} ${claim.reference}`} claim={claim} report={report} />
              ))}
            </ul>
          </details>
        );
      })}
    </section>
  );
}

function Claim({ claim, report }: { readonly claim: DraftClaim; readonly report: DraftReport }) {
  const t = useTranslations("scholarly.check");
  const Icon = ICONS[claim.told];
  return (
    <li className={css("work")}>
      <p className={css("verdict", claim.told)}>
        <Icon aria-hidden="true" className={css("icon")} />
        {t(`told.${claim.told}`)}
      </p>
      <p className={css("written")}>{claim.sentence}</p>
      {claim.extract && <blockquote className={css("extract")}>{claim.extract}</blockquote>}
      {claim.reason && <p className={css("soft")}>{t(`reasons.${claim.reason}`)}</p>}
      <p className={css("soft")}>{report.references[claim.reference]?.written}</p>
    </li>
  );
}
