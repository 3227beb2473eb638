/* Access tokens: over by their date, by leaving and by being revoked; at most 20 in use; shown again for a
 * quarter of an hour, and to nobody after. */
#include "assembly/concept.h"
#include "assembly/member.h"
#include "base/encoding.h"
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <string.h>

static const uint64_t DAY_MS = UINT64_C(24) * 3600 * 1000;
static const uint64_t SHOWN_MS = UINT64_C(15) * 60 * 1000;
enum { TOKENS_MAX = 20, ROWS_MAX = 100 };

static enum error find(struct world *world, const uint8_t bytes[32], struct caller *caller)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    enum error error = token_find(txn, bytes, world->now_ms, caller);
    store_abort(txn);
    return error;
}

static bool is_good(struct world *world, const struct caller *caller)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    bool good = token_is_good(txn, caller, world->now_ms);
    store_abort(txn);
    return good;
}

/* The bytes of the token in the last answer. */
static void take(struct world *world, uint8_t bytes[32])
{
    size_t prefix = strlen(TOKEN_PREFIX);
    struct slice text = json_get_text(world->result, "token");
    assert_true(text.size > prefix && memcmp(text.data, TOKEN_PREFIX, prefix) == 0);
    assert_true(
        encoding_base64url_exact(slice_of(text.data + prefix, text.size - prefix), bytes, 32));
}

static void make(struct world *world, struct caller member, int days, uint8_t bytes[32])
{
    world_must(world, member, "token.create", "{'id':'%s','name':'x','scopes':['read'],'days':%d}",
               world_text(world_id(world)), days);
    take(world, bytes);
}

static size_t count(struct world *world, struct caller member)
{
    world_must(world, member, "token.list", "{}");
    return json_array_size(world_at(world->result, "items"));
}

static void test_over_at_its_date(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t bytes[32], forged[32] = {1};
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    make(&world, member, 30, bytes);
    uint64_t made_ms = world.now_ms;
    assert_int_equal(json_get_integer(world.result, "ends_ms"), made_ms + 30 * DAY_MS);
    world.now_ms = made_ms + 30 * DAY_MS - 1;
    assert_int_equal(find(&world, bytes, &caller), ERROR_NONE);
    assert_true(id_equal(caller.member, member.member));
    assert_int_equal(caller.scopes, TOKEN_READ);
    assert_true(is_good(&world, &caller));
    world.now_ms++;
    assert_false(is_good(&world, &caller));
    assert_int_equal(find(&world, bytes, &caller), ERROR_SESSION_EXPIRED);
    assert_int_equal(caller.kind, CALLER_NOBODY);
    assert_int_equal(find(&world, forged, &caller), ERROR_SESSION_NONE);
    assert_int_equal(count(&world, member), 0);
    world_close(&world);
}

static void test_at_most_twenty(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t first[32], bytes[32];
    static const char more[] = "{'id':'%s','name':'x','scopes':['read'],'days':9}";
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    struct caller other = world_member(&world, "Noé", "");
    make(&world, member, 1, first);
    for (int n = 1; n < TOKENS_MAX; n++) {
        make(&world, member, 30, bytes);
    }
    assert_int_equal(count(&world, member), TOKENS_MAX);
    assert_string_equal(
        world_try(&world, member, "token.create", more, world_text(world_id(&world))),
        "token.too_many");
    make(&world, other, 30, bytes); /* each has their own */
    world.now_ms += DAY_MS;         /* the first one is over */
    make(&world, member, 30, bytes);
    assert_int_equal(count(&world, member), TOKENS_MAX);
    assert_int_equal(find(&world, first, &caller), ERROR_SESSION_EXPIRED);
    world_close(&world);
}

/* Those that have ended are kept for a while, and make room for ever. */
static void test_many_that_ended(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t first[32], bytes[32];
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    make(&world, member, 300, first);
    for (int n = 0; n < ROWS_MAX + 5; n++) {
        make(&world, member, 30, bytes);
        world_must(&world, member, "token.revoke", "{'id':'%s'}",
                   json_string_value(world_at(world.result, "id")));
        assert_int_equal(find(&world, bytes, &caller), ERROR_SESSION_NONE);
    }
    assert_int_equal(count(&world, member), 1);
    assert_int_equal(find(&world, first, &caller), ERROR_NONE);
    world_close(&world);
}

static void test_leaving(void **state)
{
    struct world world;
    struct caller caller, used;
    uint8_t bytes[32];
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    make(&world, member, 30, bytes);
    assert_int_equal(find(&world, bytes, &used), ERROR_NONE);
    world_must(&world, world_operator, "member.update", "{'id':'1','status':'left'}");
    assert_int_equal(find(&world, bytes, &caller), ERROR_SESSION_NONE);
    assert_false(is_good(&world, &used));
    world_close(&world);
}

static void test_shown_again(void **state)
{
    struct world world;
    struct caller caller;
    uint8_t first[32], second[32];
    char params[400], other[400];
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    const char *id = world_text(world_id(&world)), *command = world_text(world_id(&world));
    static const char form[] = "{'id':'%s','command':'%s','name':'%s','scopes':['read'],'days':30}";
    snprintf(params, sizeof params, form, id, command, "Un script");
    snprintf(other, sizeof other, form, id, command, "Un autre");
    world_must(&world, member, "token.create", "%s", params);
    uint64_t made_ms = world.now_ms;
    take(&world, first);
    world.now_ms = made_ms + SHOWN_MS - 1001; /* a call takes a second */
    world_must(&world, member, "token.create", "%s", params);
    take(&world, second);
    assert_memory_equal(first, second, sizeof first);
    assert_int_equal(json_get_integer(world.result, "ends_ms"), made_ms + 30 * DAY_MS);
    assert_string_equal(world_try(&world, member, "token.create", "%s", other), "conflict");
    assert_true(world.now_ms >= made_ms + SHOWN_MS);
    assert_string_equal(world_try(&world, member, "token.create", "%s", params), "conflict");
    assert_null(world.result);
    assert_int_equal(count(&world, member), 1); /* none was made again */
    assert_int_equal(find(&world, first, &caller), ERROR_NONE);
    world_close(&world);
}

static void test_not_shown_once_revoked(void **state)
{
    struct world world;
    char params[400];
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    const char *id = world_text(world_id(&world));
    snprintf(params, sizeof params,
             "{'id':'%s','command':'%s','name':'x','scopes':['read'],'days':30}", id,
             world_text(world_id(&world)));
    world_must(&world, member, "token.create", "%s", params);
    world_must(&world, member, "token.revoke", "{'id':'%s'}", id);
    assert_string_equal(world_try(&world, member, "token.create", "%s", params), "conflict");
    assert_int_equal(count(&world, member), 0);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_over_at_its_date), cmocka_unit_test(test_at_most_twenty),
        cmocka_unit_test(test_many_that_ended),  cmocka_unit_test(test_leaving),
        cmocka_unit_test(test_shown_again),      cmocka_unit_test(test_not_shown_once_revoked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
