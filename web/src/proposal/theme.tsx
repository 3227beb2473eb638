// The page of a theme: its proposals by state, its decisions, its to-dos, and who is active in it. Lists are
// live; who is active is asked again when the proposals change.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { isMember } from "../app/session";
import type { Methods, ProposalCard } from "../generated/api";
import { number, pick, t } from "../i18n/i18n";
import { store, useTopic } from "../sync/feed";
import { call } from "../sync/socket";
import { TaskRow } from "../task/row";
import { Icon } from "../ui/icons";
import { Avatar, Empty, Loading, Name } from "../ui/parts";
import { ShowMore } from "../ui/more";
import { ProposalRow } from "./card";
import { columns, look, otherStates } from "./states";

type People = Methods["theme.get"]["result"]["people"];
const firstShown = 6;

function Group({ name, cards }: { name: string; cards: ProposalCard[] }) {
  const all = useSignal(false);
  if (cards.length === 0) return null;
  const shown = all.value ? cards : cards.slice(0, firstShown);
  return (
    <section aria-labelledby={`theme-${name}`}>
      <h2 id={`theme-${name}`}>
        <Icon name={name === "others" ? "pause" : look(name).icon} size={18} />{" "}
        {t(`column-${name}`)} <span class="count">{number(cards.length)}</span>
      </h2>
      <div class="list theme-cards">
        {shown.map((card) => (
          <ProposalRow key={card.id} id={card.id} showState={name === "others"} />
        ))}
      </div>
      <ShowMore
        left={cards.length - shown.length}
        onMore={() => {
          all.value = true;
        }}
      />
    </section>
  );
}

function Active({ people }: { people: People }) {
  if (people.length === 0) return null;
  return (
    <section class="card box" aria-labelledby="theme-people">
      <h2 id="theme-people">{t("theme-people")}</h2>
      <ul class="lines-list" data-test="theme-people">
        {people.map((one) => (
          <li key={one.member.id}>
            <span class="person">
              <Avatar person={one.member} small /> <Name person={one.member} />
            </span>
            <span class="hint">
              {[
                one.wrote > 0 ? t("theme-wrote", { count: one.wrote }) : "",
                one.supports > 0 ? t("theme-supports", { count: one.supports }) : "",
              ]
                .filter(Boolean)
                .join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The newest come live; older ones of the theme by the list method. */
function useCards(theme: string) {
  const watched = useTopic("proposals");
  const older = useSignal<ProposalCard[]>([]);
  const people = useSignal<People>([]);
  const live = watched.all("proposal_card").filter((card) => card.themes.includes(theme));
  const stamp = live.map((card) => `${card.id}${card.supports}`).join();
  useEffect(() => {
    call("proposal.list", { theme, limit: 200 })
      .then(({ items }) => {
        for (const card of items) {
          const one = store.document("proposal_card", card.id);
          if (!one.peek()) one.value = card;
        }
        older.value = items;
      })
      .catch(() => {});
  }, [theme]);
  useEffect(() => {
    const timer = setTimeout(() => {
      call("theme.get", { theme })
        .then((found) => {
          people.value = found.people;
        })
        .catch(() => {});
    }, 300);
    return () => clearTimeout(timer);
  }, [theme, stamp]);
  const known = new Set(live.map((card) => card.id));
  const cards = [...live, ...older.value.filter((card) => !known.has(card.id))];
  return {
    loading: watched.state.value === "loading",
    cards: cards.sort((a, b) => b.number - a.number),
    people: people.value,
  };
}

export default function ThemePage() {
  const { params } = useRoute();
  const theme = decodeURIComponent(params.theme ?? "");
  const themes = useTopic("org").one("organisation")?.settings.themes;
  const label = pick(themes?.find((one) => one.key === theme)?.label).text || theme;
  const { loading, cards, people } = useCards(theme);
  const ids = new Set(cards.map((card) => card.id));
  const decisions = useTopic("decisions")
    .all("decision")
    .filter((one) => one.proposals.some((proposal) => ids.has(proposal.id)))
    .sort((a, b) => (a.number < b.number ? 1 : -1));
  const tasks = useTopic("tasks")
    .all("task")
    .filter((task) => task.proposal && ids.has(task.proposal))
    .sort((a, b) => b.number - a.number);
  const ongoing = tasks.filter((task) => !["done", "dropped"].includes(task.state));
  return (
    <Page
      name="theme"
      title={label}
      wide
      actions={
        isMember.value && (
          <a class="button primary" href={`/p/new?theme=${encodeURIComponent(theme)}`}>
            <Icon name="plus" /> {t("new-proposal")}
          </a>
        )
      }
    >
      <p class="crumbs">
        <a href="/p">{t("proposals-title")}</a> <span aria-hidden="true">›</span>{" "}
        <span>{t("theme-word")}</span>
      </p>
      {loading ? (
        <Loading />
      ) : (
        <div class="split">
          <div class="split-main stack-wide">
            {cards.length === 0 && <Empty icon="idea" text={t("theme-none")} />}
            {columns.map(({ name, states }) => (
              <Group
                key={name}
                name={name}
                cards={cards.filter((card) => (states as readonly string[]).includes(card.state))}
              />
            ))}
            <Group name="others" cards={cards.filter((card) => otherStates.includes(card.state))} />
          </div>
          <aside class="split-side">
            {decisions.length > 0 && (
              <section class="card box" aria-labelledby="theme-decisions">
                <h2 id="theme-decisions">{t("theme-decisions")}</h2>
                {decisions.slice(0, 12).map((one) => (
                  <p key={one.id} class="decision-link">
                    <Icon name="book" size={18} />
                    <a href={`/d/${one.number}`}>{t("decision-number", { number: one.number })}</a>
                    <span>{t(`verdict-${one.result.verdict.replace(/_/g, "-")}`)}</span>
                  </p>
                ))}
              </section>
            )}
            {ongoing.length > 0 && (
              <section class="card box" aria-labelledby="theme-tasks">
                <h2 id="theme-tasks">{t("theme-tasks")}</h2>
                {ongoing.slice(0, 12).map((task) => (
                  <TaskRow key={task.id} id={task.id} />
                ))}
              </section>
            )}
            <Active people={people} />
          </aside>
        </div>
      )}
    </Page>
  );
}
