// What a ballot is drawn from: taken from the decoded definition of a vote, or, for the preview of a vote that is being
// prepared, from its form.
import { type Choice, type Form, noGrade } from "../../ballot/choice";
import { type Definition, flag, wordingIn } from "../../ballot/definition";
import { language, t } from "../../i18n/i18n";

export interface Terms extends Form {
  method: number;
  seats: number;
  opt: number;
  labels: readonly string[];
  /** Words of the grades, worst first; numbers where the method has no words. */
  words: readonly string[];
  /** 1: by name, 2: confidential; not of a vote that is being prepared. */
  mode?: number;
  /** What labels and words are written in. */
  lang: string;
}

export function termsOf(definition: Definition): Terms {
  const { form, flags, min, max, grades, points, cap, budget, options } = definition;
  const { method, seats, opt } = definition;
  const wording = wordingIn(definition, language.value);
  const numbers = Array.from({ length: grades }, (_, grade) => String(grade));
  return {
    ...{ form, flags, min, max, grades, points, cap, budget, options, method, seats, opt },
    ...{ labels: wording.labels, words: wording.grades.length > 0 ? wording.grades : numbers },
    ...{ lang: wording.code, mode: definition.mode },
  };
}

export const allPoints = 128;
export const equalRanks = (terms: Form): boolean => (terms.flags & flag.equal) !== 0;
export const labelOf = (terms: Terms, option: number): string => terms.labels[option] ?? "";

/** Nothing chosen yet. */
export function emptyChoice(terms: Terms): Choice | null {
  const { form, options } = terms;
  if (form === 5) return { form, marks: options.map(() => false) };
  if (form === 6) return { form, grades: options.map(() => noGrade) };
  if (form === 7) return { form, points: options.map(() => 0) };
  if (form === 8) return { form, ranks: options.map(() => 0) };
  return null;
}

/** What may be chosen, before anything is. */
export function explain(terms: Terms): string {
  const { form, min, max, points, cap, opt, method } = terms;
  const all = terms.options.length;
  switch (form) {
    case 2:
      return t("method-how-1");
    case 3:
      return t("explain-consent");
    case 4:
      return t("explain-one");
    case 5:
      return between(min, max, all, "several");
    case 6:
      if (method !== 7) return t("explain-score", { most: terms.grades - 1 });
      return t(opt & 1 ? "explain-grades" : "explain-grades-worst", {
        worst: terms.words[0] ?? "",
      });
    case 7:
      return [
        t("explain-points", { points }),
        cap < points ? t("explain-cap", { cap }) : "",
        terms.flags & allPoints ? t("explain-all-points") : "",
      ]
        .filter(Boolean)
        .join(" ");
    default:
      return [
        t("explain-ranks"),
        between(min, max, all, "ranks"),
        equalRanks(terms) ? t("explain-equal") : "",
      ]
        .filter(Boolean)
        .join(" ");
  }
}

function between(min: number, max: number, all: number, what: "several" | "ranks"): string {
  if (min === max) return t(`explain-${what}-exactly`, { count: min });
  if (min > 1) return t(`explain-${what}-between`, { min, max });
  return max < all ? t(`explain-${what}-most`, { count: max }) : t(`explain-${what}-any`);
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

/** Why this cannot be signed; "" = it can. */
export function problemOf(choice: Choice | null, terms: Terms, note: string): string {
  if (!choice) return t("problem-none");
  switch (choice.form) {
    case 3:
      return choice.value === 3 && !note.trim() ? t("problem-reason") : "";
    case 5:
      return counted(choice.marks.filter(Boolean).length, terms);
    case 6: {
      const most = terms.grades - 1;
      if (choice.grades.every((grade) => grade === noGrade)) return t("problem-grades");
      const off = choice.grades.some((grade) => grade !== noGrade && grade > most);
      return off ? t("problem-score", { most }) : "";
    }
    case 7:
      return pointsProblem(choice.points, terms);
    case 8:
      return counted(choice.ranks.filter(Boolean).length, terms);
    default:
      return "";
  }
}

function counted(count: number, { min, max }: Terms): string {
  if (count < min)
    return count === 0 && min === 1 ? t("problem-none") : t("problem-few", { count, min });
  return count > max ? t("problem-many", { count, max }) : "";
}

function pointsProblem(given: readonly number[], { points, cap, flags, ...rest }: Terms): string {
  const spent = sum(given);
  const over = given.findIndex((one) => one > cap);
  if (over >= 0) return t("problem-cap", { cap, label: rest.labels[over] ?? "" });
  if (spent === 0) return t("problem-points");
  if (spent > points) return t("problem-spent", { spent, points });
  return flags & allPoints && spent < points ? t("problem-left", { count: points - spent }) : "";
}
