/* The one way in: repeated commands, refusals without a trace, what events carry, the answer. */
#include "tests/harness/c/world.h"

#include "assembly/concept.h"
#include "assembly/kinds.h"
#include "assembly/work.h"
#include "base/encoding.h"

static const char *const text =
    "'language':'fr','title':'Un abri','need':'Il pleut','text':'','themes':[]";

static uint64_t size_of(struct world *world)
{
    return ledger_size(assembly_ledger(world->assembly));
}

static struct ledger_entry entry_at(struct world *world, struct store_txn **txn, uint64_t seq)
{
    struct ledger_entry entry;
    assert_int_equal(store_begin(world->store, STORE_READ, txn), ERROR_NONE);
    assert_true(ledger_read(*txn, seq, &entry));
    return entry;
}

static void test_a_repeated_command_answers_the_same(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    const char *id = world_text(world_id(&world)), *command = world_text(world_id(&world));
    world_must(&world, ann, "proposal.submit", "{'id':'%s','command':'%s',%s}", id, command, text);
    json_t *first = json_deep_copy(world.result);
    uint64_t size = size_of(&world);
    world_must(&world, ann, "proposal.submit", "{'id':'%s','command':'%s',%s}", id, command, text);
    assert_true(json_equal(first, world.result));
    assert_int_equal(size_of(&world), size);
    json_decref(first);
    world_close(&world);
}

static void test_another_content_is_a_conflict(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", "");
    const char *id = world_text(world_id(&world)), *command = world_text(world_id(&world));
    const char *other = world_text(world_id(&world));
    world_must(&world, ann, "proposal.submit", "{'id':'%s','command':'%s',%s}", id, command, text);
    uint64_t size = size_of(&world);
    assert_string_equal(world_try(&world, ann, "proposal.submit", "{'id':'%s','command':'%s',%s}",
                                  other, command, text),
                        "conflict");
    assert_string_equal(world.field, "command");
    assert_string_equal(world_try(&world, ann, "proposal.support",
                                  "{'id':'%s','command':'%s','on':true}", id, command),
                        "conflict");
    assert_string_equal(world_try(&world, ann, "proposal.submit", "{'id':'%s',%s}", id, text),
                        "conflict");
    assert_int_equal(size_of(&world), size);
    /* Commands are the caller's own: another member may use the same id for something else. */
    world_must(&world, bob, "proposal.submit", "{'id':'%s','command':'%s',%s}", other, command,
               text);
    world_close(&world);
}

static void test_a_repeat_answers_before_rights_and_state(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", "");
    const char *id = world_text(world_id(&world)), *command = world_text(world_id(&world));
    char member[ID_TEXT_SIZE];
    id_format(bob.member, member);
    world_must(&world, ann, "proposal.submit", "{'id':'%s',%s}", id, text);
    world_must(&world, bob, "proposal.support", "{'id':'%s','command':'%s','on':true}", id,
               command);
    uint64_t seq = world.seq;
    world_must(&world, ann, "proposal.mark", "{'id':'%s','state':'withdrawn'}", id);
    world_must(&world, world_operator, "member.update", "{'id':'%s','roles':['observer']}", member);
    assert_string_equal(world_try(&world, bob, "proposal.support", "{'id':'%s','on':false}", id),
                        "right.missing");
    world_must(&world, bob, "proposal.support", "{'id':'%s','command':'%s','on':true}", id,
               command);
    assert_int_equal(world.seq, seq);
    world_close(&world);
}

static void test_a_refusal_leaves_no_trace(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    const char *command = world_text(world_id(&world)), *id = world_text(world_id(&world));
    uint64_t size = size_of(&world);
    assert_string_equal(world_try(&world, ann, "proposal.support",
                                  "{'id':'%s','command':'%s','on':true}", id, command),
                        "proposal.unknown");
    assert_int_equal(size_of(&world), size);
    /* The same command may be sent again with another content. */
    world_must(&world, ann, "proposal.submit", "{'id':'%s','command':'%s',%s}", id, command, text);
    world_close(&world);
}

static bool count_row(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    ++*(uint64_t *)context;
    return true;
}

static uint64_t kept_answers(struct world *world)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    uint64_t count = 0;
    uint8_t prefixes[] = {SECRET_ANSWER, SECRET_ANSWER_ORDER};
    store_scan(txn, TABLE_SECRET, slice_of(&prefixes[0], 1), count_row, &count);
    store_scan(txn, TABLE_SECRET, slice_of(&prefixes[1], 1), count_row, &count);
    store_abort(txn);
    return count;
}

static void record_present(struct world *world, struct caller desk, struct id member,
                           struct id command, bool present)
{
    world_must(world, desk, "attendance.record",
               "{'meeting':'1','member':'%s','command':'%s','present':%s}", world_text(member),
               world_text(command), present ? "true" : "false");
}

/* It is answered the same again, and does not act once something else has changed. The oldest of many are forgotten. */
static void test_what_changed_nothing_is_remembered(void **state)
{
    struct world world;
    struct store_txn *txn;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "facilitator");
    struct id bob = world_member(&world, "Bob", "").member, command = world_id(&world);
    world_must(&world, ann, "meeting.plan",
               "{'id':'%s','kind':'general_assembly','title':{'fr':'AG'},'starts':%llu,"
               "'minutes':60}",
               world_text(world_id(&world)), (unsigned long long)world.now_ms + 3600000);
    record_present(&world, ann, bob, world_id(&world), true);
    uint64_t size = size_of(&world);
    record_present(&world, ann, bob, command, true); /* is there already */
    assert_int_equal(size_of(&world), size);
    record_present(&world, ann, bob, world_id(&world), false);
    size = size_of(&world);
    record_present(&world, ann, bob, command, true); /* sent again; gone since, and stays so */
    assert_int_equal(size_of(&world), size);
    assert_int_equal(json_get_integer(world.result, "seq"), 0);
    assert_non_null(world_at(world.result, "doc")); /* and tells how it stands */
    assert_string_equal(world_try(&world, ann, "attendance.record",
                                  "{'meeting':'1','member':'%s','command':'%s','present':false}",
                                  world_text(bob), world_text(command)),
                        "conflict");
    assert_int_equal(store_begin(world.store, STORE_WRITE, &txn), ERROR_NONE);
    for (size_t i = 0; i < ANSWERS_KEPT_MAX; i++) {
        answer_keep(txn, bob, world_id(&world), (struct hash){{0}});
    }
    assert_int_equal(store_commit(txn), ERROR_NONE);
    assert_int_equal(kept_answers(&world), 2 * ANSWERS_KEPT_MAX);
    record_present(&world, ann, bob, command, true);
    assert_true(size_of(&world) > size); /* forgotten: it acts */
    world_close(&world);
}

static void test_an_act_stands_before_binary_events(void **state)
{
    struct world world;
    struct store_txn *txn;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "facilitator");
    const char *id = world_text(world_id(&world)), *command = world_text(world_id(&world));
    char by[ID_TEXT_SIZE];
    id_format(ann.member, by);
    const json_t *organisation = world_document(&world, DOCUMENT_ORGANISATION, world.org);
    const char *class_id = json_string_value(world_at(organisation, "classes.0.id"));
    world_must(&world, ann, "member.invite", "{'id':'%s','command':'%s','class':'%s','name':'Zoé'}",
               id, command, class_id);
    json_decref((json_t *)(uintptr_t)organisation);
    struct ledger_entry entry = entry_at(&world, &txn, world.seq);
    assert_int_equal(entry.event.type, EVENT_MEMBER);
    store_abort(txn);
    entry = entry_at(&world, &txn, world.seq - 1);
    assert_int_equal(entry.event.type, EVENT_ACT);
    json_t *act = json_parse_own(entry.event.payload);
    assert_string_equal(json_string_value(json_object_get(act, "command")), command);
    assert_string_equal(json_string_value(json_object_get(act, "method")), "member.invite");
    assert_string_equal(json_string_value(json_object_get(act, "by")), by);
    json_decref(act);
    store_abort(txn);
    world_close(&world);
}

static void test_one_checkpoint_for_a_transaction(void **state)
{
    struct world world;
    struct store_txn *txn;
    struct slice note;
    struct checkpoint checkpoint;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    world_must(&world, ann, "proposal.submit", "{'id':'%s',%s}", world_text(world_id(&world)),
               text);
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    assert_true(ledger_checkpoint(txn, &note));
    assert_true(note_open(note, &world.key.public_key, &checkpoint));
    assert_int_equal(checkpoint.size, ledger_count(txn));
    store_abort(txn);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_repeated_command_answers_the_same),
        cmocka_unit_test(test_another_content_is_a_conflict),
        cmocka_unit_test(test_a_repeat_answers_before_rights_and_state),
        cmocka_unit_test(test_a_refusal_leaves_no_trace),
        cmocka_unit_test(test_what_changed_nothing_is_remembered),
        cmocka_unit_test(test_an_act_stands_before_binary_events),
        cmocka_unit_test(test_one_checkpoint_for_a_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
