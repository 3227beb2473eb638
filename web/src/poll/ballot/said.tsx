// What a ballot says, in words: in a receipt, in the list of who voted what.
import { type Choice, noGrade } from "../../ballot/choice";
import { t } from "../../i18n/i18n";
import { Icon, type IconName } from "../../ui/icons";
import { labelOf, type Terms } from "./terms";

export const consentWords = ["", "consent", "concern", "objection"] as const;
export const consentIcons: Record<string, IconName> = {
  consent: "yes",
  concern: "talk",
  objection: "no",
};

function Label({ terms, option }: { terms: Terms; option: number }) {
  return <bdi lang={terms.lang}>{labelOf(terms, option)}</bdi>;
}

function Word({ icon, word }: { icon: IconName; word: string }) {
  return (
    <>
      <Icon name={icon} size={18} /> {t(`choice-${word}`)}
    </>
  );
}

/** Options with something beside each; those without it are left out. */
function Pairs({
  terms,
  values,
  says,
}: {
  terms: Terms;
  values: readonly number[];
  says: (value: number) => string;
}) {
  return (
    <ul class="said">
      {values.map((value, option) =>
        says(value) ? (
          <li key={option}>
            <Label terms={terms} option={option} />
            {t("said-colon")} <bdi>{says(value)}</bdi>
          </li>
        ) : null,
      )}
    </ul>
  );
}

function Ranks({ terms, ranks }: { terms: Terms; ranks: readonly number[] }) {
  const order = ranks
    .map((rank, option) => ({ rank, option }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => a.rank - b.rank || a.option - b.option);
  return (
    <ul class="said ranks">
      {order.map(({ rank, option }) => (
        <li key={option}>
          {t("rank", { rank })} <Label terms={terms} option={option} />
        </li>
      ))}
    </ul>
  );
}

export function Said({ choice, terms }: { choice: Choice; terms: Terms }) {
  switch (choice.form) {
    case 0:
      return <Word icon="blank" word="blank" />;
    case 1:
      return <Word icon="abstain" word={terms.form === 3 ? "aside" : "abstain"} />;
    case 2:
      return choice.value === 1 ? <Word icon="yes" word="yes" /> : <Word icon="no" word="no" />;
    case 3: {
      const word = consentWords[choice.value] ?? "";
      return <Word icon={consentIcons[word] ?? "blank"} word={word} />;
    }
    case 4:
      return <Label terms={terms} option={choice.value} />;
    case 5:
      return (
        <ul class="said">
          {choice.marks.map((on, option) =>
            on ? (
              <li key={option}>
                <Label terms={terms} option={option} />
              </li>
            ) : null,
          )}
        </ul>
      );
    case 6:
      return (
        <Pairs
          terms={terms}
          values={choice.grades}
          says={(grade) => (grade === noGrade ? "" : (terms.words[grade] ?? ""))}
        />
      );
    case 7:
      return (
        <Pairs
          terms={terms}
          values={choice.points}
          says={(points) => (points > 0 ? t("points-given", { points }) : "")}
        />
      );
    case 8:
      return <Ranks terms={terms} ranks={choice.ranks} />;
  }
}
