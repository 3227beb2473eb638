// A result, large: the verdict, the figures, bars with what was needed as a mark, and the sentence that anybody can check.
import { useMemo } from "preact/hooks";
import type { Poll } from "../generated/api";
import { bestFirst, gradesFor, middleGrade } from "../poll/result/figures";
import type { Result } from "../poll/types";
import { Icon, type IconName } from "../ui/icons";
import { partOf } from "./part";
import { plain, Say } from "./say";
import { turnNow, turns } from "./clock";
import { Count } from "./faces";
import { type Answer, Answers, Bar } from "./votes";
import { type Labels, number, t } from "./words";

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

/** Where votes are added up; else the order alone ranks the options. */
const isSummed = (poll: Poll, result: Result) =>
  poll.method !== "majority-judgment" && !result.pairwise;

/** Where nothing was added up: how many ballots it is the result of. */
function Valid({ poll, result }: { poll: Poll; result: Result }) {
  const { heads } = result.valid;
  if (poll.options.length === 0 || isSummed(poll, result)) return null;
  return (
    <Count
      value={number(heads)}
      label={t("screen-valid", { count: heads })}
      tone="valid"
      test="screen-valid"
    />
  );
}

interface Line {
  option: number;
  name: Labels;
  score: number;
  /** As it is written; "" = nothing was added up. */
  count: string;
  /** Of majority judgment: the middle one, in words. */
  grade: Labels | undefined;
}
function gradeOf(poll: Poll, result: Result, option: number): Labels | undefined {
  if (poll.method !== "majority-judgment") return undefined;
  return poll.params.grades?.[middleGrade(gradesFor(result, poll, option))];
}
/** From the best. */
function linesOf(poll: Poll, result: Result): Line[] {
  const scores = result.stages?.at(-1)?.votes ?? result.scores;
  const scale = result.stages ? (result.scale ?? 1) : 1;
  const summed = isSummed(poll, result);
  return bestOf(poll, result).map((option) => {
    const score = scores[option] ?? 0;
    const name = poll.options[option]?.label ?? {};
    const grade = gradeOf(poll, result, option);
    return { option, name, score, count: summed ? number(score / scale) : "", grade };
  });
}

/** Longer names, and figures, have the whole width. */
const halfName = 44;
const halfFigure = 5;
const isHalf = ({ name, count, grade }: Line): boolean =>
  !grade && plain(name).length <= halfName && count.length <= halfFigure;
/** Longer ones take more than a line of it, above where they won, too. */
const lineName = 60;

/** Lines below each other: figures for the last row of the hall leave room for fewer. */
function roomFor(lines: readonly Line[]): number {
  if (lines.every(({ count }) => !count)) return 6;
  return lines.some(({ name }) => plain(name).length > lineName) ? 2 : 3;
}

/** Options from the best; a part of them says which. */
function Options({ poll, result }: { poll: Poll; result: Result }) {
  const all = linesOf(poll, result);
  const since = useMemo(turnNow, []);
  const part = partOf(all, turns.value - since, roomFor(all), all.every(isHalf));
  const { shown: lines, first, columns, rows } = part;
  const most = Math.max(1, ...all.map(({ score }) => score));
  const last = first + lines.length;
  const range = lines.length > 1 ? `${number(first + 1)}–${number(last)}` : number(last);
  return (
    <>
      {lines.length < all.length && (
        <p class="part" data-test="screen-part">
          {plain(t("screen-of", { count: range, all: all.length }))}
        </p>
      )}
      <ol
        class={lines[0]?.count ? "options counted" : "options"}
        style={{ "--rows": rows, "--columns": columns }}
        start={first + 1}
        data-test="screen-options"
      >
        {lines.map(({ option, name, score, count, grade }) => {
          const won = result.winners.includes(option);
          return (
            <li key={option} class={won ? "won" : ""}>
              <span class="option-name">
                {won && <Icon name="done" size={0} />}
                <Say of={name} line />
              </span>
              {count && <span class="count">{count}</span>}
              {grade && (
                <span class="option-grade" data-test="screen-grade">
                  <Say of={grade} line />
                </span>
              )}
              {count && <Bar part={(100 * score) / most} tone={won ? "met" : ""} />}
            </li>
          );
        })}
      </ol>
    </>
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
      <div class="outcome">
        <Verdict poll={poll} result={result} />
        <Valid poll={poll} result={result} />
      </div>
      {options ? (
        <Options key={poll.id} poll={poll} result={result} />
      ) : (
        <Answers answers={answersOf(result)} test="screen-answers" />
      )}
      {!options && <Marks result={result} />}
      <p class="sentence" data-test="screen-sentence">
        <Say of={result.sentence} />
      </p>
    </>
  );
}
