// A result, large: the verdict, the figures, bars with what was needed as a mark, and the sentence that anybody can check.
import type { Poll } from "../generated/api";
import { bestFirst } from "../poll/result/figures";
import type { Result } from "../poll/types";
import { Icon, type IconName } from "../ui/icons";
import { plain, Say } from "./say";
import { Bar } from "./votes";
import { number, t } from "./words";

const bestOf = (poll: Poll, result: Result) => bestFirst(result, poll, result.scores);

const tones: Record<string, [tone: string, icon: IconName]> = {
  adopted: ["ok", "done"],
  not_adopted: ["not", "no"],
};

const winnersMost = 3;
/** Of those who were chosen, their names; else the verdict. */
function Verdict({ poll, result }: { poll: Poll; result: Result }) {
  const { verdict, winners } = result;
  const chosen = winners.length > 0 && winners.length <= winnersMost && verdict !== "not_adopted";
  if (chosen && poll.options.length > 0 && verdict !== "no_quorum" && verdict !== "tie_open")
    return (
      <h1 class="verdict ok winners" data-test="screen-verdict">
        <Icon name="done" size={0} />
        <span>
          {bestOf(poll, result)
            .slice(0, winners.length)
            .map((option) => plain(poll.options[option]?.label ?? {}))
            .join(", ")}
        </span>
      </h1>
    );
  if (verdict === "none") return null;
  const [tone, icon] = tones[verdict] ?? ["open", "pause"];
  return (
    <h1 class={`verdict ${tone}`} data-test="screen-verdict">
      <Icon name={icon} size={0} />
      <Say of={t(`screen-verdict-${verdict.replace("_", "-")}`)} line />
    </h1>
  );
}

type Answer = [word: string, icon: IconName, value: number];
/** What was answered; of those that add nothing to the sides, only what was given. */
function answersOf(result: Result): Answer[] {
  const sides: Answer[] =
    result.consent === undefined
      ? [
          ["yes", "yes", result.yes ?? 0],
          ["no", "no", result.no ?? 0],
        ]
      : [
          ["consent", "yes", result.consent],
          ["objection", "no", result.objection ?? 0],
        ];
  const others: Answer[] = [
    ["concern", "talk", result.concern ?? 0],
    ["abstain", "abstain", result.abstain.weight],
    ["blank", "blank", result.blank.weight],
  ];
  return [...sides, ...others.filter(([, , value]) => value > 0)];
}

function Answers({ result }: { result: Result }) {
  return (
    <ul class="answers" data-test="screen-answers">
      {answersOf(result).map(([word, icon, value]) => (
        <li key={word} class={`answer ${word}`}>
          <p class="count">{number(value)}</p>
          <p class="fact-label">
            <Icon name={icon} size={0} /> <Say of={t(`screen-answer-${word}`)} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** With the majority, and the quorum, as marks. */
function Marks({ result }: { result: Result }) {
  const { majority, quorum } = result;
  return (
    <div class="marks">
      {majority && majority.total > 0 && (
        <div class="mark-row" data-test="screen-majority">
          <Bar
            part={(100 * majority.support) / majority.total}
            mark={(100 * majority.num) / majority.den}
            tone={majority.met ? "answers met" : "answers"}
          />
          <p class="mark-text">
            <Icon name={majority.met ? "done" : "no"} size={0} />
            {plain(
              t(majority.strict ? "screen-majority-more" : "screen-majority", {
                ...{ support: majority.support, total: majority.total },
                ...{ num: majority.num, den: majority.den },
              }),
            )}
          </p>
        </div>
      )}
      {quorum && quorum.n > 0 && (
        <div class="mark-row" data-test="screen-result-quorum">
          <Bar
            part={(100 * quorum.x) / quorum.n}
            mark={(100 * quorum.num) / quorum.den}
            tone="turnout"
          />
          <p class="mark-text">
            <Icon name={quorum.met ? "done" : "no"} size={0} />
            {plain(t("screen-quorum-of", { x: quorum.x, n: quorum.n, least: quorum.least }))}
          </p>
        </div>
      )}
    </div>
  );
}

const optionsMax = 6;
/** Options from the best; what ranks them where nothing was added up is their order. */
function Options({ poll, result }: { poll: Poll; result: Result }) {
  const scores = result.stages?.at(-1)?.votes ?? result.scores;
  const summed = poll.method !== "majority-judgment" && !result.pairwise;
  const scale = result.stages ? (result.scale ?? 1) : 1;
  const order = bestOf(poll, result);
  const most = Math.max(1, ...scores);
  return (
    <ol class={order.length <= 3 ? "options few" : "options"} data-test="screen-options">
      {order.slice(0, optionsMax).map((option) => {
        const won = result.winners.includes(option);
        return (
          <li key={option} class={won ? "won" : ""}>
            <span class="option-name">
              {won && <Icon name="done" size={0} />}
              <Say of={poll.options[option]?.label ?? {}} line />
            </span>
            {summed && <span class="count">{number((scores[option] ?? 0) / scale)}</span>}
            {summed && <Bar part={(100 * (scores[option] ?? 0)) / most} tone={won ? "met" : ""} />}
          </li>
        );
      })}
    </ol>
  );
}

export function ResultFace({ poll }: { poll: Poll }) {
  const result = poll.result;
  if (!result) return null;
  const options = poll.options.length > 0;
  return (
    <>
      <p class="asked">
        <Say of={poll.question} />
      </p>
      <Verdict poll={poll} result={result} />
      {options ? <Options poll={poll} result={result} /> : <Answers result={result} />}
      {!options && <Marks result={result} />}
      <p class="sentence" data-test="screen-sentence">
        <Say of={result.sentence} />
      </p>
    </>
  );
}
