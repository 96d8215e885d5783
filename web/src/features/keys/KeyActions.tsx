/** What ends or replaces a key: each says its consequence first. */
import { useState } from "react";
import { useRevokeKey, useRotateKey } from "#/api/keys";
import type { Key } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import sheet from "./keys.module.css";
import { SecretOnce } from "./SecretOnce";

const css = classes(sheet);
const OVERLAPS = [24, 72, 168, 1, 0] as const;

interface ActionProps {
  readonly keyOf: Key;
  readonly onClose: () => void;
}

export function RotateDialog({ keyOf, onClose }: ActionProps) {
  const t = useTranslations();
  const rotate = useRotateKey();
  const [hours, setHours] = useState<number>(OVERLAPS[0]);
  const { data: made } = rotate;
  const title = made ? t("keys.onceTitle") : t("keys.rotateTitle", { name: keyOf.name });
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")}>
      {made ? (
        <SecretOnce made={made} onClose={onClose} />
      ) : (
        <div className={css("form")}>
          <p>{t("keys.rotateWords")}</p>
          <ChoiceField
            label={t("keys.overlap")}
            value={hours}
            onChange={(event) => setHours(Number(event.target.value))}
            options={OVERLAPS.map((one) => [String(one), t("keys.hours", { hours: one })])}
          />
          {rotate.error && <ErrorNotice error={rotate.error} />}
          <DialogButtons>
            <Button onPress={onClose}>{t("shell.cancel")}</Button>
            <Button look="primary" busy={rotate.isPending} onPress={() => rotate.mutate({ id: keyOf.id, hours })}>
              {t("keys.rotate")}
            </Button>
          </DialogButtons>
        </div>
      )}
    </Dialog>
  );
}

export function RevokeDialog({ keyOf, onClose }: ActionProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const revoke = useRevokeKey();
  const done = () => {
    toast({ words: t("keys.revoked") });
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("keys.revokeTitle", { name: keyOf.name })} closeLabel={t("shell.close")}>
      <div className={css("form")}>
        <p>{t("keys.revokeWords")}</p>
        {revoke.error && <ErrorNotice error={revoke.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button look="danger" busy={revoke.isPending} onPress={() => revoke.mutate(keyOf.id, { onSuccess: done })}>
            {t("keys.revoke")}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}
