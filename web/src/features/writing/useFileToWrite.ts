/** The one file given to the desk: sent as any other, followed until it is read. It outlives the screen. */
import { createUploads } from "#/features/files/uploads";
import { useUploads } from "#/features/files/useUploads";

const uploads = createUploads({ follows: true });

export function useFileToWrite() {
  const [upload] = useUploads(uploads);
  const forget = () => uploads.release(uploads.read().map(({ key }) => key));
  return {
    upload: upload ?? null,
    give: (file: File) => {
      uploads.remove(uploads.read().map(({ key }) => key));
      uploads.add([{ file, folder: "" }]);
    },
    remove: () => uploads.remove(uploads.read().map(({ key }) => key)),
    forget,
  };
}
