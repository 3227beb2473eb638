// The ballot of every method but yes-no: what is chosen, explained before and refused with a sentence before anything is
// signed; and what a ballot holds, in words. Comes with the first vote that needs it. Nothing here follows documents:
// what a person has chosen changes by their own hand alone.
import { effect, type Signal, useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { fromBase64Url } from "../../ballot/bytes";
import { type Choice, decodeChoice, encodeChoice } from "../../ballot/choice";
import { type Definition, flag } from "../../ballot/definition";
import type { Kept } from "../../ballot/receipts";
import { t } from "../../i18n/i18n";
import { Icon } from "../../ui/icons";
import type { Draft } from "../card";
import { Consent } from "./consent";
import { Grades } from "./grades";
import { One, Several, YesNo } from "./options";
import { Points } from "./points";
import { Ranking } from "./ranking";
import { Said } from "./said";
import { emptyChoice, explain, problemOf, type Terms, termsOf } from "./terms";
import "./ballot.css";

/** What each part gets. */
export interface PartProps {
  terms: Terms;
  choice: Signal<Choice | null>;
  busy: boolean;
  /** Of groups of radio buttons; unique on the page. */
  name: string;
}

const drawn = { 2: YesNo, 4: One, 5: Several, 6: Grades, 7: Points, 8: Ranking } as const;

/** Blank and abstain, where they are no line of the list itself. */
function Instead({
  terms,
  instead,
  busy,
}: {
  terms: Terms;
  instead: Signal<0 | 1 | null>;
  busy: boolean;
}) {
  const offered = [
    ...(terms.flags & flag.abstain ? ([[1, "abstain"]] as const) : []),
    ...(terms.flags & flag.blank ? ([[0, "blank"]] as const) : []),
  ];
  if (offered.length === 0) return null;
  return (
    <fieldset class="instead">
      <legend>{t("instead")}</legend>
      {offered.map(([form, word]) => (
        <label class="check" key={word}>
          <input
            type="checkbox"
            data-test={`choice-${word}`}
            checked={instead.value === form}
            disabled={busy}
            onChange={(event) => {
              instead.value = event.currentTarget.checked ? form : null;
            }}
          />
          <Icon name={word} size={18} /> {t(`choice-${word}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** Clean enough to be signed: what people see is what was written. */
function noteOf(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const unclean = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, " ")
    .replace(unclean, "")
    .trim();
}

/** Follows signals at once, where useSignalEffect waits for the next frame: what is signed is what was chosen last. */
function useAtOnce(follow: () => void): void {
  const latest = useRef(follow);
  latest.current = follow;
  useEffect(() => effect(() => latest.current()), []);
}

interface Begun {
  choice: Choice | null;
  note: string;
}

/** `begun`: what is in it at first. */
export function BallotFields({
  terms,
  draft,
  busy,
  begun,
}: {
  terms: Terms;
  draft: Draft;
  busy: boolean;
  begun?: Begun | undefined;
}) {
  const id = useId();
  const first = begun?.choice ?? null;
  const aside = terms.form > 4 && (first?.form === 0 || first?.form === 1);
  const choice = useSignal<Choice | null>(aside || !first ? emptyChoice(terms) : first);
  const instead = useSignal<0 | 1 | null>(aside ? (first.form as 0 | 1) : null);
  const note = useSignal(begun?.note ?? "");
  const problem = useSignal("");
  const untouched = useRef(choice.peek());
  // Whoever turns back to the list means the list.
  useAtOnce(() => {
    if (choice.value === untouched.current) return;
    untouched.current = choice.value;
    instead.value = null;
  });
  useAtOnce(() => {
    const now: Choice | null = instead.value === null ? choice.value : { form: instead.value };
    const reason = now?.form === 3 && now.value > 1 ? noteOf(note.value) : "";
    problem.value = problemOf(now, terms, reason);
    draft.note.value = reason;
    draft.choice.value = now && problem.value === "" ? encodeChoice(now, terms) : null;
  });
  const Part = drawn[terms.form as keyof typeof drawn];
  const part = { terms, choice, busy, name: id };
  return (
    <div class="ballot-fields" data-test="ballot-fields" data-form={terms.form}>
      <fieldset class="choices" aria-describedby={`${id}-how`}>
        <legend>{t("your-answer")}</legend>
        <p class="hint explain" id={`${id}-how`} data-test="explain">
          {explain(terms)}
        </p>
        <div class={instead.value === null ? "part" : "part aside"}>
          {terms.form === 3 ? <Consent {...part} note={note} /> : Part && <Part {...part} />}
        </div>
      </fieldset>
      {terms.form > 4 && <Instead terms={terms} instead={instead} busy={busy} />}
      <p class="field-error" role="alert" data-test="ballot-problem">
        {draft.told.value && problem.value && (
          <>
            <Icon name="warn" size={16} /> {problem.value}
          </>
        )}
      </p>
    </div>
  );
}

export function Fields({
  definition,
  draft,
  before,
  busy,
}: {
  definition: Definition;
  draft: Draft;
  before: Kept | undefined;
  busy: boolean;
}) {
  const begun = before && {
    choice: decodeChoice(before.choice, definition),
    note: before.note ?? "",
  };
  return <BallotFields terms={termsOf(definition)} draft={draft} busy={busy} begun={begun} />;
}

/** What a recorded ballot says, as lines of a list of facts. */
export function Chosen({ definition, kept }: { definition: Definition; kept: Kept }) {
  const choice = decodeChoice(kept.choice, definition);
  return (
    <>
      {choice && (
        <div class="wide">
          <dt>{t("your-answer")}</dt>
          <dd data-test="chosen">
            <Said choice={choice} terms={termsOf(definition)} />
          </dd>
        </div>
      )}
      {kept.note && (
        <div class="wide">
          <dt>{t("your-reason")}</dt>
          <dd class="reason" dir="auto" data-test="chosen-note">
            {kept.note}
          </dd>
        </div>
      )}
    </>
  );
}

/** What somebody's ballot says, in a list of who voted what. */
export function Voted({
  definition,
  bytes,
  reason,
}: {
  definition: Definition;
  bytes: string;
  reason: string | undefined;
}) {
  const choice = decodeChoice(fromBase64Url(bytes), definition);
  return (
    <>
      {choice && <Said choice={choice} terms={termsOf(definition)} />}
      {reason && (
        <p class="reason" dir="auto">
          {reason}
        </p>
      )}
    </>
  );
}

/** How it is counted, in a sentence; how a tie ends, where it may come to one. */
export function methodText({ method, seats, rule }: Definition): string {
  const how = t(`method-how-${method}`, { seats });
  return method > 2 ? `${how} ${t(`tie-ends-${rule.tie}`)}` : how;
}
