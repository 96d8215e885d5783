/** The servers that run models, and the models offered from them. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { useBackends, useOfferedModels } from "#/api/backends";
import type { Backend, OfferedModel } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./administration.module.css";
import { BackendDialog } from "./BackendDialog";
import { BackendsTable } from "./BackendsTable";
import { ModelDialog } from "./ModelDialog";
import { ModelsTable } from "./ModelsTable";

const css = classes(sheet);

export function ModelsAdministration() {
  const t = useTranslations("administration");
  const backends = useBackends();
  const models = useOfferedModels();
  const [backend, setBackend] = useState<Backend | "new" | null>(null);
  const [model, setModel] = useState<OfferedModel | "new" | null>(null);
  return (
    <>
      <section className={css("section")} aria-labelledby="backends-title">
        <div className={css("head")}>
          <h2 id="backends-title" className={css("title")}>
            {t("backends")}
          </h2>
          <Button icon={Plus} onPress={() => setBackend("new")}>
            {t("addBackend")}
          </Button>
        </div>
        <p className={css("words")}>{t("backendsWords")}</p>
        {backends.error && <ErrorNotice error={backends.error} onRetry={() => void backends.refetch()} />}
        {backends.data && <BackendsTable backends={backends.data} onEdit={setBackend} />}
      </section>
      <section className={css("section")} aria-labelledby="models-title">
        <div className={css("head")}>
          <h2 id="models-title" className={css("title")}>
            {t("models")}
          </h2>
          <Button icon={Plus} isDisabled={!backends.data?.length} onPress={() => setModel("new")}>
            {t("addModel")}
          </Button>
        </div>
        <p className={css("words")}>{t("modelsWords")}</p>
        {models.error && <ErrorNotice error={models.error} onRetry={() => void models.refetch()} />}
        {models.data && <ModelsTable models={models.data} onEdit={setModel} />}
      </section>
      {backend && <BackendDialog backend={backend === "new" ? null : backend} onClose={() => setBackend(null)} />}
      {model && (
        <ModelDialog
          model={model === "new" ? null : model}
          backends={backends.data ?? []}
          onClose={() => setModel(null)}
        />
      )}
    </>
  );
}
