// Defining a vote: what it is about leads to one method and one rule with a sentence each; then the question in each
// language of the organisation, the options, when it closes, who sees what, and the ballot as it would look. What is saved
// is a draft; opening it is a second step on the vote's own page.
import { type Signal, useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Page } from "../app/page";
import { isAdmin, isFacilitator, me, session } from "../app/session";
import type { Group, Meeting, Organisation, Poll, ProposalCard, Rule } from "../generated/api";
import { fullDate, language, t } from "../i18n/i18n";
import { useTopic, useWhole } from "../sync/feed";
import { send } from "../sync/outbox";
import { newId, RpcError } from "../sync/rpc";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Field, Loading, NotThere } from "../ui/parts";
import { notifyError } from "../ui/toast";
import { closingOf, fromLocal, toLocal } from "./dates";
import { Besides } from "./define/besides";
import { type Editing, MethodField, PurposeField, Seats, useDraft } from "./define/choose";
import {
  besides,
  type Draft,
  draftOf,
  type Kind,
  newDraft,
  paramsOf,
  type Purpose,
  shapeOf,
  stillAbout,
  tieNumbers,
} from "./define/draft";
import { Newer } from "./define/newer";
import { emptyOption, OptionsField, sayTheSame } from "./define/options";
import { Preview } from "./define/preview";
import {
  leadToRefused,
  refusalOf,
  refusedAt,
  refusedElsewhere,
  showInvalid,
} from "./define/refusal";
import { RuleField, ruleAgain, ruleBefore, sameRule, useRules } from "./define/rules";
import { type First, isSecond, SecondCall } from "./define/second";
import { MethodSettings } from "./define/settings";
import { hasUsualRule, usualRule } from "./define/usual";
import { clean, Explanation, Questions, refuseLong } from "./define/words";
import { coordinates, Electorate, electorateOf, useElectorate, type Who } from "./electorate";
import { suggestion } from "./question";
import { perClassOf, ruleSentences } from "./rule";
import "./define/define.css";

function languagesOf(): string[] {
  return session.value?.languages ?? ["fr", "nl", "en"];
}

function Options<T extends string>({
  legend,
  name,
  values,
  chosen,
  onChoose,
}: {
  legend: string;
  name: string;
  values: readonly T[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      {values.map((value) => (
        <label class="option" key={value}>
          <input
            type="radio"
            name={name}
            data-test={`${name}-${value}`}
            checked={chosen === value}
            onChange={() => onChoose(value)}
          />
          <span>
            <strong>{t(`${name}-${value}`)}</strong>
            <span class="hint">{t(`${name}-${value}-hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Why the options there are do not make a vote; "" = they do. */
function optionsProblem({ method, options }: Draft): string {
  if (!shapeOf(method).options) return "";
  if (options.length < 2) return t("options-few");
  const seen = options.map(({ labels }) => JSON.stringify(Object.values(clean(labels))));
  return new Set(seen).size < seen.length ? t("options-twice") : "";
}

/** What decides, what elects, what only shows opinion. */
function kindOf(
  purpose: Purpose,
  chosen: "decision" | "straw",
): Kind & ("decision" | "election" | "straw") {
  if (purpose === "elect") return "election";
  return purpose === "temperature" ? "straw" : chosen;
}

function ruleText(draft: Draft, usual: ReturnType<typeof usualRule>): string {
  const { method, tie } = draft;
  const { per_class, cap = null } = besides(draft, usual);
  const rule = { ...usual, perClass: perClassOf(per_class), cap };
  const sentences = ruleSentences({ rule });
  if (method === "consent") sentences.unshift(t("method-how-2"));
  else if (method !== "yes-no") sentences.push(t(`tie-ends-${tieNumbers[tie]}`));
  return sentences.join(" ");
}

const purposesFor = (decides: boolean, elects: boolean): Purpose[] => [
  "decide",
  "consent",
  "one",
  "several",
  ...(elects ? (["elect"] as const) : []),
  ...(decides ? (["temperature"] as const) : []),
];

/** Leads this meeting by its office. */
function runs(meeting: Meeting | undefined): boolean {
  const { chair, secretary } = meeting?.offices ?? {};
  return [chair, secretary].some((one) => one?.id === me.value.id);
}

/** What a vote of a meeting has beside the rest: when its result is seen, and who may come late. */
function InMeeting({
  reveal,
  late,
}: {
  reveal: Signal<"hand" | "close">;
  /** Undefined: who comes late is not on its roll. */
  late: Signal<boolean> | undefined;
}) {
  return (
    <>
      <Options
        legend={t("reveal-label")}
        name="reveal"
        values={["hand", "close"] as const}
        chosen={reveal.value}
        onChoose={(value) => {
          reveal.value = value;
        }}
      />
      {late && (
        <label class="check">
          <input
            type="checkbox"
            data-test="poll-late"
            checked={late.value}
            onChange={(event) => {
              late.value = event.currentTarget.checked;
            }}
          />
          {t("late-label")}
        </label>
      )}
    </>
  );
}

/** What the form begins with: nothing, a vote that is asked again, or the draft that is changed. */
function firstDraft(before: Poll | undefined, edited: Poll | undefined): Draft {
  if (edited) return draftOf(edited, ({ id }) => id);
  if (before) return draftOf(before, newId);
  return { ...newDraft("decide"), options: [emptyOption(), emptyOption()] };
}

/** A language that is not the organisation's any more is not asked for. */
const wordsIn = (languages: readonly string[], words: Record<string, string> = {}) =>
  Object.fromEntries(Object.entries(words).filter(([code]) => languages.includes(code)));

/** When it opens by itself, if that is still to come. */
const opensAt = ({ opens_ms }: Poll): number | undefined =>
  opens_ms && opens_ms > serverNow() ? opens_ms : undefined;

function leadOf(edited: Poll): string {
  const opens = opensAt(edited);
  const when = opens ? t("edit-opens-at", { date: fullDate(opens) }) : t("edit-opens-by-hand");
  return `${t("edit-vote-lead", { number: String(edited.number) })} ${when}`;
}

function firstRule(org: Organisation, before: Poll | undefined, edited: Poll | undefined): string {
  if (edited && hasUsualRule(org, edited)) return "";
  const from = edited ?? before;
  return from ? (from.rule.use ?? sameRule) : "";
}

function Form({
  about,
  org,
  own,
  group,
  meeting,
  first: called,
  before,
  edited: now,
  onTheirs,
}: {
  about: ProposalCard | undefined;
  org: Organisation;
  /** Rules of the organisation. */
  own: readonly Rule[];
  group: Group | undefined;
  /** It is voted on in this meeting. */
  meeting: Meeting | undefined;
  /** Which calls that one again. */
  first: First | undefined;
  /** It asks this vote again. */
  before: Poll | undefined;
  /** It changes this draft; as it stands now. */
  edited: Poll | undefined;
  /** Begins again with that. */
  onTheirs: () => void;
}) {
  const { route, query } = useLocation();
  const languages = languagesOf();
  // What others do to the draft meanwhile must not touch the form: it works on what it opened with.
  const edited = useMemo(() => now, []);
  const from = edited ?? before;
  const questions = useSignal(wordsIn(languages, from?.question));
  const explanations = useSignal(wordsIn(languages, from?.explanation));
  const reveal = useSignal<"hand" | "close">(from?.reveal ?? "hand");
  const late = useSignal(from?.params.flags?.includes("late") ?? false);
  const leads = runs(meeting);
  const is = (kind: Poll["poll_kind"]) => edited?.poll_kind === kind;
  const decides = isFacilitator.value || coordinates(group) || leads || is("decision");
  const elects = isFacilitator.value || isAdmin.value || leads || is("election");
  const chosenKind = useSignal<"decision" | "straw">(
    decides && from?.poll_kind !== "straw" ? "decision" : "straw",
  );
  const chosenMode = useSignal<"named" | "confidential" | null>(
    from?.mode === "named" || from?.mode === "confidential" ? from.mode : null,
  );
  const closing = edited ? edited.closes_ms : closingOf(org);
  const planned = closing ? toLocal(closing) : "";
  const closes = useSignal(planned);
  const revote = useSignal(from?.revote ?? org.settings.vote_revote);
  const live = useSignal(from?.show_live ?? org.settings.vote_show_live);
  const told = useSignal(false);
  const who: Who = useElectorate(group, meeting, from);
  const busy = useSignal(false);
  const first = useMemo(() => firstDraft(before, edited), []);
  const editing: Editing = useDraft(first);
  const same = useSignal(first.options.every((one) => sayTheSame(one, languages)));
  useEffect(() => {
    if (!about) return;
    const found = languagesOf().map((code) => [code, suggestion(about, code)]);
    questions.value = Object.fromEntries(found);
  }, [about?.id]);

  const draft = editing.draft.value;
  const use = useSignal(firstRule(org, before, edited));
  const rules = useRules(own, draft.method, meeting !== undefined, ruleBefore(from, draft));
  const named = rules.find((one) => one.use === use.value);
  const kind = kindOf(draft.purpose, chosenKind.value);
  const usual = usualRule(org, draft.method, kind !== "straw");
  // A rule with a name says all that it asks; what the vote before asked may be changed as the usual rule may.
  const again = named?.use === sameRule ? from?.rule : undefined;
  const asks = named && !again ? undefined : (again ?? usual);
  const capped = named?.capped ?? besides(draft, usual).cap !== undefined;
  const mayBeLate = meeting !== undefined && who.kind.value !== "present";
  const persons = kind === "election" || named?.mode === "confidential";
  const mode = chosenMode.value ?? (persons ? "confidential" : "named");
  const shape = shapeOf(draft.method);
  const problem = optionsProblem(draft);
  const item = query.item ?? edited?.meeting?.item;
  const whatever = useSignal(edited?.rule.use ? edited.rule.second_call === true : true);
  const second = named?.second && whatever.value && isSecond(called, item, from);
  const base = useSignal(edited?.rev);
  const overtaken = useSignal(false);
  const save = async (event: Event) => {
    event.preventDefault();
    told.value = true;
    overtaken.value = false;
    editing.refusal.value = refuseLong(explanations.peek());
    if (problem || editing.refusal.peek()) return;
    busy.value = true;
    const options = draft.options.map((one) => ({ ...one, labels: clean(one.labels) }));
    const proposals = shape.options ? options.flatMap((one) => one.proposal ?? []) : [];
    const { params, ...chosen } = paramsOf({ ...draft, options }, languages);
    const flags = [
      ...(params?.flags ?? []),
      ...(mayBeLate && late.value ? (["late"] as const) : []),
    ];
    const unnamed = { ...(shape.number > 2 ? { tie: draft.tie } : {}), ...besides(draft, usual) };
    const given = {
      ...(edited ? { id: edited.id, base: base.peek(), opens: opensAt(edited) } : { id: newId() }),
      ...{ kind, ...chosen, params: { ...params, flags } },
      ...{ mode, revote: revote.value },
      electorate: electorateOf(who, kind),
      about: [
        ...new Set([
          ...(about ? [about.id] : []),
          ...(from ? stillAbout(from, draft) : []),
          ...proposals,
        ]),
      ],
      ...(from?.others && proposals.length > 0 ? { others: from.others } : {}),
      ...(again
        ? { rule: ruleAgain(again, draft) }
        : named
          ? { rule: { use: named.use, ...(second ? { second_call: true } : {}) } }
          : Object.keys(unnamed).length > 0
            ? { rule: unnamed }
            : {}),
      ...{ question: clean(questions.value), explanation: clean(explanations.value) },
      show_live: live.value && mode === "named" && shape.live === true && !capped,
      ...(meeting
        ? {
            ...{ meeting: meeting.id, reveal: reveal.value },
            ...{ item, follows: before?.id ?? edited?.follows?.id, closes: edited?.closes_ms },
          }
        : { closes: closes.value === planned ? closing : fromLocal(closes.value) }),
    };
    try {
      const made = await send("poll.define", given);
      if (form.current)
        route(meeting ? `/meetings/${meeting.number}/lead` : `/v/${made.number ?? made.id}`);
    } catch (error) {
      // Whoever left the form is told all the same.
      if (!form.current) return notifyError(error);
      overtaken.value = error instanceof RpcError && error.reason === "conflict";
      if (!overtaken.peek()) editing.refusal.value = refusalOf(error);
    }
    busy.value = false;
  };
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => leadToRefused(form.current), [editing.refusal.value]);
  const elsewhere =
    (told.value && problem) ||
    refusedElsewhere(editing.refusal) ||
    (meeting && refusedAt(editing.refusal, "closes"));

  return (
    <div class="split even defining">
      <form ref={form} class="form split-main" onSubmit={save} onInvalidCapture={showInvalid}>
        <PurposeField {...editing} offered={purposesFor(decides, elects)} />
        <MethodField {...editing} />
        <RuleField
          {...{ rules, use, usual: ruleText(draft, usual) }}
          error={refusedAt(editing.refusal, "rule")}
        >
          {asks && (
            <Besides
              {...editing}
              asks={asks}
              classes={org.classes.filter((one) => one.votes).length > 1}
            />
          )}
        </RuleField>
        <SecondCall
          {...{ first: called, meeting, item, before: from }}
          {...{ follows: before?.number ?? edited?.follows?.number, rule: named, on: whatever }}
        />
        <Questions {...{ words: questions, languages, refusal: editing.refusal }} />
        <Explanation
          {...{ words: explanations, languages, refusal: editing.refusal }}
          open={from?.explanation !== undefined}
        />
        {shape.options && (
          <OptionsField
            {...editing}
            languages={languages}
            same={same}
            proposals={kind === "decision" && isFacilitator.value}
          />
        )}
        <Seats {...editing} />
        <MethodSettings {...editing} ruled={asks === undefined} />
        {decides && kind !== "election" && draft.purpose !== "temperature" && (
          <Options
            legend={t("poll-kind-label")}
            name="poll-kind"
            values={["decision", "straw"] as const}
            chosen={chosenKind.value}
            onChoose={(value) => {
              chosenKind.value = value;
            }}
          />
        )}
        <Electorate {...{ who, kind, org, meeting }} />
        <Options
          legend={t("poll-mode-label")}
          name="poll-mode"
          values={["named", "confidential"] as const}
          chosen={mode}
          onChoose={(value) => {
            chosenMode.value = value;
          }}
        />
        {persons && <p class="hint">{t("mode-persons")}</p>}
        {meeting ? (
          <InMeeting reveal={reveal} late={mayBeLate ? late : undefined} />
        ) : (
          <Field
            label={t("closes-label")}
            hint={t("closes-hint")}
            error={refusedAt(editing.refusal, "closes")}
          >
            {(ids) => (
              <input
                {...ids}
                type="datetime-local"
                required={!edited || closing !== undefined}
                data-test="poll-closes"
                value={closes.value}
                onInput={(event) => {
                  closes.value = event.currentTarget.value;
                }}
              />
            )}
          </Field>
        )}
        <fieldset class="field">
          <legend>{t("poll-options")}</legend>
          <label class="check">
            <input
              type="checkbox"
              checked={revote.value}
              onChange={(event) => {
                revote.value = event.currentTarget.checked;
              }}
            />
            {t("revote-label")}
          </label>
          {shape.live && (
            <label class="check">
              <input
                type="checkbox"
                checked={live.value}
                disabled={mode === "confidential" || capped}
                onChange={(event) => {
                  live.value = event.currentTarget.checked;
                }}
              />
              {t("show-live-label")}
            </label>
          )}
        </fieldset>
        <p class="field-error" role="alert" data-test="define-problem">
          {elsewhere && (
            <>
              <Icon name="warn" size={16} /> {elsewhere}
            </>
          )}
        </p>
        <button
          type="submit"
          class="button primary big"
          data-test="save-vote"
          disabled={busy.value || (now && now.state !== "draft")}
        >
          {t("save-vote")}
        </button>
        {now && <Newer {...{ now, base, overtaken, onTheirs }} busy={busy.value} />}
      </form>
      <aside class="split-side">
        <Preview
          draft={editing.draft}
          question={questions.value[language.value] ?? ""}
          explanation={explanations.value[language.value]?.trim() ?? ""}
        />
      </aside>
    </div>
  );
}

export default function NewPoll() {
  const { query } = useLocation();
  const watched = useTopic(query.about ? `proposal/${query.about}` : "");
  const proposal = watched.one("proposal");
  const card = watched.all("proposal_card").find((one) => one.id === proposal?.id);
  const whole = useWhole("org");
  const org = whole.one("organisation");
  const asked = useTopic(query.group ? `group/${query.group}` : "");
  const group = asked.one("group");
  const changed = useWhole(query.edit ? `poll/${query.edit}` : "");
  const edited = changed.one("poll");
  const where = query.meeting ?? edited?.meeting?.number;
  const held = useTopic(where ? `meeting/${where}` : "");
  const meeting = held.one("meeting");
  const called = useTopic(meeting?.second_of ? `meeting/${meeting.second_of.number}` : "");
  const calledFirst = called.one("meeting");
  const uncalled = meeting?.second_of && !calledFirst && called.state.value !== "closed";
  const earlier = useTopic(query.follows ? `poll/${query.follows}` : "");
  const before = earlier.one("poll");
  const unread = query.follows && !before && earlier.state.value !== "closed";
  const unheld = where && !meeting && held.state.value !== "closed";
  const missing = query.group && !group && asked.state.value !== "closed";
  const waiting = query.about && !card && watched.state.value !== "closed";
  const unknown = query.edit && !edited && changed.state.value !== "closed";
  const theirs = useSignal(0);
  const waits = waiting || missing || unheld || unread || uncalled || unknown || !org;
  return (
    <Page name="poll-new" title={t(query.edit ? "edit-vote-title" : "new-vote-title")} wide>
      <p class="lead">
        {before
          ? t("new-vote-again", { number: String(before.number) })
          : edited
            ? leadOf(edited)
            : t("new-vote-lead")}
      </p>
      {waits ? (
        <Loading />
      ) : query.edit && !edited ? (
        <NotThere />
      ) : (
        <Form
          key={[query.edit, query.follows, theirs.value].join()}
          about={card}
          own={whole.all("rule")}
          first={calledFirst && { meeting: calledFirst, cards: called.all("poll_card") }}
          {...{ org, group, meeting, before, edited }}
          onTheirs={() => {
            theirs.value++;
          }}
        />
      )}
    </Page>
  );
}
