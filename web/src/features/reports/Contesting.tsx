/** Contests a decision told in passing: what told it is gone by then, so the dialog is not its own. */
import { createContext, type ReactNode, useContext, useState } from "react";
import { ReportDialog } from "./lateReportDialog";

const ContestingContext = createContext<((code: string) => void) | null>(null);

/** Opens the dialog about a decision; null where nothing can show it. */
export function useContesting(): ((code: string) => void) | null {
  return useContext(ContestingContext);
}

export function Contesting({ children }: { readonly children: ReactNode }) {
  const [about, setAbout] = useState<string | null>(null);
  return (
    <ContestingContext value={setAbout}>
      {children}
      {about !== null && <ReportDialog kind="contest" about={about} turnId={null} onClose={() => setAbout(null)} />}
    </ContestingContext>
  );
}
