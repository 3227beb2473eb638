// Groups as a tree: what each is for, how many are in it, and starting one.
import { useSignal } from "@preact/signals";
import { Page } from "../app/page";
import { isMember } from "../app/session";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Chip, Empty, Loading } from "../ui/parts";
import { type Branch, groupName, groupPurpose, treeOf } from "./names";
import "./group.css";

function Row({ branch }: { branch: Branch }) {
  const { group, children } = branch;
  const name = groupName(group);
  const purpose = groupPurpose(group);
  return (
    <li>
      <article class="card group-row" data-test="group-row" data-number={group.number}>
        <h2>
          <a class="cover" href={`/g/${group.number}`} lang={name.lang}>
            <bdi>{name.text}</bdi>
          </a>
        </h2>
        {purpose.text && (
          <p class="hint first-line" lang={purpose.lang} dir="auto">
            {purpose.text}
          </p>
        )}
        <p class="meta">
          <span class="figure">
            <Icon name="people" size={16} />
            {t("group-count", { count: group.members })}
          </span>
          {group.state === "closed" && <Chip icon="pause">{t("group-archived")}</Chip>}
        </p>
      </article>
      {children.length > 0 && <Tree branches={children} />}
    </li>
  );
}

function Tree({ branches }: { branches: Branch[] }) {
  return (
    <ul class="group-tree">
      {branches.map((branch) => (
        <Row key={branch.group.id} branch={branch} />
      ))}
    </ul>
  );
}

function Start() {
  return isMember.value ? (
    <a class="button primary" href="/g/new" data-test="group-new">
      <Icon name="plus" /> {t("group-start")}
    </a>
  ) : null;
}

export default function Groups() {
  const watched = useTopic("groups");
  const archived = useSignal(false);
  const all = watched.all("group");
  const open = all.filter((group) => group.state === "open");
  const loading = watched.state.value === "loading";
  return (
    <Page name="groups" title={t("groups-title")} actions={<Start />}>
      <p class="lead">{t("groups-lead")}</p>
      {all.length > open.length && (
        <label class="check">
          <input
            type="checkbox"
            data-test="groups-archived"
            checked={archived.value}
            onChange={(event) => {
              archived.value = event.currentTarget.checked;
            }}
          />
          {t("groups-with-archived", { count: all.length - open.length })}
        </label>
      )}
      {loading && <Loading />}
      {!loading && open.length === 0 && (
        <Empty icon="people" text={t("groups-none")}>
          <Start />
        </Empty>
      )}
      <Tree branches={treeOf(archived.value ? all : open)} />
    </Page>
  );
}
