// A short text in each language of the organisation.
import { session } from "../../app/session";
import { languageName } from "../../poll/define/options";
import { Field } from "../../ui/parts";

export const languagesHere = (): string[] => session.value?.languages ?? ["fr", "nl", "en"];

export function Words({
  legend,
  hint,
  words,
  most,
  long,
  test,
  error,
  onChange,
}: {
  legend: string;
  hint?: string;
  words: Record<string, string>;
  most: number;
  long?: boolean;
  test: string;
  error?: string | undefined;
  onChange: (words: Record<string, string>) => void;
}) {
  const languages = languagesHere();
  return (
    <fieldset class="field words">
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="words-fields">
        {languages.map((code) => (
          <Field
            key={code}
            label={languageName(code)}
            error={error && code === languages[0] ? error : undefined}
          >
            {(ids) => {
              const shared = {
                ...{ ...ids, lang: code, maxLength: most, "data-test": `${test}-${code}` },
                ...{ value: words[code] ?? "", dir: "auto" as const },
                onInput: (event: { currentTarget: { value: string } }) =>
                  onChange({ ...words, [code]: event.currentTarget.value }),
              };
              return long ? (
                <textarea {...shared} rows={3} />
              ) : (
                <input {...shared} type="text" autoComplete="off" />
              );
            }}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
