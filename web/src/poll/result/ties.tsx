// Ties and how they ended: every one of them, also those that changed nothing.
import { t } from "../../i18n/i18n";
import { Icon } from "../../ui/icons";
import type { Result } from "../types";
import { nameOf, type Subject } from "./subject";

export function Ties({ result, subject }: { result: Result; subject: Subject }) {
  const ties = result.ties ?? [];
  if (ties.length === 0) return null;
  const names = (options: readonly number[]) =>
    options.map((option) => nameOf(subject, option)).join(", ");
  return (
    <section class="ties" data-test="ties">
      <h3>
        <Icon name="pause" size={18} /> {t("ties-title", { count: ties.length })}
      </h3>
      <ul>
        {ties.map((tie, at) => (
          <li key={`${at}`} data-how={tie.how}>
            <bdi>
              {result.stages
                ? t("tie-in-stage", { at: tie.stage + 1, names: names(tie.tied) })
                : t("tie-between", { names: names(tie.tied) })}
            </bdi>{" "}
            {t(`tie-for-${tie.for}`)}{" "}
            <bdi>{t(`tie-by-${tie.how.replace(/_/g, "-")}`, { names: names(tie.chosen) })}</bdi>
          </li>
        ))}
      </ul>
      {result.decided === "lot" && <p class="hint">{t("lot-text")}</p>}
    </section>
  );
}
