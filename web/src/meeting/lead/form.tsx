// What a meeting is: kind, words in each language, when and how long, where and from afar, whose it is, what is watched.
import { type Signal, useSignal } from "@preact/signals";
import { canRecord, isAdmin, me, session } from "../../app/session";
import type { ComponentChildren } from "preact";
import type { AgendaTemplate, Group, MeetingCard, Rule } from "../../generated/api";
import { groupName, pathOf } from "../../group/names";
import { day, pick, t } from "../../i18n/i18n";
import { useRules } from "../../poll/define/rules";
import { fromField, zoneOf } from "../hours";
import { useTopic } from "../../sync/feed";
import { Icon } from "../../ui/icons";
import { Field } from "../../ui/parts";
import { act } from "../../ui/toast";
import { callBy } from "./notice";
import { everies, kinds, type Plan } from "./plan";
import { Words } from "./words";

export type Template = Pick<AgendaTemplate, "id" | "name" | "meeting_kind" | "by">;

interface Part {
  plan: Signal<Plan>;
  set: (change: Partial<Plan>) => void;
  wrong: Signal<ReadonlySet<string>>;
}

const iconOf = {
  ...({ general_assembly: "people", board: "key" } as const),
  ...({ group: "talk", work_session: "work" } as const),
};

/** The first of those that fit. */
export const templateFor = (kind: Plan["meeting_kind"], templates: readonly Template[]): string =>
  templates.find((one) => one.meeting_kind === kind)?.id ?? "";

function Kind({ plan, set, templates }: Part & { templates: readonly Template[] }) {
  return (
    <fieldset class="field purposes">
      <legend>{t("meeting-kind-label")}</legend>
      {kinds.map((kind) => (
        <label class="option" key={kind}>
          <input
            type="radio"
            name="meeting-kind"
            data-test={`meeting-kind-${kind}`}
            checked={plan.value.meeting_kind === kind}
            onChange={() => set({ meeting_kind: kind, template: templateFor(kind, templates) })}
          />
          <span>
            <strong>
              <Icon name={iconOf[kind]} size={18} /> {t(`meeting-kind-${kind}`)}
            </strong>
            <span class="hint">{t(`meeting-kind-${kind}-hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A choice of one, named by its field. */
function Choice({
  label,
  hint,
  test,
  value,
  error,
  onChange,
  children,
}: {
  label: string;
  hint?: string | undefined;
  test: string;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
  children: ComponentChildren;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <select
          {...ids}
          data-test={test}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {children}
        </select>
      )}
    </Field>
  );
}

function When({ plan, set, wrong }: Part) {
  const zone = zoneOf(fromField(plan.value.starts));
  return (
    <div class="form-row">
      <Field
        label={t("meeting-starts")}
        hint={zone && t("meeting-zone", { zone })}
        error={wrong.value.has("starts") ? t("meeting-starts-wrong") : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            type="datetime-local"
            data-test="meeting-starts"
            value={plan.value.starts}
            onInput={(event) => set({ starts: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t("meeting-length")}
        hint={t("meeting-length-hint")}
        error={wrong.value.has("minutes") ? t("meeting-length-wrong") : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            type="number"
            class="short-number"
            {...{ min: 5, max: 1440, step: 5 }}
            data-test="meeting-minutes"
            value={plan.value.minutes}
            onInput={(event) => set({ minutes: event.currentTarget.valueAsNumber || 0 })}
          />
        )}
      </Field>
    </div>
  );
}

function FromAfar({ plan, set, wrong }: Part) {
  const { remote, link, procedure } = plan.value;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          data-test="meeting-remote"
          checked={remote}
          onChange={(event) => set({ remote: event.currentTarget.checked })}
        />
        {t("meeting-remote")}
      </label>
      <Field
        label={t("meeting-link")}
        hint={t("meeting-link-hint")}
        error={wrong.value.has("link") ? t("meeting-link-wrong") : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            type="text"
            inputMode="url"
            maxLength={300}
            autoComplete="off"
            data-test="meeting-link"
            value={link}
            onInput={(event) => set({ link: event.currentTarget.value })}
          />
        )}
      </Field>
      {remote && (
        <Words
          legend={t("meeting-procedure")}
          hint={t("meeting-procedure-hint")}
          words={procedure}
          most={600}
          long
          test="meeting-procedure"
          onChange={(next) => set({ procedure: next })}
        />
      )}
    </>
  );
}

function GroupChoice({ plan, set, wrong }: Part) {
  const groups: Group[] = useTopic("groups").all("group");
  const open = groups.filter((one) => one.state === "open");
  if (open.length === 0 && plan.value.meeting_kind !== "group") return null;
  return (
    <Choice
      label={t("meeting-group")}
      test="meeting-group"
      value={plan.value.group}
      error={wrong.value.has("group") ? t("meeting-group-missing") : undefined}
      onChange={(group) => set({ group })}
    >
      <option value="">{t("meeting-group-none")}</option>
      {open.map((one) => (
        <option key={one.id} value={one.id}>
          {pathOf(groups, one)
            .map((step) => groupName(step).text)
            .join(" › ")}
        </option>
      ))}
    </Choice>
  );
}

function Quorum({ plan, set, own }: Part & { own: readonly Rule[] }) {
  const rules = useRules(own, "yes-no", true);
  const chosen = rules.find((one) => one.use === plan.value.use);
  return (
    <div class="stack">
      <Choice
        label={t("meeting-rule")}
        hint={t("meeting-rule-hint")}
        test="meeting-rule"
        value={plan.value.use}
        onChange={(use) => set({ use })}
      >
        <option value="">{t("meeting-rule-none")}</option>
        {rules.map((one) => (
          <option key={one.use} value={one.use}>
            {one.title}
          </option>
        ))}
      </Choice>
      {chosen && (
        <p class="hint" data-test="meeting-rule-asks">
          <bdi>{chosen.asks}</bdi>
        </p>
      )}
    </div>
  );
}

function Notice({ plan, set }: Part) {
  const starts = fromField(plan.value.starts);
  const { notice_days } = plan.value;
  return (
    <Field
      label={t("meeting-notice")}
      hint={
        notice_days > 0 && Number.isFinite(starts)
          ? t("meeting-notice-by", {
              date: day(callBy(starts, notice_days, session.value?.time_zone)),
            })
          : t("meeting-notice-hint")
      }
    >
      {(ids) => (
        <input
          {...ids}
          type="number"
          class="short-number"
          {...{ min: 0, max: 365, step: 1 }}
          data-test="meeting-notice"
          value={notice_days}
          onInput={(event) => set({ notice_days: event.currentTarget.valueAsNumber || 0 })}
        />
      )}
    </Field>
  );
}

/** Ended meetings of this kind whose second call this may be. */
function SecondOf({ plan, set }: Part) {
  const cards: MeetingCard[] = useTopic("meetings").all("meeting_card");
  const ended = cards
    .filter((one) => one.state === "ended" && one.meeting_kind === plan.value.meeting_kind)
    .sort((a, b) => b.number - a.number);
  if (ended.length === 0) return null;
  return (
    <Choice
      label={t("meeting-second")}
      hint={t("meeting-second-hint")}
      test="meeting-second"
      value={plan.value.second_of}
      onChange={(second_of) => set({ second_of, ...(second_of ? { template: "" } : {}) })}
    >
      <option value="">{t("meeting-second-none")}</option>
      {ended.map((one) => (
        <option key={one.id} value={one.id}>
          {`${day(one.starts_ms)} · ${pick(one.title).text}`}
        </option>
      ))}
    </Choice>
  );
}

function Series({ plan, set }: Part) {
  return (
    <Choice
      label={t("meeting-every")}
      hint={t("meeting-every-hint")}
      test="meeting-every"
      value={plan.value.every}
      onChange={(every) => set({ every: every as Plan["every"] })}
    >
      <option value="">{t("meeting-every-once")}</option>
      {everies.map((one) => (
        <option key={one} value={one}>
          {t(`meeting-every-${one}`)}
        </option>
      ))}
    </Choice>
  );
}

/** Where the agenda comes from: empty, one of the three that are built in, one that was kept. */
function Template({ plan, set, kept }: Part & { kept: readonly Template[] }) {
  const gone = useSignal<readonly string[]>([]);
  const hide = (id: string, hidden: boolean) => {
    const others = gone.peek().filter((one) => one !== id);
    gone.value = hidden ? [...others, id] : others;
  };
  const left = kept.filter(({ id }) => !gone.value.includes(id));
  const fits = left.filter((one) => one.meeting_kind === plan.value.meeting_kind);
  const others = left.filter((one) => one.meeting_kind !== plan.value.meeting_kind);
  const chosen = left.find(({ id }) => id === plan.value.template);
  const by = typeof chosen?.by === "object" ? chosen.by.id : undefined;
  const mayForget = by !== undefined && (by === me.value.id || canRecord.value || isAdmin.value);
  const bringBack = async (id: string) => {
    if (!(await act("meeting.forget_template", { id, forgotten: false }))) return;
    hide(id, false);
    // Unless another was chosen meanwhile.
    if (plan.peek().template === "") set({ template: id });
  };
  const forget = async (id: string) => {
    const after = { done: t("template-forgotten"), undo: () => bringBack(id) };
    if (!(await act("meeting.forget_template", { id }, after))) return;
    hide(id, true);
    if (plan.peek().template === id) set({ template: "" });
  };
  return (
    <>
      <Choice
        label={t("meeting-template")}
        hint={t("meeting-template-hint")}
        test="meeting-template"
        value={plan.value.template}
        onChange={(template) => set({ template })}
      >
        <option value="">{t("meeting-template-none")}</option>
        {[...fits, ...others].map((one) => (
          <option key={one.id} value={one.id}>
            {pick(one.name).text}
          </option>
        ))}
      </Choice>
      {chosen && mayForget && (
        <button
          type="button"
          class="button quiet"
          data-test="template-forget"
          onClick={() => forget(chosen.id)}
        >
          {t("template-forget")}
        </button>
      )}
    </>
  );
}

export function MeetingForm({
  plan,
  wrong,
  own,
  templates,
  isNew,
}: {
  plan: Signal<Plan>;
  wrong: Signal<ReadonlySet<string>>;
  own: readonly Rule[];
  templates: readonly Template[];
  isNew: boolean;
}) {
  const set = (change: Partial<Plan>) => {
    plan.value = { ...plan.peek(), ...change };
  };
  const part = { plan, set, wrong };
  const { meeting_kind, title, place } = plan.value;
  const assembly = meeting_kind === "general_assembly";
  return (
    <>
      {isNew && <Kind {...part} templates={templates} />}
      <Words
        legend={t("meeting-title")}
        words={title}
        most={160}
        test="meeting-title"
        error={wrong.value.has("title") ? t("meeting-title-missing") : undefined}
        onChange={(next) => set({ title: next })}
      />
      <When {...part} />
      <Words
        legend={t("meeting-place")}
        words={place}
        most={200}
        test="meeting-place"
        onChange={(next) => set({ place: next })}
      />
      <FromAfar {...part} />
      {!assembly && <GroupChoice {...part} />}
      {isNew && <Template {...part} kept={templates} />}
      {(assembly || meeting_kind === "board") && <Quorum {...part} own={own} />}
      {assembly && <Notice {...part} />}
      {assembly && isNew && <SecondOf {...part} />}
      {meeting_kind === "work_session" && <Series {...part} />}
    </>
  );
}
