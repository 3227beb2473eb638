// Markdown as nodes, never as HTML strings: marked only splits the text into tokens. Raw HTML is shown as
// the text it is, a link is a link only to the web or to a mailbox, pictures become links, and what this
// file does not know shows as it was written. Most comments are words alone: where no page has brought marked along
// (readWith), it comes with the first text that has marks, which stands as it was written until then.
import { signal } from "@preact/signals";
import type { lexer, Token, Tokens } from "marked";
import type { ComponentChild } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { untilDone } from "../sync/backoff";
import { fromMarks, markPattern, type Named } from "./mention-text";
import { nameOf, remember } from "./names";

const deepest = 12;

function inline(tokens: Token[] | undefined, depth: number): ComponentChild[] {
  return (tokens ?? []).map((token) => one(token, depth + 1));
}

/** Entities that marked leaves in texts it has escaped. */
function plain(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
}

/** Somebody named in the text, by the name of now. */
function Mention({ kind, id }: { kind: string; id: string }) {
  return (
    <a class="mention" href={`/${kind === "group" ? "g" : "m"}/${id}`}>
      @<bdi>{nameOf(id, "…")}</bdi>
    </a>
  );
}

/** Names that mean somebody become links with a text of their own, others the words they are. */
function namesIn(text: string, named: readonly Named[]): string {
  for (const { id, name } of named) remember(id, name);
  return text.replace(markPattern, (_, inside: string, kind: string, id: string) =>
    named.some((one) => one.id === id) ? `[@](${kind}:${id})` : `@${inside}`,
  );
}

function anchor(href: string, children: ComponentChild[]): ComponentChild {
  const [, kind, id] = /^(member|group):([0-9a-f-]{36})$/.exec(href) ?? [];
  if (kind && id && children.length === 1 && children[0] === "@")
    return <Mention kind={kind} id={id} />;
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return <>{children}</>;
  return (
    <a href={href} rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  );
}

function list(token: Tokens.List, depth: number): ComponentChild {
  const items = token.items.map((item) => <li>{inline(item.tokens, depth)}</li>);
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

function table(token: Tokens.Table, depth: number): ComponentChild {
  const cells = (row: Tokens.TableCell[], Tag: "th" | "td") =>
    row.map((cell) => <Tag>{inline(cell.tokens, depth)}</Tag>);
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>{cells(token.header, "th")}</tr>
        </thead>
        <tbody>
          {token.rows.map((row) => (
            <tr>{cells(row, "td")}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function heading(token: Tokens.Heading, depth: number): ComponentChild {
  // The page has its own first and second levels.
  const Tag = token.depth <= 2 ? "h3" : "h4";
  return <Tag>{inline(token.tokens, depth)}</Tag>;
}

function one(token: Token, depth: number): ComponentChild {
  if (depth > deepest) return token.raw;
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "paragraph":
      return <p>{inline(token.tokens, depth)}</p>;
    case "heading":
      return heading(token as Tokens.Heading, depth);
    case "strong":
      return <strong>{inline(token.tokens, depth)}</strong>;
    case "em":
      return <em>{inline(token.tokens, depth)}</em>;
    case "del":
      return <s>{inline(token.tokens, depth)}</s>;
    case "codespan":
      return <code>{plain(token.text)}</code>;
    case "code":
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case "blockquote":
      return <blockquote>{inline(token.tokens, depth)}</blockquote>;
    case "list":
      return list(token as Tokens.List, depth);
    case "table":
      return table(token as Tokens.Table, depth);
    case "hr":
      return <hr />;
    case "br":
      return <br />;
    case "link":
      return anchor(token.href, inline(token.tokens, depth));
    case "image":
      return anchor(token.href, [token.text || token.href]);
    case "checkbox":
      return token.checked ? "☑ " : "☐ ";
    case "escape":
      return plain(token.text);
    case "text":
      return token.tokens ? inline(token.tokens, depth) : plain(token.text);
    default:
      return token.raw;
  }
}

/** A character, or the beginning of a line, that may mean something. */
const marks = /[*_`~#|<>[\]\\&@\r]|:\/\/|www\.|^(?:[ \t]|[-+=]|\d+[.)])/m;

/** Most of what people write is words: paragraphs and ends of lines need no parser. */
function words(text: string): ComponentChild[] {
  return text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((paragraph) => (
      <p>{paragraph.split("\n").flatMap((line, at) => (at > 0 ? [<br />, line] : [line]))}</p>
    ));
}

type Read = (text: string, options: Parameters<typeof lexer>[1]) => Token[];
const reader = signal<{ read: Read } | null>(null);
let coming: Promise<void> | undefined;

export function readWith(read: Read): void {
  reader.value = { read };
}
export function fetchReader(): Promise<void> {
  coming ??= untilDone(() => import("marked")).then(({ lexer }) => readWith(lexer));
  return coming;
}

/** The nodes of a text. */
export function renderMarkdown(text: string, named: readonly Named[] = []): ComponentChild[] {
  if (!marks.test(text)) return words(text);
  const read = reader.value?.read;
  if (!read) return words(fromMarks(text).shown);
  return inline(read(namesIn(text, named), { gfm: true, breaks: true }), 0);
}

export function Markdown({
  text,
  lang,
  named,
}: {
  text: string;
  lang: string;
  /** Who is named in it. */
  named?: readonly Named[] | undefined;
}) {
  const waits = !reader.value && marks.test(text);
  useEffect(() => {
    if (waits) fetchReader();
  }, [waits]);
  const nodes = useMemo(() => renderMarkdown(text, named), [text, named, waits]);
  return (
    <div class="prose" lang={lang} dir="auto">
      {nodes}
    </div>
  );
}
