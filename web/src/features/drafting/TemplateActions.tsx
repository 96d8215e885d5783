/** What is done with a template as a whole: copied, shared with a unit, taken away as a file, deleted. */
import { useNavigate } from "@tanstack/react-router";
import { Copy, Download, Share2, Trash2 } from "lucide-react";
import { useState } from "react";
import { templateAddress, useCopyTemplate, useRemoveTemplate } from "#/api/drafting";
import type { TemplateFull } from "#/api/types";
import { type UnitChoice, UnitField } from "#/features/collections/UnitField";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import desk from "#/features/writing/desk.module.css";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinkButton } from "#/ui/LinkButton";
import { useLive } from "#/ui/Live";

const css = classes(desk);

export function TemplateActions({ template }: { readonly template: TemplateFull }) {
  const t = useTranslations("drafting.editor");
  const { toast } = useLive();
  const navigate = useNavigate();
  const copy = useCopyTemplate();
  const remove = useRemoveTemplate();
  const [isShared, setShared] = useState(false);
  const [unit, setUnit] = useState<UnitChoice | null>(null);
  const copyTo = (unit_id: string | null) =>
    copy.mutate(
      { id: template.id, unit_id },
      {
        onSuccess: ({ id }) => {
          toast({ words: t("copied") });
          void navigate({ to: "/bureau/modeles/$templateId", params: { templateId: id } });
        },
      },
    );
  return (
    <>
      <div className={css("actions")}>
        <Button icon={Copy} busy={copy.isPending} onPress={() => copyTo(null)}>
          {t("copy")}
        </Button>
        <Button icon={Share2} aria-expanded={isShared} onPress={() => setShared(!isShared)}>
          {t("share")}
        </Button>
        <LinkButton href={templateAddress(template.id)} icon={Download} download>
          {t("export")}
        </LinkButton>
        {template.can_change && (
          <Button
            look="danger"
            icon={Trash2}
            busy={remove.isPending}
            onPress={() => remove.mutate(template.id, { onSuccess: () => void navigate({ to: "/bureau/rediger" }) })}
          >
            {t("remove")}
          </Button>
        )}
      </div>
      {isShared && (
        <>
          <UnitField purpose="curate" label={t("shareUnit")} hint={t("shareHint")} value={unit} onChange={setUnit} />
          <div className={css("actions")}>
            <Button isDisabled={unit === null} busy={copy.isPending} onPress={() => unit && copyTo(unit.id)}>
              {t("shareGo")}
            </Button>
          </div>
        </>
      )}
      {(copy.error ?? remove.error) && <ErrorNotice error={copy.error ?? remove.error} />}
    </>
  );
}
