/* The practice vote: made when first asked for, open to whoever asks, in no register; reset forgets what was voted. */
#include "assembly/kinds.h"
#include "ledger/ledger.h"
#include "tests/harness/c/voting.h"

#include <string.h>

static const char *ask(struct world *world, struct caller who)
{
    return world_try(world, who, "practice.open", "{'id':'%s'}", world_text(world_id(world)));
}

static struct id current(struct world *world)
{
    json_t *organisation = world_document(world, DOCUMENT_ORGANISATION, world->org);
    struct id id = json_get_id(json_object_get(organisation, "practice"), "id");
    json_decref(organisation);
    return id;
}

static void test_everybody_tries(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_must(
        &world, world_operator, "org.update",
        "{'classes':[{'id':'019a0000-0000-7000-8000-000000000001','key':'members',"
        "'label':{'fr':'Membres'},'votes':true},{'id':'019a0000-0000-7000-8000-000000000002',"
        "'key':'friends','label':{'fr':'Amis'},'votes':false}]}");
    struct voter ada = voting_voter(&world, "Ada", ""), bob = voting_voter(&world, "Bob", "");
    struct caller eve = world_member(&world, "Eve", "observer");
    assert_true(id_is_none(current(&world)));
    assert_string_equal(ask(&world, eve), "right.missing");
    assert_string_equal(ask(&world, ada.caller), "");
    struct id poll = current(&world);
    assert_int_equal(json_integer_value(world_at(world.result, "number")), 1);
    world_expect_text(&world, DOCUMENT_POLL, poll, "state", "open");
    world_expect_text(&world, DOCUMENT_POLL, poll, "poll_kind", "practice");
    world_expect_number(&world, DOCUMENT_POLL, poll, "roll.count", 1);
    assert_string_equal(voting_cast(&world, poll, &bob, FORM_YES_NO, CHOICE_YES),
                        "ballot.not_on_roll");
    assert_string_equal(ask(&world, bob.caller), "");
    assert_true(id_equal(current(&world), poll));
    assert_string_equal(ask(&world, bob.caller), ""); /* again: nothing changes */
    world_expect_number(&world, DOCUMENT_POLL, poll, "roll.count", 2);
    bob.counter = 0;
    assert_string_equal(voting_cast(&world, poll, &bob, FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(&world, poll, &bob, FORM_YES_NO, CHOICE_NO), "");
    assert_string_equal(voting_cast(&world, poll, &ada, FORM_ABSTAIN, 0), "");
    world_expect_number(&world, DOCUMENT_TURNOUT, poll, "voted", 2);
    world_expect_number(&world, DOCUMENT_TURNOUT, poll, "entitled", 2);
    world_must(&world, eve, "decision.list", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 0);
    world_close(&world);
}

/* Payload sizes of the ballots of a poll, one after the other. */
static size_t ballots_with_opening(struct world *world, struct id poll, size_t *all)
{
    struct store_txn *txn;
    struct ledger_entry entry;
    size_t shown = 0;
    *all = 0;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    for (uint64_t seq = 0; ledger_read(txn, seq, &entry); seq++) {
        if (entry.leaf.type == EVENT_BALLOT && id_equal(entry.leaf.poll, poll)) {
            ++*all;
            shown += entry.event.payload.size > 0 || entry.event.note.size > 0;
        }
    }
    store_abort(txn);
    return shown;
}

static void expect_good_ledger(struct world *world)
{
    struct store_txn *txn;
    uint64_t bad = 0;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    assert_int_equal(ledger_verify(txn, &world->key.public_key, &bad, NULL, NULL), ERROR_NONE);
    store_abort(txn);
}

static void test_reset_forgets(void **state)
{
    struct world world;
    size_t all;
    (void)state;
    world_open(&world);
    struct voter ada = voting_voter(&world, "Ada", ""),
                 flo = voting_voter(&world, "Flo", "facilitator");
    assert_string_equal(world_try(&world, flo.caller, "practice.reset", "{}"), "poll.unknown");
    assert_string_equal(ask(&world, ada.caller), "");
    assert_string_equal(ask(&world, flo.caller), "");
    struct id poll = current(&world);
    assert_string_equal(voting_cast(&world, poll, &ada, FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(&world, poll, &flo, FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(&world, poll, &ada, FORM_YES_NO, CHOICE_NO), "");
    assert_int_equal(ballots_with_opening(&world, poll, &all), 3);
    assert_string_equal(world_try(&world, ada.caller, "practice.reset", "{}"), "right.missing");
    world_must(&world, flo.caller, "practice.reset", "{}");
    assert_true(id_is_none(current(&world)));
    world_expect_text(&world, DOCUMENT_POLL, poll, "state", "cancelled");
    world_expect_number(&world, DOCUMENT_TURNOUT, poll, "voted", 0);
    assert_int_equal(ballots_with_opening(&world, poll, &all), 0);
    assert_int_equal(all, 3); /* the leaves stay */
    expect_good_ledger(&world);
    world_check(&world);
    /* A new one begins with nothing of the old. */
    assert_string_equal(ask(&world, ada.caller), "");
    struct id next = current(&world);
    assert_false(id_equal(next, poll));
    ada.counter = 0;
    assert_string_equal(voting_cast(&world, next, &ada, FORM_YES_NO, CHOICE_YES), "");
    world_must(&world, flo.caller, "practice.reset", "{}");
    expect_good_ledger(&world);
    world_close(&world);
}

static void test_ended_by_hand(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct voter ada = voting_voter(&world, "Ada", ""),
                 flo = voting_voter(&world, "Flo", "facilitator");
    assert_string_equal(ask(&world, ada.caller), "");
    struct id poll = current(&world);
    assert_string_equal(voting_cast(&world, poll, &ada, FORM_YES_NO, CHOICE_YES), "");
    world_must(&world, flo.caller, "poll.close", "{'id':'%s'}", world_text(poll));
    world_due(&world);
    world_expect_text(&world, DOCUMENT_POLL, poll, "state", "counted");
    assert_true(id_is_none(current(&world)));
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everybody_tries),
        cmocka_unit_test(test_reset_forgets),
        cmocka_unit_test(test_ended_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
