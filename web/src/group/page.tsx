// One group: what it is for, who is in it, its proposals, votes, sub-groups and discussion. Joining is one tap, with undo.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import { isFacilitator, isMember, me } from "../app/session";
import { Attached } from "../file/attached";
import type { Group, GroupMembers } from "../generated/api";
import { Discussion } from "../discussion/discussion";
import { t } from "../i18n/i18n";
import { PollTeaser } from "../poll/teaser";
import { ProposalRow } from "../proposal/card";
import { useTopic, type Watched } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Ask, Avatar, By, Chip, Field, Loading, Name, NotThere, When } from "../ui/parts";
import { act } from "../ui/toast";
import { ShowMore } from "../ui/more";
import { GroupForm } from "./form";
import { groupDepthMost, groupName, groupPurpose, pathOf } from "./names";
import { InvitePeople } from "./invite";
import "./group.css";

const has = (list: { id: string }[] | undefined, id: string): boolean =>
  list?.some((one) => one.id === id) ?? false;

function join(group: Group): void {
  const { id } = group;
  const name = groupName(group).text;
  act(
    "group.join",
    { id },
    {
      done: t("group-joined", { name }),
      undo: () => act("group.leave", { id }),
    },
  );
}

function leave(group: Group): void {
  const { id } = group;
  const name = groupName(group).text;
  act(
    "group.leave",
    { id },
    {
      done: t("group-left", { name }),
      undo: () => act("group.join", { id }),
    },
  );
}

/** Asked in by somebody: yes or no, in one tap. */
function Asked({ group, people }: { group: Group; people: GroupMembers | undefined }) {
  const asked = people?.asked.find((one) => one.id === me.value.id);
  if (!asked || group.state !== "open") return null;
  const name = typeof asked.by === "object" ? asked.by.name : "";
  const answer = (yes: boolean) => () => {
    act("group.answer", { id: group.id, yes });
  };
  return (
    <section class="notice" aria-label={t("group-asked", { name })} data-test="group-asked">
      <p>{t("group-asked", { name })}</p>
      <div class="row wrap">
        <button
          type="button"
          class="button primary"
          data-test="group-answer-yes"
          onClick={answer(true)}
        >
          {t("group-answer-yes")}
        </button>
        <button
          type="button"
          class="button quiet"
          data-test="group-answer-no"
          onClick={answer(false)}
        >
          {t("group-answer-no")}
        </button>
      </div>
    </section>
  );
}

function Membership({ group, inside }: { group: Group; inside: boolean }) {
  if (!isMember.value) return null;
  if (inside)
    return (
      <button
        type="button"
        class="button quiet"
        data-test="group-leave"
        onClick={() => leave(group)}
      >
        {t("group-leave")}
      </button>
    );
  return group.state === "open" ? (
    <button type="button" class="button primary" data-test="group-join" onClick={() => join(group)}>
      <Icon name="plus" /> {t("group-join")}
    </button>
  ) : null;
}

function Coordinator({ group, id, leads }: { group: Group; id: string; leads: boolean }) {
  const coordinates = has(group.coordinators, id);
  if (!leads || group.state !== "open") return null;
  const set = (coordinator: boolean) =>
    act("group.role", { id: group.id, member: id, coordinator });
  return (
    <button
      type="button"
      class="button quiet small"
      data-test="group-role"
      onClick={() => {
        act(
          "group.role",
          { id: group.id, member: id, coordinator: !coordinates },
          {
            done: t(coordinates ? "group-role-off" : "group-role-on"),
            undo: () => set(coordinates),
          },
        );
      }}
    >
      {t(coordinates ? "group-role-take" : "group-role-give")}
    </button>
  );
}

const firstShown = 20;

function People({
  group,
  people,
  leads,
}: {
  group: Group;
  people: GroupMembers | undefined;
  leads: boolean;
}) {
  const all = useSignal(false);
  const roles = useSignal(false);
  const members = [...(people?.members ?? [])].sort(
    (a, b) => Number(has(group.coordinators, b.id)) - Number(has(group.coordinators, a.id)),
  );
  const shown = all.value ? members : members.slice(0, firstShown);
  return (
    <section class="card box" aria-labelledby="group-people">
      <h2 id="group-people">{t("group-members", { count: group.members })}</h2>
      {members.length === 0 && people && <p class="hint">{t("group-empty")}</p>}
      <ul class="group-people">
        {shown.map((member) => (
          <li key={member.id} data-test="group-member" data-id={member.id}>
            <Avatar person={member} small />
            <Name person={member} />
            {has(group.coordinators, member.id) && (
              <Chip tone="accent">{t("group-coordinator")}</Chip>
            )}
            {member.recorded_by && (
              <span class="hint">{t("group-recorded-by", { name: member.recorded_by.name })}</span>
            )}
            {roles.value && <Coordinator group={group} id={member.id} leads={leads} />}
          </li>
        ))}
      </ul>
      <ShowMore
        left={members.length - shown.length}
        onMore={() => {
          all.value = true;
        }}
      />
      {leads && group.state === "open" && members.length > 0 && (
        <button
          type="button"
          class="button quiet small"
          aria-expanded={roles.value}
          data-test="group-roles"
          onClick={() => {
            roles.value = !roles.value;
          }}
        >
          {t(roles.value ? "group-roles-close" : "group-roles")}
        </button>
      )}
      {(people?.asked.length ?? 0) > 0 && (
        <p class="hint">
          {t("group-asked-waiting", {
            names: people?.asked.map((one) => one.name).join(", ") ?? "",
          })}
        </p>
      )}
    </section>
  );
}

function Archive({ group }: { group: Group }) {
  const reason = useSignal("");
  if (group.state === "closed")
    return (
      <button
        type="button"
        class="button"
        data-test="group-reopen"
        onClick={() => act("group.reopen", { id: group.id })}
      >
        {t("group-reopen")}
      </button>
    );
  return (
    <Ask
      label={t("group-close")}
      question={t("group-close-question")}
      confirm={t("group-close")}
      tone="quiet"
      test="group-close"
      disabled={reason.value.trim() === ""}
      onConfirm={() => {
        act(
          "group.close",
          { id: group.id, reason: reason.value.trim().normalize("NFC") },
          {
            done: t("group-closed"),
            undo: () => act("group.reopen", { id: group.id }),
          },
        );
      }}
    >
      <Field label={t("group-close-reason")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={1000}
            data-test="group-close-reason"
            value={reason.value}
            onInput={(event) => {
              reason.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
    </Ask>
  );
}

/** Who coordinates changes name, purpose and place, or archives the group. */
function Lead({ group }: { group: Group }) {
  const open = useSignal(false);
  if (open.value)
    return (
      <section class="card box" aria-label={t("group-change")}>
        <GroupForm
          group={group}
          button={t("group-save")}
          onSave={async ({ name, purpose, parent }) => {
            const before = {
              ...{ name: group.name, purpose: group.purpose },
              parent: group.parent?.id ?? null,
            };
            const made = await act(
              "group.update",
              { id: group.id, name, purpose, parent: parent || null },
              {
                done: t("group-saved"),
                undo: () => act("group.update", { id: group.id, ...before }),
              },
            );
            if (made) open.value = false;
            return made !== null;
          }}
        />
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            open.value = false;
          }}
        >
          {t("go-back")}
        </button>
      </section>
    );
  return (
    <div class="row wrap">
      {group.state === "open" && (
        <button
          type="button"
          class="button quiet"
          data-test="group-change"
          onClick={() => {
            open.value = true;
          }}
        >
          {t("group-change")}
        </button>
      )}
      <Archive group={group} />
    </div>
  );
}

function Below({ groups, group, inside }: { groups: Group[]; group: Group; inside: boolean }) {
  const children = groups.filter((one) => one.parent?.id === group.id && one.state === "open");
  const deep = pathOf(groups, group).length >= groupDepthMost;
  const mayStart = isMember.value && group.state === "open" && !deep;
  if (children.length === 0 && !inside) return null;
  return (
    <section aria-labelledby="group-below">
      <h2 id="group-below">{t("group-below")}</h2>
      <ul class="lines-list">
        {children.map((one) => {
          const name = groupName(one);
          return (
            <li key={one.id}>
              <a href={`/g/${one.number}`} lang={name.lang}>
                <bdi>{name.text}</bdi>
              </a>{" "}
              <span class="hint">{t("group-count", { count: one.members })}</span>
            </li>
          );
        })}
      </ul>
      {mayStart && (
        <a class="button quiet" href={`/g/new?parent=${group.number}`} data-test="group-below-new">
          <Icon name="plus" /> {t("group-below-new")}
        </a>
      )}
    </section>
  );
}

function Work({ watched, group, inside }: { watched: Watched; group: Group; inside: boolean }) {
  const cards = watched.all("proposal_card").sort((a, b) => b.number - a.number);
  const polls = watched.all("poll_card").sort((a, b) => b.number - a.number);
  const open = group.state === "open";
  const leads = has(group.coordinators, me.value.id) || isFacilitator.value;
  return (
    <>
      <section aria-labelledby="group-proposals">
        <h2 id="group-proposals">{t("proposals-title")}</h2>
        {cards.length === 0 && <p class="hint">{t("group-no-proposals")}</p>}
        <div class="list">
          {cards.map((card) => (
            <ProposalRow key={card.id} id={card.id} showState />
          ))}
        </div>
        {inside && open && (
          <a class="button quiet" href={`/p/new?group=${group.number}`} data-test="group-propose">
            <Icon name="plus" /> {t("group-propose")}
          </a>
        )}
      </section>
      <section aria-labelledby="group-polls">
        <h2 id="group-polls">{t("group-polls")}</h2>
        {polls.length === 0 && <p class="hint">{t("group-no-polls")}</p>}
        {polls.map((poll) => (
          <PollTeaser key={poll.id} poll={poll} test="group-poll" />
        ))}
        {(inside || leads) && open && (
          <a class="button quiet" href={`/v/new?group=${group.number}`} data-test="group-vote">
            <Icon name="vote" /> {t("group-vote")}
          </a>
        )}
      </section>
    </>
  );
}

function Shown({ watched, group }: { watched: Watched; group: Group }) {
  const groups = useTopic("groups").all("group");
  const people = watched.one("group_members");
  const inside = has(people?.members, me.value.id);
  const leads =
    isFacilitator.value ||
    (group.coordinators.length === 0 ? inside : has(group.coordinators, me.value.id));
  const purpose = groupPurpose(group);
  const name = groupName(group);
  return (
    <>
      <p class="crumbs">
        <a href="/g">{t("groups-title")}</a>{" "}
        {pathOf(groups, group)
          .slice(0, -1)
          .map((above) => (
            <span key={above.id}>
              <span aria-hidden="true">›</span>{" "}
              <a href={`/g/${above.number}`}>
                <bdi>{groupName(above).text}</bdi>
              </a>{" "}
            </span>
          ))}
      </p>
      <div class="page-head">
        <h1 lang={name.lang} data-test="group-title">
          <bdi>{name.text}</bdi>
        </h1>
        <Membership group={group} inside={inside} />
      </div>
      {group.closed && (
        <p class="notice" data-test="group-archived">
          {t("group-archived-because")} <bdi>{group.closed.reason}</bdi> —{" "}
          <By by={group.closed.by} />, <When ms={group.closed.at_ms} date />
        </p>
      )}
      <Asked group={group} people={people} />
      <div class="split talk">
        <div class="split-main stack-wide">
          {purpose.text ? (
            <p class="lines" lang={purpose.lang} dir="auto">
              {purpose.text}
            </p>
          ) : (
            <p class="hint">{t("group-no-purpose")}</p>
          )}
          <Work watched={watched} group={group} inside={inside} />
          <Attached
            topic={`group/${group.id}`}
            on={{ kind: "group", id: group.id }}
            may={inside && group.state === "open"}
          />
        </div>
        <aside class="split-side stack">
          <People group={group} people={people} leads={leads} />
          {(inside || leads) && group.state === "open" && (
            <InvitePeople group={group} people={people} />
          )}
          <Below groups={groups} group={group} inside={inside} />
          {leads && <Lead group={group} />}
        </aside>
        <div class="split-talk">
          <Discussion
            watched={watched}
            kind="group"
            id={group.id}
            mayWrite={inside && group.state === "open"}
            whoWrites={t("group-writes")}
          />
        </div>
      </div>
    </>
  );
}

export default function GroupPage() {
  const { params } = useRoute();
  const watched = useTopic(`group/${params.number}`);
  const group = watched.one("group");
  if (watched.state.value === "closed")
    return (
      <Page name="group" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  return (
    <Page
      name="group"
      title={group ? groupName(group).text : t("groups-title")}
      heading={false}
      wide
    >
      {group ? <Shown watched={watched} group={group} /> : <Loading />}
    </Page>
  );
}
