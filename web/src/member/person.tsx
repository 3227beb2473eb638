// What a page of a member shows: words, belonging, history, what they proposed and did.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Group, Member, MemberHistory, ProposalCard, Task } from "../generated/api";
import { pick, t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Avatar, By, Name, When } from "../ui/parts";
import { notifyError } from "../ui/toast";
import { useClasses } from "../ui/classes";
import { Belonging, Standing, shownPerson, Words } from "./belonging";

export function Introduction({ member }: { member: Member }) {
  const person = shownPerson(member);
  return (
    <section class="card member-card" aria-label={person.name}>
      <div class="row">
        <Avatar person={member.name ? person : { id: member.id, name: "" }} />
        <div class="grow">
          <p class="member-head">
            <Name person={person} /> <Standing member={member} />
          </p>
          <Belonging member={member} />
        </div>
      </div>
      {member.introduction && (
        <p class="member-said" lang={member.introduction.language}>
          {member.introduction.text}
        </p>
      )}
      <Words words={member.skills} title={t("member-skills")} />
      <Words words={member.needs} title={t("member-needs")} />
      {member.email && (
        <p>
          <a href={`mailto:${member.email}`} data-test="member-email">
            {member.email}
          </a>
        </p>
      )}
      {member.joined_ms && (
        <p class="hint">
          {t("member-since")} <When ms={member.joined_ms} date />
        </p>
      )}
      {member.left_ms && (
        <p class="hint">
          {t("member-until")} <When ms={member.left_ms} date />
        </p>
      )}
      {member.goodbye && (
        <blockquote class="goodbye" lang={member.goodbye.language} data-test="goodbye">
          <p>{member.goodbye.text}</p>
        </blockquote>
      )}
    </section>
  );
}

export function Sponsored({ member }: { member: Member }) {
  if (!member.sponsors?.length) return null;
  return (
    <section class="card" aria-labelledby="sponsored">
      <h2 id="sponsored">{t("member-sponsors")}</h2>
      <ul class="row wrap">
        {member.sponsors.map((person) => (
          <li key={person.id}>
            <a class="person" href={`/m/${person.id}`}>
              <Avatar person={person} small /> <Name person={person} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Step = MemberHistory["items"][number];

function StepText({ step }: { step: Step }) {
  const classes = useClasses();
  const roles = (words: Step["given"]) => (words ?? []).map((role) => t(`role-${role}`)).join(", ");
  if (step.what === "roles")
    return (
      <>
        {step.given?.length ? <span>{t("step-given", { roles: roles(step.given) })} </span> : null}
        {step.taken?.length ? <span>{t("step-taken", { roles: roles(step.taken) })} </span> : null}
      </>
    );
  if (step.what === "class") {
    const found = classes.find((one) => one.id === step.class);
    return <span>{t("step-class", { name: pick(found?.label).text || "?" })} </span>;
  }
  if (step.what === "status")
    return (
      <span>
        {step.cause === "time" ? t("step-paused-by-time") : t(`step-status-${step.status}`)}{" "}
      </span>
    );
  return (
    <span>
      {t(`step-${step.what}`)} {step.given?.length ? `(${roles(step.given)}) ` : ""}
    </span>
  );
}

export function History({ history }: { history: MemberHistory | undefined }) {
  if (!history) return null;
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{t("member-history")}</h2>
      <ol class="member-history">
        {history.items.toReversed().map((step) => (
          <li key={`${step.at_ms}${step.what}`} data-test="member-step" data-what={step.what}>
            <StepText step={step} />
            <span class="meta">
              <When ms={step.at_ms} date /> · <By by={step.by} />
            </span>
            {step.reason && <p class="hint">{step.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface Works {
  proposals: ProposalCard[];
  tasks: Task[];
  groups: Group[];
}

/** Asked again when the member's own document changes. */
function useWorks(id: string, rev: number): Works | null {
  const works = useSignal<Works | null>(null);
  useEffect(() => {
    let current = true;
    call("member.works", { id })
      .then((found) => {
        if (current) works.value = found as unknown as Works;
      })
      .catch(notifyError);
    return () => {
      current = false;
    };
  }, [id, rev]);
  return works.value;
}

export function WorksOf({ member }: { member: Member }) {
  const works = useWorks(member.id, member.rev);
  if (!works) return null;
  const done = works.tasks.filter((task) => task.state === "done");
  const open = works.tasks.filter((task) => task.state === "taken");
  return (
    <>
      {works.proposals.length > 0 && (
        <section class="card" aria-labelledby="member-proposals">
          <h2 id="member-proposals">{t("member-proposals")}</h2>
          <ul class="plain-list">
            {works.proposals.map((card) => (
              <li key={card.id}>
                <a href={`/p/${card.number}`} lang={card.language} dir="auto">
                  {card.title}
                </a>{" "}
                <span class="hint">{t(`state-${card.state.replace("_", "-")}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {works.groups.length > 0 && (
        <section class="card" aria-labelledby="member-groups">
          <h2 id="member-groups">{t("member-groups")}</h2>
          <ul class="plain-list">
            {works.groups.map((group) => (
              <li key={group.id}>
                <a href={`/g/${group.number}`} dir="auto">
                  {pick(group.names).text || group.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {done.length + open.length > 0 && (
        <section class="card" aria-labelledby="member-tasks">
          <h2 id="member-tasks">{t("member-tasks")}</h2>
          <ul class="plain-list">
            {[...open, ...done].map((task) => (
              <li key={task.id}>
                <a href={`/t/${task.number}`} lang={task.language} dir="auto">
                  {task.title}
                </a>{" "}
                <span class="hint">{t(`member-task-${task.state}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
