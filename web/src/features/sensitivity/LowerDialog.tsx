/** Lowers the label of a conversation, for a reason that is chosen. */
import { useState } from "react";
import { useLowerLabel } from "#/api/conversations";
import type { Category, Level } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { type Categories, isAtMost, LEVELS } from "#/features/inference/choice";
import { useCategoryNames } from "#/features/inference/useCategoryNames";
import { useDeclaredLevels } from "#/features/inference/useDeclaredLevels";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField } from "#/ui/Field";
import { useLive } from "#/ui/Live";

const REASONS = ["mistaken", "anonymised", "removed", "declassified"] as const;

interface LowerDialogProps {
  readonly conversationId: string;
  readonly level: Level;
  readonly categories: Categories;
  readonly onClose: () => void;
}

export function LowerDialog({ conversationId, level, categories, onClose }: LowerDialogProps) {
  const t = useTranslations();
  const named = useCategoryNames();
  const { toast } = useLive();
  const lower = useLowerLabel(conversationId);
  const declared = useDeclaredLevels();
  const [wanted, setWanted] = useState<Level>(level);
  const [kept, setKept] = useState<readonly Category[]>(categories);
  const [reason, setReason] = useState<(typeof REASONS)[number]>("mistaken");
  const done = () => {
    toast({ words: t("sensitivity.lower.done") });
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("sensitivity.lower.title")} closeLabel={t("shell.close")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          lower.mutate({ level: wanted, categories: [...kept], lowered_because: reason }, { onSuccess: done });
        }}
      >
        <p>{t("sensitivity.lower.about")}</p>
        <ChoiceField
          label={t("models.level")}
          value={wanted}
          onChange={(event) => setWanted(LEVELS.find((one) => one === event.target.value) ?? level)}
          options={declared.filter((one) => isAtMost(one, level)).map((one) => [one, t(`models.levels.${one}`)])}
        />
        {categories.map((one) => (
          <Check
            key={one}
            label={named([one])}
            checked={kept.includes(one)}
            onChange={({ target }) =>
              setKept(categories.filter((other) => (other === one ? target.checked : kept.includes(other))))
            }
          />
        ))}
        <ChoiceField
          label={t("sensitivity.lower.reason")}
          value={reason}
          onChange={(event) => setReason(REASONS.find((one) => one === event.target.value) ?? "mistaken")}
          options={REASONS.map((one) => [one, t(`sensitivity.lower.reasons.${one}`)])}
        />
        {lower.error && <ErrorNotice error={lower.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button
            type="submit"
            look="primary"
            busy={lower.isPending}
            isDisabled={wanted === level && kept.length === categories.length}
          >
            {t("sensitivity.lower.action")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
