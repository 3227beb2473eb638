// The record failed a check: said in red until somebody has looked, with what was seen for whoever looks into it.
import { t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { saveFile } from "../ui/save";
import { markLooked } from "./history";
import { type Alarm, alarm } from "./record";

const lostOf = ({ lost }: Alarm): { from: number; to: number } => ({
  from: lost?.[0] ?? 0,
  to: (lost?.[1] ?? 1) - 1,
});

/** What is wrong, for the card of a vote. */
export function Why() {
  const what = alarm.value;
  return <p>{what ? t(`alarm-${what.why}`, lostOf(what)) : t("alarm-definition")}</p>;
}

export function Warning() {
  const what = alarm.value;
  if (!what || what.looked) return null;
  const evidence = `${what.why}\n${new Date(what.atMs).toISOString()}\n${what.detail}\n\n${what.kept}\n\n${what.seen}`;
  return (
    <section class="alarm" role="alert" data-test="alarm">
      <Icon name="warn" size={28} />
      <div>
        <h2>{t("alarm-title")}</h2>
        <Why />
        <p>{t("alarm-advice")}</p>
        <div class="row">
          <button
            type="button"
            class="button"
            data-test="alarm-save"
            onClick={() => saveFile("palabre-seals.txt", evidence)}
          >
            <Icon name="down" /> {t("alarm-save")}
          </button>
          <button type="button" class="button" data-test="alarm-looked" onClick={markLooked}>
            {t("alarm-looked")}
          </button>
        </div>
      </div>
    </section>
  );
}
