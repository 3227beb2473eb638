// A short discussion inside another page's part: the answers to an objection. The same comments as everywhere, in two levels,
// without what belongs to a page: what is new since the last visit, going from one to the next.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Comment } from "../generated/api";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Loading } from "../ui/parts";
import { elsewhere, Threads, useArrivals, useShared, useTarget } from "./discussion";
import { Form, type Thing } from "./form";
import { threads } from "./threads";

const none: ReadonlySet<string> = new Set();

export function Answers({ kind, id, mayWrite }: Thing & { mayWrite: boolean }) {
  const thing = useMemo(() => ({ kind, id }), [kind, id]);
  const watched = useTopic(`${kind}/${id}`);
  const held = useSignal<ReadonlyMap<string, Comment>>(new Map());
  const { complete, shown, waiting, fresh, reveal } = useArrivals(watched, thing, held);
  const shared = useShared(thing, held, shown, mayWrite);
  const all = useMemo(() => threads(shown), [shown.map((c) => `${c.id}${c.rev}`).join()]);
  const numbers = shown.map((comment) => comment.number).join();
  useEffect(() => {
    elsewhere.value = new Set([...elsewhere.peek(), ...shown.map((comment) => comment.number)]);
  }, [numbers]);
  useTarget(all, complete, shared.target);
  return (
    <div class="discussion answers" data-test="answers">
      {!complete && <Loading />}
      <Threads
        all={all}
        atOnce={all.length}
        line={-1}
        marks={{ fresh, isNew: none }}
        shared={shared}
      />
      {waiting.length > 0 && (
        <button type="button" class="pill" data-test="new-answers" onClick={() => reveal()}>
          {t("comments-new", { count: waiting.length })}
        </button>
      )}
      {mayWrite && <Form thing={thing} nearby={shared.nearby} />}
    </div>
  );
}
