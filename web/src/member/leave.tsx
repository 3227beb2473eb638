// Leaving the organisation, for oneself or by administration for somebody: one page that says what happens,
// who takes over each to-do, and room for a goodbye. Nothing happens before the last button.
import { useSignal } from "@preact/signals";
import { useLocation, useRoute } from "preact-iso";
import { Page } from "../app/page";
import { isAdmin, leave, me } from "../app/session";
import type { Member, Task } from "../generated/api";
import { language, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { call } from "../sync/socket";
import { Awaited, useAsked } from "../ui/asked";
import { FindMember } from "../ui/find-member";
import { Field, Loading, Name, NotThere, type Person } from "../ui/parts";
import { act, notifyError } from "../ui/toast";
import { shownPerson } from "./belonging";
import "./member.css";

async function openTasksOf(id: string): Promise<Task[]> {
  const all = (await call("member.works", { id })).tasks as unknown as Task[];
  return all.filter((task) => task.state === "taken" || task.state === "asked");
}

function Handing({
  task,
  leaver,
  to,
  onChoose,
}: {
  task: Task;
  leaver: string;
  to: Person | undefined;
  onChoose: (person: Person | undefined) => void;
}) {
  return (
    <li class="card" data-test="leave-task">
      <p>
        <strong lang={task.language}>{task.title}</strong>
      </p>
      {to ? (
        <p>
          {t("leave-asks")} <Name person={to} />{" "}
          <button type="button" class="link" onClick={() => onChoose(undefined)}>
            {t("leave-free")}
          </button>
        </p>
      ) : (
        <>
          <p class="hint">{t("leave-becomes-free")}</p>
          <FindMember
            label={t("leave-who")}
            without={[leaver]}
            test="leave-find"
            onChoose={onChoose}
          />
        </>
      )}
    </li>
  );
}

function LeaveForm({ member, tasks }: { member: Member; tasks: Task[] }) {
  const { route } = useLocation();
  const own = member.id === me.value.id;
  const goodbye = useSignal("");
  const chosen = useSignal<Record<string, Person | undefined>>({});
  const busy = useSignal(false);
  const go = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    const text = goodbye.value.trim().normalize("NFC");
    const handed = Object.entries(chosen.value).flatMap(([id, person]) =>
      person ? [{ id, to: person.id }] : [],
    );
    const done = await act("member.leave", {
      id: member.id,
      ...(text && { goodbye: { language: language.value, text } }),
      ...(handed.length > 0 && { tasks: handed }),
    });
    busy.value = false;
    if (!done) return;
    if (own) await leave().catch(notifyError);
    else route(`/m/${member.number}`);
  };
  return (
    <form class="form" onSubmit={go}>
      <section class="card" aria-labelledby="leave-what">
        <h2 id="leave-what">{t("leave-what")}</h2>
        <ul class="join-facts">
          <li>{t("leave-fact-entry")}</li>
          <li>{t("leave-fact-record")}</li>
          <li>{t("leave-fact-roles")}</li>
          <li>{t("leave-fact-back")}</li>
        </ul>
      </section>
      {tasks.length > 0 && (
        <section aria-labelledby="leave-tasks">
          <h2 id="leave-tasks">{t("leave-tasks")}</h2>
          <ul class="list">
            {tasks.map((task) => (
              <Handing
                key={task.id}
                task={task}
                leaver={member.id}
                to={chosen.value[task.id]}
                onChoose={(person) => {
                  chosen.value = { ...chosen.peek(), [task.id]: person };
                }}
              />
            ))}
          </ul>
        </section>
      )}
      <Field label={t("leave-goodbye")} hint={t("leave-goodbye-hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={4}
            maxLength={1500}
            data-test="leave-goodbye"
            value={goodbye.value}
            onInput={(event) => {
              goodbye.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <div class="row wrap">
        <button
          type="submit"
          class="button primary"
          data-test="leave-confirm"
          disabled={busy.value}
        >
          {own ? t("leave-confirm-own") : t("leave-confirm")}
        </button>
        <a class="button quiet" href={own ? "/me" : `/m/${member.number}`}>
          {t("go-back")}
        </a>
      </div>
    </form>
  );
}

export default function LeavePage() {
  const { params } = useRoute();
  const watched = useTopic(`member/${params.number}`);
  const member = watched.one("member");
  const id = member?.id;
  const tasks = useAsked(id ? () => openTasksOf(id) : undefined, id);
  const may = member && (member.id === me.value.id || isAdmin.value);
  const title = member ? t("leave-title", { name: shownPerson(member).name }) : t("members-title");
  return (
    <Page name="leave" title={title}>
      {member && may && member.status !== "left" ? (
        tasks.answer ? (
          <LeaveForm member={member} tasks={tasks.answer} />
        ) : (
          <Awaited {...tasks} />
        )
      ) : watched.state.value === "loading" || watched.state.value === "partial" ? (
        <Loading />
      ) : (
        <NotThere />
      )}
    </Page>
  );
}
