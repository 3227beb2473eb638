/* Ballots through the assembly: same bytes, same answer; who may bring one; what ballot.mine says; refusals that leave
 * nothing; a receipt that a client can check. The whole acceptance list is walked by the tests of the record. */
#include "tests/harness/c/voting.h"

#include <string.h>

#include "assembly/concept.h"
#include "base/encoding.h"

static const struct id nothing;

struct hall {
    struct world world;
    struct caller facilitator, observer, auditor;
    struct voter ann, bea;
    struct id poll;
};

static void hall_open(struct hall *hall)
{
    world_open(&hall->world);
    hall->facilitator = world_member(&hall->world, "Fay", "facilitator observer");
    hall->observer = world_member(&hall->world, "Obe", "observer");
    hall->auditor = world_member(&hall->world, "Aud", "auditor observer");
    hall->ann = voting_voter(&hall->world, "Ann", "");
    hall->bea = voting_voter(&hall->world, "Bea", "");
    hall->poll = voting_open(&hall->world, hall->facilitator, "decision", nothing, "");
}

static uint64_t size_of_log(struct world *world)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    uint64_t size = ledger_count(txn);
    store_abort(txn);
    return size;
}

static void test_same_bytes_same_answer(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    uint8_t choice[2];
    (void)state;
    hall_open(&hall);
    struct ballot ballot =
        voting_ballot(world, hall.poll, &hall.ann, FORM_YES_NO, CHOICE_YES, choice);
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot), "");
    uint64_t seq = world->seq, size = size_of_log(world);
    assert_int_equal(json_integer_value(json_object_get(world->result, "seq")), seq);
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot), "");
    assert_int_equal(world->seq, seq);
    assert_string_equal(voting_cast_ballot(world, hall.observer, &hall.ann, &ballot), "");
    assert_int_equal(world->seq, seq);
    assert_non_null(json_object_get(world->result, "receipt"));
    assert_int_equal(size_of_log(world), size);
    world_must(world, hall.facilitator, "poll.close", "{'id':'1'}");
    assert_string_equal(voting_cast_ballot(world, hall.bea.caller, &hall.ann, &ballot), "");
    assert_int_equal(world->seq, seq);
    world_expect_number(world, DOCUMENT_TURNOUT, hall.poll, "voted", 1);
    world_close(world);
}

static void test_signature_decides_whose(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    uint8_t choice[2];
    (void)state;
    hall_open(&hall);
    struct ballot ballot =
        voting_ballot(world, hall.poll, &hall.ann, FORM_YES_NO, CHOICE_NO, choice);
    assert_string_equal(voting_cast_ballot(world, hall.auditor, &hall.ann, &ballot), "");
    world_must(world, hall.ann.caller, "ballot.mine", "{'poll':'1'}");
    assert_int_equal(json_integer_value(json_object_get(world->result, "counter")), 1);
    assert_non_null(world_at(world->result, "ballot.tbs"));
    ballot = voting_ballot(world, hall.poll, &hall.ann, FORM_YES_NO, CHOICE_NO, choice);
    ballot.voter = ballot.on_behalf_of = hall.bea.caller.member;
    assert_string_equal(voting_cast_ballot(world, hall.bea.caller, &hall.ann, &ballot),
                        "key.wrong_member");
    assert_string_equal(voting_cast_ballot(world, world_operator, &hall.ann, &ballot),
                        "right.missing");
    assert_string_equal(voting_cast_ballot(world, world_nobody, &hall.ann, &ballot),
                        "session.none");
    world_close(world);
}

/* Each refusal by its reason, and the record as it was. */
static void test_refusals_leave_nothing(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    uint8_t choice[2];
    (void)state;
    hall_open(&hall);
    assert_string_equal(voting_cast(world, hall.poll, &hall.ann, FORM_YES_NO, CHOICE_YES), "");
    uint64_t size = size_of_log(world);
    struct ballot good =
        voting_ballot(world, hall.poll, &hall.ann, FORM_YES_NO, CHOICE_YES, choice);
    struct ballot ballot = good;
    ballot.counter = 1;
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot),
                        "ballot.stale_counter");
    ballot = good;
    ballot.counter = 200;
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot),
                        "ballot.counter_jump");
    ballot = good;
    ballot.weight = 2;
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot),
                        "ballot.wrong_weight");
    ballot = good;
    ballot.poll_hash.bytes[0] ^= 1;
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot),
                        "ballot.wrong_definition");
    ballot = good;
    ballot.on_behalf_of = hall.bea.caller.member;
    ballot.mandate.bytes[0] = 1;
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot),
                        "mandate.not_allowed");
    ballot = good;
    choice[1] = 9;
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot),
                        "ballot.bad_choice");
    choice[1] = CHOICE_YES;
    ballot = good;
    ballot.device_pk = hall.bea.key.public_key;
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot),
                        "ballot.bad_signature");
    assert_string_equal(world_try(world, hall.ann.caller, "ballot.cast",
                                  "{'poll':'9','tbs':'AA','sig':'%085dA'}", 0),
                        "poll.unknown");
    assert_int_equal(size_of_log(world), size);
    world_expect_number(world, DOCUMENT_TURNOUT, hall.poll, "voted", 1);
    world_close(world);
}

static void test_no_revote(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id poll = voting_open(world, hall.facilitator, "decision", nothing, ",'revote':false");
    hall.ann.counter = 0;
    assert_string_equal(voting_cast(world, poll, &hall.ann, FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(world, poll, &hall.ann, FORM_YES_NO, CHOICE_NO),
                        "ballot.already_cast");
    world_close(world);
}

/* ---- ballot.mine ---- */

static const char *reason_for(struct world *world, struct caller caller, struct id poll,
                              bool *eligible)
{
    world_must(world, caller, "ballot.mine", "{'poll':'%s'}", world_text(poll));
    *eligible = json_is_true(json_object_get(world->result, "eligible"));
    const char *reason = json_string_value(json_object_get(world->result, "reason"));
    return reason == NULL ? "" : reason;
}

static void test_mine(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    bool eligible;
    (void)state;
    hall_open(&hall);
    struct caller late = world_member(world, "Lou", "");
    struct id draft = voting_draft(world, hall.facilitator, "decision", nothing, "");
    assert_string_equal(reason_for(world, late, hall.poll, &eligible), "late");
    assert_false(eligible);
    assert_string_equal(reason_for(world, late, draft, &eligible), "not_opened");
    assert_true(eligible);
    assert_string_equal(reason_for(world, hall.observer, hall.poll, &eligible), "observer");
    assert_string_equal(reason_for(world, hall.observer, draft, &eligible), "observer");
    assert_false(eligible);
    assert_string_equal(reason_for(world, hall.ann.caller, hall.poll, &eligible), "");
    assert_true(eligible);
    assert_string_equal(json_string_value(json_object_get(world->result, "class")), "members");
    world_must(world, hall.facilitator, "poll.open", "{'id':'%s'}", world_text(draft));
    assert_string_equal(reason_for(world, late, draft, &eligible), "no_key");
    assert_true(eligible);
    world_close(world);
}

/* Who voted what: only of a named vote, only once it is closed, only for those on its roll. */
static void test_list(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    assert_string_equal(voting_cast(world, hall.poll, &hall.ann, FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(world, hall.poll, &hall.bea, FORM_ABSTAIN, 0), "");
    assert_string_equal(world_try(world, hall.ann.caller, "ballot.list", "{'poll':'1'}"),
                        "poll.bad_state");
    struct caller late = world_member(world, "Late", "");
    world_must(world, late, "ballot.mine", "{'poll':'1'}");
    assert_string_equal(json_string_value(json_object_get(world->result, "reason")), "late");
    world_must(world, hall.facilitator, "poll.close", "{'id':'1'}");
    assert_string_equal(world_try(world, late, "ballot.list", "{'poll':'1'}"), "right.missing");
    assert_string_equal(world_try(world, hall.observer, "ballot.list", "{'poll':'1'}"),
                        "right.missing");
    world_must(world, hall.ann.caller, "ballot.list", "{'poll':'1','limit':1}");
    assert_int_equal(json_array_size(json_object_get(world->result, "items")), 1);
    char next[64];
    snprintf(next, sizeof next, "%s", json_string_value(json_object_get(world->result, "next")));
    const char *first = json_string_value(world_at(world->result, "items.0.choice"));
    bool yes_first = strcmp(first, "yes") == 0;
    world_must(world, hall.ann.caller, "ballot.list", "{'poll':'1','after':'%s'}", next);
    assert_string_equal(json_string_value(world_at(world->result, "items.0.choice")),
                        yes_first ? "abstain" : "yes");
    assert_true(json_is_null(json_object_get(world->result, "next")));
    world_close(world);
}

static void test_receipt_is_good(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct buffer vkey;
    uint8_t choice[2];
    uint64_t seq;
    (void)state;
    hall_open(&hall);
    struct ballot ballot = voting_ballot(world, hall.poll, &hall.ann, FORM_ABSTAIN, 0, choice);
    assert_string_equal(voting_cast_ballot(world, hall.ann.caller, &hall.ann, &ballot), "");
    const json_t *text = json_object_get(world->result, "receipt");
    struct slice receipt = slice_of(json_string_value(text), json_string_length(text));
    buffer_init(&vkey, 1024);
    ledger_vkey(assembly_ledger(world->assembly), &vkey);
    assert_int_equal(receipt_check(receipt, buffer_slice(&vkey), slice_of(NULL, 0), &seq),
                     ERROR_NONE);
    assert_int_equal(seq, world->seq);
    buffer_free(&vkey);
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes_same_answer),
        cmocka_unit_test(test_signature_decides_whose),
        cmocka_unit_test(test_refusals_leave_nothing),
        cmocka_unit_test(test_no_revote),
        cmocka_unit_test(test_mine),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_receipt_is_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
