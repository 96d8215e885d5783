/** What may be done with a work: taken, paused, gone on with, given up, deleted. */
import { useNavigate } from "@tanstack/react-router";
import { Copy, Download, Pause, Play, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Work } from "#/api/types";
import { isUnderWay, resultAddress, useChangeWork, useRemoveWork } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinkButton } from "#/ui/LinkButton";
import { useLive } from "#/ui/Live";
import desk from "./desk.module.css";

const css = classes(desk);

interface WorkActionsProps {
  readonly work: Work;
  /** Where one is led once it is deleted. */
  readonly after: "/bureau" | "/bureau/rediger";
  /** What else may be done with it. */
  readonly children?: ReactNode;
}

export function WorkActions({ work, after, children }: WorkActionsProps) {
  const t = useTranslations("writing.actions");
  const { toast } = useLive();
  const navigate = useNavigate();
  const change = useChangeWork(work.id);
  const remove = useRemoveWork();
  const { state, text } = work;
  return (
    <div className={css("actions")}>
      {children}
      {work.has_result && (
        <LinkButton href={resultAddress(work.id)} icon={Download} download>
          {t("download")}
        </LinkButton>
      )}
      {text !== null && text !== "" && (
        <Button
          icon={Copy}
          onPress={() => void navigator.clipboard.writeText(text).then(() => toast({ words: t("copied") }))}
        >
          {t("copy")}
        </Button>
      )}
      {isUnderWay(work) && (
        <Button icon={Pause} onPress={() => change.mutate("pause")}>
          {t("pause")}
        </Button>
      )}
      {(state === "paused" || state === "failed") && (
        <Button look="primary" icon={Play} onPress={() => change.mutate("resume")}>
          {t("resume")}
        </Button>
      )}
      {(isUnderWay(work) || state === "paused") && (
        <Button icon={X} onPress={() => change.mutate("cancel")}>
          {t("cancel")}
        </Button>
      )}
      {!isUnderWay(work) && (
        <Button
          look="danger"
          icon={Trash2}
          busy={remove.isPending}
          onPress={() => remove.mutate(work.id, { onSuccess: () => void navigate({ to: after }) })}
        >
          {t("delete")}
        </Button>
      )}
      {(change.error ?? remove.error) && <ErrorNotice error={change.error ?? remove.error} />}
    </div>
  );
}
