// How many are there, against the quorum that is watched: a word, a number, a bar with the mark.
import { useEffect } from "preact/hooks";
import type { Presence } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { useClassNames } from "../ui/classes";
import { Icon } from "../ui/icons";
import { Meter } from "../ui/parts";
import { announce } from "../ui/toast";

type Quorum = NonNullable<Presence["quorum"]>;

/** "8 more needed", "reached". */
export function quorumText(quorum: Quorum): string {
  if (quorum.met) return t("quorum-reached");
  if (quorum.missing === 0) return t("quorum-class-missing");
  return t(`quorum-missing-${quorum.unit}`, { count: quorum.missing });
}

/** One line: the word first, then the figures. */
export function QuorumLine({ quorum, over = false }: { quorum: Quorum; over?: boolean }) {
  const word = over && !quorum.met ? t("quorum-not-reached") : quorumText(quorum);
  return (
    <p class={quorum.met ? "quorum-line met" : "quorum-line"} data-met={quorum.met}>
      <Icon name={quorum.met ? "done" : "clock"} size={20} />
      <span>
        <strong data-test="quorum-word">{word}</strong>{" "}
        <span class="hint">
          {t(`quorum-figures-${quorum.unit}`, { x: quorum.x, least: quorum.least })}
        </span>
      </span>
    </p>
  );
}

/** Where each class has a quorum of its own. */
function Classes({ presence }: { presence: Presence }) {
  const nameOf = useClassNames();
  const judged = presence.classes.filter((one) => one.quorum);
  if (judged.length === 0) return null;
  return (
    <ul class="lines-list">
      {judged.map(({ code, quorum }) => (
        <li key={code}>
          <span>
            <bdi>{nameOf(code)}</bdi>
          </span>
          {quorum && (
            <span class="hint">
              <Icon name={quorum.met ? "done" : "clock"} size={16} /> {quorumText(quorum)} (
              {number(quorum.x)} / {number(quorum.least)})
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

export function PresenceBox({
  presence,
  over = false,
}: {
  presence: Presence | undefined;
  /** Of a meeting that has ended: as it was then. */
  over?: boolean;
}) {
  const quorum = presence?.quorum;
  const said = quorum ? quorumText(quorum) : "";
  useEffect(() => {
    if (said && !over) announce("quorum", said);
  }, [said]);
  if (!presence) return null;
  const { heads } = presence.present;
  return (
    <section class="card box" aria-labelledby="presence">
      <h2 id="presence">{over ? t("presence-end") : t("presence-title")}</h2>
      <p class="big-figure" data-test="presence" data-heads={heads}>
        <strong>{number(heads)}</strong> {t("presence-of", { count: presence.entitled.heads })}
      </p>
      {quorum ? (
        <>
          <Meter
            value={quorum.x}
            total={quorum.n}
            mark={quorum.least}
            tone={quorum.met ? "ok" : "accent"}
          />
          <QuorumLine quorum={quorum} over={over} />
          <Classes presence={presence} />
        </>
      ) : (
        <Meter value={heads} total={presence.entitled.heads} />
      )}
      {presence.remote > 0 && (
        <p class="hint">{t("presence-remote", { count: presence.remote })}</p>
      )}
    </section>
  );
}
