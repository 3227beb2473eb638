// Which existing proposals resemble what is being typed: shared words, rarer words counting more.

interface Text {
  title: string;
  need: string;
}

export function wordsOf(text: string): string[] {
  const folded = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return [...new Set(folded.match(/[\p{L}\p{N}]{4,}/gu) ?? [])];
}

/** The nearest `most` of them, best first; none without at least one shared word of weight. */
export function alike<T extends Text>(all: T[], text: string, most: number): T[] {
  const wanted = wordsOf(text);
  if (wanted.length === 0) return [];
  const sets = all.map((one) => new Set(wordsOf(`${one.title} ${one.need}`)));
  const weight = new Map(
    wanted.map((word) => {
      const among = sets.filter((set) => set.has(word)).length;
      return [word, among ? Math.log((all.length + 2) / (among + 0.5)) : 0];
    }),
  );
  return all
    .map((one, at) => {
      const set = sets[at] ?? new Set();
      const score = wanted.reduce((sum, w) => sum + (set.has(w) ? (weight.get(w) ?? 0) : 0), 0);
      return { one, score: score / Math.sqrt(1 + set.size) };
    })
    .filter(({ score }) => score > 0.15)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ one }) => one);
}
