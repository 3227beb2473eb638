/* Sessions: found by their token, over by time, by leaving, by the member's status. */
#include "assembly/concept.h"
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <string.h>

static const uint64_t DAY_MS = UINT64_C(24) * 3600 * 1000;

static enum error find(struct world *world, const uint8_t token[32], struct caller *caller)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    enum error error = session_find(txn, token, world->now_ms, caller);
    store_abort(txn);
    return error;
}

static bool is_good(struct world *world, const struct caller *caller)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    bool good = session_is_good(txn, caller, world->now_ms);
    store_abort(txn);
    return good;
}

static void touch(struct world *world, const struct caller *caller)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    session_touch(txn, caller, world->now_ms);
    assert_int_equal(store_commit(txn), ERROR_NONE);
}

static void test_found(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t forged[32] = {1};
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "observer auditor");
    assert_int_equal(find(&world, world.session_token, &caller), ERROR_NONE);
    assert_true(id_equal(caller.member, member.member));
    assert_true(is_good(&world, &caller));
    assert_int_equal(find(&world, forged, &caller), ERROR_SESSION_NONE);
    assert_int_equal(caller.kind, CALLER_NOBODY);
    world_must(&world, member, "session.get", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "roles")),
                     2); /* observer, auditor: not member */
    assert_int_equal(json_integer_value(world_at(world.result, "now_ms")), world.now_ms);
    world_must(&world, member, "session.ping", "{}");
    assert_string_equal(world_try(&world, world_nobody, "session.get", "{}"), "session.none");
    world_close(&world);
}

static void test_idle_and_absolute(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t token[32];
    (void)state;
    world_open(&world);
    (void)world_member(&world, "Mia", "");
    memcpy(token, world.session_token, sizeof token);
    for (int i = 0; i < 6; i++) {
        world.now_ms += 14 * DAY_MS;
        assert_int_equal(find(&world, token, &caller), ERROR_NONE);
        assert_true(caller.used_ms < world.now_ms);
        touch(&world, &caller);
        assert_int_equal(find(&world, token, &caller), ERROR_NONE);
        assert_int_equal(caller.used_ms, world.now_ms);
    }
    world.now_ms += 7 * DAY_MS; /* used a week ago, opened 91 days ago */
    assert_int_equal(find(&world, token, &caller), ERROR_SESSION_EXPIRED);
    (void)world_member(&world, "Noé", "");
    memcpy(token, world.session_token, sizeof token);
    world.now_ms += 14 * DAY_MS + 1;
    assert_int_equal(find(&world, token, &caller), ERROR_SESSION_EXPIRED);
    world_close(&world);
}

static void test_leave(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t token[32];
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    memcpy(token, world.session_token, sizeof token);
    world_must(&world, member, "session.leave", "{}");
    assert_true(world.closed_session);
    assert_int_equal(find(&world, token, &caller), ERROR_SESSION_NONE);
    assert_false(is_good(&world, &member));
    world_close(&world);
}

static void test_left_and_back(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t token[32];
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    memcpy(token, world.session_token, sizeof token);
    world_must(&world, world_operator, "member.update", "{'id':'1','status':'left'}");
    assert_int_equal(find(&world, token, &caller), ERROR_SESSION_NONE);
    assert_false(is_good(&world, &member));
    assert_string_equal(world_try(&world, member, "session.get", "{}"), "right.missing");
    world_close(&world);
}

static void test_many_sessions(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t first[32];
    (void)state;
    world_open(&world);
    (void)world_member(&world, "Mia", "");
    memcpy(first, world.session_token, sizeof first);
    for (int i = 0; i < 64; i++) {
        world_must(&world, world_operator, "member.link", "{'id':'1'}");
        char token[64];
        snprintf(token, sizeof token, "%s", json_string_value(world_at(world.result, "link")) + 6);
        world_must(&world, world_nobody, "session.join", "{'token':'%s','language':'fr'}", token);
        assert_int_equal(find(&world, world.session_token, &caller), ERROR_NONE);
    }
    assert_int_equal(find(&world, first, &caller), ERROR_SESSION_NONE); /* the oldest made room */
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),         cmocka_unit_test(test_idle_and_absolute),
        cmocka_unit_test(test_leave),         cmocka_unit_test(test_left_and_back),
        cmocka_unit_test(test_many_sessions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
