/** What the page says aloud (one polite region) and what it says in passing (toasts, with their undo). */
import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import sheet from "./Live.module.css";

const css = classes(sheet);

export interface ToastContent {
  readonly words: string;
  readonly action?: { readonly name: string; readonly run: () => void };
  /** Seconds; the clock stops while the pointer or the focus is on it. */
  readonly lasts?: number;
}

interface Toast extends ToastContent {
  readonly key: number;
}

interface Live {
  readonly announce: (words: string) => void;
  readonly toast: (content: ToastContent) => void;
}

const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs <LiveRegions>");
  return live;
}

interface LiveRegionsProps {
  readonly children: ReactNode;
  readonly label: string;
  readonly closeLabel: string;
}

export function LiveRegions({ children, label, closeLabel }: LiveRegionsProps) {
  const [said, setSaid] = useState({ words: "", turn: 0 });
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(0);
  const announce = useCallback((words: string) => setSaid(({ turn }) => ({ words, turn: turn + 1 })), []);
  const close = useCallback((key: number) => setToasts((now) => now.filter((one) => one.key !== key)), []);
  const live = useMemo<Live>(() => {
    const toast = (content: ToastContent) => {
      next.current += 1;
      const key = next.current;
      setToasts((now) => [...now.slice(-2), { ...content, key }]);
      announce(content.action ? `${content.words} ${content.action.name}` : content.words);
    };
    return { announce, toast };
  }, [announce]);
  return (
    <LiveContext value={live}>
      {children}
      <section aria-label={label} className={css("toasts")}>
        {toasts.map((one) => (
          <ToastView key={one.key} toast={one} onClose={() => close(one.key)} closeLabel={closeLabel} />
        ))}
      </section>
      <div aria-live="polite" className="visuallyHidden">
        {/* A changing key makes the same words spoken again. */}
        <span key={said.turn}>{said.words}</span>
      </div>
    </LiveContext>
  );
}

interface ToastViewProps {
  readonly toast: Toast;
  readonly onClose: () => void;
  readonly closeLabel: string;
}

function ToastView({ toast, onClose, closeLabel }: ToastViewProps) {
  const [held, setHeld] = useState(false);
  const closing = useRef(onClose);
  closing.current = onClose;
  const lasts = (toast.lasts ?? 6) * 1000;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => closing.current(), lasts);
    return () => clearTimeout(timer);
  }, [held, lasts]);
  const { action } = toast;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only holds the clock while someone reads or is about to press.
    <div
      className={css("toast")}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={css("words")}>{toast.words}</span>
      {action && (
        <Button
          small
          onPress={() => {
            action.run();
            onClose();
          }}
        >
          {action.name}
        </Button>
      )}
      <IconButton small label={closeLabel} icon={X} onPress={onClose} />
    </div>
  );
}
