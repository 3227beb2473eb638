// Choosing one option, or several with a count of them; yes or no, as a preview draws it.
import type { Choice } from "../../ballot/choice";
import { flag } from "../../ballot/definition";
import { t } from "../../i18n/i18n";
import { OptionLine, PlainLine } from "./line";
import type { PartProps } from "./parts";

/** Abstain and blank as lines of the list. */
function Apart({ terms, choice, busy, name }: PartProps) {
  const now = choice.value;
  return (
    <>
      {(["abstain", "blank"] as const).map((word) =>
        terms.flags & flag[word] ? (
          <PlainLine
            key={word}
            name={name}
            word={word}
            icon={word}
            checked={now?.form === (word === "blank" ? 0 : 1)}
            disabled={busy}
            onChoose={() => {
              choice.value = { form: word === "blank" ? 0 : 1 };
            }}
          />
        ) : null,
      )}
    </>
  );
}

export function YesNo({ terms, choice, busy, name }: PartProps) {
  const now = choice.value;
  return (
    <>
      {(["yes", "no"] as const).map((word, at) => (
        <PlainLine
          key={word}
          name={name}
          word={word}
          icon={word}
          checked={now?.form === 2 && now.value === at + 1}
          disabled={busy}
          onChoose={() => {
            choice.value = { form: 2, value: at + 1 };
          }}
        />
      ))}
      <Apart {...{ terms, choice, busy, name }} />
    </>
  );
}

export function One({ terms, choice, busy, name }: PartProps) {
  const now = choice.value;
  return (
    <>
      {terms.options.map((_, option) => (
        <OptionLine
          key={option}
          terms={terms}
          option={option}
          name={name}
          checked={now?.form === 4 && now.value === option}
          disabled={busy}
          onChoose={() => {
            choice.value = { form: 4, value: option };
          }}
        />
      ))}
      <Apart {...{ terms, choice, busy, name }} />
    </>
  );
}

const marksIn = (choice: Choice | null): boolean[] => (choice?.form === 5 ? choice.marks : []);

export function Several({ terms, choice, busy, name }: PartProps) {
  const marks = marksIn(choice.value);
  const count = marks.filter(Boolean).length;
  const { max, options } = terms;
  return (
    <>
      {options.map((_, option) => (
        <OptionLine
          key={option}
          terms={terms}
          option={option}
          type="checkbox"
          name={name}
          checked={marks[option] === true}
          disabled={busy}
          onChoose={() => {
            const now = marksIn(choice.peek());
            choice.value = { form: 5, marks: now.map((on, at) => (at === option ? !on : on)) };
          }}
        />
      ))}
      <p class={count > max ? "left over" : "left"} role="status" data-test="chosen-count">
        {max < options.length ? t("chosen-of-most", { count, max }) : t("chosen-count", { count })}
      </p>
    </>
  );
}
