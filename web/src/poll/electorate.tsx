// Who may vote: everybody entitled, those of some classes, those who take part now (where nothing is decided), groups, in a
// meeting those who are there; of a vote that is asked again, whoever the form has no other words for.
import { type Signal, useSignal } from "@preact/signals";
import { isFacilitator, me } from "../app/session";
import type { Group, Meeting, Methods, Organisation, Poll } from "../generated/api";
import { groupName, pathOf } from "../group/names";
import { pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";

type Kind = "entitled" | "active" | "classes" | "group" | "present" | "same";
type Given = NonNullable<Methods["poll.define"]["params"]["electorate"]>;

export interface Who {
  kind: Signal<Kind>;
  classes: Signal<string[]>;
  group: Signal<string>;
  nested: Signal<boolean>;
  /** Of the vote that is asked again. */
  before: Given | undefined;
}

export const coordinates = (group: Group | undefined): boolean =>
  group?.coordinators.some((one) => one.id === me.value.id) ?? false;

/** The usual answer: a board decides by those of it who are there. */
function usual(group: { id: string } | undefined, meeting: Meeting | undefined): Given {
  if (group) return { kind: "group", ids: [group.id] };
  return { kind: meeting?.meeting_kind === "board" ? "present" : "entitled" };
}

const isSame = ({ kind, ids = [] }: Given): boolean =>
  kind === "list" || (kind === "group" && ids.length > 1);

export function useElectorate(
  group: { id: string } | undefined,
  meeting: Meeting | undefined,
  poll: Poll | undefined,
): Who {
  const first = poll?.electorate ?? usual(group ?? meeting?.group, meeting);
  const { ids = [] } = first;
  return {
    kind: useSignal<Kind>(isSame(first) ? "same" : (first.kind as Kind)),
    classes: useSignal<string[]>(first.kind === "classes" ? ids : []),
    group: useSignal(first.kind === "group" ? (ids[0] ?? "") : ""),
    nested: useSignal(first.nested ?? false),
    before: poll?.electorate,
  };
}

/** As poll.define takes it. */
export function electorateOf(who: Who, poll: "decision" | "election" | "straw"): Given {
  if (who.kind.value === "same" && who.before) return who.before;
  if (who.kind.value === "present") return { kind: "present" };
  if (who.kind.value === "group" && who.group.value)
    return { kind: "group", ids: [who.group.value], nested: who.nested.value };
  if (who.kind.value === "classes" && who.classes.value.length > 0)
    return { kind: "classes", ids: who.classes.value };
  return { kind: who.kind.value === "active" && poll === "straw" ? "active" : "entitled" };
}

function Classes({ chosen, org }: { chosen: Signal<string[]>; org: Organisation }) {
  return (
    <fieldset class="row wrap plain">
      <legend class="hidden">{t("electorate-classes")}</legend>
      {org.classes
        .filter((one) => one.votes)
        .map((one) => (
          <label class="check chip-check" key={one.id}>
            <input
              type="checkbox"
              checked={chosen.value.includes(one.id)}
              onChange={(event) => {
                const rest = chosen.value.filter((id) => id !== one.id);
                chosen.value = event.currentTarget.checked ? [...rest, one.id] : rest;
              }}
            />
            {pick(one.label).text || one.key}
          </label>
        ))}
    </fieldset>
  );
}

function Groups({ who, groups, all }: { who: Who; groups: Group[]; all: Group[] }) {
  const chosen = groups.find((one) => one.id === who.group.value);
  const below = all.some((one) => one.parent?.id === chosen?.id);
  return (
    <div class="stack">
      <select
        aria-label={t("electorate-group")}
        data-test="electorate-which"
        value={who.group.value}
        onChange={(event) => {
          who.group.value = event.currentTarget.value;
        }}
      >
        {groups.map((one) => (
          <option key={one.id} value={one.id}>
            {pathOf(all, one)
              .map((step) => groupName(step).text)
              .join(" › ")}
          </option>
        ))}
      </select>
      {below && (
        <label class="check">
          <input
            type="checkbox"
            data-test="electorate-nested"
            checked={who.nested.value}
            onChange={(event) => {
              who.nested.value = event.currentTarget.checked;
            }}
          />
          {t("electorate-nested")}
        </label>
      )}
    </div>
  );
}

/** Facilitation asks any group; others those they coordinate or, for a straw poll, are in. The server judges. */
export function Electorate({
  who,
  kind,
  org,
  meeting,
}: {
  who: Who;
  kind: "decision" | "election" | "straw";
  org: Organisation;
  meeting: Meeting | undefined;
}) {
  const all = useTopic("groups").all("group");
  const open = all.filter((group) => group.state === "open");
  const mine = open.filter((group) => coordinates(group) || group.id === who.group.value);
  const groups = isFacilitator.value ? open : mine;
  const choices: Kind[] = [
    ...(who.before && isSame(who.before) ? (["same"] as const) : []),
    ...(meeting ? (["present"] as const) : []),
    "entitled",
    ...(kind === "straw" ? (["active"] as const) : []),
    ...(org.classes.filter((one) => one.votes).length > 1 ? (["classes"] as const) : []),
    ...(groups.length > 0 ? (["group"] as const) : []),
  ];
  if (choices.length === 1) return null;
  return (
    <fieldset class="field">
      <legend>{t("electorate-label")}</legend>
      {choices.map((choice) => (
        <label class="option" key={choice}>
          <input
            type="radio"
            name="electorate"
            data-test={`electorate-${choice}`}
            checked={who.kind.value === choice}
            onChange={() => {
              who.kind.value = choice;
              if (choice === "group" && !who.group.value) who.group.value = groups[0]?.id ?? "";
            }}
          />
          <span>
            <strong>{t(`electorate-${choice}`)}</strong>
            <span class="hint">{t(`electorate-${choice}-hint`)}</span>
          </span>
        </label>
      ))}
      {who.kind.value === "classes" && <Classes chosen={who.classes} org={org} />}
      {who.kind.value === "group" && <Groups who={who} groups={groups} all={all} />}
    </fieldset>
  );
}
