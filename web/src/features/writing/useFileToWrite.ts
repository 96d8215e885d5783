/** The one file given to the desk: sent as any other, followed until it is read; or one that a conversation has. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useOwnFile } from "#/api/files";
import { newUpload, type Upload } from "#/features/files/upload";
import { createUploads } from "#/features/files/uploads";
import { useUploads } from "#/features/files/useUploads";

const uploads = createUploads({ follows: true });

export function useFileToWrite() {
  const [upload] = useUploads(uploads);
  const [held, forgetHeld] = useHeldFile();
  const clear = () => {
    uploads.remove(uploads.read().map(({ key }) => key));
    forgetHeld();
  };
  return {
    upload: held ?? upload ?? null,
    give: (file: File) => {
      clear();
      uploads.add([{ file, folder: "" }]);
    },
    remove: clear,
    forget: () => uploads.release(uploads.read().map(({ key }) => key)),
  };
}

/** The file that the address names: a conversation has it, the desk takes it as it is. */
function useHeldFile(): [Upload | null, () => void] {
  const { file } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data } = useOwnFile(file ?? null);
  const forget = () => {
    if (file !== undefined) void navigate({ to: "/bureau", search: {}, replace: true });
  };
  if (!data) return [null, forget];
  const phase = data.state === "read" ? "read" : data.state === "failed" ? "failed" : "arrived";
  return [{ ...newUpload({ key: data.id, name: data.name, size: data.size }), id: data.id, phase }, forget];
}
