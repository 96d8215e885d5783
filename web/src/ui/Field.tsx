/** A labelled input with its hint and its error, tied together for screen readers. */
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { classes } from "./classes";
import sheet from "./Field.module.css";

const css = classes(sheet);

interface FrameProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
}

interface FieldProps extends FrameProps, Omit<InputHTMLAttributes<HTMLInputElement>, "className" | "style" | "id"> {}

export function Field({ label, hint, error, ...input }: FieldProps) {
  const ids = useFrameIds(hint, error);
  return (
    <Frame label={label} hint={hint} error={error ?? null} ids={ids}>
      <input
        {...input}
        id={ids.input}
        aria-describedby={ids.describedBy}
        aria-invalid={error ? true : undefined}
        className={css("input")}
      />
    </Frame>
  );
}

interface ChoiceFieldProps
  extends FrameProps,
    Omit<SelectHTMLAttributes<HTMLSelectElement>, "className" | "style" | "id"> {
  readonly options: readonly (readonly [value: string, words: string])[];
}

export function ChoiceField({ label, hint, error, options, ...select }: ChoiceFieldProps) {
  const ids = useFrameIds(hint, error);
  return (
    <Frame label={label} hint={hint} error={error ?? null} ids={ids}>
      <select {...select} id={ids.input} aria-describedby={ids.describedBy} className={css("input", "select")}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Frame>
  );
}

interface LinesFieldProps
  extends FrameProps,
    Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "className" | "style" | "id"> {
  /** Sentences, not lines of data. */
  readonly prose?: boolean;
}

/** Several lines of text. */
export function LinesField({ label, hint, error, prose = false, ...area }: LinesFieldProps) {
  const ids = useFrameIds(hint, error);
  return (
    <Frame label={label} hint={hint} error={error ?? null} ids={ids}>
      <textarea
        rows={4}
        spellCheck={prose}
        {...area}
        id={ids.input}
        aria-describedby={ids.describedBy}
        aria-invalid={error ? true : undefined}
        className={css("input", "lines", prose && "prose")}
      />
    </Frame>
  );
}

interface CheckProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "className" | "style" | "id" | "type"> {
  readonly label: string;
  readonly hint?: ReactNode;
}

export function Check({ label, hint, ...input }: CheckProps) {
  const ids = useFrameIds(hint, null);
  return (
    <div className={css("check")}>
      <input {...input} type="checkbox" id={ids.input} aria-describedby={ids.describedBy} className={css("box")} />
      <div>
        <label htmlFor={ids.input}>{label}</label>
        {hint !== undefined && (
          <p id={ids.hint} className={css("hint")}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

interface Ids {
  readonly input: string;
  readonly hint: string;
  readonly error: string;
  readonly describedBy: string | undefined;
}

function useFrameIds(hint: ReactNode, error: string | null | undefined): Ids {
  const input = useId();
  const ids = { input, hint: `${input}-hint`, error: `${input}-error` };
  const describedBy = [error ? ids.error : "", hint === undefined ? "" : ids.hint].filter(Boolean).join(" ");
  return { ...ids, describedBy: describedBy || undefined };
}

function Frame(props: FrameProps & { readonly ids: Ids; readonly children: ReactNode }) {
  const { label, hint, error, ids, children } = props;
  return (
    <div className={css("field")}>
      <label htmlFor={ids.input} className={css("label")}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={ids.hint} className={css("hint")}>
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p id={ids.error} className={css("error")}>
          {error}
        </p>
      )}
    </div>
  );
}
