/** Titles and abstracts of publications hold formulas between `$`: their parts, and the same words where none can be set. */
import { formulaAt } from "#/features/answer/maths";

/** Words, or the source of a formula. */
export interface Part {
  readonly text: string;
  readonly tex: boolean;
}

/** What a line is made of, in order; a dollar sign that opens no formula is a word's. */
export function partsOf(line: string): readonly Part[] {
  const parts: Part[] = [];
  let words = 0;
  for (let at = 0; at < line.length; ) {
    const found = line[at] === "$" || line[at] === "\\" ? formulaAt(line, at) : null;
    if (!found) {
      at += line[at] === "\\" ? 2 : 1;
      continue;
    }
    if (at > words) parts.push({ text: line.slice(words, at), tex: false });
    parts.push({ text: found.tex, tex: true });
    at = found.end;
    words = at;
  }
  if (words < line.length) parts.push({ text: line.slice(words), tex: false });
  return parts;
}

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ " +
    "sigma σ tau τ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ " +
    "Omega Ω to → rightarrow → infty ∞ times × cdot · pm ± leq ≤ le ≤ geq ≥ ge ≥ neq ≠ approx ≈ sim ∼ ell ℓ hbar ℏ " +
    "partial ∂ nabla ∇ in ∈ sum ∑ int ∫ sqrt √ circ ∘ prime ′"
  )
    .split(" ")
    .reduce<[string, string][]>((pairs, one, index, all) => {
      if (index % 2 === 0) pairs.push([one, all[index + 1] ?? ""]);
      return pairs;
    }, []),
);

/** One line of characters, for what holds nothing else: a choice of a list, a label, a cell of a file. */
export function inCharacters(line: string): string {
  return partsOf(line)
    .map(({ text, tex }) => (tex ? characters(text) : text))
    .join("");
}

function characters(tex: string): string {
  return tex
    .replace(/\\([A-Za-z]+)\s*/g, (_, name: string) => GREEK[name] ?? "")
    .replace(/\\[,;:! ]/g, " ")
    .replace(/[{}\\]/g, "")
    .trim();
}
