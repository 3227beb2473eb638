/* Meetings: who plans, prepares and leads them; agendas, offices as roles in the record, items and their times; and that what
 * two leaders do at once is kept apart. Their dates are in meeting_date_test.c. */
#include "assembly/erasure.h"
#include "assembly/meeting.h"
#include "tests/harness/c/meetings.h"
#include "tests/harness/c/voting.h"
#include "tests/harness/c/world.h"

#include <string.h>

#define DAY UINT64_C(86400000)

static uint16_t roles(struct world *world, struct caller who)
{
    struct store_txn *txn;
    struct record_member record;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    assert_true(record_member(txn, who.member, &record));
    store_abort(txn);
    return record.roles;
}

static const char *code_of(struct world *world, struct id id)
{
    static char text[MEETING_CODE_SIZE + 1];
    json_t *document = world_document(world, DOCUMENT_MEETING_CODE, id);
    struct slice code = json_get_text(document, "code");
    assert_int_equal(code.size, MEETING_CODE_SIZE);
    memcpy(text, code.data, MEETING_CODE_SIZE);
    json_decref(document);
    return text;
}

/* The id of a new item in the text of an agenda. */
static const char *item(struct world *world, const char *more)
{
    static char texts[8][400];
    static size_t next;
    char *text = texts[next++ % 8];
    snprintf(text, sizeof texts[0],
             "{'id':'%s','title':{'fr':'Point'},'item_kind':'discussion','minutes':10%s}",
             world_text(world_id(world)), more);
    return text;
}

/* ---- planning ---- */

static void test_who_plans(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), bob = world_member(&world, "Bob", "");
    struct caller eve = world_member(&world, "Eve", "observer");
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct caller sam = world_member(&world, "Sam", "secretary");
    world_must(&world, ada, "group.create",
               "{'id':'%s','language':'fr','name':'Jardin','purpose':''}",
               world_text(world_id(&world)));
    assert_string_equal(meetings_try_plan(&world, ada, "general_assembly", ""), "right.missing");
    assert_string_equal(meetings_try_plan(&world, eve, "work_session", ""), "right.missing");
    assert_string_equal(meetings_try_plan(&world, ada, "group", ""), "input.missing_field");
    assert_string_equal(meetings_try_plan(&world, bob, "group", ",'group':'1'"), "right.missing");
    assert_string_equal(meetings_try_plan(&world, ada, "group", ",'group':'9'"), "group.unknown");
    assert_string_equal(meetings_try_plan(&world, sam, "board", ",'link':'http://ici.example'"),
                        "input.bad_value");
    assert_string_equal(meetings_try_plan(&world, sam, "board", ",'rule':'sc-whatever'"),
                        "rule.unknown");
    assert_string_equal(meetings_try_plan(&world, sam, "board", ",'template':'none'"),
                        "meeting.bad_agenda");
    assert_string_equal(meetings_try_plan(&world, sam, "board", ",'second_of':'1'"),
                        "meeting.unknown");
    assert_string_equal(
        world_try(&world, sam, "meeting.plan",
                  "{'id':'%s','kind':'board','title':{'fr':'X'},'starts':9007199254740991,"
                  "'minutes':1}",
                  world_text(world_id(&world))),
        "input.bad_value");
    struct id group = meetings_plan(&world, ada, "group", world.now_ms + DAY, ",'group':'1'");
    struct id work = meetings_plan(&world, bob, "work_session", world.now_ms + DAY, "");
    struct id board =
        meetings_plan(&world, flo, "board", world.now_ms + DAY,
                      ",'place':{'fr':'Ici'},'link':'https://ici.example/1','remote':true");
    world_expect_text(&world, DOCUMENT_MEETING, group, "group.name", "Jardin");
    world_expect_text(&world, DOCUMENT_MEETING_CARD, board, "place.fr", "Ici");
    world_expect_number(&world, DOCUMENT_MEETING, board, "number", 3);
    /* A group's meeting is led by who coordinates it, a work session by who called it, no other by a plain member. */
    assert_string_equal(meetings_act(&world, bob, "meeting.start", group), "right.missing");
    assert_string_equal(meetings_act(&world, ada, "meeting.start", work), "right.missing");
    assert_string_equal(meetings_act(&world, bob, "meeting.start", board), "right.missing");
    assert_string_equal(meetings_act(&world, ada, "meeting.start", group), "");
    assert_string_equal(meetings_act(&world, bob, "meeting.start", work), "");
    assert_string_equal(meetings_act(&world, sam, "meeting.start", board), "right.missing");
    assert_string_equal(meetings_act(&world, sam, "meeting.call", board), "");
    world_must(&world, eve, "meeting.list", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 3);
    assert_int_equal(json_integer_value(world_at(world.result, "items.0.number")), 3);
    world_must(&world, eve, "meeting.get", "{'id':'2'}");
    assert_string_equal(json_string_value(world_at(world.result, "doc.state")), "open");
    assert_string_equal(world_try(&world, eve, "meeting.get", "{'id':'9'}"), "meeting.unknown");
    world_close(&world);
}

static void test_room_for_so_many(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct id first = meetings_plan(&world, flo, "board", world.now_ms + DAY, "");
    struct caller bob = world_member(&world, "Bob", "");
    for (int i = 1; i < MEETINGS_AHEAD_MAX / 2; i++) {
        meetings_plan(&world, bob, "work_session", world.now_ms + DAY, "");
    }
    assert_string_equal(meetings_try_plan(&world, bob, "work_session", ""), "meeting.full");
    for (int i = MEETINGS_AHEAD_MAX / 2; i < MEETINGS_AHEAD_MAX; i++) {
        meetings_plan(&world, flo, "board", world.now_ms + DAY, "");
    }
    assert_string_equal(meetings_try_plan(&world, flo, "board", ""), "meeting.full");
    world_must(&world, flo, "meeting.cancel", "{'id':'%s','reason':'Non.'}", world_text(first));
    world_expect_text(&world, DOCUMENT_MEETING, first, "cancelled.reason", "Non.");
    assert_string_equal(meetings_try_plan(&world, flo, "board", ""), "");
    assert_string_equal(meetings_act(&world, flo, "meeting.start", first), "meeting.bad_state");
    world_close(&world);
}

static void test_revised(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct id id = meetings_plan(&world, flo, "board", world.now_ms + 10 * DAY,
                                 ",'place':{'fr':'Ici'},'rule':'sc-statutes','series':'week'");
    int64_t base = meetings_number(&world, id, "rev");
    world_expect_text(&world, DOCUMENT_MEETING, id, "quorum.unit", "shares");
    world_expect_number(&world, DOCUMENT_MEETING, id, "quorum.den", 2);
    assert_string_equal(world_try(&world, flo, "meeting.revise", "{'id':'1'}"),
                        "input.missing_field");
    world_must(&world, flo, "meeting.revise",
               "{'id':'1','base':%lld,'place':null,'rule':null,'series':null,'minutes':60}",
               (long long)base);
    assert_false(meetings_has(&world, id, "place"));
    assert_false(meetings_has(&world, id, "quorum"));
    assert_false(meetings_has(&world, id, "series"));
    assert_int_equal(meetings_number(&world, id, "planned_end_ms") -
                         meetings_number(&world, id, "starts_ms"),
                     60 * 60000);
    assert_string_equal(world_try(&world, flo, "meeting.revise",
                                  "{'id':'1','base':%lld,'title':{'fr':'Autre'}}", (long long)base),
                        "conflict");
    world_must(&world, flo, "meeting.revise", "{'id':'1','starts':%llu}",
               (unsigned long long)(world.now_ms + 3 * DAY));
    assert_int_equal(meetings_number(&world, id, "planned_end_ms") -
                         meetings_number(&world, id, "starts_ms"),
                     60 * 60000);
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "");
    assert_string_equal(world_try(&world, flo, "meeting.revise", "{'id':'1','starts':0}"),
                        "meeting.bad_state");
    world_must(&world, flo, "meeting.revise", "{'id':'1','link':'https://x.example/'}");
    assert_string_equal(meetings_act(&world, flo, "meeting.end", id), "");
    assert_string_equal(world_try(&world, flo, "meeting.revise", "{'id':'1','minutes':5}"),
                        "meeting.bad_state");
    world_close(&world);
}

/* ---- agendas ---- */

static void test_agenda(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct caller gil = world_member(&world, "Gil", "facilitator");
    struct id id = meetings_plan(&world, flo, "general_assembly", world.now_ms + DAY,
                                 ",'template':'ordinary'");
    int64_t base = meetings_number(&world, id, "rev");
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.4.item_kind", "vote");
    assert_true(id_equal(meetings_id(&world, id, "agenda.4.parent"),
                         meetings_id(&world, id, "agenda.3.id")));
    char top[40], below[120];
    const char *first = item(&world, "");
    snprintf(top, sizeof top, "%.36s", first + strlen("{'id':'"));
    snprintf(below, sizeof below, ",'parent':'%s'", top);
    const char *second = item(&world, below);
    char under[40], deeper[120];
    snprintf(under, sizeof under, "%.36s", second + strlen("{'id':'"));
    snprintf(deeper, sizeof deeper, ",'parent':'%s'", under);
    world_must(&world, flo, "meeting.agenda", "{'id':'1','base':%lld,'items':[%s,%s]}",
               (long long)base, first, second);
    /* Gil wrote from what was there before: nothing of Flo's is lost. */
    assert_string_equal(world_try(&world, gil, "meeting.agenda",
                                  "{'id':'1','base':%lld,'items':[]}", (long long)base),
                        "conflict");
    base = meetings_number(&world, id, "rev");
    assert_string_equal(world_try(&world, gil, "meeting.agenda",
                                  "{'id':'1','base':%lld,'items':[%s,%s]}", (long long)base, second,
                                  first),
                        "meeting.bad_agenda"); /* a parent stands before */
    assert_string_equal(world_try(&world, gil, "meeting.agenda",
                                  "{'id':'1','base':%lld,'items':[%s,%s]}", (long long)base, first,
                                  first),
                        "meeting.bad_agenda"); /* twice */
    assert_string_equal(world_try(&world, gil, "meeting.agenda",
                                  "{'id':'1','base':%lld,'items':[%s,%s,%s]}", (long long)base,
                                  first, second, item(&world, deeper)),
                        "meeting.bad_agenda"); /* three deep */
    assert_string_equal(world_try(&world, gil, "meeting.agenda",
                                  "{'id':'1','base':%lld,'items':[%s]}", (long long)base,
                                  item(&world, ",'tasks':['7']")),
                        "task.unknown");
    /* What was held stays, with its times, wherever it is put. */
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "");
    world_must(&world, flo, "meeting.item", "{'id':'1','item':'%s'}", under);
    world_must(&world, flo, "meeting.item", "{'id':'1','item':'%s'}", top);
    assert_string_equal(world_try(&world, flo, "meeting.agenda",
                                  "{'id':'1','base':%lld,'items':[%s]}",
                                  (long long)meetings_number(&world, id, "rev"), first),
                        "meeting.bad_agenda");
    int64_t spent = meetings_number(&world, id, "agenda.1.spent_ms");
    assert_true(spent >= 1000);
    world_must(&world, flo, "meeting.agenda", "{'id':'1','base':%lld,'items':[%s,%s,%s]}",
               (long long)base, item(&world, ""), first, second);
    assert_int_equal(meetings_number(&world, id, "agenda.2.spent_ms"), spent);
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.2.outcome", "held");
    assert_string_equal(meetings_act(&world, flo, "meeting.end", id), "");
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.0.outcome", "skipped");
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.1.outcome", "held");
    world_close(&world);
}

static void test_links(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""),
                  flo = world_member(&world, "Flo", "facilitator");
    struct id proposal = world_id(&world);
    world_must(&world, ada, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Des bancs','need':'Assez.','text':'Du bois.',"
               "'themes':[]}",
               world_text(proposal));
    char agenda[600];
    snprintf(agenda, sizeof agenda, ",'agenda':[%s]", item(&world, ",'proposals':['1','1']"));
    struct id id = meetings_plan(&world, flo, "general_assembly", world.now_ms + DAY, agenda);
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.0.proposals.0.title", "Des bancs");
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.0.proposals.0.number", "1");
    assert_false(meetings_has(&world, id, "agenda.0.proposals.1"));
    /* Moving an item leaves what it is about as it is. */
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "");
    struct id one = meetings_id(&world, id, "agenda.0.id");
    world_must(&world, flo, "meeting.item", "{'id':'1','item':'%s'}", world_text(one));
    world_must(&world, flo, "meeting.move", "{'id':'1','item':'%s'}", world_text(one));
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.0.outcome", "moved");
    assert_false(meetings_has(&world, id, "current"));
    world_expect_text(&world, DOCUMENT_PROPOSAL_CARD, proposal, "state", "idea");
    /* What has no page of its own is discussed on that of the meeting. */
    struct id comment = world_id(&world);
    world_must(&world, ada, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'meeting','id':'1'},'text':'Et après ?'}",
               world_text(comment));
    world_must(&world, ada, "search.find", "{'text':'après'}");
    assert_string_equal(json_string_value(world_at(world.result, "items.0.on.kind")), "meeting");
    world_close(&world);
}

/* Eleven items that name the same twenty proposals: more than phones should get at each step. */
static void test_links_of_all_items(void **state)
{
    struct world world;
    struct buffer items;
    char named[300] = ",'proposals':[";
    (void)state;
    world_open(&world);
    buffer_init(&items, 1 << 16);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct id id = meetings_plan(&world, flo, "general_assembly", world.now_ms + DAY, "");
    for (int i = 1; i <= MEETING_LINKS_MAX; i++) {
        world_must(&world, flo, "proposal.submit",
                   "{'id':'%s','language':'fr','title':'Banc','need':'','text':'B','themes':[]}",
                   world_text(world_id(&world)));
        snprintf(named + strlen(named), 20, "'%d'%s", i, i < MEETING_LINKS_MAX ? "," : "]");
    }
    for (int i = 0; i < 11; i++) {
        buffer_append(&items, ",", i > 0);
        buffer_append_slice(&items, slice_text(item(&world, named)));
        const char *answer =
            world_try(&world, flo, "meeting.agenda", "{'id':'1','base':%lld,'items':[%.*s]}",
                      (long long)meetings_number(&world, id, "rev"), (int)items.size,
                      (const char *)items.data);
        assert_string_equal(answer, i < 10 ? "" : "input.too_big");
    }
    buffer_free(&items);
    world_close(&world);
}

static int64_t template_rev(struct world *world, struct id id)
{
    json_t *template = world_document(world, DOCUMENT_AGENDA_TEMPLATE, id);
    int64_t rev = json_integer_value(world_at(template, "rev"));
    json_decref(template);
    return rev;
}

static const char *bring_back(struct world *world, struct caller caller, struct id id)
{
    return world_try(world, caller, "meeting.forget_template", "{'id':'%s','forgotten':false}",
                     world_text(id));
}

static void test_templates(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), bob = world_member(&world, "Bob", "");
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct id id =
        meetings_plan(&world, ada, "work_session", world.now_ms + DAY, ",'template':'ordinary'");
    struct id kept = world_id(&world);
    assert_string_equal(world_try(&world, bob, "meeting.keep_template",
                                  "{'id':'%s','meeting':'1','name':{'fr':'Le jeudi'}}",
                                  world_text(kept)),
                        "right.missing");
    world_must(&world, ada, "meeting.keep_template",
               "{'id':'%s','meeting':'1','name':{'fr':'Le jeudi'}}", world_text(kept));
    assert_string_equal(world_try(&world, ada, "meeting.keep_template",
                                  "{'id':'%s','meeting':'1','name':{'fr':'Le jeudi'}}",
                                  world_text(kept)),
                        "conflict");
    world_must(&world, bob, "meeting.templates", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 4);
    assert_string_equal(json_string_value(world_at(world.result, "items.0.id")), "ordinary");
    assert_string_equal(json_string_value(world_at(world.result, "items.2.name.nl")), "Werkgroep");
    assert_string_equal(json_string_value(world_at(world.result, "items.3.name.fr")), "Le jeudi");
    assert_int_equal(json_integer_value(world_at(world.result, "items.3.items.4.under")), 3);
    char more[80];
    snprintf(more, sizeof more, ",'template':'%s'", world_text(kept));
    struct id next = meetings_plan(&world, bob, "work_session", world.now_ms + DAY, more);
    assert_true(id_equal(meetings_id(&world, next, "agenda.4.parent"),
                         meetings_id(&world, next, "agenda.3.id")));
    assert_false(
        id_equal(meetings_id(&world, next, "agenda.4.id"), meetings_id(&world, id, "agenda.4.id")));
    assert_string_equal(meetings_act(&world, bob, "meeting.forget_template", kept),
                        "right.missing");
    assert_string_equal(meetings_act(&world, flo, "meeting.forget_template", kept), "");
    world_must(&world, bob, "meeting.templates", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 3);
    /* Brought back it is as it was, and still hers; what is so already leaves the record as it is. */
    int64_t rev = template_rev(&world, kept);
    world_must(&world, flo, "meeting.forget_template", "{'id':'%s'}", world_text(kept));
    assert_int_equal(template_rev(&world, kept), rev);
    assert_string_equal(bring_back(&world, bob, kept), "right.missing");
    assert_string_equal(bring_back(&world, flo, kept), "");
    rev = template_rev(&world, kept);
    assert_string_equal(bring_back(&world, flo, kept), "");
    assert_int_equal(template_rev(&world, kept), rev);
    world_must(&world, bob, "meeting.templates", "{}");
    assert_string_equal(json_string_value(world_at(world.result, "items.3.name.fr")), "Le jeudi");
    assert_string_equal(json_string_value(world_at(world.result, "items.3.by.name")), "Ada");
    assert_int_equal(json_integer_value(world_at(world.result, "items.3.items.4.under")), 3);
    world_must(&world, ada, "meeting.forget_template", "{'id':'%s'}", world_text(kept));
    /* Members fill half of the room. */
    for (int i = 0; i <= MEETING_TEMPLATES_MAX; i++) {
        bool of_ada = i <= MEETING_TEMPLATES_MAX / 2, fits = i != MEETING_TEMPLATES_MAX / 2;
        assert_string_equal(world_try(&world, of_ada ? ada : flo, "meeting.keep_template",
                                      "{'id':'%s','meeting':'1','name':{'fr':'M'}}",
                                      world_text(world_id(&world))),
                            fits ? "" : "meeting.full");
    }
    assert_string_equal(bring_back(&world, ada, kept), "meeting.full");
    assert_string_equal(world_try(&world, flo, "meeting.keep_template",
                                  "{'id':'%s','meeting':'1','name':{'fr':'M'}}",
                                  world_text(world_id(&world))),
                        "meeting.full");
    world_close(&world);
}

/* ---- offices ---- */

static void test_offices(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), bob = world_member(&world, "Bob", "");
    struct caller cy = world_member(&world, "Cy", ""),
                  eve = world_member(&world, "Eve", "observer");
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct caller sam = world_member(&world, "Sam", "secretary");
    struct id id = meetings_plan(&world, flo, "general_assembly", world.now_ms + DAY, "");
    struct id other = meetings_plan(&world, flo, "board", world.now_ms + DAY, "");
    assert_string_equal(world_try(&world, flo, "meeting.offices",
                                  "{'id':'1','chair':'%s','scrutineers':[]}",
                                  world_text(eve.member)),
                        "member.bad_state");
    assert_string_equal(world_try(&world, flo, "meeting.offices",
                                  "{'id':'1','scrutineers':['%s','%s']}", world_text(bob.member),
                                  world_text(bob.member)),
                        "input.bad_value");
    world_must(&world, flo, "meeting.offices",
               "{'id':'1','chair':'%s','secretary':'%s','scrutineers':['%s','%s']}",
               world_text(ada.member), world_text(sam.member), world_text(bob.member),
               world_text(cy.member));
    world_expect_text(&world, DOCUMENT_MEETING, id, "offices.chair.name", "Ada");
    assert_int_equal(roles(&world, ada), ROLE_MEMBER);
    /* Offices become roles when it starts; the standing one is not the meeting's. */
    assert_string_equal(meetings_act(&world, ada, "meeting.start", id), "");
    assert_int_equal(roles(&world, ada), ROLE_MEMBER | ROLE_CHAIR);
    assert_int_equal(roles(&world, bob), ROLE_MEMBER | ROLE_SCRUTINEER);
    json_t *meeting = world_document(&world, DOCUMENT_MEETING, id);
    assert_int_equal(json_array_size(world_at(meeting, "gave")), 3);
    json_decref(meeting);
    /* Another meeting that is open asks for the same: the last one takes it back. */
    world_must(&world, flo, "meeting.offices", "{'id':'2','chair':'%s','scrutineers':[]}",
               world_text(ada.member));
    assert_string_equal(meetings_act(&world, flo, "meeting.start", other), "");
    /* Changing offices while it is open: Cy comes in for Ada, who still chairs the other. */
    world_must(&world, ada, "meeting.offices",
               "{'id':'1','chair':'%s','secretary':'%s','scrutineers':['%s']}",
               world_text(cy.member), world_text(sam.member), world_text(bob.member));
    assert_int_equal(roles(&world, cy), ROLE_MEMBER | ROLE_CHAIR);
    assert_int_equal(roles(&world, ada), ROLE_MEMBER | ROLE_CHAIR);
    assert_string_equal(meetings_act(&world, flo, "meeting.end", other), "");
    assert_int_equal(roles(&world, ada), ROLE_MEMBER);
    /* Who left meanwhile loses it as well. */
    world_must(&world, bob, "member.leave", "{'id':'%s'}", world_text(bob.member));
    assert_string_equal(meetings_act(&world, cy, "meeting.end", id), "");
    assert_int_equal(roles(&world, cy), ROLE_MEMBER);
    assert_int_equal(roles(&world, bob) & ROLE_SCRUTINEER, 0);
    assert_int_equal(roles(&world, sam), ROLE_MEMBER | ROLE_SECRETARY);
    assert_false(meetings_has(&world, id, "gave"));
    world_close(&world);
}

/* Whoever calls a work session may be its secretary, and is no secretariat by it. */
static void test_secretary_of_a_meeting(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ida", "admin observer");
    struct caller ada = world_member(&world, "Ada", "");
    struct id id = meetings_plan(&world, ada, "work_session", world.now_ms + DAY, "");
    world_must(&world, ada, "meeting.offices", "{'id':'1','secretary':'%s','scrutineers':[]}",
               world_text(ada.member));
    assert_string_equal(meetings_act(&world, ada, "meeting.start", id), "");
    assert_int_equal(roles(&world, ada), ROLE_MEMBER | ROLE_SECRETARY);
    assert_string_equal(meetings_try_plan(&world, ada, "general_assembly", ""), "right.missing");
    assert_string_equal(
        world_try(&world, ada, "member.update", "{'id':'%s','shares':99}", world_text(ada.member)),
        "right.missing");
    /* An office of a meeting is not given or taken by the administration. */
    world_must(&world, admin, "member.update", "{'id':'%s','roles':['facilitator']}",
               world_text(ada.member));
    assert_int_equal(roles(&world, ada), ROLE_MEMBER | ROLE_SECRETARY | ROLE_FACILITATOR);
    assert_string_equal(meetings_act(&world, ada, "meeting.end", id), "");
    assert_int_equal(roles(&world, ada), ROLE_MEMBER | ROLE_FACILITATOR);
    world_must(&world, admin, "member.update", "{'id':'%s','roles':['secretary']}",
               world_text(ada.member));
    world_must(&world, ada, "meeting.plan",
               "{'id':'%s','kind':'board','title':{'fr':'CA'},'starts':%llu,'minutes':60}",
               world_text(world_id(&world)), (unsigned long long)world.now_ms + DAY);
    world_close(&world);
}

static void test_dormant_chair(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct id id = meetings_plan(&world, flo, "board", world.now_ms + DAY, "");
    world_must(&world, flo, "meeting.offices", "{'id':'1','chair':'%s','scrutineers':[]}",
               world_text(flo.member));
    world_must(&world, flo, "member.update", "{'id':'%s','status':'dormant'}",
               world_text(flo.member));
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "");
    assert_int_equal(roles(&world, flo), ROLE_MEMBER | ROLE_FACILITATOR | ROLE_CHAIR);
    world_expect_text(&world, DOCUMENT_MEMBER, flo.member, "status", "active");
    assert_string_equal(meetings_act(&world, flo, "meeting.end", id), "");
    assert_int_equal(roles(&world, flo), ROLE_MEMBER | ROLE_FACILITATOR);
    world_close(&world);
}

/* A member who is erased with their words: the work session they called says nothing any more, a meeting of the organisation
 * what it said; nobody stands in their office. */
static void test_erased(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), adm = world_member(&world, "Adm", "admin");
    struct id work = meetings_plan(
        &world, ada, "work_session", world.now_ms + DAY,
        ",'place':{'fr':'Chez Ada','as':'Chez moi'},'series':'week','template':'ordinary'");
    struct id board =
        meetings_plan(&world, adm, "board", world.now_ms + DAY, ",'place':{'fr':'Ici'}");
    world_must(&world, ada, "meeting.revise", "{'id':'1','link':'https://ada.example/'}");
    world_must(&world, adm, "meeting.offices", "{'id':'2','chair':'%s','scrutineers':[]}",
               world_text(ada.member));
    assert_string_equal(meetings_act(&world, ada, "meeting.start", board), "");
    world_must(&world, adm, "member.erase", "{'id':'%s','texts':true,'reason':'asked'}",
               world_text(ada.member));
    world_expect_text(&world, DOCUMENT_MEETING, work, "place.fr", ERASED_TEXT);
    world_expect_text(&world, DOCUMENT_MEETING, work, "place.as", ERASED_TEXT);
    world_expect_text(&world, DOCUMENT_MEETING, work, "link", ERASED_TEXT);
    world_expect_text(&world, DOCUMENT_MEETING, work, "agenda.3.title.fr", ERASED_TEXT);
    world_expect_text(&world, DOCUMENT_MEETING, work, "series.every", "week");
    world_expect_text(&world, DOCUMENT_MEETING, board, "place.fr", "Ici");
    world_expect_text(&world, DOCUMENT_MEETING, board, "offices.chair.name", "");
    world_must(&world, adm, "meeting.offices", "{'id':'2','chair':'%s','scrutineers':[]}",
               world_text(adm.member));
    assert_string_equal(meetings_act(&world, adm, "meeting.end", board), "");
    assert_int_equal(roles(&world, adm) & ROLE_CHAIR, 0);
    world_close(&world);
}

/* ---- called, found, voted on ---- */

static bool is_told(struct world *world, struct caller who)
{
    world_must(world, who, "notification.list", "{}");
    const json_t *what = world_at(world->result, "items.0.what");
    return what != NULL && strcmp(json_string_value(what), "meeting_called") == 0;
}

static void test_called(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), bob = world_member(&world, "Bob", "");
    struct caller flo = world_member(&world, "Flo", "facilitator");
    world_must(&world, ada, "group.create",
               "{'id':'%s','language':'fr','name':'Jardin','purpose':''}",
               world_text(world_id(&world)));
    struct id small = meetings_plan(&world, ada, "group", world.now_ms + DAY, ",'group':'1'");
    struct id large = meetings_plan(&world, flo, "general_assembly", world.now_ms + DAY,
                                    ",'template':'statutes'");
    assert_string_equal(meetings_act(&world, flo, "meeting.call", small), "");
    assert_true(is_told(&world, ada));
    assert_false(is_told(&world, bob));
    assert_string_equal(meetings_act(&world, flo, "meeting.call", large), "");
    assert_true(is_told(&world, bob));
    assert_int_equal(json_integer_value(world_at(world.result, "items.0.count")), 1);
    assert_string_equal(json_string_value(world_at(world.result, "items.0.on.number")), "2");
    assert_false(is_told(&world, flo)); /* who sent it knows */
    /* Found by the words of its agenda, as long as they stand there. */
    world_must(&world, bob, "search.find", "{'text':'amendements'}");
    assert_string_equal(json_string_value(world_at(world.result, "items.0.kind")), "meeting");
    world_must(&world, flo, "meeting.agenda", "{'id':'2','base':%lld,'items':[]}",
               (long long)meetings_number(&world, large, "rev"));
    world_must(&world, bob, "search.find", "{'text':'amendements'}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 0);
    world_close(&world);
}

static void test_votes_on_the_agenda(void **state)
{
    struct world world;
    char rest[120];
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct id id = meetings_plan(&world, flo, "general_assembly", world.now_ms + DAY,
                                 ",'template':'statutes'");
    struct id first = meetings_id(&world, id, "agenda.3.id"),
              second = meetings_id(&world, id, "agenda.4.id");
    int64_t base = meetings_number(&world, id, "rev");
    snprintf(rest, sizeof rest, ",'meeting':'1','item':'%s'", world_text(first));
    struct id poll = voting_draft(&world, flo, "decision", (struct id){{0}}, rest);
    assert_true(id_equal(meetings_id(&world, id, "agenda.3.polls.0.id"), poll));
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.3.polls.0.titles.nl", "Ja?");
    /* An agenda written before it would lose the vote. */
    assert_string_equal(world_try(&world, flo, "meeting.agenda",
                                  "{'id':'1','base':%lld,'items':[]}", (long long)base),
                        "conflict");
    world_must(&world, flo, "poll.define",
               "{'id':'%s','kind':'decision','about':[],'question':{'fr':'Non ?','nl':'Nee?',"
               "'en':'No?'},'method':'yes-no','mode':'named','meeting':'1','item':'%s'}",
               world_text(poll), world_text(second));
    assert_false(meetings_has(&world, id, "agenda.3.polls.0"));
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.4.polls.0.titles.nl", "Nee?");
    /* What is open keeps the meeting from ending; what the screen shows is one of its votes. */
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "");
    world_must(&world, flo, "attendance.enter", "{'meeting':'1','code':'%s'}", code_of(&world, id));
    world_must(&world, flo, "poll.open", "{'id':'%s'}", world_text(poll));
    world_must(&world, flo, "meeting.show", "{'id':'1','what':'poll','poll':'1'}");
    assert_true(id_equal(meetings_id(&world, id, "shown.poll"), poll));
    assert_string_equal(meetings_act(&world, flo, "meeting.end", id), "meeting.bad_state");
    world_must(&world, flo, "poll.close", "{'id':'%s'}", world_text(poll));
    assert_string_equal(meetings_act(&world, flo, "meeting.end", id), "");
    world_due(&world);
    world_expect_text(&world, DOCUMENT_POLL, poll, "state", "counted");
    world_close(&world);
}

/* ---- leading ---- */

static void test_led(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct caller gil = world_member(&world, "Gil", "facilitator");
    struct id id = meetings_plan(&world, flo, "general_assembly", world.now_ms + DAY,
                                 ",'template':'statutes'");
    struct id first = meetings_id(&world, id, "agenda.0.id"),
              second = meetings_id(&world, id, "agenda.1.id");
    assert_string_equal(
        world_try(&world, flo, "meeting.item", "{'id':'1','item':'%s'}", world_text(first)),
        "meeting.bad_state");
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "");
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "meeting.bad_state");
    (void)code_of(&world, id);
    assert_false(meetings_has(&world, id, "current"));
    int64_t base = meetings_number(&world, id, "rev");
    world_must(&world, flo, "meeting.item", "{'id':'1','base':%lld,'item':'%s'}", (long long)base,
               world_text(first));
    int64_t since = meetings_number(&world, id, "current_ms");
    /* Gil saw it before Flo acted. */
    assert_string_equal(world_try(&world, gil, "meeting.item", "{'id':'1','base':%lld,'item':'%s'}",
                                  (long long)base, world_text(second)),
                        "conflict");
    world_expect_text(&world, DOCUMENT_MEETING, id, "led_by.name", "Flo");
    world.now_ms += 60000;
    world_must(&world, gil, "meeting.item", "{'id':'1','item':'%s'}", world_text(second));
    world_expect_text(&world, DOCUMENT_MEETING, id, "led_by.name", "Gil");
    world_expect_number(&world, DOCUMENT_MEETING, id, "agenda.0.spent_ms",
                        meetings_number(&world, id, "current_ms") - since);
    /* Back to the first: held in two stretches. */
    world_must(&world, gil, "meeting.item", "{'id':'1','item':'%s'}", world_text(first));
    assert_false(meetings_has(&world, id, "agenda.0.outcome"));
    world_expect_number(&world, DOCUMENT_MEETING, id, "agenda.0.started_ms", since);
    assert_string_equal(
        world_try(&world, gil, "meeting.item", "{'id':'1','item':'%s'}", world_text(first)),
        "conflict");
    assert_string_equal(
        world_try(&world, gil, "meeting.item", "{'id':'1','item':'%s'}", world_text(id)),
        "meeting.bad_agenda");
    world_must(&world, gil, "meeting.show", "{'id':'1','what':'join'}");
    world_expect_text(&world, DOCUMENT_MEETING, id, "shown.what", "join");
    assert_string_equal(world_try(&world, gil, "meeting.show", "{'id':'1','what':'poll'}"),
                        "input.missing_field");
    assert_string_equal(
        world_try(&world, gil, "meeting.show", "{'id':'1','what':'poll','poll':'7'}"),
        "poll.unknown");
    assert_string_equal(world_try(&world, gil, "meeting.cancel", "{'id':'1','reason':'Non.'}"),
                        "meeting.bad_state");
    assert_string_equal(meetings_act(&world, gil, "meeting.end", id), "");
    world_expect_text(&world, DOCUMENT_MEETING_CARD, id, "state", "ended");
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.0.outcome", "held");
    world_expect_text(&world, DOCUMENT_MEETING, id, "agenda.5.outcome", "skipped");
    json_t *code = world_document(&world, DOCUMENT_MEETING_CODE, id);
    assert_null(world_at(code, "code"));
    json_decref(code);
    assert_string_equal(meetings_act(&world, gil, "meeting.end", id), "meeting.bad_state");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_plans),
        cmocka_unit_test(test_room_for_so_many),
        cmocka_unit_test(test_revised),
        cmocka_unit_test(test_agenda),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_links_of_all_items),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_offices),
        cmocka_unit_test(test_secretary_of_a_meeting),
        cmocka_unit_test(test_dormant_chair),
        cmocka_unit_test(test_erased),
        cmocka_unit_test(test_called),
        cmocka_unit_test(test_votes_on_the_agenda),
        cmocka_unit_test(test_led),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
