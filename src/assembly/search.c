/* Search: one field finds proposals, votes, decisions, to-dos, members and what was said, and tells whoever is about to
 * propose something which proposals resemble it.
 *
 * This file holds the tables. The index is kept by search_index.c, asked by search_find.c; search_snippet.c cuts what is
 * shown; search_alike.c compares proposals. Invariants: the index follows from the documents alone; nothing is found that
 * the caller may not read; every question is answered within bounds. Start at search_kinds (search_index.c). */
#include "assembly/search.h"

/* ---- shapes ---- */

static const char *const place_words[] = {"title", "need", "text", "comment", NULL};
static const struct field kind_item = {
    .name = "kind", .type = FIELD_WORD, .words = search_kind_words};
static const struct field find_params[] = {
    {.name = "text",
     .type = FIELD_LINE,
     .min = 1,
     .max = 200,
     .summary = "the first eight words count; the last one may be unfinished"},
    {.name = "kinds",
     .type = FIELD_LIST,
     .item = &kind_item,
     .max = 16,
     .optional = true,
     .summary = "only these; absent or empty: all"},
    {.name = "language",
     .type = FIELD_LANGUAGE,
     .optional = true,
     .summary = "in which titles are shown where there are several"},
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 50, .optional = true},
    {0},
};
static const struct field mark_fields[] = {
    {.name = "from", .type = FIELD_INTEGER, .max = 4000},
    {.name = "to", .type = FIELD_INTEGER, .max = 4000},
    {0},
};
static const struct field mark_item = {.name = "mark", .type = FIELD_OBJECT, .fields = mark_fields};
static const struct field marked_fields[] = {
    {.name = "text", .type = FIELD_TEXT, .max = 5000},
    {.name = "marks",
     .type = FIELD_LIST,
     .item = &mark_item,
     .max = 1000,
     .summary = "what was found, in UTF-16 units of text, `to` not included"},
    {0},
};
static const struct field on_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = search_kind_words},
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_LINE, .max = 24},
    {.name = "title", .type = FIELD_TEXT, .max = 4000},
    {0},
};
static const struct field found_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = search_kind_words},
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_LINE, .max = 24},
    {.name = "where",
     .type = FIELD_WORD,
     .words = place_words,
     .summary = "the best place where a word was found; names are titles"},
    {.name = "score", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "title",
     .type = FIELD_OBJECT,
     .fields = marked_fields,
     .summary = "empty for a comment: see `on`"},
    {.name = "title_language", .type = FIELD_LANGUAGE, .optional = true},
    {.name = "snippet", .type = FIELD_OBJECT, .fields = marked_fields},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true, .summary = "of the snippet"},
    {.name = "on",
     .type = FIELD_OBJECT,
     .fields = on_fields,
     .optional = true,
     .summary = "where a comment or a file stands"},
    {0},
};
static const struct field found_item = {
    .name = "found", .type = FIELD_OBJECT, .fields = found_fields};
static const struct field find_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &found_item, .max = 50, .summary = "best first"},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
static const struct field alike_params[] = {
    {.name = "title", .type = FIELD_TEXT, .max = 640, .summary = "may be empty"},
    {.name = "need", .type = FIELD_TEXT, .max = 4000},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "not",
     .type = FIELD_REF,
     .number = NUMBER_PROPOSAL,
     .optional = true,
     .summary = "leaves this one out"},
    {0},
};
static const struct field card_item = {
    .name = "card", .type = FIELD_ANY, .document = DOCUMENT_PROPOSAL_CARD};
static const struct field alike_result[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &card_item,
     .max = 5,
     .summary = "proposal_card documents, the nearest first"},
    {0},
};

/* ---- tables ---- */

static const struct command commands[] = {
    {.method = "search.find",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = find_params,
     .result = find_result,
     .handle = search_find,
     .summary =
         "What has all these words: accents, case, plurals and the end of the last word left "
         "aside",
     .example = "{\"text\":\"bench yard\",\"limit\":20}"},
    {.method = "proposal.alike",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = alike_params,
     .result = alike_result,
     .handle = search_alike,
     .summary = "The five proposals that most resemble one that is being written",
     .example = "{\"title\":\"A bench\",\"need\":\"\",\"language\":\"en\"}"},
    {0},
};

const struct concept concept_search = {.name = "search", .commands = commands};
