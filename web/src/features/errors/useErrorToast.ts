/** Tells in passing an error that has no place of its own on the screen: a choice refused, a menu's action that failed. */
import { useLive } from "#/ui/Live";
import { useErrorWords } from "./errorWords";

export function useErrorToast(): (error: unknown) => void {
  const words = useErrorWords();
  const { toast } = useLive();
  return (error) => toast({ words: words(error) });
}
