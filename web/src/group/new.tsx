// Starting a group.
import { useLocation } from "preact-iso";
import { Page } from "../app/page";
import { language, t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { act } from "../ui/toast";
import { GroupForm } from "./form";
import "./group.css";

export default function NewGroup() {
  const { query, route } = useLocation();
  return (
    <Page name="group-new" title={t("group-start")}>
      <p class="lead">{t("group-start-lead")}</p>
      <GroupForm
        parent={query.parent ?? ""}
        button={t("group-start")}
        onSave={async ({ name, purpose, parent }) => {
          const id = newId();
          const made = await act(
            "group.create",
            { id, language: language.value, name, purpose, ...(parent ? { parent } : {}) },
            {
              done: t("group-started"),
              undo: () => {
                act("group.close", { id, reason: t("group-undo-reason") });
                route("/g");
              },
            },
          );
          if (made) route(`/g/${made.number ?? id}`);
          return made !== null;
        }}
      />
    </Page>
  );
}
