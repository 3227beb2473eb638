// Grades of majority judgment, worst first, in each language: the catalogue in use holds one language only, and a
// definition is written in all of them.
const words: readonly Record<string, string>[] = [
  { fr: "À rejeter", nl: "Te verwerpen", en: "Reject" },
  { fr: "Insuffisant", nl: "Onvoldoende", en: "Poor" },
  { fr: "Passable", nl: "Matig", en: "Acceptable" },
  { fr: "Assez bien", nl: "Vrij goed", en: "Fairly good" },
  { fr: "Bien", nl: "Goed", en: "Good" },
  { fr: "Très bien", nl: "Zeer goed", en: "Very good" },
  { fr: "Excellent", nl: "Uitstekend", en: "Excellent" },
];
const chosen: Record<number, readonly number[]> = {
  3: [0, 2, 4],
  5: [0, 2, 4, 5, 6],
  7: [0, 1, 2, 3, 4, 5, 6],
};
export const gradeCounts = [7, 5, 3] as const;

/** A language without words of its own gets the English ones. */
export const gradesOf = (count: number, languages: readonly string[]): Record<string, string>[] =>
  (chosen[count] ?? []).map((at) =>
    Object.fromEntries(languages.map((code) => [code, words[at]?.[code] ?? words[at]?.en ?? ""])),
  );
