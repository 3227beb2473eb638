// What a proposal asks for: money, time, people, skills.
import { type Signal, useSignal } from "@preact/signals";
import type { ProposalCard } from "../generated/api";
import { language, t } from "../i18n/i18n";
import { Icon, type IconName } from "../ui/icons";
import { Field } from "../ui/parts";

export type Asks = NonNullable<ProposalCard["asks"]>;
export const askKinds = ["money", "hours", "people", "skills"] as const;
const icons: Record<(typeof askKinds)[number], IconName> = {
  money: "coin",
  hours: "clock",
  people: "people",
  skills: "work",
};

const regions = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };
/** Whole euros without decimals. */
export function amount(smallest: number, currency: string): string {
  const options = { style: "currency", currency } as const;
  const digits = smallest % 100 === 0 ? { maximumFractionDigits: 0 } : {};
  const format = new Intl.NumberFormat(regions[language.value], { ...options, ...digits });
  return format.format(smallest / 100);
}

function words(asks: Asks, kind: (typeof askKinds)[number]): string {
  if (kind === "money") return asks.money ? amount(asks.money, asks.currency ?? "EUR") : "";
  if (kind === "skills") return (asks.skills ?? []).join(", ");
  const count = asks[kind];
  return count ? t(`asks-${kind}`, { count }) : "";
}

export function AsksList({ asks }: { asks: Asks | undefined }) {
  if (!asks) return null;
  const shown = askKinds.filter((kind) => words(asks, kind));
  return (
    <ul class="asks" aria-label={t("asks-title")} data-test="asks">
      {shown.map((kind) => (
        <li key={kind} class="figure">
          <Icon name={icons[kind]} size={16} />
          <span class="hidden">{t(`asks-label-${kind}`)} </span>
          {kind === "skills" ? <bdi>{words(asks, kind)}</bdi> : words(asks, kind)}
        </li>
      ))}
    </ul>
  );
}

export interface AskDraft {
  money: Signal<string>;
  hours: Signal<string>;
  people: Signal<string>;
  skills: Signal<string>;
}
export function useAsks(asks?: Asks): AskDraft {
  return {
    money: useSignal(asks?.money ? String(asks.money / 100) : ""),
    hours: useSignal(asks?.hours ? String(asks.hours) : ""),
    people: useSignal(asks?.people ? String(asks.people) : ""),
    skills: useSignal((asks?.skills ?? []).join(", ")),
  };
}

/** "1 234,50" and "1,234.50" alike; whole cents. NaN = not an amount. */
export function cents(text: string): number {
  const bare = text.replace(/[\s\u00a0\u202f€]/g, "");
  const found = /^(\d[\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(bare);
  if (!found?.[1]) return Number.NaN;
  const whole = found[1].replace(/[.,]/g, "");
  return Number(whole) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}

/** What the fields say, for the command; null = a field cannot be read. */
export function askedFor(draft: AskDraft): Asks | null {
  const asks: Asks = {};
  const money = draft.money.value.trim() ? cents(draft.money.value) : 0;
  const hours = Number(draft.hours.value || 0);
  const people = Number(draft.people.value || 0);
  if (![money, hours, people].every((one) => Number.isSafeInteger(one) && one >= 0)) return null;
  const skills = draft.skills.value
    .split(/[,;\n]/)
    .map((one) => one.trim().normalize("NFC"))
    .filter(Boolean)
    .slice(0, 10);
  if (money > 0) asks.money = money;
  if (hours > 0) asks.hours = hours;
  if (people > 0) asks.people = people;
  if (skills.length > 0) asks.skills = skills;
  return asks;
}

/** Folded until something is asked for: most ideas begin without. */
export function AskFields({ draft, open }: { draft: AskDraft; open: boolean }) {
  const opened = useSignal(askKinds.some((kind) => draft[kind].peek() !== ""));
  const field = (kind: (typeof askKinds)[number], mode: "decimal" | "numeric" | "text") => (
    <Field label={t(`asks-field-${kind}`)} hint={kind === "skills" ? t("asks-skills-hint") : ""}>
      {(ids) => (
        <input
          {...ids}
          type="text"
          inputMode={mode}
          maxLength={kind === "skills" ? 300 : 14}
          data-test={`asks-${kind}`}
          value={draft[kind].value}
          onInput={(event) => {
            draft[kind].value = event.currentTarget.value;
          }}
        />
      )}
    </Field>
  );
  return (
    <details
      class="card box ask-fields"
      open={opened.value || open}
      onToggle={(event) => {
        opened.value = event.currentTarget.open;
      }}
    >
      <summary data-test="asks-open">
        <span class="grow">
          {t("asks-title")} <span class="hint">{t("asks-open")}</span>
        </span>
      </summary>
      <p class="hint">{t("asks-hint")}</p>
      <div class="ask-grid">
        {field("money", "decimal")}
        {field("hours", "numeric")}
        {field("people", "numeric")}
        {field("skills", "text")}
      </div>
    </details>
  );
}
