/** What the frame shares with the screens inside it: the list, its folder, the overlays. */
import { createContext, useContext } from "react";
import type { Folder } from "#/api/types";

export type Overlay = "palette" | "help" | "charter" | "literacy" | null;

export interface ShellState {
  /** The list is beside the text (wide and not hidden). */
  readonly listBeside: boolean;
  /** Shows the list: beside on a wide screen, as a sheet on a narrow one. */
  readonly showList: () => void;
  readonly hideList: () => void;
  readonly folder: Folder | null;
  readonly setFolder: (folder: Folder | null) => void;
  readonly open: (overlay: Overlay) => void;
}

export const ShellContext = createContext<ShellState | null>(null);

export function useShell(): ShellState {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error("useShell is for screens inside the shell");
  return shell;
}
