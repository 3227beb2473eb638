/* The tree against a definition written as in RFC 6962, every proof of small trees, flipped bits, and other projects'
 * good and broken proofs. */
#include "crypto/merkle.h"

#include <ftw.h>
#include <stdlib.h>

#include "base/encoding.h"
#include "crypto/crypto.h"
#include "tests/harness/c/fixture.h"

enum { LEAVES = 300, PROVEN = 130, LEVELS = 10 };

/* A tree as a store would hold it: complete subtrees by level and index. */
struct tree {
    struct hash leaves[LEAVES];
    struct hash nodes[LEVELS][LEAVES];
    bool stored[LEVELS][LEAVES];
    struct hash roots[LEAVES + 1];
    size_t reads;
};

/* MTH of RFC 6962 §2.1, word for word. */
static struct hash defined_root(const struct hash *leaves, size_t count)
{
    if (count == 0) {
        return merkle_empty();
    }
    if (count == 1) {
        return leaves[0];
    }
    size_t split = 1;
    while (split * 2 < count) {
        split *= 2;
    }
    return merkle_node(defined_root(leaves, split), defined_root(leaves + split, count - split));
}

static bool read_node(void *context, unsigned level, uint64_t index, struct hash *hash)
{
    struct tree *tree = context;
    tree->reads++;
    if (level >= LEVELS || index >= LEAVES || !tree->stored[level][index]) {
        return false;
    }
    *hash = tree->nodes[level][index];
    return true;
}

static void tree_add(struct tree *tree, struct merkle_edge *edge, struct hash leaf)
{
    struct merkle_made made[MERKLE_MAX_LEVELS];
    tree->leaves[edge->size] = leaf;
    size_t count = merkle_edge_add(edge, leaf, made);
    for (size_t at = 0; at < count; at++) {
        tree->nodes[made[at].level][made[at].index] = made[at].hash;
        tree->stored[made[at].level][made[at].index] = true;
    }
    tree->roots[edge->size] = merkle_edge_root(edge);
}

static int grow(void **state)
{
    if (!crypto_start()) {
        return -1;
    }
    struct tree *tree = calloc(1, sizeof *tree);
    struct merkle_edge edge = merkle_edge_empty();
    tree->roots[0] = merkle_edge_root(&edge);
    for (size_t i = 0; i < LEAVES; i++) {
        uint8_t data[] = {(uint8_t)(i >> 8), (uint8_t)i};
        tree_add(tree, &edge, merkle_leaf(slice_of(data, sizeof data)));
    }
    *state = tree;
    return 0;
}

static int fell(void **state)
{
    free(*state);
    return 0;
}

static void every_root_is_the_defined_one(void **state)
{
    struct tree *tree = *state;
    for (size_t size = 0; size <= LEAVES; size++) {
        struct hash expected = defined_root(tree->leaves, size);
        struct hash read;
        assert_true(hash_equal(tree->roots[size], expected));
        assert_true(hash_equal(merkle_root(tree->leaves, size), expected));
        assert_true(merkle_root_at(read_node, tree, size, &read));
        assert_true(hash_equal(read, expected));
    }
}

static void only_complete_subtrees_are_made(void **state)
{
    struct tree *tree = *state;
    for (unsigned level = 0; level < LEVELS; level++) {
        for (size_t index = 0; index < LEAVES; index++) {
            bool complete = (index + 1) << level <= LEAVES;
            assert_int_equal(tree->stored[level][index], complete);
            if (complete) {
                struct hash expected =
                    defined_root(tree->leaves + (index << level), (size_t)1 << level);
                assert_true(hash_equal(tree->nodes[level][index], expected));
            }
        }
    }
}

/* No single flipped bit in any hash of the proof is overlooked; one bit of each byte is tried. */
static void check_inclusion_flips(const struct tree *tree, size_t index, size_t size,
                                  struct merkle_proof *proof)
{
    for (size_t at = 0; at < proof->count * HASH_SIZE; at++) {
        uint8_t *byte = &proof->hashes[at / HASH_SIZE].bytes[at % HASH_SIZE];
        uint8_t bit = (uint8_t)(1u << (at + index) % 8);
        *byte ^= bit;
        assert_false(
            merkle_verify_inclusion(tree->leaves[index], index, size, proof, tree->roots[size]));
        *byte ^= bit;
    }
}

static void every_inclusion_is_proven(void **state)
{
    struct tree *tree = *state;
    for (size_t size = 1; size <= PROVEN; size++) {
        for (size_t index = 0; index < size; index++) {
            struct merkle_proof proof;
            assert_true(merkle_inclusion(read_node, tree, index, size, &proof));
            assert_true(merkle_verify_inclusion(tree->leaves[index], index, size, &proof,
                                                tree->roots[size]));
            assert_false(merkle_verify_inclusion(tree->leaves[(index + 1) % LEAVES], index, size,
                                                 &proof, tree->roots[size]));
            assert_false(merkle_verify_inclusion(tree->leaves[index], index, size, &proof,
                                                 tree->roots[size + 1]));
            assert_false(merkle_verify_inclusion(tree->leaves[index], size, size, &proof,
                                                 tree->roots[size]));
            if (size % 13 == 0 || size < 12) {
                check_inclusion_flips(tree, index, size, &proof);
            }
        }
    }
}

static void check_consistency_flips(const struct tree *tree, size_t from, size_t to,
                                    struct merkle_proof *proof)
{
    for (size_t at = 0; at < proof->count * HASH_SIZE; at++) {
        uint8_t *byte = &proof->hashes[at / HASH_SIZE].bytes[at % HASH_SIZE];
        uint8_t bit = (uint8_t)(1u << (at + from) % 8);
        *byte ^= bit;
        assert_false(
            merkle_verify_consistency(from, to, tree->roots[from], tree->roots[to], proof));
        *byte ^= bit;
    }
}

static void every_consistency_is_proven(void **state)
{
    struct tree *tree = *state;
    for (size_t to = 1; to <= PROVEN; to++) {
        for (size_t from = 1; from <= to; from++) {
            struct merkle_proof proof;
            assert_true(merkle_consistency(read_node, tree, from, to, &proof));
            assert_int_equal(proof.count == 0, from == to);
            assert_true(
                merkle_verify_consistency(from, to, tree->roots[from], tree->roots[to], &proof));
            assert_false(merkle_verify_consistency(from, to, tree->roots[from - 1], tree->roots[to],
                                                   &proof));
            assert_false(merkle_verify_consistency(from, to, tree->roots[from], tree->roots[to + 1],
                                                   &proof));
            if (to % 13 == 0 || to < 12) {
                check_consistency_flips(tree, from, to, &proof);
            }
        }
    }
}

static void what_cannot_be_proven_is_refused(void **state)
{
    struct tree *tree = *state;
    struct merkle_proof proof;
    struct hash root;
    assert_false(merkle_inclusion(read_node, tree, 5, 5, &proof));
    assert_false(merkle_inclusion(read_node, tree, 0, 0, &proof));
    assert_false(merkle_consistency(read_node, tree, 0, 5, &proof));
    assert_false(merkle_consistency(read_node, tree, 6, 5, &proof));
    assert_false(merkle_root_at(read_node, tree, UINT64_C(1) << 53, &root));
    /* A reader that has not got the node. */
    assert_false(merkle_inclusion(read_node, tree, 0, LEAVES + 1, &proof));
    assert_false(merkle_consistency(read_node, tree, 3, LEAVES + 1, &proof));
    assert_false(merkle_root_at(read_node, tree, LEAVES + 1, &root));
}

/* The same proofs, whatever was asked before. */
static void paths_prove_the_same(void **state)
{
    struct tree *tree = *state;
    struct merkle_edge edge = merkle_edge_empty();
    struct merkle_made made[MERKLE_MAX_LEVELS];
    for (size_t size = 1; size <= PROVEN; size++) {
        struct merkle_paths paths;
        (void)merkle_edge_add(&edge, tree->leaves[size - 1], made);
        merkle_paths_start(&paths, &edge);
        for (size_t step = 0; step < 3 * size; step++) {
            size_t index = step < size ? step : step * 31 % size;
            struct merkle_proof proof, expected;
            assert_true(merkle_inclusion(read_node, tree, index, size, &expected));
            assert_true(merkle_paths_inclusion(&paths, read_node, tree, index, &proof));
            assert_int_equal(proof.count, expected.count);
            for (size_t at = 0; at < proof.count; at++) {
                assert_true(hash_equal(proof.hashes[at], expected.hashes[at]));
            }
        }
        struct merkle_proof beyond;
        assert_false(merkle_paths_inclusion(&paths, read_node, tree, size, &beyond));
    }
}

/* A node that could not be read is not remembered as if it had been. */
static void paths_do_not_keep_what_was_missing(void **state)
{
    struct tree *tree = *state;
    struct merkle_edge edge = merkle_edge_empty();
    struct merkle_made made[MERKLE_MAX_LEVELS];
    struct merkle_paths paths;
    struct merkle_proof proof;
    for (size_t size = 0; size < 8; size++) {
        (void)merkle_edge_add(&edge, tree->leaves[size], made);
    }
    merkle_paths_start(&paths, &edge);
    tree->stored[1][1] = false;
    assert_false(merkle_paths_inclusion(&paths, read_node, tree, 0, &proof));
    assert_false(merkle_paths_inclusion(&paths, read_node, tree, 1, &proof));
    tree->stored[1][1] = true;
    assert_true(merkle_paths_inclusion(&paths, read_node, tree, 0, &proof));
    assert_true(merkle_verify_inclusion(tree->leaves[0], 0, 8, &proof, tree->roots[8]));
}

/* Neighbours share what lies above them. */
static void paths_of_neighbours_read_two_nodes_each(void **state)
{
    struct tree *tree = *state;
    struct merkle_edge edge = merkle_edge_empty();
    struct merkle_made made[MERKLE_MAX_LEVELS];
    struct merkle_paths paths;
    struct merkle_proof proof;
    for (size_t size = 0; size < 300; size++) {
        (void)merkle_edge_add(&edge, tree->leaves[size], made);
    }
    merkle_paths_start(&paths, &edge);
    tree->reads = 0;
    for (size_t index = 0; index < 256; index++) {
        assert_true(merkle_paths_inclusion(&paths, read_node, tree, index, &proof));
    }
    assert_in_range(tree->reads, 256, 2 * 256);
}

static void proofs_read_few_nodes(void **state)
{
    struct tree *tree = *state;
    struct merkle_proof proof;
    for (size_t index = 0; index < 255; index++) {
        tree->reads = 0;
        assert_true(merkle_inclusion(read_node, tree, index, 255, &proof));
        assert_true(tree->reads <= 16);
        tree->reads = 0;
        assert_true(merkle_consistency(read_node, tree, index + 1, 255, &proof));
        assert_true(tree->reads <= 16);
    }
}

/* --- proofs of another project --- */

/* 32 bytes from base64; a value of another length is cut or filled, which changes it and nothing else. false = empty,
 * which no hash of ours can stand for. */
static bool hash_of_json(const json_t *object, const char *key, struct hash *hash)
{
    struct buffer bytes;
    *hash = (struct hash){{0}};
    buffer_init(&bytes, 1000);
    assert_true(encoding_from_base64(slice_text(fixture_text(object, key)), &bytes));
    size_t size = bytes.size;
    if (size > 0) {
        memcpy(hash->bytes, bytes.data, size < HASH_SIZE ? size : HASH_SIZE);
    }
    buffer_free(&bytes);
    return size > 0;
}

/* false = a hash of another length or too many: nothing a proof of ours can hold. */
static bool proof_of_json(const json_t *array, struct merkle_proof *proof)
{
    size_t index;
    json_t *item;
    struct buffer bytes;
    buffer_init(&bytes, 100);
    proof->count = 0;
    json_array_foreach(array, index, item)
    {
        if (json_string_length(item) != 44 || proof->count == 2 * MERKLE_MAX_LEVELS) {
            return false;
        }
        assert_true(encoding_from_base64(slice_text(json_string_value(item)), &bytes));
        memcpy(proof->hashes[proof->count++].bytes, bytes.data, HASH_SIZE);
        buffer_free(&bytes);
    }
    return true;
}

static uint64_t number_of(const json_t *object, const char *key)
{
    double value = json_number_value(json_object_get(object, key));
    return value >= 9007199254740992.0 ? UINT64_MAX : (uint64_t)value;
}

static size_t outside_cases;

static bool accepts(const json_t *test)
{
    struct merkle_proof proof;
    struct hash first, second;
    if (!proof_of_json(json_object_get(test, "proof"), &proof)) {
        return false;
    }
    if (json_object_get(test, "leafIdx") != NULL) {
        return hash_of_json(test, "leafHash", &first) && hash_of_json(test, "root", &second) &&
               merkle_verify_inclusion(first, number_of(test, "leafIdx"),
                                       number_of(test, "treeSize"), &proof, second);
    }
    return hash_of_json(test, "root1", &first) && hash_of_json(test, "root2", &second) &&
           merkle_verify_consistency(number_of(test, "size1"), number_of(test, "size2"), first,
                                     second, &proof);
}

static int check_outside_file(const char *path, const struct stat *status, int type, struct FTW *at)
{
    (void)status;
    (void)at;
    if (type != FTW_F) {
        return 0;
    }
    json_t *test = fixture_json(path);
    if (accepts(test) == json_is_true(json_object_get(test, "wantErr"))) {
        fail_msg("%s: judged otherwise", path);
    }
    json_decref(test);
    outside_cases++;
    return 0;
}

static void check_outside(const char *folder, const char *family)
{
    char *path = fixture_shared(folder);
    outside_cases = 0;
    assert_int_equal(nftw(path, check_outside_file, 16, FTW_PHYS), 0);
    assert_int_equal(outside_cases, 98);
    fixture_count(family, outside_cases);
    free(path);
}

static void outside_inclusion_proofs(void **state)
{
    (void)state;
    check_outside("vectors/merkle/inclusion", "merkle inclusion");
}

static void outside_consistency_proofs(void **state)
{
    (void)state;
    check_outside("vectors/merkle/consistency", "merkle consistency");
}

static void check_consistency_vector(struct tree *tree, const json_t *vector)
{
    struct merkle_proof proof;
    const json_t *hashes = json_object_get(vector, "proof");
    assert_true(merkle_consistency(read_node, tree, number_of(vector, "from"),
                                   number_of(vector, "to"), &proof));
    assert_int_equal(proof.count, json_array_size(hashes));
    for (size_t i = 0; i < proof.count; i++) {
        struct buffer hash = fixture_bytes(json_string_value(json_array_get(hashes, i)));
        assert_true(slice_equal(hash_slice(&proof.hashes[i]), buffer_slice(&hash)));
        buffer_free(&hash);
    }
}

/* Our own ledger: leaf hashes, the root of every size, consistency proofs byte for byte. */
static void our_vectors(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    struct tree *tree = calloc(1, sizeof *tree);
    struct merkle_edge edge = merkle_edge_empty();
    tree->roots[0] = merkle_edge_root(&edge);
    size_t index, cases = 0;
    json_t *item;
    json_array_foreach(json_object_get(file, "events"), index, item)
    {
        struct buffer leaf = fixture_bytes(fixture_text(item, "leaf"));
        struct hash leaf_hash = merkle_leaf(buffer_slice(&leaf));
        assert_true(hash_equal(leaf_hash, fixture_hash(item, "leaf_hash")));
        tree_add(tree, &edge, leaf_hash);
        buffer_free(&leaf);
    }
    json_array_foreach(json_object_get(file, "roots"), index, item)
    {
        assert_true(hash_equal(tree->roots[number_of(item, "size")], fixture_hash(item, "root")));
        cases++;
    }
    assert_int_equal(cases, 35);
    json_array_foreach(json_object_get(file, "consistency"), index, item)
    {
        check_consistency_vector(tree, item);
        cases++;
    }
    assert_int_equal(cases, 37);
    fixture_count("palabre tree", cases);
    free(tree);
    json_decref(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_root_is_the_defined_one),
        cmocka_unit_test(only_complete_subtrees_are_made),
        cmocka_unit_test(every_inclusion_is_proven),
        cmocka_unit_test(every_consistency_is_proven),
        cmocka_unit_test(what_cannot_be_proven_is_refused),
        cmocka_unit_test(paths_prove_the_same),
        cmocka_unit_test(paths_do_not_keep_what_was_missing),
        cmocka_unit_test(paths_of_neighbours_read_two_nodes_each),
        cmocka_unit_test(proofs_read_few_nodes),
        cmocka_unit_test(outside_inclusion_proofs),
        cmocka_unit_test(outside_consistency_proofs),
        cmocka_unit_test(our_vectors),
    };
    return cmocka_run_group_tests(tests, grow, fell);
}
