// Members, and for those who may: inviting, with a text to send in three languages, the link, its QR.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { canInvite, isAdmin, session } from "../app/session";
import type { Member } from "../generated/api";
import { has, language, number, pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { newId } from "../sync/rpc";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Avatar, Chip, Field, Loading, Name } from "../ui/parts";
import { act, notifyError } from "../ui/toast";
import { Tell } from "./tell";
import "./member.css";

const roles = ["facilitator", "admin", "secretary", "auditor", "observer"] as const;
type Role = (typeof roles)[number];

/** A link as people open it, whether the server named its address or only the path. */
const absolute = (link: string): string => new URL(link, location.origin).href;

interface Link {
  member: string;
  name: string;
  url: string;
}

function Invite({ onLink }: { onLink: (link: Link) => void }) {
  const org = useTopic("org").one("organisation");
  const name = useSignal("");
  const chosen = useSignal<readonly Role[]>([]);
  const group = useSignal("");
  const busy = useSignal(false);
  const classes = org?.classes ?? [];
  const first = classes.find((one) => one.votes) ?? classes[0];
  const invite = async (event: Event) => {
    event.preventDefault();
    const target = group.value || first?.id;
    if (!target) return;
    busy.value = true;
    const id = newId();
    const made = await act("member.invite", {
      ...{ id, class: target, language: language.value, roles: [...chosen.value] },
      name: name.value.trim().normalize("NFC") || undefined,
    });
    busy.value = false;
    if (!made) return;
    onLink({ member: id, name: name.value.trim(), url: absolute(made.link) });
    name.value = "";
    chosen.value = [];
  };
  return (
    <form class="card box form invite" onSubmit={invite}>
      <h2>{t("invite-title")}</h2>
      <Field label={t("invite-name")} hint={t("invite-name-hint")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={80}
            autoComplete="off"
            data-test="invite-name"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      {classes.length > 1 && (
        <Field label={t("class-label")}>
          {(ids) => (
            <select
              {...ids}
              value={group.value || first?.id}
              onChange={(event) => {
                group.value = event.currentTarget.value;
              }}
            >
              {classes.map((one) => (
                <option key={one.id} value={one.id}>
                  {pick(one.label).text || one.key}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <fieldset class="field">
        <legend>{t("roles-label")}</legend>
        <div class="row wrap">
          {roles.map((role) => (
            <label class="check chip-check" key={role}>
              <input
                type="checkbox"
                data-test={`invite-role-${role}`}
                checked={chosen.value.includes(role)}
                onChange={(event) => {
                  const on = event.currentTarget.checked;
                  const rest = chosen.value.filter((one) => one !== role);
                  chosen.value = on ? [...rest, role] : rest;
                }}
              />
              {t(`role-${role}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <button
        type="submit"
        class="button primary"
        data-test="invite-create"
        disabled={busy.value || !first}
      >
        <Icon name="plus" /> {t("invite-create")}
      </button>
    </form>
  );
}

/** Every member, page by page; again when asked to. */
function useMembers(version: number) {
  const members = useSignal<Member[] | null>(null);
  const up = session.value !== null;
  useEffect(() => {
    if (!up) return;
    let current = true;
    const load = async () => {
      const found: Member[] = [];
      let after: string | undefined;
      do {
        const page = await call("member.list", { limit: 200, after });
        found.push(...page.items);
        after = page.next ?? undefined;
      } while (after && current);
      if (current) members.value = found;
    };
    load().catch(notifyError);
    return () => {
      current = false;
    };
  }, [version, up]);
  return members;
}

/** A new link; somebody who left is invited again first, which administration alone may do. */
function LinkButton({ member, onLink }: { member: Member; onLink: (link: Link) => void }) {
  const { id, name, status } = member;
  const left = status === "left";
  const allowed = left ? isAdmin.value : canInvite.value;
  if (!allowed || !["invited", "active", "dormant", "left"].includes(status)) return null;
  const make = async () => {
    if (left && !(await act("member.update", { id, status: "invited" }))) return;
    const made = await act("member.link", { id });
    if (made) onLink({ member: id, name, url: absolute(made.link) });
  };
  return (
    <button
      type="button"
      class="button quiet small"
      data-test={left ? "invite-again" : "new-link"}
      onClick={make}
    >
      <Icon name="link" size={18} /> {left ? t("invite-again") : t("new-link")}
    </button>
  );
}

/** Ties are the organisation's own words; the usual ones are translated. */
const tieName = (tie: string): string => (has(`tie-${tie}`) ? t(`tie-${tie}`) : tie);

/** Class and ties: how this person belongs to the organisation. */
function Belonging({ member }: { member: Member }) {
  const classes = useTopic("org").one("organisation")?.classes;
  // Where there is but one class, naming it says nothing.
  const found = classes?.find((one) => one.id === member.class && classes.length > 1);
  const words = [
    ...(found ? [pick(found.label).text || found.key] : []),
    ...(member.ties ?? []).map(tieName),
  ];
  return words.length > 0 ? <p class="hint">{words.join(" · ")}</p> : null;
}

function MemberRow({ member, onLink }: { member: Member; onLink: (link: Link) => void }) {
  const person = { id: member.id, name: member.name || t("member-unnamed") };
  const shownRoles = member.roles ?? [];
  return (
    <li class="member" data-test="member-row" data-id={member.id}>
      <Avatar person={person} />
      <div class="grow">
        <p class="member-head">
          <Name person={person} />{" "}
          {member.status && member.status !== "active" && (
            <Chip>{t(`member-status-${member.status}`)}</Chip>
          )}{" "}
          {shownRoles.map((role) => (
            <Chip key={role} tone="accent">
              {t(`role-${role}`)}
            </Chip>
          ))}
        </p>
        {member.introduction && (
          <p class="hint" lang={member.introduction.language}>
            {member.introduction.text}
          </p>
        )}
        <Belonging member={member} />
      </div>
      <LinkButton member={member} onLink={onLink} />
    </li>
  );
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const firstShown = 60;

export default function Members() {
  const version = useSignal(0);
  const link = useSignal<Link | null>(null);
  const search = useSignal("");
  const shown = useSignal(firstShown);
  const imported = useSignal(false);
  const members = useMembers(version.value);
  const all = members.value ?? [];
  const own = all.filter((member) => member.status !== "external" && member.status !== "erased");
  const pool = imported.value ? all.filter((member) => member.status === "external") : own;
  const words = fold(search.value).trim();
  const found = pool.filter((member) => fold(member.name ?? "").includes(words));
  const sorted = [...found].sort((a, b) =>
    (a.name ?? "").localeCompare(b.name ?? "", language.value),
  );
  const onLink = (made: Link) => {
    link.value = made;
    version.value++;
  };
  return (
    <Page
      name="members"
      title={t("members-title")}
      wide
      actions={
        <span class="row wrap">
          <a class="button quiet" href="/g" data-test="members-groups">
            <Icon name="people" size={18} /> {t("nav-groups")}
          </a>
          <a class="button quiet" href="/settings" data-test="members-settings">
            <Icon name="work" size={18} /> {t("nav-settings")}
          </a>
        </span>
      }
    >
      <div class="split">
        <div class="split-main">
          <div class="toolbar">
            <label class="search">
              <Icon name="search" />
              <span class="hidden">{t("search-label")}</span>
              <input
                type="search"
                placeholder={t("members-search")}
                value={search.value}
                onInput={(event) => {
                  search.value = event.currentTarget.value;
                }}
              />
            </label>
            {all.length > own.length && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={imported.value}
                  onChange={(event) => {
                    imported.value = event.currentTarget.checked;
                  }}
                />
                {t("members-imported", { count: all.length - own.length })}
              </label>
            )}
          </div>
          {members.value && <p class="hint">{t("members-count", { count: found.length })}</p>}
          {members.value === null ? (
            <Loading />
          ) : (
            <ul class="members">
              {sorted.slice(0, shown.value).map((member) => (
                <MemberRow key={member.id} member={member} onLink={onLink} />
              ))}
            </ul>
          )}
          {sorted.length > shown.value && (
            <button
              type="button"
              class="button quiet"
              onClick={() => {
                shown.value += firstShown;
              }}
            >
              {t("show-more", { count: number(sorted.length - shown.value) })}
            </button>
          )}
        </div>
        <aside class="split-side">
          {link.value && <Tell key={link.value.url} url={link.value.url} name={link.value.name} />}
          {canInvite.value && <Invite onLink={onLink} />}
        </aside>
      </div>
    </Page>
  );
}
