/* The Merkle tree of RFC 6962 over leaf hashes.
 *
 * A tree of n leaves is a row of complete subtrees, one for each one bit of n, largest first (n = 6: one of four
 * leaves, one of two). Complete subtrees never change as the tree grows, so only they are stored, named by level and
 * index: subtree (l, i) covers leaves i·2^l … (i + 1)·2^l − 1. Everything else is folded from them, right to left,
 * when it is asked for: an edge (the row itself) holds what appending needs, and a proof reads O(log n) nodes.
 * Invariant of an edge: count = number of one bits of size; nodes[0] belongs to the highest one bit.
 * Proofs are made top-down (the sibling met first is the last of the path), hence the reversal at the end.
 * Verification follows RFC 9162, which needs no recursion. Start at merkle_edge_add() and range_hash(). */
#include "crypto/merkle.h"

#include "base/fatal.h"
#include "crypto/crypto.h"

#define SIZE_LIMIT (UINT64_C(1) << 53)

struct hash merkle_leaf(struct slice leaf_data)
{
    static const uint8_t prefix = 0x00;
    const struct slice parts[] = {slice_of(&prefix, 1), leaf_data};
    return crypto_hash_parts(parts, 2);
}

struct hash merkle_node(struct hash left, struct hash right)
{
    uint8_t bytes[1 + 2 * HASH_SIZE] = {0x01};
    memcpy(bytes + 1, left.bytes, HASH_SIZE);
    memcpy(bytes + 1 + HASH_SIZE, right.bytes, HASH_SIZE);
    return crypto_hash(slice_of(bytes, sizeof bytes));
}

struct hash merkle_empty(void)
{
    return crypto_hash(slice_of("", 0));
}

struct hash merkle_root(const struct hash *leaves, size_t count)
{
    struct merkle_edge edge = merkle_edge_empty();
    struct merkle_made made[MERKLE_MAX_LEVELS];
    for (size_t i = 0; i < count; i++) {
        (void)merkle_edge_add(&edge, leaves[i], made);
    }
    return merkle_edge_root(&edge);
}

struct merkle_edge merkle_edge_empty(void)
{
    return (struct merkle_edge){.size = 0};
}

size_t merkle_edge_add(struct merkle_edge *edge, struct hash leaf, struct merkle_made *made)
{
    assert_always(edge->size < SIZE_LIMIT - 1);
    unsigned level = 0;
    struct hash hash = leaf;
    made[0] = (struct merkle_made){.level = 0, .index = edge->size, .hash = hash};
    /* As adding one carries over the trailing one bits, the new leaf completes one subtree for each of them. */
    while ((edge->size >> level & 1) == 1) {
        edge->count--;
        hash = merkle_node(edge->nodes[edge->count], hash);
        level++;
        made[level] =
            (struct merkle_made){.level = level, .index = edge->size >> level, .hash = hash};
    }
    edge->nodes[edge->count++] = hash;
    edge->size++;
    return level + 1;
}

struct hash merkle_edge_root(const struct merkle_edge *edge)
{
    if (edge->count == 0) {
        return merkle_empty();
    }
    struct hash hash = edge->nodes[edge->count - 1];
    for (size_t i = edge->count - 1; i-- > 0;) {
        hash = merkle_node(edge->nodes[i], hash);
    }
    return hash;
}

/* --- proofs --- */

struct source {
    merkle_node_at read;
    void *context;
};

/* Hash of the tree over leaves begin … begin + size − 1, size > 0, begin a multiple of the smallest power of two that
 * is ≥ size: folded from the complete subtrees in it, the last (smallest) first. */
static bool range_hash(const struct source *source, uint64_t begin, uint64_t size,
                       struct hash *hash)
{
    uint64_t end = begin + size;
    bool first = true;
    for (unsigned level = 0; level < MERKLE_MAX_LEVELS; level++) {
        if ((size >> level & 1) == 0) {
            continue;
        }
        struct hash node;
        if (!source->read(source->context, level, (end >> level) - 1, &node)) {
            return false;
        }
        *hash = first ? node : merkle_node(node, *hash);
        first = false;
        end -= UINT64_C(1) << level;
    }
    return true;
}

/* The largest power of two smaller than size; size > 1. */
static uint64_t split_of(uint64_t size)
{
    uint64_t split = 1;
    while (split << 1 < size) {
        split <<= 1;
    }
    return split;
}

static bool proof_add_range(const struct source *source, uint64_t begin, uint64_t size,
                            struct merkle_proof *proof)
{
    assert_always(proof->count < 2 * MERKLE_MAX_LEVELS);
    return range_hash(source, begin, size, &proof->hashes[proof->count++]);
}

static void proof_reverse(struct merkle_proof *proof)
{
    for (size_t i = 0; i < proof->count / 2; i++) {
        struct hash swapped = proof->hashes[i];
        proof->hashes[i] = proof->hashes[proof->count - 1 - i];
        proof->hashes[proof->count - 1 - i] = swapped;
    }
}

bool merkle_root_at(merkle_node_at read, void *context, uint64_t size, struct hash *root)
{
    if (size >= SIZE_LIMIT) {
        return false;
    }
    if (size == 0) {
        *root = merkle_empty();
        return true;
    }
    const struct source source = {read, context};
    return range_hash(&source, 0, size, root);
}

bool merkle_inclusion(merkle_node_at read, void *context, uint64_t index, uint64_t size,
                      struct merkle_proof *proof)
{
    proof->count = 0;
    if (index >= size || size >= SIZE_LIMIT) {
        return false;
    }
    const struct source source = {read, context};
    uint64_t begin = 0;
    while (size > 1) {
        uint64_t split = split_of(size);
        bool on_left = index - begin < split;
        if (on_left ? !proof_add_range(&source, begin + split, size - split, proof)
                    : !proof_add_range(&source, begin, split, proof)) {
            return false;
        }
        begin += on_left ? 0 : split;
        size = on_left ? split : size - split;
    }
    proof_reverse(proof);
    return true;
}

void merkle_paths_start(struct merkle_paths *paths, const struct merkle_edge *edge)
{
    paths->edge = *edge;
    memset(paths->known, 0, sizeof paths->known);
    for (size_t i = edge->count; i-- > 0;) {
        bool last = i + 1 == edge->count;
        paths->rest[i] = last ? edge->nodes[i] : merkle_node(edge->nodes[i], paths->rest[i + 1]);
    }
}

/* Adds one complete subtree to the proof, from the store only when it is not the one read last on its level. */
static bool paths_add(struct merkle_paths *paths, const struct source *source, unsigned level,
                      uint64_t index, struct merkle_proof *proof)
{
    if (!paths->known[level] || paths->index[level] != index) {
        paths->known[level] = source->read(source->context, level, index, &paths->node[level]);
        paths->index[level] = index;
    }
    proof->hashes[proof->count++] = paths->node[level];
    return paths->known[level];
}

bool merkle_paths_inclusion(struct merkle_paths *paths, merkle_node_at read, void *context,
                            uint64_t index, struct merkle_proof *proof)
{
    const struct source source = {read, context};
    const struct merkle_edge *edge = &paths->edge;
    proof->count = 0;
    if (index >= edge->size) {
        return false;
    }
    /* The complete subtree of the edge that holds the leaf: the highest bit in which index and size differ is its level,
     * and one subtree of the edge stands before it for each one bit of size above. */
    unsigned top = 63 - (unsigned)__builtin_clzll(index ^ edge->size);
    size_t place = (size_t)__builtin_popcountll(edge->size >> top) - 1;
    for (unsigned level = 0; level < top; level++) {
        if (!paths_add(paths, &source, level, (index >> level) ^ 1, proof)) {
            return false;
        }
    }
    if (place + 1 < edge->count) {
        proof->hashes[proof->count++] = paths->rest[place + 1];
    }
    while (place-- > 0) {
        proof->hashes[proof->count++] = edge->nodes[place];
    }
    return true;
}

bool merkle_consistency(merkle_node_at read, void *context, uint64_t from, uint64_t to,
                        struct merkle_proof *proof)
{
    proof->count = 0;
    if (from == 0 || from > to || to >= SIZE_LIMIT) {
        return false;
    }
    const struct source source = {read, context};
    uint64_t begin = 0;
    uint64_t size = to;
    /* Down to the subtree whose last leaf is the last of the old tree. */
    while (from - begin < size) {
        uint64_t split = split_of(size);
        bool on_left = from - begin <= split;
        if (on_left ? !proof_add_range(&source, begin + split, size - split, proof)
                    : !proof_add_range(&source, begin, split, proof)) {
            return false;
        }
        begin += on_left ? 0 : split;
        size = on_left ? split : size - split;
    }
    /* Where it begins at leaf 0 it is the whole old tree, whose root the verifier has. */
    if (begin > 0 && !proof_add_range(&source, begin, size, proof)) {
        return false;
    }
    proof_reverse(proof);
    return true;
}

/* --- verification --- */

/* The path upwards of a node (number `at` of its level) in a tree whose last node there has number `last`. */
struct climb {
    uint64_t at, last;
};

static void climb_up(struct climb *climb)
{
    climb->at >>= 1;
    climb->last >>= 1;
}

/* Is the next hash of the proof a left neighbour? Skips the levels where a last node has no sibling. */
static bool climb_takes_left(struct climb *climb)
{
    if ((climb->at & 1) == 0 && climb->at != climb->last) {
        return false;
    }
    while ((climb->at & 1) == 0 && climb->at != 0) {
        climb_up(climb);
    }
    return true;
}

bool merkle_verify_inclusion(struct hash leaf, uint64_t index, uint64_t size,
                             const struct merkle_proof *proof, struct hash root)
{
    if (index >= size || proof->count > 2 * MERKLE_MAX_LEVELS) {
        return false;
    }
    struct climb climb = {.at = index, .last = size - 1};
    struct hash hash = leaf;
    for (size_t i = 0; i < proof->count; i++) {
        if (climb.last == 0) {
            return false;
        }
        struct hash other = proof->hashes[i];
        hash = climb_takes_left(&climb) ? merkle_node(other, hash) : merkle_node(hash, other);
        climb_up(&climb);
    }
    return climb.last == 0 && hash_equal(hash, root);
}

bool merkle_verify_consistency(uint64_t from, uint64_t to, struct hash root_from,
                               struct hash root_to, const struct merkle_proof *proof)
{
    if (from == 0 || from > to || proof->count > 2 * MERKLE_MAX_LEVELS) {
        return false;
    }
    if (from == to) {
        return proof->count == 0 && hash_equal(root_from, root_to);
    }
    if (proof->count == 0) {
        return false;
    }
    struct climb climb = {.at = from - 1, .last = to - 1};
    while ((climb.at & 1) == 1) {
        climb_up(&climb);
    }
    /* An old tree that is one complete subtree starts the path itself; else the proof names that subtree. */
    bool is_complete = (from & (from - 1)) == 0;
    struct hash old_hash = is_complete ? root_from : proof->hashes[0];
    struct hash new_hash = old_hash;
    for (size_t i = is_complete ? 0 : 1; i < proof->count; i++) {
        if (climb.last == 0) {
            return false;
        }
        struct hash other = proof->hashes[i];
        if (climb_takes_left(&climb)) {
            old_hash = merkle_node(other, old_hash);
            new_hash = merkle_node(other, new_hash);
        } else {
            new_hash = merkle_node(new_hash, other);
        }
        climb_up(&climb);
    }
    return climb.last == 0 && hash_equal(old_hash, root_from) && hash_equal(new_hash, root_to);
}
