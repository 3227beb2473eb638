// What changed between two texts, word by word, kept in paragraphs. Pure; the library is fetched with it.
import { diffWordsWithSpace } from "diff";

export interface Part {
  kind: "same" | "added" | "removed";
  text: string;
}
export type Paragraph = Part[];

/** Longer than this, two texts have so little in common that words say nothing. */
const mostMs = 800;

/** Parts in order; texts that have nothing to do with each other are one part each. */
export function changesOf(before: string, after: string): Part[] {
  const found = diffWordsWithSpace(before, after, { timeout: mostMs });
  if (!found)
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  return found.map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}

/** The paragraphs of the comparison. An empty line in any part ends a paragraph. */
export function compare(before: string, after: string): Paragraph[] {
  const paragraphs: Paragraph[] = [[]];
  for (const { kind, text } of changesOf(before, after)) {
    for (const [at, piece] of text.split(/\n{2,}/).entries()) {
      if (at > 0) paragraphs.push([]);
      if (piece) paragraphs[paragraphs.length - 1]?.push({ kind, text: piece });
    }
  }
  return paragraphs.filter((paragraph) => paragraph.some((part) => part.text.trim()));
}

/** One side of it: what stood there before, or what stands there now. */
export function side(paragraphs: Paragraph[], without: "added" | "removed"): Paragraph[] {
  return paragraphs
    .map((paragraph) => paragraph.filter((part) => part.kind !== without))
    .filter((paragraph) => paragraph.length > 0);
}

export const isChanged = (paragraphs: Paragraph[]): boolean =>
  paragraphs.some((paragraph) => paragraph.some((part) => part.kind !== "same"));
