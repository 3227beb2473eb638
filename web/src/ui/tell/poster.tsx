// One A4 page for a wall: what it is about in large type, until when, and how to get there. Its words are in the language
// chosen for it, whatever the page's own is.
import { session } from "../../app/session";
import type { Language } from "../../i18n/i18n";
import { Qr } from "../qr";
import type { Told } from "./tell";

const regions: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };
const texts: Record<
  Language,
  { kinds: Record<Told["kind"], string>; closes: string; over: string; scan: string; qr: string }
> = {
  fr: {
    kinds: {
      proposal: "Une proposition",
      vote: "Un vote",
      task: "Une tâche",
      meeting: "Une réunion",
    },
    closes: "Le vote se termine",
    over: "Le vote est terminé depuis le",
    scan: "Scannez, ou tapez cette adresse :",
    qr: "Code QR de l’adresse",
  },
  nl: {
    kinds: {
      proposal: "Een voorstel",
      vote: "Een stemming",
      task: "Een taak",
      meeting: "Een vergadering",
    },
    closes: "De stemming sluit",
    over: "De stemming is gesloten sinds",
    scan: "Scan, of typ dit adres:",
    qr: "QR-code van het adres",
  },
  en: {
    kinds: { proposal: "A proposal", vote: "A vote", task: "A to-do", meeting: "A meeting" },
    closes: "Voting ends",
    over: "Voting ended",
    scan: "Scan, or type this address:",
    qr: "QR code of the address",
  },
};

const date = (ms: number, language: Language): string =>
  new Intl.DateTimeFormat(regions[language], {
    ...{ weekday: "long", day: "numeric", month: "long", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", timeZone: session.value?.time_zone },
  }).format(ms);

/** The longer the title, the smaller its letters. */
const sizeOf = (title: string): string =>
  ["huge", "large", "middle"][[50, 110].filter((most) => title.length > most).length] ?? "middle";

const mostMore = 420;
/** As much as fits, up to a whole word. */
function shortened(text: string): string {
  if (text.length <= mostMore) return text;
  return `${text.slice(0, mostMore).replace(/\s+\S*$/, "")} …`;
}

export interface Printed {
  kind: Told["kind"];
  title: string;
  more: string;
  /** Of title and more. */
  lang: string;
  closesMs: number | undefined;
  url: string;
  language: Language;
  organisation: string;
}
export function Poster(printed: Printed) {
  const { kind, title, more, lang, closesMs, url, language, organisation } = printed;
  const own = texts[language];
  const over = closesMs !== undefined && closesMs < Date.now();
  return (
    <article class="poster" lang={language} data-test="poster">
      <p class="poster-head">
        <bdi>{organisation}</bdi>
        <span>{own.kinds[kind]}</span>
      </p>
      <h1 class={sizeOf(title)} lang={lang} dir="auto">
        {title}
      </h1>
      {more && (
        <p class="poster-more" lang={lang} dir="auto">
          {shortened(more)}
        </p>
      )}
      {closesMs !== undefined && (
        <p class="poster-date">
          {kind !== "meeting" && (over ? own.over : own.closes)}{" "}
          <strong>{date(closesMs, language)}</strong>
        </p>
      )}
      <div class="poster-foot">
        <Qr text={url} label={own.qr} test="poster-qr" />
        <p>
          {own.scan}
          <strong class="poster-address">{url.replace(/^https?:\/\//, "")}</strong>
        </p>
      </div>
    </article>
  );
}
