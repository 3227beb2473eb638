/* Minutes: what the record says of a meeting, and what the secretary writes around it.
 *
 * Facts are blocks made from the record when the meeting ended; the secretary orders texts between them and never alters
 * them. Sealing fixes both for good, with the hash of the whole. */
#include "assembly/meeting.h"

enum { BLOCKS_MAX = 1000, TEXT_MAX = 20000 };

static const char *const state_words[] = {"draft", "sealed", NULL};
static const char *const block_words[] = {"heading", "attendance", "quorum",    "item",
                                          "vote",    "decision",   "incidents", "tasks",
                                          "seal",    "text",       NULL};

static const struct field block_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "block_kind",
     .type = FIELD_WORD,
     .words = block_words,
     .summary = "text: the secretary's"},
    {.name = "text",
     .type = FIELD_TEXTS,
     .max = TEXT_MAX,
     .optional = true,
     .summary = "Markdown, of text"},
    {.name = "facts", .type = FIELD_ANY, .optional = true, .summary = "of every other kind"},
    {0},
};
static const struct field block = {.name = "block", .type = FIELD_OBJECT, .fields = block_fields};
static const struct field minutes_fields[] = {
    {.name = "state", .type = FIELD_WORD, .words = state_words},
    {.name = "blocks", .type = FIELD_LIST, .item = &block, .max = BLOCKS_MAX},
    {.name = "hash", .type = FIELD_BYTES, .max = 32, .optional = true, .summary = "once sealed"},
    {.name = "sealed_ms", .type = FIELD_TIME, .optional = true},
    {.name = "by", .type = FIELD_BY, .optional = true},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_MINUTES, "minutes", minutes_fields},
    {0},
};
const struct concept concept_minutes = {.name = "minutes", .documents = documents};
