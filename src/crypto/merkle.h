/* The Merkle tree of RFC 6962 §2.1 (SHA-256, leaf prefix 0x00, node prefix 0x01), as pure functions.
 * The tree itself is read through `merkle_node_at`: only hashes of complete subtrees are ever stored. */
#ifndef PALABRE_CRYPTO_MERKLE_H
#define PALABRE_CRYPTO_MERKLE_H

#include "base/id.h"
#include "base/slice.h"

enum { MERKLE_MAX_LEVELS = 54 }; /* sizes stay below 2^53 */

struct hash merkle_leaf(struct slice leaf_data);
struct hash merkle_node(struct hash left, struct hash right);
struct hash merkle_empty(void);
/* Root of leaf hashes in memory. */
struct hash merkle_root(const struct hash *leaves, size_t count);

/* The right edge: hashes of the complete subtrees of a tree of `size` leaves, largest first. A value. */
struct merkle_edge {
    uint64_t size; /* leaves */
    struct hash nodes[MERKLE_MAX_LEVELS];
    size_t count; /* = number of one bits of size */
};
struct merkle_edge merkle_edge_empty(void);
/* A complete subtree that an append made: level 0 = leaf hashes; index counts subtrees of that level. */
struct merkle_made {
    unsigned level;
    uint64_t index;
    struct hash hash;
};
/* Adds one leaf hash; made[] (MERKLE_MAX_LEVELS long) receives every complete subtree it finishes, lowest first. */
size_t merkle_edge_add(struct merkle_edge *edge, struct hash leaf, struct merkle_made *made);
struct hash merkle_edge_root(const struct merkle_edge *edge);

/* Reads the hash of a complete subtree; false = not stored (a bug or a damaged store). */
typedef bool (*merkle_node_at)(void *context, unsigned level, uint64_t index, struct hash *hash);

struct merkle_proof {
    struct hash hashes[2 * MERKLE_MAX_LEVELS];
    size_t count;
};
/* Root of the first `size` leaves; false when the reader fails. */
bool merkle_root_at(merkle_node_at read, void *context, uint64_t size, struct hash *root);
/* index < size; false when out of range or the reader fails. */
bool merkle_inclusion(merkle_node_at read, void *context, uint64_t index, uint64_t size,
                      struct merkle_proof *proof);
/* Proofs in one tree, asked one after another: what neighbours share (all but the lowest nodes, and everything beyond their
 * complete subtree) is read and folded once. A value of the caller's, good as long as that tree's nodes are what they are:
 * complete subtrees never change, so other trees of the same log need a new start only. */
struct merkle_paths {
    struct merkle_edge edge;
    struct hash rest[MERKLE_MAX_LEVELS + 1]; /* rest[i] = edge nodes from i on folded into one */
    bool known[MERKLE_MAX_LEVELS];
    uint64_t index[MERKLE_MAX_LEVELS]; /* of the node of this level that was read last */
    struct hash node[MERKLE_MAX_LEVELS];
};
void merkle_paths_start(struct merkle_paths *paths, const struct merkle_edge *edge);
/* As merkle_inclusion in the tree of this edge. */
bool merkle_paths_inclusion(struct merkle_paths *paths, merkle_node_at read, void *context,
                            uint64_t index, struct merkle_proof *proof);
/* 0 < from ≤ to (from = to: empty proof); false when out of range or the reader fails. */
bool merkle_consistency(merkle_node_at read, void *context, uint64_t from, uint64_t to,
                        struct merkle_proof *proof);
/* RFC 9162 §2.1.3.2 and §2.1.4.2. */
bool merkle_verify_inclusion(struct hash leaf, uint64_t index, uint64_t size,
                             const struct merkle_proof *proof, struct hash root);
bool merkle_verify_consistency(uint64_t from, uint64_t to, struct hash root_from,
                               struct hash root_to, const struct merkle_proof *proof);

#endif
