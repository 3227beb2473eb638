// A grade for each option: a group of radio buttons, each grade a word with a colour and a pattern of its own. Scores of
// a long scale are typed.
import { type Choice, noGrade } from "../../ballot/choice";
import { t } from "../../i18n/i18n";
import type { PartProps } from "./parts";
import { labelOf } from "./terms";

/** More scores than this are a number to type; grades with words are always shown. */
const mostShown = 11;
const tones = 7;

/** Which of the seven tones stands for a grade of so many, 0 the worst. */
export const toneOf = (grade: number, grades: number): number =>
  Math.round((grade * (tones - 1)) / Math.max(1, grades - 1));

const gradesIn = (choice: Choice | null): number[] => (choice?.form === 6 ? choice.grades : []);

export function Grades({ terms, choice, busy, name }: PartProps) {
  const given = gradesIn(choice.value);
  const set = (option: number, grade: number) => {
    const now = gradesIn(choice.peek());
    choice.value = { form: 6, grades: now.map((one, at) => (at === option ? grade : one)) };
  };
  const { grades, words, lang, method } = terms;
  return (
    <>
      {terms.options.map((_, option) => (
        <fieldset class="graded" key={option} data-test={`graded-${option}`}>
          <legend lang={lang}>
            <bdi>{labelOf(terms, option)}</bdi>
          </legend>
          {grades > mostShown && method !== 7 ? (
            <Score
              {...{ grade: given[option] ?? noGrade, most: grades - 1, busy, option }}
              label={labelOf(terms, option)}
              onSet={(grade) => set(option, grade)}
            />
          ) : (
            <div class={method === 7 ? "grades" : "grades numbers"}>
              {words.map((word, grade) => (
                <Grade
                  key={grade}
                  {...{ word, lang, busy, grade, grades, option }}
                  name={`${name}-${option}`}
                  checked={given[option] === grade}
                  onSet={() => set(option, grade)}
                />
              ))}
              <label class="grade none">
                <input
                  type="radio"
                  name={`${name}-${option}`}
                  data-test={`grade-${option}-none`}
                  checked={(given[option] ?? noGrade) === noGrade}
                  disabled={busy}
                  onChange={() => set(option, noGrade)}
                />
                <span class="grade-word">{t(method === 7 ? "grade-none" : "score-none")}</span>
              </label>
            </div>
          )}
        </fieldset>
      ))}
    </>
  );
}

function Grade({
  word,
  lang,
  grade,
  grades,
  option,
  name,
  checked,
  busy,
  onSet,
}: {
  word: string;
  lang: string;
  grade: number;
  grades: number;
  option: number;
  name: string;
  checked: boolean;
  busy: boolean;
  onSet: () => void;
}) {
  return (
    <label class={`grade tone-${toneOf(grade, grades)}`}>
      <input
        type="radio"
        name={name}
        data-test={`grade-${option}-${grade}`}
        checked={checked}
        disabled={busy}
        onChange={onSet}
      />
      <span class="swatch" aria-hidden="true" />
      <bdi class="grade-word" lang={lang}>
        {word}
      </bdi>
    </label>
  );
}

function Score({
  grade,
  most,
  option,
  label,
  busy,
  onSet,
}: {
  grade: number;
  most: number;
  option: number;
  label: string;
  busy: boolean;
  onSet: (grade: number) => void;
}) {
  return (
    <input
      type="number"
      inputMode="numeric"
      class="score"
      data-test={`score-${option}`}
      aria-label={t("score-for", { label })}
      min={0}
      max={most}
      step={1}
      disabled={busy}
      value={grade === noGrade ? "" : grade}
      onInput={(event) => {
        const { value, valueAsNumber } = event.currentTarget;
        const whole = Number.isInteger(valueAsNumber) && valueAsNumber >= 0;
        if (value === "") onSet(noGrade);
        // Out of the scale it stays in the field, and is refused at signing.
        else if (whole) onSet(Math.min(valueAsNumber, noGrade - 1));
      }}
    />
  );
}
