// Choosing the language of the interface: three words, no flags.
import { language, languageNames, languages } from "../i18n/i18n";
import { speak } from "../i18n/load";

export function LanguageChoice({
  compact,
  prefix = "language",
}: {
  compact?: boolean;
  prefix?: string;
}) {
  return (
    <div class={compact ? "languages compact" : "languages"}>
      {languages.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          data-test={`${prefix}-${code}`}
          aria-pressed={language.value === code}
          onClick={() => speak(code)}
        >
          {compact && <span aria-hidden="true">{code.toUpperCase()}</span>}
          <span class={compact ? "hidden" : undefined}>{languageNames[code]}</span>
        </button>
      ))}
    </div>
  );
}
