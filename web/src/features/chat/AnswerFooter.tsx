/** Under an answer: what may be done with it, and, discreetly, which model wrote it, where, and what it cost. */
import { ClipboardCopy, Copy, Flag, RotateCw } from "lucide-react";
import { useState } from "react";
import { useWhere } from "#/features/inference/ModelPicker";
import { ReportDialog } from "#/features/reports/lateReportDialog";
import { AnswerVerbs } from "#/features/verbs/AnswerVerbs";
import { useFormatter, useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Soon } from "#/ui/Soon";
import type { ShownTurn } from "./shownTurns";
import sheet from "./turn.module.css";
import { VersionSwitcher } from "./VersionSwitcher";

const css = classes(sheet);

/** Less than a tenth of a cent says nothing to anybody. */
const LEAST_COST = 0.001;

interface AnswerFooterProps {
  readonly turn: ShownTurn;
  readonly locked: boolean;
  readonly onRetry: () => void;
  readonly onChoose: (turnId: string) => void;
  /** False when the browser refused. */
  readonly onCopy: (as: "rich" | "markdown") => Promise<boolean>;
}

export function AnswerFooter({ turn, locked, onRetry, onChoose, onCopy }: AnswerFooterProps) {
  const t = useTranslations("chat");
  const { toast } = useLive();
  const [reporting, setReporting] = useState(false);
  const copy = (as: "rich" | "markdown") =>
    void onCopy(as)
      .catch(() => false)
      .then((copied) => toast(copied ? { words: t("copied"), lasts: 2 } : { words: t("notCopied") }));
  return (
    <footer className={css("footer")}>
      <span className={css("actions")}>
        <Soon>
          {turn.answer !== "" && (
            <>
              <IconButton small label={t("copy")} icon={Copy} onPress={() => copy("rich")} />
              <IconButton small label={t("copyMarkdown")} icon={ClipboardCopy} onPress={() => copy("markdown")} />
              <AnswerVerbs />
            </>
          )}
          {/* A failure carries its own "try again". */}
          {turn.state !== "failed" && turn.state !== "interrupted" && (
            <IconButton small label={t("retry")} icon={RotateCw} isDisabled={locked} onPress={onRetry} />
          )}
          {turn.state !== "running" && (
            <IconButton small label={t("incident")} icon={Flag} onPress={() => setReporting(true)} />
          )}
          {reporting && <ReportDialog kind="incident" turnId={turn.id} onClose={() => setReporting(false)} />}
          <VersionSwitcher of="Answer" versions={turn.answers} disabled={locked} onChoose={onChoose} />
        </Soon>
      </span>
      <Account turn={turn} />
    </footer>
  );
}

function Account({ turn: { model, usage } }: { readonly turn: ShownTurn }) {
  const t = useTranslations("chat");
  const format = useFormatter();
  const where = useWhere();
  const tokens = (usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0);
  const clauses = [
    model && `${model.display_name}, ${where(model)}`,
    tokens > 0 && t("tokens", { count: tokens }),
    usage?.energy_wh != null && t("energy", { wh: format.number(usage.energy_wh, { maximumSignificantDigits: 2 }) }),
    usage?.cost_euros != null &&
      usage.cost_euros >= LEAST_COST &&
      format.number(usage.cost_euros, { style: "currency", currency: "EUR", maximumFractionDigits: 3 }),
  ].filter(Boolean);
  return <span className={css("account")}>{clauses.join(" · ")}</span>;
}
