/** What the machine found of a cited sentence, and the way to the citations before and after it. */
import { BadgeCheck, ChevronLeft, ChevronRight, CircleHelp } from "lucide-react";
import type { Citation } from "#/api/types";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./panel.module.css";

const css = classes(sheet);

interface CitationWordsProps {
  readonly citation: Citation;
  readonly index: number;
  readonly count: number;
  readonly onGo: (index: number) => void;
}

export function CitationWords({ citation, index, count, onGo }: CitationWordsProps) {
  const t = useTranslations("sources");
  const { verified, reason, file_id: fileId, snapshot_id: pageId } = citation;
  const Icon = verified ? BadgeCheck : CircleHelp;
  return (
    <div className={css("citation")}>
      <p className={css("verdict", verified ? "verified" : "unsupported")}>
        <Icon aria-hidden="true" className={css("icon")} />
        <span>
          <strong>{t(verified ? "panel.verified" : "panel.unsupported")}.</strong>{" "}
          <span className={css("why")}>
            {verified ? t("panel.verifiedWords") : reason && capital(t(`reasons.${reason}`))}
            {fileId == null && pageId == null && reason !== "no_source" && ` ${t("panel.none")}`}
          </span>
        </span>
      </p>
      {count > 1 && (
        <fieldset className={css("walk")} aria-label={t("panel.citations")}>
          <IconButton
            small
            label={t("panel.previous")}
            icon={ChevronLeft}
            ended={index === 0}
            onPress={() => onGo(index - 1)}
          />
          <span className={css("place")}>{t("panel.place", { index: index + 1, count })}</span>
          <IconButton
            small
            label={t("panel.next")}
            icon={ChevronRight}
            ended={index === count - 1}
            onPress={() => onGo(index + 1)}
          />
        </fieldset>
      )}
    </div>
  );
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
