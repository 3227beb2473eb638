/* Votes as an assembly lives them: the main road from a ready proposal to a numbered decision, what a draft may not ask,
 * dates, and the table of states walked by each role. Each world that closes has replayed its ledger byte by byte. */
#include "tests/harness/c/voting.h"

#include <stdio.h>
#include <string.h>

#include "assembly/concept.h"
#include "assembly/poll.h"

static const struct id nothing;

struct hall {
    struct world world;
    struct caller admin, facilitator, observer, member;
    struct voter voters[5];
};

static void hall_open(struct hall *hall)
{
    static const char *const names[] = {"Ann", "Bea", "Cis", "Dov", "Eli"};
    world_open(&hall->world);
    hall->admin = world_member(&hall->world, "Ada", "admin");
    hall->facilitator = world_member(&hall->world, "Fay", "facilitator observer");
    hall->observer = world_member(&hall->world, "Obe", "observer");
    for (size_t i = 0; i < 5; i++) {
        hall->voters[i] = voting_voter(&hall->world, names[i], "");
    }
    hall->member = hall->voters[0].caller;
}

/* ---- the road ---- */

static void test_main_road(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id proposal = voting_ready_proposal(world, hall.member, hall.facilitator);
    struct id poll = voting_open(world, hall.facilitator, "decision", proposal, "");
    assert_non_null(json_object_get(world->result, "definition"));
    assert_non_null(json_object_get(world->result, "poll_hash"));
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "voting");
    world_expect_text(world, DOCUMENT_PROPOSAL_CARD, proposal, "poll.state", "open");
    world_expect_number(world, DOCUMENT_POLL, poll, "roll.count", 6);
    world_expect_number(world, DOCUMENT_TURNOUT, poll, "voted", 0);
    world_expect_number(world, DOCUMENT_TURNOUT, poll, "entitled", 6);
    assert_string_equal(voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_YES), "");
    assert_non_null(json_object_get(world->result, "receipt"));
    assert_string_equal(voting_cast(world, poll, &hall.voters[1], FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(world, poll, &hall.voters[2], FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(world, poll, &hall.voters[2], FORM_YES_NO, CHOICE_NO), "");
    assert_string_equal(voting_cast(world, poll, &hall.voters[3], FORM_ABSTAIN, 0), "");
    assert_string_equal(voting_cast(world, poll, &hall.voters[4], FORM_BLANK, 0), "");
    world_expect_number(world, DOCUMENT_TURNOUT, poll, "voted", 5);
    assert_false(world_has(world, DOCUMENT_TALLY, poll));
    world_must(world, hall.facilitator, "poll.close", "{'id':'1'}");
    world_expect_text(world, DOCUMENT_POLL, poll, "state", "closed");
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, poll, "state", "counted");
    world_expect_text(world, DOCUMENT_POLL, poll, "result.verdict", "adopted");
    world_expect_text(world, DOCUMENT_POLL, poll, "result.sentence.en",
                      "2 yes of 3 yes + no: more than 1/2 needed; 2/3 is more than 1/2: adopted");
    world_expect_number(world, DOCUMENT_POLL, poll, "result.blank.heads", 1);
    world_expect_number(world, DOCUMENT_POLL, poll, "result.abstain.heads", 1);
    world_expect_text(world, DOCUMENT_POLL, poll, "decision.number", "2026-001");
    world_expect_text(world, DOCUMENT_POLL_CARD, poll, "verdict", "adopted");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "adopted");
    world_expect_text(world, DOCUMENT_PROPOSAL_CARD, proposal, "decision.number", "2026-001");
    world_must(world, hall.observer, "decision.get", "{'id':'2026-001'}");
    assert_string_equal(json_string_value(world_at(world->result, "doc.result.verdict")),
                        "adopted");
    assert_int_equal(json_integer_value(world_at(world->result, "doc.result.seq")),
                     json_integer_value(world_at(world->result, "doc.rev")) - 1);
    assert_string_equal(json_string_value(world_at(world->result, "doc.recorded_by")), "system");
    assert_string_equal(voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_NO),
                        "poll.closed");
    world_close(world);
}

static void test_verdicts_move_proposals(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id rejected = voting_ready_proposal(world, hall.member, hall.facilitator);
    struct id poll = voting_open(world, hall.facilitator, "decision", rejected, "");
    assert_string_equal(voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(world, poll, &hall.voters[1], FORM_YES_NO, CHOICE_NO), "");
    world_must(world, hall.facilitator, "poll.close", "{'id':'%s'}", world_text(poll));
    world_due(world);
    world_expect_text(world, DOCUMENT_PROPOSAL, rejected, "state", "rejected");
    world_expect_text(world, DOCUMENT_POLL, poll, "result.sentence.fr",
                      "1 pour sur 2 pour + contre\u202f: il faut plus de 1/2\u202f; 1/2 vaut "
                      "exactement 1/2\u202f: non adopté");

    struct id postponed = voting_ready_proposal(world, hall.member, hall.facilitator);
    poll = voting_open(world, hall.facilitator, "decision", postponed,
                       ",'rule':{'quorum':{'num':1,'den':2}}");
    hall.voters[0].counter = hall.voters[1].counter = 0;
    assert_string_equal(voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(world, poll, &hall.voters[1], FORM_YES_NO, CHOICE_YES), "");
    world_must(world, hall.facilitator, "poll.close", "{'id':'%s'}", world_text(poll));
    world_due(world);
    world_expect_text(world, DOCUMENT_PROPOSAL, postponed, "state", "postponed");
    world_expect_text(world, DOCUMENT_POLL, poll, "result.verdict", "no_quorum");
    world_expect_number(world, DOCUMENT_POLL, poll, "result.quorum.least", 3);
    world_expect_text(world, DOCUMENT_POLL, poll, "result.sentence.nl",
                      "2 van 6 op de stemlijst namen deel, minstens 1/2 (3) nodig: "
                      "aanwezigheidsquorum niet gehaald, "
                      "geen beslissing");
    world_expect_text(world, DOCUMENT_POLL, poll, "decision.number", "2026-002");
    world_close(world);
}

static void test_straw_and_practice_decide_nothing(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id proposal = voting_ready_proposal(world, hall.member, hall.facilitator);
    struct id straw = voting_open(world, hall.member, "straw", proposal, ",'show_live':true");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "ready");
    assert_string_equal(voting_cast(world, straw, &hall.voters[1], FORM_YES_NO, CHOICE_YES), "");
    world_expect_number(world, DOCUMENT_TALLY, straw, "yes", 1);
    world_must(world, hall.member, "poll.close", "{'id':'%s'}", world_text(straw));
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, straw, "result.verdict", "adopted");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "ready");
    json_t *document = world_document(world, DOCUMENT_POLL, straw);
    assert_null(json_object_get(document, "decision"));
    json_decref(document);
    assert_string_equal(world_try(world, hall.voters[1].caller, "poll.define",
                                  "{'id':'%s','kind':'straw','about':['1'],'question':{'en':'?'},"
                                  "'method':'yes-no','mode':'named'}",
                                  world_text(world_id(world))),
                        "right.missing");
    voting_open(world, hall.facilitator, "practice", nothing, ",'rule':{'majority':null}");
    world_must(world, hall.facilitator, "poll.close", "{'id':'2'}");
    world_due(world);
    world_close(world);
}

/* ---- drafts ---- */

static const struct {
    const char *rest, *reason, *field;
} refused[] = {
    {"'kind':'decision','method':'pb-mes','mode':'named'", "poll.method_unavailable", "method"},
    {"'kind':'decision','method':'yes-no','mode':'secret'", "poll.mode_unavailable", "mode"},
    {"'kind':'decision','method':'yes-no','mode':'named','body':'board'", "input.bad_value",
     "body"},
    {"'kind':'decision','method':'yes-no','mode':'confidential','show_live':true",
     "input.bad_value", "show_live"},
    {"'kind':'decision','method':'yes-no','mode':'named','about':['77']", "proposal.unknown",
     "about"},
    {"'kind':'decision','method':'yes-no','mode':'named','params':{'seats':1}", "input.bad_value",
     "params.seats"},
    {"'kind':'decision','method':'yes-no','mode':'named','params':{'flags':['equal']}",
     "input.bad_value", "params.flags"},
    {"'kind':'decision','method':'yes-no','mode':'named','params':{'budget':5}", "input.bad_value",
     "params.budget"},
    {"'kind':'decision','method':'yes-no','mode':'named','params':{'flags':['late']}",
     "input.bad_value", "params.flags"},
    {"'kind':'decision','method':'yes-no','mode':'named','rule':{'majority':null}",
     "input.bad_value", "rule.majority"},
    {"'kind':'decision','method':'yes-no','mode':'named','rule':{'majority':{'num':3,'den':2,'"
     "strict':true}}",
     "input.bad_value", "rule.majority"},
    {"'kind':'decision','method':'yes-no','mode':'named',"
     "'rule':{'majority':{'num':1,'den':2,'strict':true,'base':'present'}}",
     "input.bad_value", "rule.majority"},
    {"'kind':'decision','method':'yes-no','mode':'named','rule':{'quorum':{'num':1,'den':2,'unit':'"
     "shares'}}",
     "input.bad_value", "rule.quorum"},
    {"'kind':'decision','method':'yes-no','mode':'named','rule':{'per_class':['quorum']}",
     "input.bad_value", "rule.per_class"},
    {"'kind':'decision','method':'yes-no','mode':'named','rule':{'cap':{'num':4,'den':3}}",
     "input.bad_value", "rule.cap"},
    {"'kind':'decision','method':'yes-no','mode':'named','show_live':true,"
     "'rule':{'cap':{'num':1,'den':3}}",
     "input.bad_value", "show_live"},
    {"'kind':'decision','method':'yes-no','mode':'named','rule':{'mandates':{'max':1}}",
     "input.bad_value", "rule.mandates"},
    {"'kind':'decision','method':'yes-no','mode':'named','electorate':{'kind':'active'}",
     "input.bad_value", "electorate"},
    {"'kind':'decision','method':'yes-no','mode':'named','electorate':{'kind':'present'}",
     "input.bad_value", "electorate"},
    {"'kind':'decision','method':'yes-no','mode':'named','electorate':{'kind':'list'}",
     "input.bad_value", "electorate"},
    {"'kind':'decision','method':'yes-no','mode':'named','electorate':{'kind':'classes','ids':['"
     "nobody']}",
     "class.unknown", "electorate"},
    {"'kind':'decision','method':'yes-no','mode':'named','electorate':{'kind':'list','ids':['999']"
     "}",
     "member.unknown", "electorate"},
    {"'kind':'decision','method':'yes-no','mode':'named','closes':1000", "poll.bad_time", "closes"},
    {"'kind':'decision','method':'yes-no','mode':'named','explanation':{'de':'x'}",
     "input.bad_value", "explanation"},
    {"'kind':'decision','method':'yes-no','mode':'named','options':[{'id':'0d5c1f1e-52e7-4b3a-8f0e-"
     "1f0e3c5a7b21',"
     "'label':{'en':'x'}}]",
     "input.bad_value", "options"},
};

static void test_drafts_refused(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const char *reason = world_try(world, hall.facilitator, "poll.define",
                                       "{'id':'%s','question':{'fr':'?','nl':'?','en':'?'},%s}",
                                       world_text(world_id(world)), refused[i].rest);
        if (strcmp(reason, refused[i].reason) != 0 || strcmp(world->field, refused[i].field) != 0) {
            fail_msg("%s: %s (%s)", refused[i].rest, reason, world->field);
        }
    }
    assert_string_equal(
        world_try(world, hall.facilitator, "poll.define",
                  "{'id':'%s','kind':'decision','question':{'fr':'?','en':'?'},'method':'yes-no',"
                  "'mode':'named'}",
                  world_text(world_id(world))),
        "input.missing_field");
    world_close(world);
}

static void test_draft_replaced(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id first = voting_ready_proposal(world, hall.member, hall.facilitator);
    struct id second = voting_ready_proposal(world, hall.member, hall.facilitator);
    struct id poll = voting_draft(world, hall.facilitator, "decision", first, "");
    assert_int_equal(json_integer_value(json_object_get(world->result, "number")), 1);
    world_expect_text(world, DOCUMENT_PROPOSAL_CARD, first, "poll.state", "draft");
    world_must(
        world, hall.facilitator, "poll.define",
        "{'id':'%s','kind':'decision','about':['%s'],'question':{'fr':'2','nl':'2','en':'2'},"
        "'method':'yes-no','mode':'named'}",
        world_text(poll), world_text(second));
    world_expect_number(world, DOCUMENT_POLL, poll, "number", 1);
    world_expect_text(world, DOCUMENT_POLL, poll, "question.en", "2");
    json_t *card = world_document(world, DOCUMENT_PROPOSAL_CARD, first);
    assert_null(json_object_get(card, "poll"));
    json_decref(card);
    world_expect_text(world, DOCUMENT_PROPOSAL_CARD, second, "poll.state", "draft");
    world_must(world, hall.facilitator, "poll.open", "{'id':'1'}");
    assert_string_equal(
        world_try(world, hall.facilitator, "poll.define",
                  "{'id':'%s','kind':'decision','question':{'fr':'3','nl':'3','en':'3'},"
                  "'method':'yes-no','mode':'named'}",
                  world_text(poll)),
        "conflict");
    world_close(world);
}

/* ---- opening ---- */

static void test_opening_refused(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id idea = world_id(world);
    world_must(world, hall.member, "proposal.submit",
               "{'id':'%s','language':'fr','title':'T','need':'N','text':'','themes':[]}",
               world_text(idea));
    struct id poll = voting_draft(world, hall.facilitator, "decision", idea, "");
    assert_string_equal(
        world_try(world, hall.facilitator, "poll.open", "{'id':'%s'}", world_text(poll)),
        "proposal.bad_state");
    poll = voting_draft(world, hall.facilitator, "decision", nothing,
                        ",'electorate':{'kind':'list','ids':['3']}");
    assert_string_equal(
        world_try(world, hall.facilitator, "poll.open", "{'id':'%s'}", world_text(poll)),
        "poll.empty_roll"); /* the observer */
    struct id few = world_id(world);
    world_must(
        world, hall.facilitator, "poll.define",
        "{'id':'%s','kind':'decision','question':{'fr':'?','nl':'?','en':'?'},'method':'yes-no',"
        "'mode':'confidential','electorate':{'kind':'list','ids':['4','5','6','7']}}",
        world_text(few));
    assert_string_equal(
        world_try(world, hall.facilitator, "poll.open", "{'id':'%s'}", world_text(few)),
        "poll.too_few_for_confidential");
    world_must(
        world, hall.facilitator, "poll.define",
        "{'id':'%s','kind':'decision','question':{'fr':'?','nl':'?','en':'?'},'method':'yes-no',"
        "'mode':'confidential','electorate':{'kind':'list','ids':['4','5','6','7','8']}}",
        world_text(few));
    world_must(world, hall.facilitator, "poll.open", "{'id':'%s'}", world_text(few));
    world_expect_number(world, DOCUMENT_POLL, few, "roll.count", 5);
    world_close(world);
}

static void test_electorates(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    world_must(world, hall.admin, "member.update", "{'id':'%s','weight':3}",
               world_text(hall.voters[1].caller.member));
    world_must(world, hall.admin, "member.update", "{'id':'%s','status':'dormant'}",
               world_text(hall.voters[2].caller.member));
    struct id all = voting_open(world, hall.facilitator, "decision", nothing, "");
    world_expect_number(world, DOCUMENT_POLL, all, "roll.count", 6);
    world_expect_number(world, DOCUMENT_POLL, all, "roll.weight", 8);
    struct id active =
        voting_open(world, hall.facilitator, "straw", nothing, ",'electorate':{'kind':'active'}");
    world_expect_number(world, DOCUMENT_POLL, active, "roll.count", 5);
    struct id class = voting_open(world, hall.facilitator, "decision", nothing,
                                  ",'electorate':{'kind':'classes','ids':['members']}");
    world_expect_number(world, DOCUMENT_POLL, class, "roll.count", 6);
    hall.voters[1].weight = 1;
    assert_string_equal(voting_cast(world, all, &hall.voters[1], FORM_YES_NO, CHOICE_YES),
                        "ballot.wrong_weight");
    hall.voters[1].weight = 3;
    assert_string_equal(voting_cast(world, all, &hall.voters[1], FORM_YES_NO, CHOICE_YES), "");
    world_expect_number(world, DOCUMENT_TURNOUT, all, "voted_weight", 3);
    assert_string_equal(voting_cast(world, all, &hall.voters[2], FORM_YES_NO, CHOICE_NO), "");
    world_expect_text(world, DOCUMENT_MEMBER, hall.voters[2].caller.member, "status", "active");
    world_must(world, hall.facilitator, "poll.close", "{'id':'%s'}", world_text(all));
    world_due(world);
    world_expect_number(world, DOCUMENT_POLL, all, "result.yes", 3);
    world_expect_number(world, DOCUMENT_POLL, all, "result.entitled.weight", 8);
    world_close(world);
}

/* ---- dates ---- */

static void test_dates_act(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    char rest[128];
    (void)state;
    hall_open(&hall);
    uint64_t opens = world->now_ms + 3600000, closes = opens + 3600000;
    snprintf(rest, sizeof rest, ",'opens':%llu,'closes':%llu", (unsigned long long)opens,
             (unsigned long long)closes);
    struct id poll = voting_draft(world, hall.facilitator, "decision", nothing, rest);
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, poll, "state", "draft");
    world->now_ms = opens;
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, poll, "state", "open");
    assert_string_equal(voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(world_try(world, hall.facilitator, "poll.extend",
                                  "{'id':'1','closes':%llu,'reason':'x'}",
                                  (unsigned long long)closes),
                        "poll.bad_time");
    world_must(world, hall.facilitator, "poll.extend", "{'id':'1','closes':%llu,'reason':'Panne'}",
               (unsigned long long)closes + 60000);
    world_expect_text(world, DOCUMENT_POLL, poll, "extended.reason", "Panne");
    assert_string_equal(world_try(world, hall.facilitator, "poll.extend",
                                  "{'id':'1','closes':%llu,'reason':'x'}",
                                  (unsigned long long)closes + 120000),
                        "poll.extended_twice");
    world->now_ms = closes;
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, poll, "state", "open");
    world->now_ms = closes + 60000;
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, poll, "state", "counted");
    world_expect_text(world, DOCUMENT_POLL, poll, "result.verdict", "adopted");
    assert_string_equal(voting_cast(world, poll, &hall.voters[1], FORM_YES_NO, CHOICE_YES),
                        "poll.closed");
    world_close(world);
}

/* A server that slept through both dates of a vote: it closes at once, before anything else of it. */
static void test_slept_through_the_close(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    char rest[64];
    (void)state;
    hall_open(&hall);
    snprintf(rest, sizeof rest, ",'closes':%llu", (unsigned long long)world->now_ms + 3600000);
    struct id poll = voting_open(world, hall.facilitator, "decision", nothing, rest);
    assert_string_equal(voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_YES), "");
    world->now_ms += 7200000;
    assert_string_equal(voting_cast(world, poll, &hall.voters[1], FORM_YES_NO, CHOICE_NO),
                        "poll.closed");
    world_expect_text(world, DOCUMENT_POLL, poll, "state", "counted");
    world_expect_number(world, DOCUMENT_POLL, poll, "result.no", 0);
    world_close(world);
}

static void test_cancel_gives_proposals_back(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id proposal = voting_ready_proposal(world, hall.member, hall.facilitator);
    struct id poll = voting_open(world, hall.facilitator, "decision", proposal, "");
    world_must(world, hall.facilitator, "poll.cancel", "{'id':'1','reason':'Erreur de texte'}");
    world_expect_text(world, DOCUMENT_POLL, poll, "state", "cancelled");
    world_expect_text(world, DOCUMENT_POLL, poll, "cancelled.reason", "Erreur de texte");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "ready");
    assert_string_equal(voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_YES),
                        "poll.closed");
    poll = voting_open(world, hall.facilitator, "decision", proposal, "");
    world_expect_number(world, DOCUMENT_POLL, poll, "number", 2);
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "voting");
    world_close(world);
}

/* ---- the table of states ---- */

/* Nobody meets a vote that is closed and not counted: test_closed_is_counted_at_once. */
static const char *const states[] = {"draft", "open", "counted", "cancelled"};
enum { COUNTED = 2 };
static const char *const acts[] = {"poll.define", "poll.open",  "poll.extend", "poll.close",
                                   "poll.cancel", "poll.count", "poll.reopen", "poll.decide"};
enum { ACTS = 8 };
/* "" = allowed to whoever may; the reason otherwise. */
static const char *const outcome[4][ACTS] = {
    {"", "", "poll.bad_state", "poll.bad_state", "", "poll.bad_state", "poll.bad_state",
     "poll.bad_state"},
    {"conflict", "poll.bad_state", "", "", "", "poll.bad_state", "poll.bad_state",
     "poll.bad_state"},
    {"conflict", "poll.bad_state", "poll.bad_state", "poll.bad_state", "poll.bad_state",
     "poll.bad_state", "", "poll.bad_state"},
    {"conflict", "poll.bad_state", "poll.bad_state", "poll.bad_state", "poll.bad_state",
     "poll.bad_state", "poll.bad_state", "poll.bad_state"},
};

static struct id poll_in(struct hall *hall, const char *state)
{
    struct world *world = &hall->world;
    char rest[64];
    snprintf(rest, sizeof rest, ",'closes':%llu", (unsigned long long)world->now_ms + 360000000);
    struct id poll = voting_draft(world, hall->facilitator, "decision", nothing, rest);
    if (strcmp(state, "draft") == 0) {
        return poll;
    }
    if (strcmp(state, "cancelled") == 0) {
        world_must(world, hall->facilitator, "poll.cancel", "{'id':'%s','reason':'x'}",
                   world_text(poll));
        return poll;
    }
    world_must(world, hall->facilitator, "poll.open", "{'id':'%s'}", world_text(poll));
    if (strcmp(state, "open") != 0) {
        world_must(world, hall->facilitator, "poll.close", "{'id':'%s'}", world_text(poll));
    }
    if (strcmp(state, "counted") == 0) {
        world_due(world);
    }
    world_expect_text(world, DOCUMENT_POLL, poll, "state", state);
    return poll;
}

static const char *try_act(struct hall *hall, struct caller caller, const char *act, struct id poll)
{
    struct world *world = &hall->world;
    if (strcmp(act, "poll.define") == 0) {
        return world_try(world, caller, act,
                         "{'id':'%s','kind':'decision','question':{'fr':'?','nl':'?','en':'?'},'"
                         "method':'yes-no',"
                         "'mode':'named'}",
                         world_text(poll));
    }
    if (strcmp(act, "poll.extend") == 0) {
        return world_try(world, caller, act, "{'id':'%s','closes':%llu,'reason':'x'}",
                         world_text(poll), (unsigned long long)world->now_ms + 720000000);
    }
    if (strcmp(act, "poll.cancel") == 0 || strcmp(act, "poll.reopen") == 0) {
        return world_try(world, caller, act, "{'id':'%s','reason':'x'}", world_text(poll));
    }
    if (strcmp(act, "poll.decide") == 0) {
        return world_try(world, caller, act, "{'id':'%s','adopted':true,'reason':'x'}",
                         world_text(poll));
    }
    return world_try(world, caller, act, "{'id':'%s'}", world_text(poll));
}

static bool may(const struct hall *hall, const struct caller *caller, const char *act)
{
    if (strcmp(act, "poll.count") == 0) {
        return caller->kind == CALLER_SYSTEM;
    }
    if (caller->kind == CALLER_SYSTEM) {
        return strcmp(act, "poll.open") == 0 || strcmp(act, "poll.close") == 0;
    }
    return caller->kind == CALLER_MEMBER && id_equal(caller->member, hall->facilitator.member);
}

static void test_states_by_role(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    struct caller callers[] = {hall.facilitator, hall.admin,   hall.member, hall.observer,
                               world_operator,   world_system, world_nobody};
    for (size_t s = 0; s < 4; s++) {
        for (size_t a = 0; a < ACTS; a++) {
            for (size_t c = 0; c < sizeof callers / sizeof callers[0]; c++) {
                struct id poll = poll_in(&hall, states[s]);
                bool allowed = may(&hall, &callers[c], acts[a]);
                const char *wanted = allowed                            ? outcome[s][a]
                                     : callers[c].kind == CALLER_NOBODY ? "session.none"
                                                                        : "right.missing";
                const char *found = try_act(&hall, callers[c], acts[a], poll);
                if (strcmp(found, wanted) != 0) {
                    fail_msg("%s of a poll %s by caller %zu: %s, not %s", acts[a], states[s], c,
                             found, wanted);
                }
            }
        }
    }
    world_close(&hall.world);
}

/* Nothing comes between a close and its count: whatever is tried next finds the vote counted. */
static void test_closed_is_counted_at_once(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    for (size_t a = 0; a < ACTS; a++) {
        struct id poll = poll_in(&hall, "closed");
        struct caller by = strcmp(acts[a], "poll.count") == 0 ? world_system : hall.facilitator;
        assert_string_equal(try_act(&hall, by, acts[a], poll), outcome[COUNTED][a]);
        world_expect_text(&hall.world, DOCUMENT_POLL, poll, "state",
                          strcmp(acts[a], "poll.reopen") == 0 ? "open" : "counted");
    }
    world_close(&hall.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_main_road),
        cmocka_unit_test(test_verdicts_move_proposals),
        cmocka_unit_test(test_straw_and_practice_decide_nothing),
        cmocka_unit_test(test_drafts_refused),
        cmocka_unit_test(test_draft_replaced),
        cmocka_unit_test(test_opening_refused),
        cmocka_unit_test(test_electorates),
        cmocka_unit_test(test_dates_act),
        cmocka_unit_test(test_slept_through_the_close),
        cmocka_unit_test(test_cancel_gives_proposals_back),
        cmocka_unit_test(test_states_by_role),
        cmocka_unit_test(test_closed_is_counted_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
