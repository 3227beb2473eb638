// What one may ask the register for, and how the server is asked.
import type { Decision, Methods } from "../generated/api";

export type Params = Methods["decision.list"]["params"];
export type Verdict = Decision["result"]["verdict"];
export const verdicts: Verdict[] = ["adopted", "not_adopted", "no_quorum", "tie_open", "none"];
export const verdictKey = (verdict: Verdict): string => `verdict-${verdict.replace(/_/g, "-")}`;

export interface Filters {
  text: string;
  year: string;
  verdict: string;
  theme: string;
  review: boolean;
}
export const noFilters: Filters = { text: "", year: "", verdict: "", theme: "", review: false };

export function paramsOf(filters: Filters): Params {
  const text = filters.text.trim().normalize("NFC").slice(0, 80);
  return {
    ...(text ? { text } : {}),
    ...(filters.year ? { year: Number(filters.year) } : {}),
    ...(filters.verdict ? { verdict: filters.verdict as Verdict } : {}),
    ...(filters.theme ? { theme: filters.theme } : {}),
    ...(filters.review ? { to_review: true } : {}),
  };
}
