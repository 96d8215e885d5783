/** A button that asks for a glossary's file. */
import { FilePlus2 } from "lucide-react";
import { useRef } from "react";
import { Button, type ButtonProps } from "#/ui/Button";

interface PickFileProps extends Pick<ButtonProps, "look" | "busy"> {
  readonly label: string;
  readonly onPick: (file: File) => void;
}

export function PickFile({ label, onPick, ...look }: PickFileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...look} icon={FilePlus2} onPress={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.tbx,.xml,.tmx"
        aria-label={label}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onPick(file);
          target.value = "";
        }}
      />
    </>
  );
}
