/* Objections: who reads them, that only another ballot of their author ends them, that a confidential vote names nobody and an
 * erasure leaves no word; and a vote that is asked again about a new text. */
#include "tests/harness/c/voting.h"

#include <string.h>

#include "assembly/concept.h"
#include "assembly/erasure.h"
#include "assembly/parts.h"

static const struct id nothing;

struct circle {
    struct world world;
    struct caller facilitator, secretary, observer;
    struct voter voters[6];
    struct id proposal, poll;
};

/* A vote by consent on the proposal of the first voter, put by facilitation. */
static void circle_open(struct circle *circle, const char *mode)
{
    static const char *const names[] = {"Ann", "Bea", "Cis", "Dov", "Eli", "Fen"};
    struct world *world = &circle->world;
    world_open(world);
    circle->facilitator = world_member(world, "Fay", "facilitator observer");
    circle->secretary = world_member(world, "Sam", "secretary observer");
    circle->observer = world_member(world, "Obe", "observer");
    for (size_t i = 0; i < 6; i++) {
        circle->voters[i] = voting_voter(world, names[i], "");
    }
    circle->proposal = voting_ready_proposal(world, circle->voters[0].caller, circle->facilitator);
    circle->poll = world_id(world);
    world_must(world, circle->facilitator, "poll.define",
               "{'id':'%s','kind':'decision','about':['%s'],'question':{'fr':'Oui ?','nl':'Ja?',"
               "'en':'Yes?'},'method':'consent','mode':'%s','closes':%llu}",
               world_text(circle->poll), world_text(circle->proposal), mode,
               (unsigned long long)(world->now_ms + 86400000));
    world_must(world, circle->facilitator, "poll.open", "{'id':'%s'}", world_text(circle->poll));
}

/* The objection of whoever raised the first, second … of this vote. */
static struct id objection_at(struct circle *circle, size_t index)
{
    struct store_txn *txn;
    struct id found = {{0}};
    struct index_key prefix = index_key(INDEX_OBJECTION_BY);
    assert_int_equal(store_begin(circle->world.store, STORE_READ, &txn), ERROR_NONE);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_INDEX);
    struct slice key, value;
    bool any = store_cursor_seek(cursor, index_key_slice(&prefix), &key, &value);
    for (size_t at = 0; any && key.data[0] == INDEX_OBJECTION_BY; at++) {
        if (at == index) {
            memcpy(found.bytes, key.data + 1, ID_SIZE);
        }
        any = store_cursor_next(cursor, &key, &value);
    }
    store_cursor_close(cursor);
    store_abort(txn);
    return found;
}

static bool reads(struct circle *circle, struct caller caller, struct id objection)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(circle->world.store, STORE_READ, &txn), ERROR_NONE);
    bool readable = document_is_readable(txn, DOCUMENT_OBJECTION, objection, &caller);
    assert_int_equal(topic_is_readable(txn, topic_of(TOPIC_OBJECTIONS, circle->poll), &caller),
                     readable);
    assert_int_equal(topic_is_readable(txn, topic_of(TOPIC_OBJECTION, objection), &caller),
                     readable);
    store_abort(txn);
    return readable;
}

/* The first notification of this kind that the member has: by whom, as JSON; NULL = none. Free it. */
static json_t *news(struct circle *circle, struct caller caller, const char *what)
{
    size_t i;
    json_t *item, *found = NULL;
    world_must(&circle->world, caller, "notification.list", "{}");
    json_array_foreach(json_object_get(circle->world.result, "items"), i, item)
    {
        if (found == NULL && slice_equal(json_get_text(item, "what"), slice_text(what))) {
            found = json_incref(item);
        }
    }
    return found;
}

static void expect_news(struct circle *circle, struct caller caller, const char *what, bool there)
{
    json_t *item = news(circle, caller, what);
    assert_int_equal(item != NULL, there);
    json_decref(item);
}

/* ---- objections ---- */

static void test_its_life(void **state)
{
    struct circle circle;
    struct world *world = &circle.world;
    (void)state;
    circle_open(&circle, "named");
    assert_string_equal(
        voting_cast(world, circle.poll, &circle.voters[2], FORM_CONSENT, CHOICE_OBJECTION),
        "ballot.note_missing");
    circle.voters[2].counter--;
    assert_true(id_is_none(objection_at(&circle, 0)));
    assert_string_equal(voting_object(world, circle.poll, &circle.voters[2], "Too hot"), "");
    struct id objection = objection_at(&circle, 0);
    world_expect_text(world, DOCUMENT_OBJECTION, objection, "text", "Too hot");
    world_expect_text(world, DOCUMENT_OBJECTION, objection, "author.name", "Cis");
    world_expect_number(world, DOCUMENT_OBJECTION, objection, "poll.number", 1);
    assert_string_equal(
        voting_cast(world, circle.poll, &circle.voters[1], FORM_CONSENT, CHOICE_CONCERN), "");
    assert_string_equal(
        voting_cast(world, circle.poll, &circle.voters[2], FORM_CONSENT, CHOICE_CONSENT), "");
    json_t *ended = world_document(world, DOCUMENT_OBJECTION, objection);
    assert_non_null(json_object_get(ended, "ended_ms"));
    assert_string_equal(json_string_value(json_object_get(ended, "text")), "Too hot");
    assert_string_equal(voting_cast(world, circle.poll, &circle.voters[2], FORM_ABSTAIN, 0), "");
    json_t *still = world_document(world, DOCUMENT_OBJECTION, objection);
    assert_true(json_equal(ended, still));
    json_decref(ended);
    json_decref(still);
    assert_string_equal(voting_object(world, circle.poll, &circle.voters[2], "Still too hot"), "");
    assert_true(id_is_none(objection_at(&circle, 1)));
    json_t *again = world_document(world, DOCUMENT_OBJECTION, objection);
    assert_null(json_object_get(again, "ended_ms"));
    assert_non_null(json_object_get(again, "changed_ms"));
    assert_string_equal(json_string_value(json_object_get(again, "text")), "Still too hot");
    json_decref(again);
    world_must(world, circle.facilitator, "poll.close", "{'id':'1'}");
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, circle.poll, "result.verdict", "not_adopted");
    world_expect_number(world, DOCUMENT_POLL, circle.poll, "result.objection", 1);
    world_close(world);
}

/* An objection is read by the roll and by facilitation, and by nobody else; so are the answers. */
static void test_who_reads_and_answers(void **state)
{
    static const char comment[] =
        "{'id':'%s','language':'en','on':{'kind':'objection','id':'%s'},'text':'Why?'}";
    struct circle circle;
    struct world *world = &circle.world;
    (void)state;
    circle_open(&circle, "named");
    struct voter late = voting_voter(world, "Gus", "");
    assert_string_equal(voting_object(world, circle.poll, &circle.voters[2], "Too hot"), "");
    struct id objection = objection_at(&circle, 0), answer = world_id(world);
    const struct caller others[] = {late.caller, circle.observer, circle.secretary, world_operator,
                                    world_nobody};
    assert_true(reads(&circle, circle.voters[1].caller, objection));
    assert_true(reads(&circle, circle.facilitator, objection));
    world_must(world, circle.voters[1].caller, "comment.post", comment, world_text(answer),
               world_text(objection));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_false(reads(&circle, others[i], objection));
    }
    assert_string_equal(world_try(world, late.caller, "comment.post", comment,
                                  world_text(world_id(world)), world_text(objection)),
                        "right.missing");
    assert_string_equal(
        world_try(world, late.caller, "comment.history", "{'id':'%s'}", world_text(answer)),
        "comment.unknown");
    assert_string_equal(world_try(world, late.caller, "comment.react",
                                  "{'id':'%s','reaction':'agree','on':true}", world_text(answer)),
                        "comment.unknown");
    /* Comments have short numbers: nothing may be learnt by trying them. */
    assert_string_equal(
        world_try(world, late.caller, "file.list", "{'on':{'kind':'comment','id':'1'}}"),
        "comment.unknown");
    assert_string_equal(world_try(world, late.caller, "report.make",
                                  "{'on':{'kind':'comment','id':'1'},'reason':'Why'}"),
                        "comment.unknown");
    assert_string_equal(world_try(world, late.caller, "comment.history", "{'id':'1'}"),
                        "comment.unknown");
    world_must(world, circle.voters[1].caller, "file.list", "{'on':{'kind':'comment','id':'1'}}");
    assert_string_equal(world_try(world, circle.voters[1].caller, "comment.post", comment,
                                  world_text(world_id(world)), world_text(circle.poll)),
                        "objection.unknown");
    world_must(world, circle.voters[2].caller, "comment.react",
               "{'id':'%s','reaction':'thanks','on':true}", world_text(answer));
    expect_news(&circle, circle.voters[0].caller, "objection", true);
    expect_news(&circle, circle.voters[1].caller, "objection", false);
    expect_news(&circle, circle.facilitator, "objection", true);
    json_t *told = news(&circle, circle.voters[2].caller, "reply");
    assert_string_equal(json_string_value(world_at(told, "on.kind")), "poll");
    json_decref(told);
    world_close(world);
}

/* A group is asked about the proposal of somebody who is not in it: who wrote it reads and answers. */
static void test_its_author_answers(void **state)
{
    struct circle circle;
    struct world *world = &circle.world;
    (void)state;
    circle_open(&circle, "named");
    struct id straw = world_id(world), own = world_id(world);
    world_must(world, circle.voters[0].caller, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(own));
    world_must(world, circle.facilitator, "poll.define",
               "{'id':'%s','kind':'straw','about':['%s'],'question':{'en':'Yes?'},"
               "'method':'consent','mode':'named','electorate':{'kind':'list','ids':['%s']}}",
               world_text(straw), world_text(own), world_text(circle.voters[1].caller.member));
    world_must(world, circle.facilitator, "poll.open", "{'id':'%s'}", world_text(straw));
    assert_string_equal(voting_object(world, straw, &circle.voters[1], "No room"), "");
    struct id objection = objection_at(&circle, 0);
    circle.poll = straw;
    assert_true(reads(&circle, circle.voters[0].caller, objection));
    assert_false(reads(&circle, circle.voters[2].caller, objection));
    expect_news(&circle, circle.voters[0].caller, "objection", true);
    world_must(
        world, circle.voters[0].caller, "comment.post",
        "{'id':'%s','language':'en','on':{'kind':'objection','id':'%s'},'text':'A small one'}",
        world_text(world_id(world)), world_text(objection));
    world_close(world);
}

static void test_confidential(void **state)
{
    struct circle circle;
    struct world *world = &circle.world;
    (void)state;
    circle_open(&circle, "confidential");
    assert_string_equal(voting_object(world, circle.poll, &circle.voters[2], "Too hot"), "");
    struct id objection = objection_at(&circle, 0);
    json_t *document = world_document(world, DOCUMENT_OBJECTION, objection);
    assert_null(json_object_get(document, "author"));
    json_decref(document);
    json_t *told = news(&circle, circle.voters[0].caller, "objection");
    assert_string_equal(json_string_value(json_object_get(told, "by")), "system");
    json_decref(told);
    /* Whoever raised it hears of an answer, though nobody reads who that is. */
    world_must(world, circle.voters[0].caller, "comment.post",
               "{'id':'%s','language':'en','on':{'kind':'objection','id':'%s'},'text':'Why?'}",
               world_text(world_id(world)), world_text(objection));
    expect_news(&circle, circle.voters[2].caller, "reply", true);
    world_close(world);
}

/* The words go with the note; the objection keeps its place, for its answers. */
static void test_erased(void **state)
{
    struct circle circle;
    struct world *world = &circle.world;
    (void)state;
    circle_open(&circle, "named");
    assert_string_equal(voting_object(world, circle.poll, &circle.voters[2], "Too hot"), "");
    struct id objection = objection_at(&circle, 0);
    world_must(world, circle.secretary, "member.erase", "{'id':'%s','reason':'asked','texts':true}",
               world_text(circle.voters[2].caller.member));
    world_expect_text(world, DOCUMENT_OBJECTION, objection, "text", ERASED_TEXT);
    json_t *document = world_document(world, DOCUMENT_OBJECTION, objection);
    assert_string_not_equal(json_string_value(world_at(document, "author.name")), "Cis");
    json_decref(document);
    world_close(world);
}

/* ---- asked again ---- */

static const char *ask(struct circle *circle, struct caller caller, struct id id, const char *rest)
{
    return world_try(&circle->world, caller, "poll.ask_again", "{'id':'%s','poll':'%s','base':1%s}",
                     world_text(id), world_text(circle->poll), rest);
}

static void test_asked_again(void **state)
{
    struct circle circle;
    struct world *world = &circle.world;
    (void)state;
    circle_open(&circle, "named");
    struct id new = world_id(world);
    assert_string_equal(voting_object(world, circle.poll, &circle.voters[2], "Too hot"), "");
    struct id objection = objection_at(&circle, 0);
    assert_string_equal(ask(&circle, circle.facilitator, new, ",'text':'A cool oven.'"), "");
    world_expect_text(world, DOCUMENT_POLL, circle.poll, "state", "cancelled");
    world_expect_number(world, DOCUMENT_POLL, circle.poll, "followed_by.number", 2);
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, new, "state", "open");
    world_expect_text(world, DOCUMENT_POLL, new, "method", "consent");
    world_expect_text(world, DOCUMENT_POLL, new, "mode", "named");
    world_expect_number(world, DOCUMENT_POLL, new, "follows.number", 1);
    world_expect_number(world, DOCUMENT_POLL, new, "about.0.version", 2);
    world_expect_text(world, DOCUMENT_PROPOSAL, circle.proposal, "state", "voting");
    world_expect_text(world, DOCUMENT_PROPOSAL, circle.proposal, "text", "A cool oven.");
    world_expect_text(world, DOCUMENT_PROPOSAL, circle.proposal, "title", "Un four à pain");
    for (size_t i = 0; i < 6; i++) {
        expect_news(&circle, circle.voters[i].caller, "poll_again", true);
    }
    /* Nobody's answer is carried over; the objection stands where it was raised. */
    world_expect_number(world, DOCUMENT_TURNOUT, new, "voted", 0);
    json_t *document = world_document(world, DOCUMENT_OBJECTION, objection);
    assert_null(json_object_get(document, "ended_ms"));
    json_decref(document);
    for (size_t i = 0; i < 6; i++) {
        circle.voters[i].counter = 0;
        assert_string_equal(
            voting_cast(world, new, &circle.voters[i], FORM_CONSENT, CHOICE_CONSENT), "");
    }
    world_must(world, circle.facilitator, "poll.close", "{'id':'2'}");
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, new, "result.verdict", "adopted");
    world_expect_text(world, DOCUMENT_PROPOSAL, circle.proposal, "state", "adopted");
    world_close(world);
}

static void test_refused(void **state)
{
    struct circle circle;
    struct world *world = &circle.world;
    (void)state;
    circle_open(&circle, "named");
    struct id new = world_id(world);
    struct caller author = circle.voters[0].caller, leader = circle.facilitator;
    assert_string_equal(ask(&circle, author, new, ",'text':'A cool oven.'"), "right.missing");
    assert_string_equal(ask(&circle, leader, new, ""), "input.missing_field");
    assert_string_equal(ask(&circle, leader, new, ",'text':'Un four.'"), "input.missing_field");
    assert_string_equal(ask(&circle, leader, circle.poll, ",'text':'A cool oven.'"), "conflict");
    assert_string_equal(ask(&circle, leader, new, ",'text':'A cool oven.','closes':1"),
                        "poll.bad_time");
    assert_string_equal(world_try(world, leader, "poll.ask_again",
                                  "{'id':'%s','poll':'1','base':2,'text':'A cool oven.'}",
                                  world_text(new)),
                        "proposal.stale");
    assert_string_equal(world_try(world, leader, "poll.ask_again",
                                  "{'id':'%s','poll':'9','base':1,'text':'A cool oven.'}",
                                  world_text(new)),
                        "poll.unknown");
    world_expect_text(world, DOCUMENT_POLL, circle.poll, "state", "open");
    struct id yes_no = voting_open(world, leader, "straw", nothing, "");
    assert_string_equal(world_try(world, leader, "poll.ask_again",
                                  "{'id':'%s','poll':'%s','base':1,'text':'A cool oven.'}",
                                  world_text(new), world_text(yes_no)),
                        "poll.bad_state");
    world_must(world, leader, "poll.close", "{'id':'1'}");
    assert_string_equal(ask(&circle, leader, new, ",'text':'A cool oven.'"), "poll.bad_state");
    world_close(world);
}

/* A straw poll does not change words that stand still: those that a decision is taken on, or was. */
static void test_not_by_a_straw_poll(void **state)
{
    struct circle circle;
    struct world *world = &circle.world;
    struct id straw = {{0}};
    (void)state;
    circle_open(&circle, "named");
    struct id new = world_id(world);
    struct caller author = circle.voters[0].caller;
    straw = world_id(world);
    world_must(world, author, "poll.define",
               "{'id':'%s','kind':'straw','about':['1'],'method':'consent','mode':'named',"
               "'question':{'fr':'?','nl':'?','en':'?'}}",
               world_text(straw));
    world_must(world, author, "poll.open", "{'id':'%s'}", world_text(straw));
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(world_try(world, author, "poll.ask_again",
                                      "{'id':'%s','poll':'%s','base':1,'text':'Other words.'}",
                                      world_text(new), world_text(straw)),
                            "proposal.bad_state");
        if (i == 0) {
            world_must(world, circle.facilitator, "poll.close", "{'id':'1'}");
            world_due(world);
        }
    }
    world_expect_text(world, DOCUMENT_POLL, straw, "state", "open");
    world_close(world);
}

/* A vote closed by hand stays one; a date given is taken. */
static void test_its_end(void **state)
{
    struct circle circle;
    struct world *world = &circle.world;
    (void)state;
    circle_open(&circle, "named");
    struct id new = world_id(world), third = world_id(world);
    json_t *old = world_document(world, DOCUMENT_POLL, circle.poll);
    int64_t planned = json_get_integer(old, "closes_ms") - json_get_integer(old, "opened_ms");
    json_decref(old);
    assert_string_equal(ask(&circle, circle.facilitator, new, ",'title':'Un four'"), "");
    world_due(world);
    json_t *poll = world_document(world, DOCUMENT_POLL, new);
    int64_t opened = json_get_integer(poll, "opened_ms");
    assert_int_equal(json_get_integer(poll, "closes_ms") - opened, planned);
    json_decref(poll);
    world_must(world, circle.facilitator, "poll.ask_again",
               "{'id':'%s','poll':'2','base':2,'need':'Du bon pain','closes':%lld}",
               world_text(third), (long long)(opened + 7200000));
    world_due(world);
    world_expect_number(world, DOCUMENT_POLL, third, "closes_ms", opened + 7200000);
    world_expect_number(world, DOCUMENT_POLL, new, "follows.number", 1);
    world_expect_number(world, DOCUMENT_POLL, new, "followed_by.number", 3);
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_its_life),
        cmocka_unit_test(test_who_reads_and_answers),
        cmocka_unit_test(test_confidential),
        cmocka_unit_test(test_erased),
        cmocka_unit_test(test_asked_again),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_not_by_a_straw_poll),
        cmocka_unit_test(test_its_end),
        cmocka_unit_test(test_its_author_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
