// The road of a proposal, from the idea to the thing done.
import { t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { look, road, roadStep, stateKey } from "./states";

/** Every step as a mark, in words the one where the proposal stands (the others on pointing). */
export function Road({ state }: { state: string }) {
  const at = roadStep(state);
  return (
    <ol class="road" aria-label={t("road-label")}>
      {road.map((step, index) => {
        const current = index === at;
        const shown = current ? state : step;
        const word = shown === step ? t(`road-${step}`) : t(stateKey(shown));
        return (
          <li
            key={step}
            class={index < at ? "past" : current ? `now ${look(state).tone}` : "ahead"}
            aria-current={current ? "step" : undefined}
          >
            <span class="road-mark" title={current ? undefined : word}>
              <Icon name={look(shown).icon} size={16} />
              <span class={current ? "road-word" : "hidden"}>{word}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
