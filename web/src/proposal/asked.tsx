// On home: what the reader is asked about proposals. One answers on the page of the proposal.
import type { Asked } from "../generated/api";
import { t } from "../i18n/i18n";
import { Icon } from "../ui/icons";

export function AskedOfMe({ items }: { items: Asked["items"] }) {
  return (
    <section aria-labelledby="asked-proposals">
      <h2 id="asked-proposals">
        <Icon name="talk" /> {t("asked-title")}
      </h2>
      <ul class="lines-list">
        {items.slice(0, 5).map((item) => (
          <li key={`${item.what}${item.proposal.id}${item.person?.id}`} data-test="home-asked">
            <span>
              {t(`asked-${item.what}`, { name: item.person?.name ?? "" })}{" "}
              <a href={`/p/${item.proposal.number}`} lang={item.proposal.language}>
                <bdi>{item.proposal.title}</bdi>
              </a>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
