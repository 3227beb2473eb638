// Dates and numbers that are written without Intl, against Intl itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as format from "../../../web/src/i18n/format";
import type { Language } from "../../../web/src/i18n/preferred";

const regions: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };
const languages = Object.keys(regions) as Language[];
/** Every month and weekday, all hours, a leap day. */
const dates = Array.from({ length: 400 }, (_, n) => Date.UTC(2024, 0, 1, 0, 7, 9) + n * 90_061_000);

test("dates are written as Intl writes them", () => {
  for (const language of languages) {
    const intl = (options: Intl.DateTimeFormatOptions) => {
      const made = new Intl.DateTimeFormat(regions[language], options);
      // Versions of Intl's tables differ in a comma after the weekday and before the hour.
      return (ms: number) => made.format(ms).replace(/,/g, "");
    };
    const hour = { hour: "2-digit", minute: "2-digit" } as const;
    const short = { day: "numeric", month: "short" } as const;
    const pairs: [(ms: number) => string, (ms: number) => string][] = [
      [intl({ ...short, year: "numeric" }), (ms) => format.day(ms, language)],
      [intl({ ...short, ...hour }), (ms) => format.dayTime(ms, language)],
      [
        intl({ weekday: "long", day: "numeric", month: "long", ...hour }),
        (ms) => format.fullDate(ms, language),
      ],
      [intl({ ...hour, second: "2-digit" }), (ms) => format.clock(ms)],
    ];
    for (const [theirs, ours] of pairs)
      for (const ms of dates) assert.equal(ours(ms).replace(/,/g, ""), theirs(ms));
  }
});

test("distances in time are written as Intl writes them", () => {
  for (const language of languages) {
    const intl = new Intl.RelativeTimeFormat(regions[language], { numeric: "auto" });
    const plain = new Intl.RelativeTimeFormat(regions[language]);
    for (let count = -40; count <= 40; count++) {
      const days = format.inDays(count, language);
      assert.ok([intl.format(count, "day"), plain.format(count, "day")].includes(days), days);
      if (Math.abs(count) <= 1) assert.equal(days, intl.format(count, "day"));
      if (count === 0) continue;
      for (const unit of ["hour", "minute"] as const)
        assert.equal(format.inUnits(unit, count, language), plain.format(count, unit));
    }
  }
});

test("whole numbers are written as Intl writes them", () => {
  for (const language of languages) {
    const intl = new Intl.NumberFormat(regions[language]);
    for (const value of [0, 7, 999, 1000, 12_345, 1_234_567, -1, -1234, 9_007_199_254_740_991])
      assert.equal(format.whole(value, language), intl.format(value));
    assert.equal(format.whole(2026, language, false), "2026");
  }
});

test("in French, what asks or closes a quotation stays with the word before it", () => {
  const { unbroken } = format;
  assert.equal(
    unbroken("Où ? « Ici » ; là : oui !", "fr"),
    "Où\u202f? «\u202fIci\u202f»\u202f; là\u202f: oui\u202f!",
  );
  for (const other of ["nl", "en", "", undefined])
    assert.equal(unbroken("Waar ? « Hier »", other), "Waar ? « Hier »");
});
