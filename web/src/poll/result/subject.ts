// What of a vote is needed to say what its result means.
import type { Poll } from "../../generated/api";
import { pick } from "../../i18n/i18n";

export type Subject = Pick<Poll, "number" | "question" | "method" | "options" | "params">;

/** An option's words in the reader's language. */
export const optionOf = (subject: Subject, option: number): { text: string; lang: string } =>
  pick(subject.options[option]?.label);
export const nameOf = (subject: Subject, option: number): string => optionOf(subject, option).text;
export const gradeOf = (subject: Subject, grade: number): string =>
  pick(subject.params.grades?.[grade]).text || String(grade);
export const gradeCount = (subject: Subject): number => subject.params.grades?.length ?? 0;
