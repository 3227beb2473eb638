// A QR code of a text, drawn as one path; the library comes when the first is shown.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** The modules of a QR code as one path, one rectangle per run. */
function pathOf(code: { size: number; get(x: number, y: number): boolean }): string {
  let path = "";
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) {
      if (!code.get(x, y)) continue;
      let end = x;
      while (code.get(end, y)) end++;
      path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end;
    }
  return path;
}

export function Qr({ text, label, test }: { text: string; label: string; test: string }) {
  const drawn = useSignal<{ path: string; size: number } | null>(null);
  useEffect(() => {
    import("lean-qr").then(({ generate }) => {
      const code = generate(text);
      drawn.value = { path: pathOf(code), size: code.size };
    });
  }, [text]);
  if (!drawn.value) return <div class="qr" />;
  const { path, size } = drawn.value;
  return (
    <svg
      class="qr"
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      role="img"
      aria-label={label}
      data-test={test}
      shape-rendering="crispEdges"
    >
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** Copies a text; where there is no clipboard (plain http) the field that shows it is selected. */
export async function copyText(text: string, field: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    document
      .querySelector<HTMLInputElement | HTMLTextAreaElement>(`[data-test=${field}]`)
      ?.select();
    return false;
  }
}
