// One line to choose: a word with its sign, or an option in the words of its vote.
import type { ComponentChildren } from "preact";
import { t } from "../../i18n/i18n";
import { Icon, type IconName } from "../../ui/icons";
import { labelOf, type Terms } from "./terms";

interface LineProps {
  type?: "radio" | "checkbox";
  name: string;
  test: string;
  tone: string;
  checked: boolean;
  disabled: boolean;
  onChoose: () => void;
  children: ComponentChildren;
}

function Line({ type = "radio", tone, test, onChoose, children, ...input }: LineProps) {
  return (
    <label class={`choice ${tone}`}>
      <input type={type} data-test={test} onChange={onChoose} {...input} />
      {children}
    </label>
  );
}

export function PlainLine({
  word,
  icon = "blank",
  hint,
  ...rest
}: { word: string; icon?: IconName | undefined; hint?: string } & Omit<
  LineProps,
  "children" | "test" | "tone"
>) {
  return (
    <Line {...rest} tone={word} test={`choice-${word}`}>
      <span class="choice-mark">
        <Icon name={icon} size={22} />
      </span>
      <span class="choice-word">
        {t(`choice-${word}`)}
        {hint && <span class="hint">{hint}</span>}
      </span>
    </Line>
  );
}

export function OptionLine({
  terms,
  option,
  ...rest
}: { terms: Terms; option: number } & Omit<LineProps, "children" | "test" | "tone">) {
  return (
    <Line {...rest} tone="of-several" test={`choice-option-${option}`}>
      <bdi class="choice-word" lang={terms.lang}>
        {labelOf(terms, option)}
      </bdi>
    </Line>
  );
}
