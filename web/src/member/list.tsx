// The directory: found by name, skill and need, kept to a class, a tie, a status; page by page. For those
// who may: inviting one person or a list, and a fresh link for somebody who cannot get in any more.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { canInvite, isAdmin, isSecretary, session } from "../app/session";
import type { Member } from "../generated/api";
import { pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { call } from "../sync/socket";
import { Awaited } from "../ui/asked";
import { Icon } from "../ui/icons";
import { Avatar, Empty, Name } from "../ui/parts";
import { act, notifyError } from "../ui/toast";
import { useClasses } from "../ui/classes";
import { absolute, Belonging, colon, Standing, shownPerson, tieName } from "./belonging";
import { Handover, type Handed } from "./handover";
import { Invite } from "./invite";
import { Tell } from "./tell";
import "./member.css";

const perPage = 50;
const statuses = ["active", "dormant", "invited", "left", "external"] as const;
const usualTies = ["worker", "volunteer", "beneficiary", "partner"];
/** Names are asked for once the typing rests. */
const restMs = 250;

interface Wanted {
  text: string;
  class: string;
  tie: string;
  group: string;
  status: string;
}

/** What is asked of the server for these conditions. Observers may ask for name and status alone. */
function question(wanted: Wanted, mayAll: boolean) {
  const text = wanted.text.trim().normalize("NFC");
  return {
    order: "name" as const,
    limit: perPage,
    ...(text && { text }),
    ...(text && mayAll && { where: ["name", "skill", "need"] as ("name" | "skill" | "need")[] }),
    ...(wanted.class && { class: wanted.class }),
    ...(wanted.tie && { tie: wanted.tie }),
    ...(wanted.group && { group: wanted.group }),
    ...(wanted.status === "none" && { without_sponsor: true }),
    ...(statuses.includes(wanted.status as "active") && { status: wanted.status as "active" }),
  };
}

/** The members found so far; `more` fetches the next page. */
function useMembers(wanted: Wanted, mayAll: boolean, version: number) {
  const members = useSignal<Member[] | null>(null);
  const next = useSignal<string | null>(null);
  const refusal = useSignal<unknown>(undefined);
  const turn = useSignal(0);
  const up = session.value !== null;
  const asked = JSON.stringify(question(wanted, mayAll));
  const fetch = async (after: string | null, current: () => boolean) => {
    const found: Member[] = after ? [...(members.peek() ?? [])] : [];
    const until = found.length + perPage;
    let place = after ?? undefined;
    do {
      const page = await call("member.list", { ...JSON.parse(asked), after: place });
      found.push(...page.items);
      place = page.next ?? undefined;
    } while (place && found.length < until && current());
    if (!current()) return;
    members.value = found.filter((one) => one.status !== "erased");
    next.value = place ?? null;
  };
  useEffect(() => {
    if (!up) return;
    let current = true;
    refusal.value = undefined;
    const refuse = (error: unknown) => {
      if (current) refusal.value = error;
    };
    const timer = setTimeout(
      () => fetch(null, () => current).catch(refuse),
      members.peek() ? restMs : 0,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, version, up, turn.value]);
  const again = () => {
    turn.value++;
  };
  const more = () => fetch(next.peek(), () => true).catch(notifyError);
  return {
    ...{ members: members.value, hasMore: next.value !== null, more },
    ...{ refusal: refusal.value, again },
  };
}

/** A new link; somebody who left is invited again first, which administration alone may do. */
export function LinkButton({
  member,
  onLink,
}: {
  member: Member;
  onLink: (handed: Handed) => void;
}) {
  const { id, name, status } = member;
  const left = status === "left";
  const allowed = left ? isAdmin.value : canInvite.value || isSecretary.value;
  if (!allowed || !["invited", "active", "dormant", "left"].includes(status)) return null;
  const make = async () => {
    if (left && !(await act("member.update", { id, status: "invited" }))) return;
    const made = await act("member.link", { id });
    if (made) onLink({ name: name || t("member-unnamed"), url: absolute(made.link) });
  };
  return (
    <button
      type="button"
      class="button small"
      data-test={left ? "invite-again" : "new-link"}
      aria-label={`${left ? t("invite-again") : t("new-link")}${colon()}${name}`}
      onClick={make}
    >
      <Icon name="key" size={18} /> {left ? t("invite-again") : t("new-link")}
    </button>
  );
}

function MemberRow({ member, onLink }: { member: Member; onLink: (handed: Handed) => void }) {
  const person = shownPerson(member);
  return (
    <li class="member" data-test="member-row" data-id={member.id}>
      <Avatar person={person} />
      <div class="grow">
        <p class="member-head">
          {member.status === "external" ? (
            <Name person={person} />
          ) : (
            <a class="member-link" href={`/m/${member.number}`}>
              <Name person={person} />
            </a>
          )}{" "}
          <Standing member={member} />
        </p>
        {member.introduction && (
          <p class="hint" lang={member.introduction.language} dir="auto">
            {member.introduction.text}
          </p>
        )}
        {member.skills && member.skills.length > 0 && (
          <p class="hint">
            {t("member-skills")}
            {colon()}
            {member.skills.join(", ")}
          </p>
        )}
        {member.needs && member.needs.length > 0 && (
          <p class="hint">
            {t("member-needs")}
            {colon()}
            {member.needs.join(", ")}
          </p>
        )}
        <Belonging member={member} />
      </div>
      <LinkButton member={member} onLink={onLink} />
    </li>
  );
}

function Choice({
  label,
  value,
  options,
  test,
  onChange,
}: {
  label: string;
  value: string;
  options: [string, string][];
  test: string;
  onChange: (value: string) => void;
}) {
  return (
    <label class="select">
      <span class="hidden">{label}</span>
      <select
        value={value}
        data-test={test}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{label}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Conditions({
  wanted,
  mayAll,
  onChange,
}: {
  wanted: Wanted;
  mayAll: boolean;
  onChange: (part: Partial<Wanted>) => void;
}) {
  const classes = useClasses();
  const org = useTopic("org").one("organisation");
  const groups = useTopic("groups")
    .all("group")
    .filter((one) => one.state === "open");
  const shownStatuses = statuses.filter((one) => one !== "external" || org?.members.external);
  return (
    <search class="toolbar">
      <label class="search">
        <Icon name="search" />
        <span class="hidden">{t("members-search")}</span>
        <input
          type="search"
          placeholder={mayAll ? t("members-search") : t("members-search-name")}
          data-test="members-search"
          value={wanted.text}
          onInput={(event) => onChange({ text: event.currentTarget.value })}
        />
      </label>
      {mayAll && classes.length > 1 && (
        <Choice
          label={t("members-any-class")}
          value={wanted.class}
          test="members-class"
          options={classes.map((one) => [one.id, pick(one.label).text || one.key])}
          onChange={(value) => onChange({ class: value })}
        />
      )}
      {mayAll && (
        <Choice
          label={t("members-any-tie")}
          value={wanted.tie}
          test="members-tie"
          options={usualTies.map((tie) => [tie, tieName(tie)])}
          onChange={(value) => onChange({ tie: value })}
        />
      )}
      {mayAll && groups.length > 0 && (
        <Choice
          label={t("members-any-group")}
          value={wanted.group}
          test="members-group"
          options={groups.map((one) => [one.id, pick(one.names).text || one.name])}
          onChange={(value) => onChange({ group: value })}
        />
      )}
      {mayAll && (
        <Choice
          label={t("members-any-status")}
          value={wanted.status}
          test="members-status"
          options={[
            ...shownStatuses.map((one): [string, string] => [one, t(`members-status-${one}`)]),
            ["none", t("members-status-none")],
          ]}
          onChange={(value) => onChange({ status: value })}
        />
      )}
    </search>
  );
}

const nothing: Wanted = { text: "", class: "", tie: "", group: "", status: "" };

function Found({
  wanted,
  mayAll,
  version,
  onLink,
  onClear,
}: {
  wanted: Wanted;
  mayAll: boolean;
  version: number;
  onLink: (handed: Handed) => void;
  onClear: () => void;
}) {
  const { members, hasMore, more, refusal, again } = useMembers(wanted, mayAll, version);
  if (members === null || refusal !== undefined) return <Awaited {...{ refusal, again }} />;
  if (members.length === 0)
    return (
      <Empty icon="people" text={t("members-none")}>
        <button type="button" class="button quiet" onClick={onClear}>
          {t("members-all")}
        </button>
      </Empty>
    );
  return (
    <>
      <p class="hint" role="status">
        {hasMore
          ? t("members-some", { count: members.length })
          : t("members-count", { count: members.length })}
      </p>
      <ul class="members">
        {members.map((member) => (
          <MemberRow key={member.id} member={member} onLink={onLink} />
        ))}
      </ul>
      {hasMore && (
        <button type="button" class="button quiet" data-test="members-more" onClick={more}>
          {t("members-more")}
        </button>
      )}
    </>
  );
}

export default function Members() {
  const version = useSignal(0);
  const invited = useSignal<Handed | null>(null);
  const handed = useSignal<Handed | null>(null);
  const wanted = useSignal<Wanted>(nothing);
  const mayAll = session.value?.roles.some((role) => role !== "observer") ?? false;
  return (
    <Page
      name="members"
      title={t("members-title")}
      wide
      actions={
        <span class="row wrap">
          <a class="button small" href="/g" data-test="members-groups">
            <Icon name="people" size={18} /> {t("nav-groups")}
          </a>
          <a class="button small" href="/settings" data-test="members-settings">
            {t("nav-settings")}
          </a>
        </span>
      }
    >
      <div class="split">
        <div class="split-main">
          <Conditions
            wanted={wanted.value}
            mayAll={mayAll}
            onChange={(part) => {
              wanted.value = { ...wanted.peek(), ...part };
            }}
          />
          <Found
            wanted={wanted.value}
            mayAll={mayAll}
            version={version.value}
            onClear={() => {
              wanted.value = nothing;
            }}
            onLink={(made) => {
              handed.value = made;
            }}
          />
        </div>
        <aside class="split-side">
          {invited.value && (
            <Tell key={invited.value.url} url={invited.value.url} name={invited.value.name} />
          )}
          {canInvite.value && (
            <>
              <Invite
                onLink={(made) => {
                  invited.value = made;
                  version.value++;
                }}
              />
              <p class="card box">
                <a class="button" href="/m/invite" data-test="invite-list">
                  <Icon name="people" size={18} /> {t("invite-list")}
                </a>
              </p>
            </>
          )}
        </aside>
      </div>
      {handed.value && (
        <Handover
          key={handed.value.url}
          handed={handed.value}
          onClose={() => {
            handed.value = null;
          }}
        />
      )}
    </Page>
  );
}
