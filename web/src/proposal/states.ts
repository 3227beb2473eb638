// The states of a proposal as people see them: word, shape, tone, column of the board, step of the road.
import type { Proposal } from "../generated/api";
import type { IconName } from "../ui/icons";

export interface Look {
  icon: IconName;
  tone: string;
}
const looks: Record<string, Look> = {
  idea: { icon: "idea", tone: "plain" },
  discussed: { icon: "talk", tone: "accent" },
  ready: { icon: "ready", tone: "warn" },
  voting: { icon: "vote", tone: "vote" },
  adopted: { icon: "yes", tone: "ok" },
  in_progress: { icon: "work", tone: "ok" },
  realised: { icon: "flag", tone: "ok" },
  rejected: { icon: "no", tone: "no" },
  postponed: { icon: "pause", tone: "plain" },
  withdrawn: { icon: "abstain", tone: "plain" },
  merged: { icon: "link", tone: "plain" },
  abandoned: { icon: "no", tone: "plain" },
};
export const look = (state: string): Look => looks[state] ?? { icon: "idea", tone: "plain" };
export const stateKey = (state: string): string => `state-${state.replace("_", "-")}`;

export const columns = [
  { name: "idea", states: ["idea"] },
  { name: "discussed", states: ["discussed"] },
  { name: "ready", states: ["ready"] },
  { name: "voting", states: ["voting"] },
  { name: "adopted", states: ["adopted", "in_progress"] },
  { name: "realised", states: ["realised"] },
] as const;
export const otherStates = ["rejected", "postponed", "withdrawn", "merged", "abandoned"];

/** The road everybody sees at the top of a proposal. */
export const road = ["idea", "discussed", "ready", "voting", "adopted", "realised"] as const;

/** How far along the road; a proposal that left it stands where it left. */
export function roadStep(state: string): number {
  const at = { in_progress: 4, rejected: 3, postponed: 3, abandoned: 4, withdrawn: 1, merged: 1 };
  const found = (road as readonly string[]).indexOf(state);
  return found >= 0 ? found : (at[state as keyof typeof at] ?? 0);
}

type State = Proposal["state"];
export interface Step {
  to: State;
  key: string;
  reason?: boolean;
}
export interface Steps {
  author: boolean;
  facilitator: boolean;
}
/** The steps a person may take from here: next state, and whether it wants a reason. */
export function stepsFrom(state: string, who: Steps): Step[] {
  const steps: (Step & { by: boolean })[] = [];
  const add = (to: State, key: string, by: boolean, reason?: boolean) =>
    steps.push(reason ? { to, key, by, reason } : { to, key, by });
  const either = who.author || who.facilitator;
  if (state === "idea") add("discussed", "take-up", who.facilitator);
  if (state === "discussed") add("ready", "mark-ready", who.author);
  if (state === "ready") add("discussed", "mark-discussed", who.author);
  if (state === "postponed") add("discussed", "mark-discussed", either);
  if (state === "adopted") add("in_progress", "mark-in_progress", who.facilitator);
  if (state === "adopted" || state === "in_progress") {
    add("realised", "mark-realised", either);
    add("abandoned", "mark-abandoned", who.facilitator, true);
  }
  if (["idea", "discussed", "ready"].includes(state))
    add("withdrawn", "mark-withdrawn", who.author);
  if (state === "withdrawn") add("idea", "mark-idea", who.author);
  if (state === "realised") add("in_progress", "mark-in_progress", either);
  return steps
    .filter((step) => step.by)
    .map(({ to, key, reason }) => (reason ? { to, key, reason } : { to, key }));
}
