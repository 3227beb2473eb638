/* log.proof: what it answers is checked by the Merkle functions themselves, for every pair of sizes of a small record. */
#include "tests/harness/c/world.h"

#include "base/encoding.h"
#include "crypto/merkle.h"

static void root_at(struct world *world, uint64_t size, struct hash *root)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    assert_int_equal(ledger_root(txn, size, root), ERROR_NONE);
    store_abort(txn);
}

static void test_every_pair(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Ann", "observer");
    uint64_t size = ledger_size(assembly_ledger(world.assembly));
    assert_true(size > 3);
    for (uint64_t from = 1; from <= size; from++) {
        for (uint64_t to = from; to <= size; to++) {
            struct merkle_proof proof = {0};
            struct hash before, after;
            world_must(&world, member, "log.proof", "{'from':%d,'to':%d}", (int)from, (int)to);
            const json_t *hashes = json_object_get(world.result, "hashes");
            proof.count = json_array_size(hashes);
            for (size_t i = 0; i < proof.count; i++) {
                const json_t *hash = json_array_get(hashes, i);
                assert_true(encoding_base64url_exact(
                    slice_of(json_string_value(hash), json_string_length(hash)),
                    proof.hashes[i].bytes, HASH_SIZE));
            }
            root_at(&world, from, &before);
            root_at(&world, to, &after);
            assert_true(merkle_verify_consistency(from, to, before, after, &proof));
        }
    }
    world_close(&world);
}

static void test_bad_ranges(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Ann", "");
    assert_string_equal(world_try(&world, member, "log.proof", "{'from':2,'to':1}"),
                        "log.bad_range");
    assert_string_equal(world_try(&world, member, "log.proof", "{'from':1,'to':100000}"),
                        "log.bad_range");
    assert_string_equal(world_try(&world, member, "log.proof", "{'from':0,'to':1}"),
                        "input.bad_value");
    assert_string_equal(world_try(&world, world_nobody, "log.proof", "{'from':1,'to':1}"),
                        "session.none");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_pair),
                                       cmocka_unit_test(test_bad_ranges)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
