// A text with what was found in it marked.
import type { Methods } from "../generated/api";

export type Found = Methods["search.find"]["result"]["items"][number];

export function Marked({ text, marks }: Found["title"]) {
  let at = 0;
  const parts = marks.map(({ from, to }) => {
    const before = text.slice(at, from);
    at = to;
    return (
      <>
        {before}
        <mark>{text.slice(from, to)}</mark>
      </>
    );
  });
  return (
    <bdi>
      {parts}
      {text.slice(at)}
    </bdi>
  );
}
