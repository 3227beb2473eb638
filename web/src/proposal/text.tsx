// The text of a proposal in the reader's language, who wrote it, what it is about.
import { useSignal } from "@preact/signals";
import { lexer } from "marked";
import { me } from "../app/session";
import type { Proposal } from "../generated/api";
import { isLanguage, language, languageNames, pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Markdown, readWith } from "../ui/markdown";
import { By, Chip, When } from "../ui/parts";
import { AsksList } from "./asks";
import { AuthorLine, Need, TakenOver } from "./authors";
import { Revision } from "./revise";
import { Translate, TranslationState } from "./translate";

// Most proposals have marks: what reads them comes with the page, and is made with the first that has some.
readWith((text, options) => lexer(text, options));

type Translation = Proposal["translations"][number];
type Version = Pick<Translation, "language" | "title" | "need" | "text" | "stale"> & {
  by?: Translation["by"];
};
function versionsOf(proposal: Proposal): Version[] {
  const { language: lang, title, need, text } = proposal;
  return [{ language: lang, title, need, text }, ...proposal.translations];
}

function Languages({
  versions,
  shown,
  onChoose,
}: {
  versions: Version[];
  shown: Version;
  onChoose: (language: string) => void;
}) {
  if (versions.length < 2) return null;
  return (
    <fieldset class="languages inline" aria-label={t("text-languages")}>
      {versions.map((version) => (
        <button
          key={version.language}
          type="button"
          lang={version.language}
          aria-pressed={version.language === shown.language}
          onClick={() => onChoose(version.language)}
        >
          {isLanguage(version.language) ? languageNames[version.language] : version.language}
        </button>
      ))}
      {shown.by !== undefined && (
        <span class="hint">
          {t("translated-by")} <By by={shown.by} />
          {shown.stale && ` · ${t("translation-stale")}`}
        </span>
      )}
    </fieldset>
  );
}

/** The name of a place on the web; "" for what is no such address. */
function siteOf(url: string | undefined): string {
  if (!url || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return "";
  return new URL(url).hostname;
}

function Source({ proposal }: { proposal: Proposal }) {
  const source = proposal.source;
  if (!source) return null;
  const site = siteOf(source.url);
  return (
    <p class="notice source">
      <Icon name="globe" size={18} />
      <span>
        {t("source-figures", { supports: source.supports, comments: source.comments })}
        {site && source.url && (
          <>
            {" "}
            <a href={source.url} rel="noopener noreferrer nofollow" target="_blank">
              {site}
            </a>
          </>
        )}
      </span>
    </p>
  );
}

export function Text({ proposal }: { proposal: Proposal }) {
  const chosen = useSignal("");
  const editing = useSignal(false);
  const translating = useSignal("");
  const versions = versionsOf(proposal);
  const own = versions.find((version) => version.language === language.value && !version.stale);
  const shown = versions.find((version) => version.language === chosen.value) ?? own ?? versions[0];
  if (!shown) return null;
  const isAuthor = proposal.authors.some((author) => author.id === me.value.id);
  const mayEdit = isAuthor && ["idea", "discussed"].includes(proposal.state);
  if (editing.value)
    return (
      <Revision
        proposal={proposal}
        onDone={() => {
          editing.value = false;
        }}
      />
    );
  if (translating.value)
    return (
      <Translate
        proposal={proposal}
        language={translating.value}
        onDone={(code) => {
          translating.value = "";
          if (code) chosen.value = code;
        }}
      />
    );
  return (
    <div class="text">
      <h1 lang={shown.language} data-test="proposal-heading">
        <bdi>{shown.title}</bdi>
      </h1>
      <p class="meta">
        <AuthorLine proposal={proposal} />
        <When ms={proposal.source?.at_ms ?? proposal.created_ms} date />
        {proposal.themes.map((theme) => (
          <ThemeChip key={theme} theme={theme} />
        ))}
      </p>
      <TakenOver proposal={proposal} />
      <Source proposal={proposal} />
      <Languages
        versions={versions}
        shown={shown}
        onChoose={(code) => {
          chosen.value = code;
        }}
      />
      {shown.need && (
        <p class="need" lang={shown.language} dir="auto">
          {shown.need}
        </p>
      )}
      {shown.text && <Markdown text={shown.text} lang={shown.language} />}
      <Need proposal={proposal} />
      <AsksList asks={proposal.asks} />
      <TranslationState
        proposal={proposal}
        shown={shown}
        onTranslate={(code) => {
          translating.value = code;
        }}
      />
      {mayEdit && (
        <button
          type="button"
          class="button quiet small"
          data-test="revise"
          onClick={() => {
            editing.value = true;
          }}
        >
          {t("revise")}
        </button>
      )}
    </div>
  );
}

function ThemeChip({ theme }: { theme: string }) {
  const themes = useTopic("org").one("organisation")?.settings.themes;
  const label = themes?.find((one) => one.key === theme)?.label;
  return (
    <a class="chip-link" href={`/theme/${encodeURIComponent(theme)}`} data-test="theme-chip">
      <Chip>{pick(label).text || theme}</Chip>
    </a>
  );
}
