// What a vote says in each language of the organisation: its question, and an explanation below it where one is needed.
import type { Signal } from "@preact/signals";
import { reasonText, t } from "../../i18n/i18n";
import { Field } from "../../ui/parts";
import type { Editing } from "./choose";
import { languageName } from "./options";
import { type Refusal, refusedAt } from "./refusal";

type Words = Record<string, string>;

interface Written extends Pick<Editing, "refusal"> {
  words: Signal<Words>;
  languages: readonly string[];
}

export const clean = (words: Words): Words =>
  Object.fromEntries(
    Object.entries(words)
      .map(([code, text]) => [code, text.trim().normalize("NFC")] as const)
      .filter(([, text]) => text),
  );

export function Questions({ words, languages, refusal }: Written) {
  return (
    <>
      {languages.map((code) => (
        <Field
          key={code}
          label={t("question-in", { language: languageName(code) })}
          error={refusedAt(refusal, "question")}
        >
          {(ids) => (
            <input
              {...ids}
              type="text"
              lang={code}
              maxLength={300}
              required
              pattern=".*\S.*"
              data-test={`question-${code}`}
              value={words.value[code] ?? ""}
              onInput={(event) => {
                words.value = { ...words.value, [code]: event.currentTarget.value };
              }}
            />
          )}
        </Field>
      ))}
    </>
  );
}

const mostBytes = 8_000;
const isTooLong = (text = ""): boolean =>
  new TextEncoder().encode(text.trim().normalize("NFC")).length > mostBytes;
/** Before it is sent: of a text in several languages the server names the language alone. */
export const refuseLong = (words: Words): Refusal | null =>
  Object.values(words).some(isTooLong)
    ? { field: "explanation", text: reasonText("input.too_big") }
    : null;

/** As it is, without marks: the ballot beside the form shows it as the card will. Open where there is one already. */
export function Explanation({ words, languages, refusal, open }: Written & { open: boolean }) {
  const error = refusedAt(refusal, "explanation");
  const long = languages.filter((code) => isTooLong(words.value[code]));
  const wrong = long.length > 0 ? long : languages.slice(0, 1);
  return (
    <details class="more" data-test="explanation" open={open}>
      <summary>{t("explanation-title")}</summary>
      <p class="hint">{t("explanation-hint")}</p>
      <div class="form">
        {languages.map((code) => (
          <Field
            key={code}
            label={t("explanation-in", { language: languageName(code) })}
            error={wrong.includes(code) ? error : undefined}
          >
            {(ids) => (
              <textarea
                {...ids}
                rows={4}
                lang={code}
                dir="auto"
                maxLength={mostBytes}
                data-test={`explanation-${code}`}
                value={words.value[code] ?? ""}
                onInput={(event) => {
                  words.value = { ...words.value, [code]: event.currentTarget.value };
                }}
              />
            )}
          </Field>
        ))}
      </div>
    </details>
  );
}
