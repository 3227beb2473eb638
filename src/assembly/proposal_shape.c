/* Shapes of the documents of proposals, published with the protocol.
 *
 * Tables alone; what stands in the documents is written by proposal_apply.c, and tests compare both. Every
 * list has a maximum that is held where it is written. Start at proposal_documents. */
#include "assembly/group.h"
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"

static const struct field theme = {.name = "theme", .type = FIELD_LINE, .max = 35};
static const struct field person = {
    .name = "person", .type = FIELD_OBJECT, .fields = person_fields};
const struct field proposal_source_fields[] = {
    {.name = "format", .type = FIELD_LINE, .min = 1, .max = 40},
    {.name = "id", .type = FIELD_LINE, .min = 1, .max = 80},
    {.name = "url", .type = FIELD_LINE, .min = 1, .max = 500, .optional = true},
    {.name = "code", .type = FIELD_LINE, .min = 1, .max = 80, .optional = true},
    {.name = "at_ms", .type = FIELD_TIME, .summary = "when it was written at the source"},
    {.name = "supports", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {.name = "comments", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {.name = "author", .type = FIELD_LINE, .min = 1, .max = 80},
    {0},
};
static const struct field translation_fields[] = {
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {.name = "need", .type = FIELD_TEXT, .max = 4000},
    {.name = "text", .type = FIELD_TEXT, .max = 40000},
    {.name = "version", .type = FIELD_INTEGER, .max = INT32_MAX},
    {.name = "by", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "stale",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "the original changed since"},
    {0},
};
static const struct field translation = {
    .name = "translation", .type = FIELD_OBJECT, .fields = translation_fields};
static const struct field version_fields[] = {
    {.name = "version", .type = FIELD_INTEGER, .max = INT32_MAX},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {0},
};
static const struct field version = {
    .name = "version", .type = FIELD_OBJECT, .fields = version_fields};
static const struct field answer_fields[] = {
    {.name = "text", .type = FIELD_TEXT, .max = 8000},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field answer = {
    .name = "answer", .type = FIELD_OBJECT, .fields = answer_fields};
static const struct field reference_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {0},
};
static const struct field reference = {
    .name = "proposal", .type = FIELD_OBJECT, .fields = reference_fields};
static const struct field relation_fields[] = {
    {.name = "as", .type = FIELD_WORD, .words = proposal_relation_all_words},
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {0},
};
static const struct field relation = {
    .name = "relation", .type = FIELD_OBJECT, .fields = relation_fields};
static const struct field invited_fields[] = {
    {.name = "member", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "by", .type = FIELD_BY, .summary = "an author; the member, who offers"},
    {.name = "at_ms", .type = FIELD_TIME},
    {0},
};
static const struct field invited = {
    .name = "invited", .type = FIELD_OBJECT, .fields = invited_fields};
static const struct field takeover_fields[] = {
    {.name = "member", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "at_ms", .type = FIELD_TIME},
    {0},
};
static const struct field takeover = {
    .name = "takeover", .type = FIELD_OBJECT, .fields = takeover_fields};
static const struct field titled_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {.name = "language", .type = FIELD_LANGUAGE},
    {0},
};
static const struct field merge_fields[] = {
    {.name = "into", .type = FIELD_OBJECT, .fields = titled_fields},
    {.name = "by", .type = FIELD_BY},
    {.name = "at_ms", .type = FIELD_TIME},
    {0},
};
static const struct field step_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "from", .type = FIELD_WORD, .words = proposal_state_words},
    {.name = "to", .type = FIELD_WORD, .words = proposal_state_words},
    {.name = "by", .type = FIELD_BY},
    {.name = "reason", .type = FIELD_TEXT, .max = 4000, .optional = true},
    {.name = "poll", .type = FIELD_ID, .optional = true},
    {0},
};
static const struct field step = {.name = "step", .type = FIELD_OBJECT, .fields = step_fields};
static const struct field proposal_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "state", .type = FIELD_WORD, .words = proposal_state_words},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "version", .type = FIELD_INTEGER, .max = INT32_MAX},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {.name = "need", .type = FIELD_TEXT, .max = 4000},
    {.name = "text", .type = FIELD_TEXT, .max = 40000},
    {.name = "themes", .type = FIELD_LIST, .item = &theme, .max = 5},
    {.name = "asks", .type = FIELD_OBJECT, .fields = proposal_asks_fields, .optional = true},
    {.name = "authors", .type = FIELD_LIST, .item = &person, .max = PROPOSAL_AUTHORS_MAX},
    {.name = "recorded_by",
     .type = FIELD_OBJECT,
     .fields = person_fields,
     .optional = true,
     .summary = "who recorded it for its author, who has no device"},
    {.name = "invited",
     .type = FIELD_LIST,
     .item = &invited,
     .max = PROPOSAL_AUTHORS_MAX,
     .optional = true,
     .summary = "who is asked to be a co-author, or offers to be"},
    {.name = "takeovers",
     .type = FIELD_LIST,
     .item = &takeover,
     .max = PROPOSAL_AUTHORS_MAX,
     .optional = true,
     .summary = "supporters who took over from silent authors"},
    {.name = "relations",
     .type = FIELD_LIST,
     .item = &relation,
     .max = PROPOSAL_RELATED_MAX,
     .optional = true},
    {.name = "merge",
     .type = FIELD_OBJECT,
     .fields = merge_fields,
     .optional = true,
     .summary = "its authors are asked to agree to it"},
    {.name = "merged_into", .type = FIELD_OBJECT, .fields = reference_fields, .optional = true},
    {.name = "merged_from",
     .type = FIELD_LIST,
     .item = &reference,
     .max = PROPOSAL_RELATED_MAX,
     .optional = true},
    {.name = "created_ms", .type = FIELD_TIME},
    {.name = "changed_ms", .type = FIELD_TIME, .summary = "of the text"},
    {.name = "ready_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "since when a vote or an answer is owed"},
    {.name = "owed_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "until when; not there once it was answered"},
    {.name = "answers",
     .type = FIELD_LIST,
     .item = &answer,
     .max = PROPOSAL_ANSWERS_MAX,
     .optional = true,
     .summary = "written by facilitators while it was ready, the newest last"},
    {.name = "translations", .type = FIELD_LIST, .item = &translation, .max = 16},
    {.name = "versions", .type = FIELD_LIST, .item = &version, .max = HISTORY_MAX},
    {.name = "history", .type = FIELD_LIST, .item = &step, .max = HISTORY_MAX},
    {.name = "source",
     .type = FIELD_OBJECT,
     .fields = proposal_source_fields,
     .optional = true,
     .summary = "where an imported proposal comes from, with the figures it had there"},
    {.name = "group",
     .type = FIELD_OBJECT,
     .fields = group_reference_fields,
     .optional = true,
     .summary = "the group it belongs to, as it was called then"},
    {0},
};
static const struct field card_source_fields[] = {
    {.name = "supports", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {.name = "at_ms", .type = FIELD_TIME},
    {0},
};
static const struct field card_poll_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "state", .type = FIELD_LINE, .max = 20},
    {.name = "closes_ms", .type = FIELD_TIME, .optional = true},
    {0},
};
static const struct field card_decision_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_LINE, .max = 20},
    {.name = "verdict", .type = FIELD_LINE, .max = 20},
    {0},
};
static const struct field card_task_fields[] = {
    {.name = "total", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "done", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {0},
};
static const struct field card_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "state", .type = FIELD_WORD, .words = proposal_state_words},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {.name = "need", .type = FIELD_TEXT, .max = 1200, .summary = "its first 280 characters"},
    {.name = "titles",
     .type = FIELD_LABELS,
     .max = 160,
     .optional = true,
     .summary = "translated titles that are up to date"},
    {.name = "themes", .type = FIELD_LIST, .item = &theme, .max = 5},
    {.name = "asks", .type = FIELD_OBJECT, .fields = proposal_asks_fields, .optional = true},
    {.name = "empty",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "a need alone: ideas are looked for"},
    {.name = "version", .type = FIELD_INTEGER, .max = INT32_MAX, .summary = "of the text"},
    {.name = "author", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "authors_ms", .type = FIELD_TIME, .summary = "when an author last did something here"},
    {.name = "owed_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "until when a vote or an answer is owed"},
    {.name = "supports", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "threshold", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "comments", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "last_comment",
     .type = FIELD_INTEGER,
     .max = UINT32_MAX,
     .optional = true,
     .summary = "number of the newest: greater than one's read mark, something is new"},
    {.name = "created_ms", .type = FIELD_TIME},
    {.name = "state_ms", .type = FIELD_TIME, .summary = "since when it is in this state"},
    {.name = "source", .type = FIELD_OBJECT, .fields = card_source_fields, .optional = true},
    {.name = "poll", .type = FIELD_OBJECT, .fields = card_poll_fields, .optional = true},
    {.name = "decision", .type = FIELD_OBJECT, .fields = card_decision_fields, .optional = true},
    {.name = "tasks", .type = FIELD_OBJECT, .fields = card_task_fields},
    {.name = "group",
     .type = FIELD_OBJECT,
     .fields = group_reference_fields,
     .optional = true,
     .summary = "the group it belongs to, as it was called then"},
    {0},
};
static const struct field supporter_fields[] = {
    {.name = "member", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "help", .type = FIELD_LINE, .max = 300, .optional = true},
    {.name = "version",
     .type = FIELD_INTEGER,
     .max = INT32_MAX,
     .summary = "the version of the text that was supported"},
    {.name = "recorded_by", .type = FIELD_OBJECT, .fields = person_fields, .optional = true},
    {.name = "from",
     .type = FIELD_OBJECT,
     .fields = reference_fields,
     .optional = true,
     .summary = "the merged proposal that the support came from"},
    {.name = "followed",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "of a merged one: what the supporter answered"},
    {0},
};
static const struct field supporter = {
    .name = "supporter", .type = FIELD_OBJECT, .fields = supporter_fields};
static const struct field supporters_fields[] = {
    {.name = "items", .type = FIELD_LIST, .item = &supporter, .max = 1000000},
    {0},
};
static const struct field text_fields[] = {
    {.name = "proposal", .type = FIELD_ID},
    {.name = "version", .type = FIELD_INTEGER, .max = INT32_MAX},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {.name = "need", .type = FIELD_TEXT, .max = 4000},
    {.name = "text", .type = FIELD_TEXT, .max = 40000},
    {.name = "asks", .type = FIELD_OBJECT, .fields = proposal_asks_fields, .optional = true},
    {0},
};
static const char *const asked_words[] = {"author", "offer", "merge", "follow", NULL};
static const struct field asked_into_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "title", .type = FIELD_LINE, .max = 160, .optional = true},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true},
    {0},
};
static const struct field asked_item_fields[] = {
    {.name = "what", .type = FIELD_WORD, .words = asked_words},
    {.name = "proposal", .type = FIELD_OBJECT, .fields = titled_fields},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "person",
     .type = FIELD_OBJECT,
     .fields = person_fields,
     .optional = true,
     .summary = "who invites or offers"},
    {.name = "into",
     .type = FIELD_OBJECT,
     .fields = asked_into_fields,
     .optional = true,
     .summary = "of merge and follow"},
    {0},
};
static const struct field asked_item = {
    .name = "item", .type = FIELD_OBJECT, .fields = asked_item_fields};
static const struct field asked_fields[] = {
    {.name = "items", .type = FIELD_LIST, .item = &asked_item, .max = PROPOSAL_ASKED_MAX},
    {0},
};
const struct document_shape proposal_documents[] = {
    {DOCUMENT_PROPOSAL, "proposal", proposal_fields},
    {DOCUMENT_PROPOSAL_CARD, "proposal_card", card_fields},
    {DOCUMENT_SUPPORTERS, "supporters", supporters_fields},
    {DOCUMENT_PROPOSAL_VERSION, "proposal_version", text_fields},
    {DOCUMENT_ASKED, "asked", asked_fields},
    {0},
};
