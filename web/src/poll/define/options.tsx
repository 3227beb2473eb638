// The options of a vote: added, removed, put in order, named in each language or in the same words for all, or taken from
// proposals. Each keeps its id and its fields however they are moved.
import { type Signal, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ProposalCard } from "../../generated/api";
import { isLanguage, languageNames, t } from "../../i18n/i18n";
import { titleOf } from "../../proposal/title";
import { newId } from "../../sync/rpc";
import { call } from "../../sync/socket";
import { Icon } from "../../ui/icons";
import { notifyError } from "../../ui/toast";
import type { Editing } from "./choose";
import type { Option } from "./draft";
import { refusedAt } from "./refusal";

const longest = 300;
const mostOptions = 1000;
const listed = 100;

export const languageName = (code: string): string =>
  isLanguage(code) ? languageNames[code] : code;
export const emptyOption = (): Option => ({ id: newId(), labels: {} });

interface Row {
  option: Option;
  at: number;
  count: number;
  languages: readonly string[];
  same: boolean;
  onChange: (labels: Record<string, string>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function Words({ option, at, languages, same, onChange }: Row) {
  const shown = same ? languages.slice(0, 1) : languages;
  return (
    <div class="option-words">
      {shown.map((code) => (
        <label key={code}>
          <span class={same ? "hidden" : "hint"}>
            {same
              ? t("option-number", { number: at + 1 })
              : t("option-in", { number: at + 1, language: languageName(code) })}
          </span>
          <input
            type="text"
            dir="auto"
            lang={same ? undefined : code}
            maxLength={longest}
            required
            data-test={`option-${at}-${code}`}
            value={option.labels[code] ?? ""}
            onInput={(event) => {
              const { value } = event.currentTarget;
              onChange(
                same
                  ? Object.fromEntries(languages.map((one) => [one, value]))
                  : { ...option.labels, [code]: value },
              );
            }}
          />
        </label>
      ))}
    </div>
  );
}

function OptionRow(row: Row) {
  const { option, at, count, onMove, onRemove } = row;
  const number = at + 1;
  return (
    <li class="option-row" data-id={option.id}>
      <span class="option-number" aria-hidden="true">
        {number}
      </span>
      <Words {...row} />
      <span class="rank-buttons">
        <button
          type="button"
          class="step turned-up"
          aria-label={t("option-up", { number })}
          aria-disabled={at === 0}
          data-test={`option-${at}-up`}
          onClick={() => at > 0 && onMove(at - 1)}
        >
          <Icon name="next" />
        </button>
        <button
          type="button"
          class="step turned-down"
          aria-label={t("option-down", { number })}
          aria-disabled={at === count - 1}
          data-test={`option-${at}-down`}
          onClick={() => at < count - 1 && onMove(at + 1)}
        >
          <Icon name="next" />
        </button>
        <button
          type="button"
          class="step"
          aria-label={t("option-remove", { number })}
          data-test={`option-${at}-remove`}
          onClick={onRemove}
        >
          <Icon name="no" />
        </button>
      </span>
    </li>
  );
}

/** Proposals that are ready, fetched when asked for. */
function FromProposals({
  taken,
  onTake,
}: {
  taken: readonly Option[];
  onTake: (card: ProposalCard) => void;
}) {
  const cards = useSignal<readonly ProposalCard[] | null>(null);
  const fetch = async () => {
    const { items } = await call("proposal.list", { state: "ready", limit: listed });
    cards.value = items;
  };
  if (!cards.value)
    return (
      <button
        type="button"
        class="button small"
        data-test="options-proposals"
        onClick={() => fetch().catch(notifyError)}
      >
        {t("options-proposals")}
      </button>
    );
  const left = cards.value.filter(({ id }) => !taken.some((one) => one.proposal === id));
  if (left.length === 0) return <p class="hint">{t("options-proposals-none")}</p>;
  return (
    <ul class="offered-proposals">
      {left.map((card) => {
        const title = titleOf(card);
        return (
          <li key={card.id}>
            <button
              type="button"
              class="button quiet small"
              data-test="option-proposal"
              onClick={() => onTake(card)}
            >
              <Icon name="plus" size={18} />
              <bdi lang={title.lang || undefined}>{title.text}</bdi>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function labelsOf(card: ProposalCard, languages: readonly string[]): Record<string, string> {
  const cut = (text: string) => Array.from(text).slice(0, longest).join("");
  return Object.fromEntries(
    languages.map((code) => [code, cut(card.titles?.[code] ?? card.title)]),
  );
}

export function OptionsField({
  draft,
  set,
  refusal,
  languages,
  same,
  proposals,
}: Editing & {
  languages: readonly string[];
  same: Signal<boolean>;
  /** Whether proposals may be options. */
  proposals: boolean;
}) {
  const { options } = draft.value;
  const error = refusedAt(refusal, "options");
  const list = useRef<HTMLOListElement>(null);
  const focus = useRef<[id: string, what: string] | null>(null);
  const change = (next: readonly Option[]) => set({ options: next });
  useLayoutEffect(() => {
    if (!focus.current) return;
    const [id, what] = focus.current;
    list.current?.querySelector<HTMLElement>(`[data-id="${id}"] ${what}`)?.focus();
    focus.current = null;
  }, [options]);
  const move = (from: number, to: number) => {
    const moved = options[from];
    if (!moved) return;
    const rest = options.filter((_, at) => at !== from);
    focus.current = [moved.id, to < from ? ".turned-up" : ".turned-down"];
    change([...rest.slice(0, to), moved, ...rest.slice(to)]);
  };
  return (
    <fieldset class="field options-field">
      <legend>{t("options-label")}</legend>
      <p class="hint">{t("options-hint")}</p>
      {languages.length > 1 && (
        <label class="check">
          <input
            type="checkbox"
            data-test="options-same"
            checked={same.value}
            onChange={(event) => {
              same.value = event.currentTarget.checked;
            }}
          />
          {t("options-same")}
        </label>
      )}
      <ol ref={list}>
        {options.map((option, at) => (
          <OptionRow
            key={option.id}
            {...{ option, at, languages, count: options.length }}
            same={same.value && sayTheSame(option, languages)}
            onChange={(labels) =>
              change(options.map((one) => (one.id === option.id ? { ...one, labels } : one)))
            }
            onMove={(to) => move(at, to)}
            onRemove={() => {
              const next = options[at + 1] ?? options[at - 1];
              focus.current = next ? [next.id, "input"] : null;
              change(options.filter((one) => one.id !== option.id));
            }}
          />
        ))}
      </ol>
      <div class="row wrap">
        <button
          type="button"
          class="button small"
          data-test="option-add"
          disabled={options.length >= mostOptions}
          onClick={() => {
            const added = emptyOption();
            focus.current = [added.id, "input"];
            change([...options, added]);
          }}
        >
          <Icon name="plus" size={18} /> {t("option-add")}
        </button>
        {proposals && (
          <FromProposals
            taken={options}
            onTake={(card) => {
              const taken = { id: newId(), labels: labelsOf(card, languages), proposal: card.id };
              const filled = options.filter(({ labels }) => Object.values(labels).some(Boolean));
              change([...filled, taken]);
            }}
          />
        )}
      </div>
      {error && (
        <p class="field-error">
          <Icon name="warn" size={16} /> {error}
        </p>
      )}
    </fieldset>
  );
}

/** A proposal with titles of its own in some languages keeps them all to be seen. */
export const sayTheSame = ({ labels }: Option, languages: readonly string[]): boolean =>
  languages.every((code) => (labels[code] ?? "") === (labels[languages[0] ?? ""] ?? ""));
