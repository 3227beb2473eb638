// The difference of two texts as people read it: added words underlined and bold, taken away ones struck
// through, both also said in words. One text on a narrow page; side by side on a wide one.
import { t } from "../i18n/i18n";
import { compare, isChanged, type Paragraph, side } from "./changes";

function Parts({ paragraphs }: { paragraphs: Paragraph[] }) {
  return (
    <>
      {paragraphs.map((paragraph, at) => (
        // The paragraphs of one comparison never change places.
        <p key={at}>
          {paragraph.map((part, index) => {
            if (part.kind === "same") return part.text;
            const Tag = part.kind === "added" ? "ins" : "del";
            return (
              <Tag key={index}>
                <span class="hidden"> {t(`diff-${part.kind}`)} </span>
                {part.text}
                <span class="hidden"> {t("diff-end")} </span>
              </Tag>
            );
          })}
        </p>
      ))}
    </>
  );
}

export default function Compare({
  before,
  after,
  lang,
  from,
  to,
}: {
  before: string;
  after: string;
  lang: string;
  from: string;
  to: string;
}) {
  const paragraphs = compare(before, after);
  if (!isChanged(paragraphs)) return <p class="hint">{t("diff-none")}</p>;
  return (
    <div class="diff" lang={lang} data-test="diff">
      <div class="diff-one">
        <Parts paragraphs={paragraphs} />
      </div>
      <div class="diff-two">
        <div>
          <h4 lang="">{from}</h4>
          <Parts paragraphs={side(paragraphs, "added")} />
        </div>
        <div>
          <h4 lang="">{to}</h4>
          <Parts paragraphs={side(paragraphs, "removed")} />
        </div>
      </div>
    </div>
  );
}
