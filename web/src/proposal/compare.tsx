// The difference of two texts: one text on a narrow page, side by side on a wide one.
import { t } from "../i18n/i18n";
import { Changed } from "../ui/changed";
import { compare, isChanged, type Paragraph, side } from "../ui/changes";

function Parts({ paragraphs }: { paragraphs: Paragraph[] }) {
  return (
    <>
      {paragraphs.map((paragraph, at) => (
        // The paragraphs of one comparison never change places.
        <p key={at}>
          <Changed parts={paragraph} />
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
