// A browser looks a font up when it first draws a text of that size and weight, which on a phone takes as long as all
// else that is to be done for a line. So those of the first pages are looked up while one waits for the server, a few in
// each frame, and what is drawn when it answers finds them. They are spaces: nothing is seen, heard or copied of them.
import { useSlices } from "../ui/slices";

/** Sizes in rem and weights of home's and a vote's words, as their style sheets have them. */
const fonts = [
  [0.82, 600],
  [0.92, 400],
  [1.5, 700],
  [1.15, 650],
  [1.08, 600],
  [0.9, 400],
  [1.05, 600],
  [1, 650],
  [0.93, 400],
] as const;
/** How many by each frame: the first three draw the frame of the page, the fifth the page. */
const steps = [0, 0, 0, 3, 3, 6, 9];

export function Fonts() {
  const step = useSlices(steps.length, 1);
  return (
    <div class="hidden" aria-hidden="true">
      {fonts.slice(0, steps[step - 1]).map(([fontSize, fontWeight]) => (
        <span key={fontSize} style={{ fontSize: `${fontSize}rem`, fontWeight }}>
          {"\u00a0"}
        </span>
      ))}
    </div>
  );
}
