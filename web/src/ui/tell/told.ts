// What each kind of thing has people told of it.
import type { Poll, Proposal, Task } from "../../generated/api";
import { type Language, languages } from "../../i18n/i18n";
import type { Told } from "./tell";

export function toldProposal(proposal: Proposal): Told {
  const { language: lang, title, need } = proposal;
  const versions = [{ language: lang, title, need }, ...proposal.translations];
  return {
    kind: "proposal",
    path: `/p/${proposal.number}`,
    text(wanted) {
      const one = versions.find((version) => version.language === wanted) ?? versions[0];
      return { title: one?.title ?? "", more: one?.need ?? "", lang: one?.language ?? wanted };
    },
  };
}

/** The label in a language, else in the first there is. */
function nearest(labels: Record<string, string | undefined>, wanted: Language): [string, string] {
  const code = [wanted, ...languages, ...Object.keys(labels)].find((one) => labels[one]) ?? wanted;
  return [labels[code] ?? "", code];
}

export function toldPoll(poll: Poll): Told {
  return {
    kind: "vote",
    path: `/v/${poll.number}`,
    closesMs: poll.closed_ms ?? (poll.closes_ms || undefined),
    text(wanted) {
      const [title, lang] = nearest(poll.question, wanted);
      const [more] = nearest(poll.explanation ?? {}, wanted);
      return { title, more, lang };
    },
  };
}

export function toldTask(task: Task): Told {
  const { number, title, result, language: lang } = task;
  return { kind: "task", path: `/t/${number}`, text: () => ({ title, more: result, lang }) };
}
