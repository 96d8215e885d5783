/** The way in for files and document bases: from the device, a folder, the camera of a phone, or a base to look in. */
import { Camera, FilePlus2, FolderPlus, Library, Paperclip } from "lucide-react";
import { useRef, useState } from "react";
import { chosenFiles, type Dropped } from "#/features/files/dropped";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { Menu, MenuAction, MenuLine } from "#/ui/Menu";
import { useMedia } from "#/ui/useMedia";
import { CollectionPicker } from "./lateCollectionPicker";
import type { Given } from "./useGiven";

interface AddMenuProps {
  readonly given: Given;
  readonly onFiles: (files: readonly Dropped[]) => void;
  readonly disabled: boolean;
}

export function AddMenu({ given, onFiles, disabled }: AddMenuProps) {
  const t = useTranslations("given");
  const touch = useMedia("(pointer: coarse)");
  const [choosing, setChoosing] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    onFiles(chosenFiles(input.files ?? []));
    // The same file may be given again.
    input.value = "";
  };
  const shared = { type: "file", hidden: true, tabIndex: -1, "aria-hidden": true } as const;
  return (
    <>
      <Menu
        label={t("add")}
        placement="top start"
        trigger={<IconButton label={t("add")} icon={Paperclip} isDisabled={disabled} />}
      >
        <MenuAction icon={FilePlus2} onAction={() => files.current?.click()}>
          {t("files")}
        </MenuAction>
        <MenuAction icon={FolderPlus} onAction={() => folder.current?.click()}>
          {t("folder")}
        </MenuAction>
        {touch && (
          <MenuAction icon={Camera} onAction={() => camera.current?.click()}>
            {t("camera")}
          </MenuAction>
        )}
        <MenuLine />
        <MenuAction icon={Library} onAction={() => setChoosing(true)}>
          {t("bases")}
        </MenuAction>
      </Menu>
      <input {...shared} ref={files} multiple data-adds="files" onChange={(event) => take(event.target)} />
      <input
        {...shared}
        ref={(input) => {
          folder.current = input;
          input?.setAttribute("webkitdirectory", "");
        }}
        multiple
        onChange={(event) => take(event.target)}
      />
      <input {...shared} ref={camera} accept="image/*" capture="environment" onChange={(event) => take(event.target)} />
      {choosing && <CollectionPicker isOpen onClose={() => setChoosing(false)} given={given} />}
    </>
  );
}
