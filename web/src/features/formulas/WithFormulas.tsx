/** A line of text whose formulas are set, like those of an answer; their source stands there until they are, or cannot be. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { inCharacters, partsOf } from "./parts";

/** Null while nothing is there yet, or when nothing of it can be set. */
type Draw = (() => Element | null) | null;

export function WithFormulas({ text }: { readonly text: string }): ReactNode {
  const parts = useMemo(() => partsOf(text), [text]);
  if (!parts.some(({ tex }) => tex)) return text;
  let at = 0;
  return parts.map((part) => {
    const key = at;
    at += part.text.length + 1;
    return part.tex ? <Formula key={key} tex={part.text} /> : part.text;
  });
}

function Formula({ tex }: { readonly tex: string }) {
  const [draw, setDraw] = useState<Draw>(null);
  useEffect(() => {
    let gone = false;
    const keep = (made: Draw) => !gone && setDraw(() => made);
    void later(tex).then(keep, () => undefined); // its source stands there
    return () => {
      gone = true;
    };
  }, [tex]);
  // React owns none of what is drawn: the source and the formula are two elements.
  return draw ? <Drawn key="set" draw={draw} /> : <span key="source">{inCharacters(`$${tex}$`)}</span>;
}

function Drawn({ draw }: { readonly draw: NonNullable<Draw> }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const formula = draw();
    if (place && formula) place.replaceChildren(formula);
  }, [place, draw]);
  return <span ref={setPlace} />;
}

/** The means to draw it, fetched with the first formula of the page; null when it cannot be set. */
async function later(tex: string): Promise<Draw> {
  const { laterFormula } = await import("#/features/answer/typeset");
  const draw = await laterFormula({ kind: "maths", tex, display: false, open: false });
  return draw() ? draw : null;
}
