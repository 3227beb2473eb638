// The frame of every page: header, navigation (below on a phone, at the left on wider screens), the
// state of the connection in a place that is always reserved, the page itself, notices.
import { useComputed, useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { exec } from "preact-iso/router";
import { alarm } from "../ballot/record";
import { fetchWarning } from "../ballot/warn";
import { language, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { untilDone } from "../sync/backoff";
import { useTopic } from "../sync/feed";
import { waiting } from "../sync/outbox";
import { connection, retryNow, signedOut } from "../sync/socket";
import { Icon, type IconName, Sign } from "../ui/icons";
import { useLater } from "../ui/later";
import { Avatar, Loading, NotThere } from "../ui/parts";
import { useSlices } from "../ui/slices";
import { Toasts, Voice } from "../ui/toast";
import { Fonts } from "./fonts";
import { LanguageChoice } from "./language";
import { outdated } from "./newest";
import { Page } from "./page";
import { me, probe, session, started } from "./session";

/** A page that is fetched when it is opened, with what pages share, the words of pages and of its areas. */
function page(load: () => Promise<{ default: ComponentType }>, ...areas: string[]) {
  return lazy(() =>
    untilDone(async () => {
      const shared = import("./pages");
      return (await Promise.all([load(), shared, words("pages", "poll", ...areas)]))[0];
    }),
  );
}

const Home = lazy(() => untilDone(async () => ({ default: (await import("../home/home")).Home })));
/** Whoever comes to vote waits for the vote alone. */
const PollPage = lazy(() =>
  untilDone(async () => (await Promise.all([import("../poll/page"), words("poll")]))[0]),
);

const Join = page(() => import("../member/join"), "member");
const Proposals = page(() => import("../proposal/list"), "proposal");
const ProposalPage = page(() => import("../proposal/page"), "task", "discussion", "proposal");
const NewProposal = page(() => import("../proposal/new"), "group", "search", "proposal");
const ThemePage = page(() => import("../proposal/theme"), "task", "proposal");
const NewPoll = page(() => import("../poll/new"), "group", "ballot", "define");
const Decisions = page(() => import("../decision/list"), "decision");
const DecisionPage = page(() => import("../decision/page"), "decision", "task", "discussion");
const Tasks = page(() => import("../task/list"), "task");
const TaskPage = page(() => import("../task/page"), "task", "discussion");
const Members = page(() => import("../member/list"), "member");
const MemberPage = page(() => import("../member/page"), "member", "discussion");
const LeavePage = page(() => import("../member/leave"), "member");
const ErasePage = page(() => import("../member/erase"), "member");
const InviteList = page(() => import("../member/file"), "member");
const Me = page(() => import("../member/me"), "member");
const Settings = page(() => import("../settings/page"), "settings");
const Practice = page(() => import("../practice/page"), "practice");
const Groups = page(() => import("../group/list"), "group");
const GroupPage = page(() => import("../group/page"), "group", "proposal", "discussion");
const NewGroup = page(() => import("../group/new"), "group");
const Search = page(() => import("../search/page"), "search");
const Moderation = page(() => import("../discussion/moderation"), "discussion");
const Devices = page(() => import("../member/devices"), "member");
const Meetings = page(() => import("../meeting/list"), "meeting");
const MeetingPage = page(() => import("../meeting/page"), "meeting", "task", "discussion");
const NewMeeting = page(() => import("../meeting/lead/new"), "meeting", "lead", "group", "define");
const EditMeeting = page(
  () => import("../meeting/lead/edit"),
  "meeting",
  "lead",
  "group",
  "define",
);
const LeadMeeting = page(() => import("../meeting/lead/console"), "meeting", "lead", "result");
const MinutesPage = page(() => import("../meeting/minutes"), "minutes");
const AttendancePage = page(() => import("../meeting/attendance"), "minutes");
const InvitationPage = page(() => import("../meeting/invitation"), "minutes", "tell");
const MeetingDesk = page(() => import("../meeting/lead/desk"), "meeting", "lead");
const More = page(() => import("./more"));
const Notifications = page(() => import("../notify/page"), "notify");

/** The first that fits an address is its page. */
const pages: [string, ReturnType<typeof page>][] = [
  ["/", Home],
  ["/p", Proposals],
  ["/p/new", NewProposal],
  ["/p/:number", ProposalPage],
  ["/theme/:theme", ThemePage],
  ["/v/new", NewPoll],
  ["/v/:number", PollPage],
  ["/d", Decisions],
  ["/d/:number", DecisionPage],
  ["/t", Tasks],
  ["/t/:number", TaskPage],
  ["/m", Members],
  ["/m/invite", InviteList],
  ["/m/:number/leave", LeavePage],
  ["/m/:number/erase", ErasePage],
  ["/m/:number", MemberPage],
  ["/me", Me],
  ["/settings", Settings],
  ["/practice", Practice],
  ["/g", Groups],
  ["/g/new", NewGroup],
  ["/g/:number", GroupPage],
  ["/search", Search],
  ["/moderation", Moderation],
  ["/me/devices", Devices],
  ["/notifications", Notifications],
  ["/meetings", Meetings],
  ["/meetings/new", NewMeeting],
  ["/meetings/:number/edit", EditMeeting],
  ["/meetings/:number/lead", LeadMeeting],
  ["/meetings/:number/desk", MeetingDesk],
  ["/meetings/:number/minutes", MinutesPage],
  ["/meetings/:number/attendance", AttendancePage],
  ["/meetings/:number/invitation", InvitationPage],
  ["/meetings/:number", MeetingPage],
  ["/more", More],
];

/** Starts fetching the code of the page that the address asks for, before anything else is ready. */
export function fetchPage(path: string): void {
  const [, found] = pages.find(([route]) => exec(path, route)) ?? [];
  // A failure shows when the page itself is opened.
  found?.preload().catch(() => {});
}

interface Place {
  name: string;
  href: string;
  icon: IconName;
  /** Of those the bottom bar has room for four; the fifth leads to the others. */
  only?: "wide" | "narrow";
}
const places: Place[] = [
  { name: "home", href: "/", icon: "home" },
  { name: "proposals", href: "/p", icon: "idea" },
  { name: "meetings", href: "/meetings", icon: "hall" },
  { name: "tasks", href: "/t", icon: "task" },
  { name: "decisions", href: "/d", icon: "book", only: "wide" },
  { name: "members", href: "/m", icon: "people", only: "wide" },
  { name: "more", href: "/more", icon: "more", only: "narrow" },
];

function isHere(place: Place, path: string): boolean {
  if (place.href === "/") return path === "/";
  if (place.href === "/p" && /^\/(v|theme)(\/|$)/.test(path)) return true;
  if (place.href === "/m" && /^\/g(\/|$)/.test(path)) return true;
  if (place.only === "narrow" && /^\/[dmg](\/|$)/.test(path)) return true;
  return path === place.href || path.startsWith(`${place.href}/`);
}

function Navigation() {
  const { path } = useLocation();
  if (useSlices(3, 1) < 3) return null;
  return (
    <nav class="navigation" aria-label={t("navigation")}>
      {places.map((place) => (
        <a
          key={place.name}
          class={place.only}
          href={place.href}
          data-test={`nav-${place.name}`}
          aria-current={isHere(place, path) ? "page" : undefined}
        >
          <Icon name={place.icon} size={22} />
          <span>{t(`nav-${place.name}`)}</span>
        </a>
      ))}
    </nav>
  );
}

/** Nothing for two seconds; then "reconnecting"; after ten what is kept here. Back: "up to date". */
function Connection() {
  const now = useSignal(Date.now());
  const wasAway = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
      const { state, sinceMs } = connection.peek();
      if (state !== "up" && Date.now() - sinceMs > 2_000) wasAway.value = Date.now();
      if (state !== "up" && Date.now() - sinceMs > 2_500) probe().catch(() => {});
    }, 500);
    return () => clearInterval(timer);
  }, []);
  const { state, sinceMs } = connection.value;
  const awayMs = now.value - sinceMs;
  const kept = waiting.value.length;
  let text = "";
  if (state === "up" && now.value - wasAway.value < 2_500) text = t("connection-back");
  else if (state !== "up" && awayMs > 10_000)
    text = kept ? t("connection-kept", { count: kept }) : t("connection-lost");
  else if (state !== "up" && awayMs > 2_000) text = t("connection-again");
  const renew = state === "up" && outdated.value;
  if (renew) text = t("outdated");
  return (
    <div class={`connection ${state}`} role="status">
      {text && (
        <>
          <span class="dot" aria-hidden="true" />
          <span>{text}</span>
          {state !== "up" && awayMs > 10_000 && (
            <button type="button" class="link" onClick={retryNow}>
              {t("retry")}
            </button>
          )}
          {renew && (
            <button type="button" class="link" data-test="renew" onClick={() => location.reload()}>
              {t("renew")}
            </button>
          )}
        </>
      )}
    </div>
  );
}

/** Its place is kept; the bell itself comes after the page. */
function BellPlace() {
  const bell = useLater(() => import("../notify/bell"));
  return <span class="bell-place">{bell && <bell.Bell />}</span>;
}

function Header() {
  const here = session.value;
  const names = useTopic(here ? "org" : "").one("organisation")?.names;
  if (useSlices(2, 1) < 2) return <header class="header" />;
  return (
    <header class="header">
      <a class="brand" href="/">
        <Sign size={28} />
        <span class="brand-name">
          <bdi>{names?.[language.value] ?? here?.org_name ?? "Palabre"}</bdi>
          {here?.demo && <span class="demo">{t("demo")}</span>}
        </span>
      </a>
      <Connection />
      <LanguageChoice compact />
      {here && <BellPlace />}
      {here && (
        <a class="account" href="/search" data-test="nav-search" title={t("search-label")}>
          <span class="hidden">{t("search-label")}</span>
          <Icon name="search" size={22} />
        </a>
      )}
      {here && (
        <a class="account" href="/me" data-test="nav-me">
          <span class="hidden">{t("nav-me")}</span>
          <Avatar person={me.value} small />
        </a>
      )}
    </header>
  );
}

/** The record failed a check: said in red until somebody has looked. */
function Alarm() {
  const warns = alarm.value !== null && !alarm.value.looked;
  const code = useLater(fetchWarning, warns);
  return warns && code ? <code.Warning /> : null;
}

/** Its own title and heading take the focus when the page changes. */
function onRoute(): void {
  window.scrollTo(0, 0);
  document.getElementById("main")?.focus({ preventScroll: true });
}

function Pages() {
  return (
    <Router onRouteChange={onRoute}>
      {pages.map(([path, component]) => (
        <Route key={path} path={path} component={component} />
      ))}
      <Route default component={Missing} />
    </Router>
  );
}

function Missing() {
  return (
    <Page name="not-found" title={t("not-found-title")}>
      <NotThere />
    </Page>
  );
}

function SignedOut() {
  return (
    <Page name="join" title={t("signed-out-title")}>
      <div class="narrow card">
        <p>{t("signed-out-text")}</p>
        <LanguageChoice />
      </div>
    </Page>
  );
}

function Body() {
  const { path } = useLocation();
  const known = useComputed(() => session.value !== null);
  // Each in a frame of its own, so that none holds a slow phone up for long: what is empty, the header, the navigation, a
  // few fonts (fonts.tsx), the page.
  const framed = useSlices(5, 1) === 5;
  if (path === "/join")
    return (
      <ErrorBoundary>
        <Join />
      </ErrorBoundary>
    );
  if (signedOut.value) return <SignedOut />;
  if (!framed || !started.value || !known.value)
    return (
      <main id="main" class="page" data-page="loading">
        <Loading />
      </main>
    );
  return (
    <>
      <Alarm />
      <Pages />
    </>
  );
}

/** "/" opens the search from everywhere but where one writes. */
function useSearchKey(): void {
  const { route } = useLocation();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(input|textarea|select)$/i.test(at.tagName) || at.isContentEditable) return;
      event.preventDefault();
      route("/search");
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [route]);
}

function Frame() {
  const { path } = useLocation();
  useSearchKey();
  const bare = path === "/join" || signedOut.value;
  return (
    <div class={bare ? "frame bare" : "frame"}>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      <Header />
      {!bare && <Navigation />}
      <div class="content">
        <Body />
      </div>
      <Toasts />
      <Voice />
      <Fonts />
    </div>
  );
}

export function App() {
  return (
    <LocationProvider>
      <Frame />
    </LocationProvider>
  );
}
