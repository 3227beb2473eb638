// Where each class must agree: whether it did, and its figures unless they would show how few voted.
import { number, t } from "../../i18n/i18n";
import { useClassNames } from "../../ui/classes";
import { Icon } from "../../ui/icons";
import type { Result } from "../types";
import { Fill } from "./pieces";

type ClassResult = NonNullable<Result["classes"]>[number];

function ClassRow({ one, name }: { one: ClassResult; name: string }) {
  const { majority, entitled, took_part } = one;
  return (
    <li class="class-row" data-class={one.code} data-agreed={one.agreed ? "yes" : "no"}>
      <p class="bar-name">
        <Icon name={one.agreed ? "done" : "no"} size={18} /> <strong>{name}</strong> ·{" "}
        {t(one.agreed ? "class-agreed" : "class-disagreed")}
      </p>
      {majority && (
        <>
          <Fill
            value={majority.support}
            total={majority.total}
            tone={majority.met ? "won" : "other"}
            mark={(majority.total * majority.num) / majority.den}
          />
          <p class="hint">
            {t("class-majority", {
              ...{ x: number(majority.support), n: number(majority.total) },
              ...{ num: majority.num, den: majority.den },
            })}
          </p>
        </>
      )}
      {took_part && entitled && (
        <p class="hint">
          {t("class-took-part", { voted: took_part.heads, entitled: entitled.heads })}
        </p>
      )}
      {!entitled && <p class="hint">{t("class-withheld")}</p>}
    </li>
  );
}

export function Classes({ result }: { result: Result }) {
  const nameOf = useClassNames();
  if (!result.classes || result.classes.length === 0) return null;
  return (
    <section class="classes" data-test="result-classes">
      <h3>{t("table-classes")}</h3>
      <ul>
        {result.classes.map((one) => (
          <ClassRow key={one.code} one={one} name={nameOf(one.code)} />
        ))}
      </ul>
    </section>
  );
}
