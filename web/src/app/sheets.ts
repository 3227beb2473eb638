// What stands around each dynamic import, in place of the bundler's own helper of a kilobyte (web/build/sheets.ts): the
// styles of a part come beside it, and it is handed on when all are here.

const coming = new Map<string, Promise<void>>();

function fetchSheet(name: string): Promise<void> | undefined {
  const href = `/${name}`;
  const known = coming.get(href);
  if (known || document.querySelector(`link[rel="stylesheet"][href="${href}"]`)) return known;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.crossOrigin = "";
  link.href = href;
  const one = new Promise<void>((done, fail) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => {
      // May be asked for again.
      link.remove();
      coming.delete(href);
      fail(new Error(`${name} did not come`));
    });
  });
  coming.set(href, one);
  document.head.append(link);
  return one;
}

export async function withSheets<T>(load: () => Promise<T>, names: string[] = []): Promise<T> {
  const [part] = await Promise.all([load(), ...names.map(fetchSheet)]);
  return part;
}
