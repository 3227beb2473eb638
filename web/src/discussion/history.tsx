import type { Comment, Methods } from "../generated/api";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Awaited, useAsked } from "../ui/asked";
import { Changed } from "../ui/changed";
import { changesOf } from "../ui/changes";
import { When } from "../ui/parts";
import { fromMarks } from "../ui/mention-text";

type Wording = Methods["comment.history"]["result"]["items"][number];

function Change({ before, after, lang }: { before: string; after: string; lang: string }) {
  return (
    <p class="wording" lang={lang} dir="auto">
      <Changed parts={changesOf(fromMarks(before).shown, fromMarks(after).shown)} />
    </p>
  );
}

export default function History({ comment }: { comment: Comment }) {
  const asked = useAsked(() => call("comment.history", { id: comment.id }), comment.edits);
  if (!asked.answer) return <Awaited {...asked} />;
  const now = { text: comment.text, at_ms: comment.edited_ms ?? comment.at_ms };
  const all = [...asked.answer.items, now];
  return (
    <ol class="wordings" reversed aria-label={t("wordings-title")} data-test="wordings">
      {all
        .map((one, at) => (
          <li key={one.at_ms}>
            <When ms={one.at_ms} />
            {all[at - 1] ? (
              <Change
                before={(all[at - 1] as Wording).text}
                after={one.text}
                lang={comment.language}
              />
            ) : (
              <p class="wording" lang={comment.language} dir="auto">
                {fromMarks(one.text).shown}
              </p>
            )}
          </li>
        ))
        .reverse()}
    </ol>
  );
}
