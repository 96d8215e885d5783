/** What may be done with a research: stop it, go on, take its report, delete it. */
import { useNavigate } from "@tanstack/react-router";
import { Download, Megaphone, Play, Square, Trash2 } from "lucide-react";
import { useState } from "react";
import {
  isUnderWay,
  reportAddress,
  useRemoveResearch,
  useResearchOffer,
  useResumeResearch,
  useStopResearch,
} from "#/api/research";
import type { Research } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { PublishDialog } from "#/features/publishing/PublishDialog";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinkButton } from "#/ui/LinkButton";
import { raised } from "./draft";
import sheet from "./research.module.css";

const css = classes(sheet);
const FORMATS = ["docx", "odt", "md"] as const;

export function Actions({ research }: { readonly research: Research }) {
  const t = useTranslations("research.actions");
  const navigate = useNavigate();
  const { data: offer } = useResearchOffer();
  const stop = useStopResearch(research.id);
  const resume = useResumeResearch(research.id);
  const remove = useRemoveResearch();
  const { state, sections } = research;
  const error = stop.error ?? resume.error ?? remove.error;
  return (
    <div className={css("actions")}>
      {(state === "done" || state === "partial") &&
        sections.length > 0 &&
        FORMATS.map((format) => (
          <LinkButton key={format} href={reportAddress(research.id, format)} icon={Download} download>
            {t(`take.${format}`)}
          </LinkButton>
        ))}
      {(state === "done" || state === "partial") && sections.length > 0 && <Publishing research={research} />}
      {(state === "queued" || state === "running") && (
        <Button icon={Square} busy={stop.isPending} onPress={() => stop.mutate()}>
          {t("stop")}
        </Button>
      )}
      {(state === "stopped" || state === "failed") && (
        <Button look="primary" icon={Play} busy={resume.isPending} onPress={() => resume.mutate(null)}>
          {t("resume")}
        </Button>
      )}
      {state === "partial" && offer && (
        <Button icon={Play} busy={resume.isPending} onPress={() => resume.mutate(raised(research.budget, offer.most))}>
          {t("more")}
        </Button>
      )}
      {!isUnderWay(research) && (
        <Button
          look="danger"
          icon={Trash2}
          busy={remove.isPending}
          onPress={() =>
            remove.mutate(research.id, { onSuccess: () => void navigate({ to: "/recherche-approfondie" }) })
          }
        >
          {t("delete")}
        </Button>
      )}
      {error && <ErrorNotice error={error} />}
    </div>
  );
}

function Publishing({ research }: { readonly research: Research }) {
  const t = useTranslations("publishing");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={Megaphone} onPress={() => setOpen(true)}>
        {t("open")}
      </Button>
      {isOpen && (
        <PublishDialog
          language={research.language}
          name="recherche"
          forms={FORMATS}
          asked={(body) => ({ kind: "research", id: research.id, body })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
