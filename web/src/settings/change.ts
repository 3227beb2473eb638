// Changing what the organisation has settled: at once, with undo, and kept in the record with what was before.
import type { Methods, Organisation } from "../generated/api";
import { settings as published } from "../generated/settings";
import { has, number, t } from "../i18n/i18n";
import { act } from "../ui/toast";

export type Setting = (typeof published)[number];
export type Value = number | boolean | string;
type Update = Methods["org.update"]["params"];

export const isSetting = (name: string): boolean =>
  published.some((one) => one.name === name) || name === "support" || name === "themes";

/** Puts one named value in place: a setting, or a parameter of org.update itself. */
export function put(name: string, value: unknown): Promise<unknown> {
  const change = isSetting(name) ? { settings: { [name]: value } } : { [name]: value };
  return act("org.update", change as Omit<Update, "command">);
}

/** The same, said with undo. */
export async function change(name: string, value: unknown, before: unknown): Promise<boolean> {
  const given = isSetting(name) ? { settings: { [name]: value } } : { [name]: value };
  const made = await act("org.update", given as Omit<Update, "command">, {
    done: t("setting-changed", { name: label(name) }),
    undo: () => {
      put(name, before);
    },
  });
  return made !== null;
}

export const label = (name: string): string =>
  has(`setting-${name}`) ? t(`setting-${name}`) : name;

/** As people read it: "7 days", "yes", "two thirds". */
export function shown(name: string, value: unknown): string {
  const setting = published.find((one) => one.name === name);
  if (typeof value === "boolean") return t(value ? "setting-on" : "setting-off");
  if (typeof value === "number" && setting?.unit)
    return t(`unit-${setting.unit}`, { count: value, value: number(value) });
  if (typeof value === "number") return number(value);
  if (typeof value === "string" && setting) return t(`setting-${name}-${value}`);
  if (typeof value === "string") return value;
  if (Array.isArray(value))
    return value
      .map((one) =>
        typeof one === "string" ? one : (Object.values(one.label ?? {})[0] ?? one.key),
      )
      .join(", ");
  if (value && typeof value === "object") return Object.values(value).join(", ");
  return "";
}

export const current = (org: Organisation, setting: Setting): Value =>
  (org.settings as Record<string, unknown>)[setting.name] as Value;

/** Where each setting stands on the page; what is not named here stands under `others`. */
export const sections: Record<string, readonly string[]> = {
  proposals: ["answer_owed_days", "silent_days"],
  votes: [
    "vote_days",
    "vote_close_hour",
    "vote_extension",
    "vote_revote",
    "vote_show_live",
    "vote_majority",
    "vote_abstain",
    "vote_quorum_percent",
    "review_months",
  ],
  members: ["newcomer_weeks", "link_days", "dormant_after_days"],
  sessions: ["session_idle_days", "session_days", "session_shared_hours"],
};

export function settingsOf(section: string): Setting[] {
  const named = Object.values(sections).flat();
  return section === "others"
    ? published.filter((one) => !named.includes(one.name))
    : (sections[section] ?? [])
        .map((name) => published.find((one) => one.name === name))
        .filter((one) => one !== undefined);
}
