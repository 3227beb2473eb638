// Words added and taken away, as people read them: underlined or struck through, and both said in words.
import { t } from "../i18n/i18n";
import type { Paragraph } from "./changes";
import "./changed.css";

/** One paragraph of a comparison; its parts never change places. */
export function Changed({ parts }: { parts: Paragraph }) {
  return (
    <>
      {parts.map((part, at) => {
        if (part.kind === "same") return part.text;
        const Tag = part.kind === "added" ? "ins" : "del";
        return (
          <Tag key={at} class="changed">
            <span class="hidden"> {t(`diff-${part.kind}`)} </span>
            {part.text}
            <span class="hidden"> {t("diff-end")} </span>
          </Tag>
        );
      })}
    </>
  );
}
