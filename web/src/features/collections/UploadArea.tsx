/** Where documents are given to a base: dropped, or chosen by a button; then how far each is. */
import { FilePlus2, FolderUp } from "lucide-react";
import { useRef } from "react";
import type { Collection } from "#/api/types";
import { chosenFiles, type Dropped } from "#/features/files/dropped";
import { useDrop } from "#/features/files/useDrop";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import sheet from "./collections.module.css";
import { inside } from "./folders";
import { UploadList } from "./UploadList";
import { useCollectionUploads } from "./UploadsProvider";
import uploadSheet from "./upload.module.css";
import { usePlace } from "./usePlace";

const css = classes(sheet);
const own = classes(uploadSheet);

interface UploadAreaProps {
  readonly collection: Collection;
  readonly folder: string;
}

export function UploadArea({ collection, folder }: UploadAreaProps) {
  const t = useTranslations("collections.upload");
  const { toast } = useLive();
  const { add } = useCollectionUploads();
  const place = usePlace()(folder);
  const give = (given: readonly Dropped[]) => {
    if (given.length === 0) toast({ words: t("nothing") });
    const here = given.map((one) => ({ file: one.file, folder: inside(folder, one.folder) }));
    add(here, collection.id, collection.level);
  };
  const { over, handlers } = useDrop(give);
  return (
    <section className={css("section")} aria-labelledby="upload-title">
      <h2 id="upload-title" className="visuallyHidden">
        {t("title")}
      </h2>
      <div className={own("drop", over && "dropOver", collection.documents > 0 && "dropSmall")} {...handlers}>
        <p className={own("dropWords")}>{over ? t("dropNow", { place }) : t("drop")}</p>
        <div className={own("dropActions")}>
          <Chooser label={t("files")} icon={FilePlus2} onChosen={give} />
          <Chooser label={t("folder")} icon={FolderUp} folder onChosen={give} />
        </div>
        <p className={own("dropInto")}>{t("into", { place })}</p>
      </div>
      <UploadList collection={collection.id} />
    </section>
  );
}

interface ChooserProps {
  readonly label: string;
  readonly icon: typeof FilePlus2;
  readonly folder?: boolean;
  readonly onChosen: (given: readonly Dropped[]) => void;
}

function Chooser({ label, icon, folder = false, onChosen }: ChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={icon} onPress={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={(element) => {
          input.current = element;
          element?.toggleAttribute("webkitdirectory", folder);
        }}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ target }) => {
          onChosen(chosenFiles(target.files ?? []));
          // The same file may be chosen again, once mended.
          target.value = "";
        }}
      />
    </>
  );
}
