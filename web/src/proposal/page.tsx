// One proposal: text, support, steps, votes, decision, to-dos and discussion; one page, one history.
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import { Attached } from "../file/attached";
import { Discussion } from "../discussion/discussion";
import { number, t } from "../i18n/i18n";
import { me } from "../app/session";
import { useTopic } from "../sync/feed";
import { Loading, NotThere } from "../ui/parts";
import { TellPeople } from "../ui/tell/tell";
import { toldProposal } from "../ui/tell/told";
import { Authors, Invitation, Silent } from "./authors";
import { StateChip } from "./card";
import { Answers } from "./clock";
import { Next } from "./next";
import { History, Tasks, Votes } from "./outcome";
import { MergeAsked, MergedInto, Relations } from "./relations";
import { Road } from "./road";
import { SupportBox } from "./support";
import { Text } from "./text";
import { Versions } from "./versions";

export default function ProposalPage() {
  const { params } = useRoute();
  const watched = useTopic(`proposal/${params.number}`);
  const proposal = watched.one("proposal");
  const card = watched.all("proposal_card").find((one) => one.id === proposal?.id);
  if (watched.state.value === "closed")
    return (
      <Page name="proposal" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  if (!proposal || !card)
    return (
      <Page name="proposal" title={t("proposals-title")} heading={false}>
        <Loading />
      </Page>
    );
  const polls = watched.all("poll_card").sort((a, b) => b.number - a.number);
  const supporters = watched.all("supporters").find((one) => one.id === proposal.id);
  const supports = supporters?.items.some((one) => one.member.id === me.value.id) ?? false;
  return (
    <Page name="proposal" title={proposal.title} heading={false} wide>
      <p class="crumbs">
        <a href="/p">{t("proposals-title")}</a> <span aria-hidden="true">›</span>{" "}
        <span>#{number(proposal.number)}</span>
        <StateChip state={proposal.state} test="proposal-state" />
      </p>
      <div class="split talk">
        <div class="split-main">
          <Invitation proposal={proposal} />
          <MergedInto proposal={proposal} supporters={supporters} />
          <MergeAsked proposal={proposal} />
          <Text key={proposal.id} proposal={proposal} />
          <Answers proposal={proposal} />
          <Versions proposal={proposal} />
          <Attached
            topic={`proposal/${proposal.id}`}
            on={{ kind: "proposal", id: proposal.id }}
            may={
              ["idea", "discussed"].includes(proposal.state) &&
              proposal.authors.some((author) => author.id === me.value.id)
            }
          />
        </div>
        <aside class="split-side">
          <Road state={proposal.state} />
          <TellPeople told={toldProposal(proposal)} />
          <Votes polls={polls} watched={watched} />
          <SupportBox card={card} supporters={supporters} authors={proposal.authors} />
          <Silent card={card} supports={supports} />
          <Next proposal={proposal} polls={polls} />
          <Tasks proposal={proposal} watched={watched} />
          <Authors proposal={proposal} />
          <Relations proposal={proposal} />
          <History proposal={proposal} />
        </aside>
        <div class="split-talk">
          <Discussion
            watched={watched}
            kind="proposal"
            id={proposal.id}
            reportable={!proposal.authors.some((author) => author.id === me.value.id)}
          />
        </div>
      </div>
    </Page>
  );
}
