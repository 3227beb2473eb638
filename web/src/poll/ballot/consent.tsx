// Consent, consent with a concern, or an objection, which needs its reason. The reason is signed with the ballot.
import type { Signal } from "@preact/signals";
import { flag } from "../../ballot/definition";
import { t } from "../../i18n/i18n";
import { Field } from "../../ui/parts";
import { PlainLine } from "./line";
import type { PartProps } from "./parts";
import { consentIcons, consentWords } from "./said";

const longest = 4000;

export function Consent({ terms, choice, busy, name, note }: PartProps & { note: Signal<string> }) {
  const now = choice.value;
  const value = now?.form === 3 ? now.value : 0;
  return (
    <>
      {([1, 2, 3] as const).map((one) => (
        <PlainLine
          key={one}
          name={name}
          word={consentWords[one]}
          icon={consentIcons[consentWords[one]]}
          hint={t(`choice-${consentWords[one]}-hint`)}
          checked={value === one}
          disabled={busy}
          onChoose={() => {
            choice.value = { form: 3, value: one };
          }}
        />
      ))}
      {(["abstain", "blank"] as const).map((word) =>
        terms.flags & flag[word] ? (
          <PlainLine
            key={word}
            name={name}
            word={word === "abstain" ? "aside" : word}
            icon={word}
            {...(word === "abstain" && { hint: t("choice-aside-hint") })}
            checked={now?.form === (word === "blank" ? 0 : 1)}
            disabled={busy}
            onChoose={() => {
              choice.value = { form: word === "blank" ? 0 : 1 };
            }}
          />
        ) : null,
      )}
      {value > 1 && (
        <Field
          label={t(value === 3 ? "objection-reason" : "concern-reason")}
          hint={`${t("reason-signed")} ${value === 3 && terms.mode ? t(`objection-seen-${terms.mode}`) : ""}`.trim()}
        >
          {(ids) => (
            <textarea
              {...ids}
              rows={4}
              dir="auto"
              maxLength={longest}
              data-test="ballot-note"
              aria-required={value === 3}
              disabled={busy}
              value={note.value}
              onInput={(event) => {
                note.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}
