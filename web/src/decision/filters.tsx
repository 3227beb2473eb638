// Searching the register: words, year, verdict, theme, and what is to be looked at again. The server searches, so that
// decisions that the feed no longer holds are found too.
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Decision, Organisation } from "../generated/api";
import { pick, t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { notifyError } from "../ui/toast";
import { type Filters, type Params, verdictKey, verdicts } from "./register";

type Theme = Organisation["settings"]["themes"][number];
/** All of it, page by page. */
export async function fetchAll(params: Params): Promise<Decision[]> {
  const items: Decision[] = [];
  let after: string | null | undefined;
  do {
    const page = await call("decision.list", {
      ...params,
      limit: 200,
      ...(after ? { after } : {}),
    });
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}

/** What the server finds; asked again when the register changes (`stamp`). */
export function useFound(params: Params, asks: boolean, stamp: number) {
  const found = useSignal<{ items: Decision[]; next: string | null } | null>(null);
  const refusal = useSignal<unknown>(undefined);
  const turn = useSignal(0);
  const key = JSON.stringify(params);
  useEffect(() => {
    refusal.value = undefined;
    if (!asks) {
      found.value = null;
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      call("decision.list", { ...params, limit: 50 })
        .then((page) => {
          if (wanted) found.value = page;
        })
        .catch((error) => {
          if (wanted) refusal.value = error;
        });
    }, 150);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key, asks, stamp, turn.value]);
  const more = async () => {
    const known = found.value;
    if (!known?.next) return;
    try {
      const page = await call("decision.list", { ...params, limit: 50, after: known.next });
      if (found.value === known)
        found.value = { items: [...known.items, ...page.items], next: page.next };
    } catch (error) {
      notifyError(error);
    }
  };
  const again = () => {
    turn.value++;
  };
  return { found: found.value, refusal: refusal.value, again, more };
}

function Choice({
  label,
  value,
  test,
  onChange,
  children,
}: {
  label: string;
  value: string;
  test: string;
  onChange: (value: string) => void;
  children: ComponentChildren;
}) {
  return (
    <label class="select">
      <span class="hidden">{label}</span>
      <select
        value={value}
        data-test={test}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {children}
      </select>
    </label>
  );
}

export function Toolbar({
  filters,
  years,
  themes,
}: {
  filters: Signal<Filters>;
  years: string[];
  themes: Theme[];
}) {
  const set = (changed: Partial<Filters>) => {
    filters.value = { ...filters.value, ...changed };
  };
  const { text, year, verdict, theme, review } = filters.value;
  return (
    <search class="toolbar register-tools">
      <label class="search">
        <Icon name="search" />
        <span class="hidden">{t("search-label")}</span>
        <input
          type="search"
          maxLength={80}
          placeholder={t("register-search")}
          data-test="register-search"
          value={text}
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
      </label>
      <Choice
        label={t("register-year")}
        value={year}
        test="register-year"
        onChange={(value) => set({ year: value })}
      >
        <option value="">{t("register-year")}</option>
        {years.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Choice>
      <Choice
        label={t("register-verdict")}
        value={verdict}
        test="register-verdict"
        onChange={(value) => set({ verdict: value })}
      >
        <option value="">{t("register-verdict")}</option>
        {verdicts.map((one) => (
          <option key={one} value={one}>
            {t(verdictKey(one))}
          </option>
        ))}
      </Choice>
      {themes.length > 0 && (
        <Choice
          label={t("theme-label")}
          value={theme}
          test="register-theme"
          onChange={(value) => set({ theme: value })}
        >
          <option value="">{t("theme-all")}</option>
          {themes.map(({ key, label }) => (
            <option key={key} value={key}>
              {pick(label).text || key}
            </option>
          ))}
        </Choice>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={review}
          data-test="register-review"
          onChange={(event) => set({ review: event.currentTarget.checked })}
        />
        {t("register-review")}
      </label>
    </search>
  );
}
