// What every page is wrapped in.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

/** One page: its name for tests, its title in the window, its heading unless it brings its own. */
export function Page({
  name,
  title,
  wide,
  heading = true,
  actions,
  children,
}: {
  name: string;
  title: string;
  wide?: boolean;
  heading?: boolean;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  useEffect(() => {
    document.title = `${title} · Palabre`;
  }, [title]);
  return (
    <main id="main" tabIndex={-1} class={wide ? "page wide" : "page"} data-page={name}>
      {heading && (
        <div class="page-head">
          <h1>{title}</h1>
          {actions}
        </div>
      )}
      {children}
    </main>
  );
}
