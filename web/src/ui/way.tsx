// Ways to other pages, in a list.
import { Icon, type IconName } from "./icons";
import "./way.css";

/** A large link to another page, with a word on what is there. */
export function Way({
  href,
  icon,
  text,
  hint,
  test,
}: {
  href: string;
  icon: IconName;
  text: string;
  hint: string;
  test: string;
}) {
  return (
    <li>
      <a class="card way" href={href} data-test={test}>
        <Icon name={icon} size={24} />
        <span>
          <strong>{text}</strong>
          <span class="hint">{hint}</span>
        </span>
      </a>
    </li>
  );
}
