/** The files sent to be summarised: they outlive the screen, as any sending does. */
import { createUploads } from "#/features/files/uploads";
import { useUploads } from "#/features/files/useUploads";

const uploads = createUploads({ follows: true });

export function useSummaryFiles() {
  const sent = useUploads(uploads);
  return {
    uploads: sent,
    add: (files: Iterable<File>) => uploads.add([...files].map((file) => ({ file, folder: "" }))),
    remove: (key: string) => uploads.remove([key]),
    forget: () => uploads.release(uploads.read().map(({ key }) => key)),
  };
}
