/* The roll of a poll (ledger.md, Roll): who may vote, with what weight. Ascending by member id. */
#ifndef PALABRE_LEDGER_ROLL_H
#define PALABRE_LEDGER_ROLL_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/id.h"

enum { ROLL_ENTRY_SIZE = 25 };

struct roll_entry {
    struct id member;
    uint32_t weight;     /* votes, ≥ 1 */
    uint32_t shares;     /* for quorums; 0 = not kept */
    uint8_t class_index; /* into the definition's classes; 0 when there are none */
};
struct roll_summary {
    struct hash root;
    uint32_t count;
    uint64_t weight;
};

void roll_encode_entry(const struct roll_entry *entry, uint8_t bytes[ROLL_ENTRY_SIZE]);
/* entries must be ascending by member (a bug otherwise), count ≥ 1. */
void roll_encode(struct buffer *out, const struct roll_entry *entries, size_t count);
struct roll_summary roll_summarise(const struct roll_entry *entries, size_t count);
/* Strict; ROLL_MALFORMED. *count entries at payload + 4, each read with roll_read. */
enum error roll_decode(struct slice payload, uint32_t *count);
/* index < the count of a payload that roll_decode accepted. */
struct roll_entry roll_read(struct slice payload, uint32_t index);
/* Of a payload that roll_decode accepted; *greatest_class is the greatest class index in it. */
struct roll_summary roll_summarise_payload(struct slice payload, uint8_t *greatest_class);

#endif
