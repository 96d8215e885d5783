/** Lowers the label of a conversation of one's own: with the right, a reason, and a line of the journal. */
import { ShieldMinus } from "lucide-react";
import { useState } from "react";
import { useHeld } from "#/api/sessions";
import type { Level } from "#/api/types";
import type { Categories } from "#/features/inference/choice";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { RefusedButton } from "#/ui/RefusedButton";
import { LowerDialog } from "./lateLowerDialog";

interface LowerButtonProps {
  /** Null for a conversation that does not exist yet. */
  readonly conversationId: string | null;
  readonly level: Level;
  readonly categories: Categories | undefined;
}

export function LowerButton({ conversationId, level, categories = [] }: LowerButtonProps) {
  const t = useTranslations("sensitivity.lower");
  const { somewhere } = useHeld();
  const [choosing, setChoosing] = useState(false);
  if (conversationId === null || (level === "public" && categories.length === 0)) return null;
  if (!somewhere("levels.lower"))
    return (
      <RefusedButton small look="quiet" icon={ShieldMinus} why={t("right")} aria-label={t("title")}>
        {null}
      </RefusedButton>
    );
  return (
    <>
      <IconButton small icon={ShieldMinus} label={t("title")} onPress={() => setChoosing(true)} />
      {choosing && <LowerDialog {...{ conversationId, level, categories }} onClose={() => setChoosing(false)} />}
    </>
  );
}
