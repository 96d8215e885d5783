/** Before a link of an answer is followed, the whole address where it leads, for a person to read (TA-045). */
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { copyToClipboard } from "./clipboard";
import { destination } from "./links";
import { css } from "./style";

interface LeaveDialogProps {
  /** Null when nobody is leaving. */
  readonly address: string | null;
  readonly onClose: () => void;
}

export function LeaveDialog({ address, onClose }: LeaveDialogProps) {
  const t = useTranslations("answer");
  const goal = address === null ? null : destination(address);
  if (!goal) return null;
  const go = () => {
    window.open(goal.href, "_blank", "noopener,noreferrer");
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("leaveTitle", { place: goal.place })} closeLabel={t("stay")}>
      <p>{t("leaveWhy")}</p>
      <p className={css("address")} translate="no">
        {goal.href}
      </p>
      <DialogButtons>
        <CopyAddress address={goal.href} />
        <Button look="primary" autoFocus onPress={go}>
          {t("leave")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

/** Says on itself what became of the copy: the rest of the page cannot be heard behind a dialog. */
function CopyAddress({ address }: { readonly address: string }) {
  const t = useTranslations("answer");
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () => void copyToClipboard(address).then(setCopied);
  return (
    <Button onPress={copy}>
      <span aria-live="polite">{copied === null ? t("copyAddress") : t(copied ? "copied" : "notCopied")}</span>
    </Button>
  );
}
