// "What changed": any two versions of a text, the last two at first. The texts are fetched when asked for.
import { useSignal } from "@preact/signals";
import { lazy } from "preact-iso";
import type { Proposal, ProposalVersion } from "../generated/api";
import { day, t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Awaited, useAsked } from "../ui/asked";

const Compare = lazy(() => import("./compare"));

/** Title, need and text as one text, for comparing. */
export const wholeText = (one: { title: string; need: string; text: string }): string =>
  [one.title, one.need, one.text].filter(Boolean).join("\n\n");

/** Texts of versions, once they have come; one may have been erased. */
function useVersions(id: string, from: number, to: number) {
  const about = `${id} ${from} ${to}`;
  const fetch = async () => {
    const docOf = async (version: number) => (await call("proposal.version", { id, version })).doc;
    const [before, after] = await Promise.all([docOf(from), docOf(to)]);
    return { about, before, after };
  };
  const asked = useAsked(fetch, about);
  // What the last two answered is not what is asked now.
  return { ...asked, answer: asked.answer?.about === about ? asked.answer : undefined };
}

export function Difference({ id, from, to }: { id: string; from: number; to: number }) {
  const asked = useVersions(id, from, to);
  if (!asked.answer) return <Awaited {...asked} />;
  const { before, after } = asked.answer;
  const name = (one: ProposalVersion) =>
    t("version-name", { version: one.version, date: day(one.at_ms) });
  return (
    <Compare
      before={wholeText(before)}
      after={wholeText(after)}
      lang={after.language}
      from={name(before)}
      to={name(after)}
    />
  );
}

function Choice({
  label,
  value,
  versions,
  test,
  onChange,
}: {
  label: string;
  value: number;
  versions: Proposal["versions"];
  test: string;
  onChange: (version: number) => void;
}) {
  return (
    <label class="select">
      {label}{" "}
      <select
        data-test={test}
        value={value}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      >
        {versions.map((one) => (
          <option key={one.version} value={one.version}>
            {t("version-name", { version: one.version, date: day(one.at_ms) })}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Versions({ proposal }: { proposal: Proposal }) {
  const open = useSignal(false);
  const chosen = useSignal<[number, number] | null>(null);
  const versions = proposal.versions;
  const last = versions[versions.length - 1]?.version ?? 1;
  const [from, to] = chosen.value ?? [versions[versions.length - 2]?.version ?? 1, last];
  if (versions.length < 2) return null;
  return (
    <details
      class="card box versions"
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary data-test="versions">
        {t("versions-title")} <span class="count">{versions.length}</span>
      </summary>
      {open.value && (
        <>
          <div class="row wrap">
            <Choice
              label={t("versions-from")}
              test="version-from"
              value={from}
              versions={versions}
              onChange={(version) => {
                chosen.value = [version, to];
              }}
            />
            <Choice
              label={t("versions-to")}
              test="version-to"
              value={to}
              versions={versions}
              onChange={(version) => {
                chosen.value = [from, version];
              }}
            />
          </div>
          <Difference id={proposal.id} from={from} to={to} />
        </>
      )}
    </details>
  );
}
