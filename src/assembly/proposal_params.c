/* Parameters and answers of the commands of proposals, with their limits.
 *
 * Tables alone: the framework checks them before a handler sees the request, and publishes them. Shapes of
 * documents are in proposal_shape.c. Start at proposal_submit_params. */
#include "assembly/member.h"
#include "assembly/proposal_parts.h"

enum {
    TITLE_MAX = 160,
    NEED_MAX_BYTES = 4000,
    TEXT_MAX = 40000, /* bytes */
    HELP_MAX = 300,
    THEMES_OF_ONE = 5,
    SKILLS_MAX = 10,
    ANSWER_MAX = 8000, /* bytes */
};

static const struct field theme = {.name = "theme", .type = FIELD_LINE, .min = 1, .max = 35};
static const char *const currency_words[] = {"EUR", NULL};
static const struct field skill = {.name = "skill", .type = FIELD_LINE, .min = 1, .max = 80};
const struct field proposal_asks_fields[] = {
    {.name = "money",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = INT64_C(10000000000000),
     .optional = true,
     .summary = "in the smallest unit of the currency: cents"},
    {.name = "currency", .type = FIELD_WORD, .words = currency_words, .optional = true},
    {.name = "hours", .type = FIELD_INTEGER, .min = 1, .max = 1000000, .optional = true},
    {.name = "people", .type = FIELD_INTEGER, .min = 1, .max = 1000000, .optional = true},
    {.name = "skills", .type = FIELD_LIST, .item = &skill, .max = SKILLS_MAX, .optional = true},
    {0},
};
static const char *const asks_words[] = {"money", "hours", "people", "skills", NULL};
const struct field proposal_submit_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX},
    {.name = "need",
     .type = FIELD_TEXT,
     .max = NEED_MAX_BYTES,
     .summary = "what is missing, at most 1,000 characters"},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX, .summary = "Markdown; may be empty"},
    {.name = "themes",
     .type = FIELD_LIST,
     .item = &theme,
     .max = THEMES_OF_ONE,
     .summary = "keys of the organisation's themes"},
    {.name = "group",
     .type = FIELD_REF,
     .number = NUMBER_GROUP,
     .optional = true,
     .summary = "the group it belongs to; its author is in it"},
    {.name = "asks",
     .type = FIELD_OBJECT,
     .fields = proposal_asks_fields,
     .optional = true,
     .summary = "what it asks for"},
    {.name = "answers",
     .type = FIELD_REF,
     .number = NUMBER_PROPOSAL,
     .optional = true,
     .summary = "the proposal whose need it answers"},
    {.name = "for",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "the member without a device for whom it is recorded: F, S"},
    {0},
};
const struct field proposal_revise_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "base",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = INT32_MAX,
     .summary = "the version that was revised"},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX, .optional = true},
    {.name = "need", .type = FIELD_TEXT, .max = NEED_MAX_BYTES, .optional = true},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX, .optional = true},
    {.name = "themes", .type = FIELD_LIST, .item = &theme, .max = THEMES_OF_ONE, .optional = true},
    {.name = "asks",
     .type = FIELD_OBJECT,
     .fields = proposal_asks_fields,
     .optional = true,
     .summary = "all of it; empty = nothing"},
    {0},
};
const struct field proposal_translate_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "version",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = INT32_MAX,
     .summary = "the version translated"},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX},
    {.name = "need", .type = FIELD_TEXT, .max = NEED_MAX_BYTES},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX},
    {0},
};
const struct field proposal_support_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "on", .type = FIELD_FLAG, .summary = "false takes the support back"},
    {.name = "help",
     .type = FIELD_LINE,
     .min = 1,
     .max = HELP_MAX,
     .optional = true,
     .summary = "\"I can help with …\""},
    {.name = "for",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "the member without a device for whom it is recorded: F, S"},
    {0},
};
const struct field proposal_mark_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "state", .type = FIELD_WORD, .words = proposal_state_words},
    {.name = "reason",
     .type = FIELD_TEXT,
     .max = 4000,
     .optional = true,
     .summary = "at most 1,000 characters; needed to give up what was adopted"},
    {0},
};
const struct field proposal_list_params[] = {
    {.name = "state", .type = FIELD_WORD, .words = proposal_state_words, .optional = true},
    {.name = "theme", .type = FIELD_LINE, .min = 1, .max = 35, .optional = true},
    {.name = "text",
     .type = FIELD_LINE,
     .min = 1,
     .max = 80,
     .optional = true,
     .summary = "part of title or need"},
    {.name = "asks",
     .type = FIELD_WORD,
     .words = asks_words,
     .optional = true,
     .summary = "those that ask for this"},
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
const struct field proposal_get_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {0},
};
static const struct field listed_document = {
    .name = "document", .type = FIELD_ANY, .document = DOCUMENT_PROPOSAL_CARD};
const struct field proposal_list_result[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &listed_document,
     .max = 200,
     .summary = "proposal_card documents, newest first"},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
const struct field proposal_get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_PROPOSAL},
    {0},
};
static const char *const import_states[] = {"idea", "discussed", NULL};
const struct field proposal_import_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX},
    {.name = "need", .type = FIELD_TEXT, .max = NEED_MAX_BYTES},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX},
    {.name = "author", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "source", .type = FIELD_OBJECT, .fields = proposal_source_fields},
    {.name = "state", .type = FIELD_WORD, .words = import_states},
    {0},
};
const struct field proposal_import_result[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX, .optional = true},
    {.name = "existing", .type = FIELD_FLAG, .optional = true, .summary = "was there before"},
    {0},
};
const struct field proposal_version_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "version", .type = FIELD_INTEGER, .min = 1, .max = INT32_MAX},
    {0},
};
const struct field proposal_version_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_PROPOSAL_VERSION},
    {0},
};
const struct field proposal_answer_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "text", .type = FIELD_TEXT, .min = 1, .max = ANSWER_MAX, .summary = "Markdown"},
    {0},
};
const struct field proposal_invite_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "member", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "on",
     .type = FIELD_FLAG,
     .summary = "false takes the invitation back, or declines an offer"},
    {0},
};
const struct field proposal_join_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "yes",
     .type = FIELD_FLAG,
     .summary = "true without an invitation is an offer to its authors"},
    {0},
};
const struct field proposal_leave_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {0},
};
const char *const proposal_relation_words[] = {"duplicate_of", "alternative_to", "answers", NULL};
const char *const proposal_relation_all_words[] = {"duplicate_of",  "alternative_to", "answers",
                                                   "has_duplicate", "answered_by",    NULL};
const struct field proposal_relate_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "to", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "as", .type = FIELD_WORD, .words = proposal_relation_words},
    {.name = "on", .type = FIELD_FLAG, .summary = "false takes the relation away"},
    {0},
};
const struct field proposal_merge_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "into", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "on", .type = FIELD_FLAG, .summary = "false: its authors are not asked any more"},
    {0},
};
const struct field proposal_consent_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "yes", .type = FIELD_FLAG},
    {0},
};
const struct field proposal_follow_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL, .summary = "the merged one"},
    {.name = "yes", .type = FIELD_FLAG},
    {0},
};
const struct field proposal_theme_params[] = {
    {.name = "theme", .type = FIELD_LINE, .min = 1, .max = 35, .summary = "its key"},
    {0},
};
static const struct field active_fields[] = {
    {.name = "member", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "wrote", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "supports", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {0},
};
static const struct field active = {
    .name = "person", .type = FIELD_OBJECT, .fields = active_fields};
const struct field proposal_theme_result[] = {
    {.name = "people", .type = FIELD_LIST, .item = &active, .max = 24},
    {0},
};
