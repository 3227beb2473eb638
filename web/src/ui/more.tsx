// What ends a list that is not drawn whole: a button that says how much is left, or nothing.
import { number, t } from "../i18n/i18n";

export function ShowMore({
  left,
  small,
  test,
  onMore,
}: {
  left: number;
  small?: boolean;
  test?: string;
  onMore: () => void;
}) {
  if (left <= 0) return null;
  return (
    <button
      type="button"
      class={small ? "button quiet small" : "button quiet"}
      data-test={test}
      onClick={onMore}
    >
      {t("show-more", { count: number(left) })}
    </button>
  );
}
