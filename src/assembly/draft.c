/* Drafts and read marks: where a member was, writing and reading, for that member's other devices.
 *
 * Both are personal documents (personal.h): never events, shown to nobody else. The later of two devices wins by the time
 * that the device gives (never later than the server's), so a save that arrives late, or twice, changes nothing. A read
 * mark only goes forward.
 * Bounds: DRAFTS_MAX drafts of together DRAFTS_BYTES, MARKS_MAX marks; those changed longest ago go first, for an old
 * draft is on its device still and refusing the words somebody writes now would be worse.
 * Start at draft_save(). */
#include "assembly/parts.h"
#include "assembly/personal.h"

enum {
    TEXT_MAX = 40000, /* bytes: as the longest text there is, that of a proposal */
    FIELD_NAME_MAX = 40,
    DRAFTS_MAX = 100,
    DRAFTS_BYTES = 400 * 1024,
    MARKS_MAX = 150
};

/* ---- shapes ---- */

static const char *const place_kinds[] = {"proposal", "poll",      "decision", "task",
                                          "group",    "member",    "practice", "theme",
                                          "org",      "objection", "meeting",  NULL};
static const struct field draft_fields[] = {
    {.name = "object", .type = FIELD_LINE, .min = 1, .max = 80},
    {.name = "field", .type = FIELD_LINE, .min = 1, .max = FIELD_NAME_MAX},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX},
    {.name = "at_ms", .type = FIELD_TIME, .summary = "when it was written"},
    {0},
};
static const struct field save_params[] = {
    {.name = "object",
     .type = FIELD_LINE,
     .min = 1,
     .max = 80,
     .summary = "what it is about: a UUID, or new/ and a word"},
    {.name = "field", .type = FIELD_LINE, .min = 1, .max = FIELD_NAME_MAX},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX, .summary = "empty: nothing is kept"},
    {.name = "at_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "when it was written; older than what is kept: nothing changes"},
    {0},
};
static const struct field mark_on_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = place_kinds},
    {.name = "id", .type = FIELD_ID},
    {0},
};
static const struct field mark_params[] = {
    {.name = "on", .type = FIELD_OBJECT, .fields = mark_on_fields},
    {.name = "upto",
     .type = FIELD_INTEGER,
     .max = INT64_C(9007199254740991),
     .summary = "number of the newest comment read; it only goes up"},
    {0},
};
static const struct field mark_fields[] = {
    {.name = "on", .type = FIELD_WORD, .words = place_kinds, .summary = "kind; id is the thing's"},
    {.name = "upto", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {.name = "at_ms", .type = FIELD_TIME},
    {0},
};

/* ---- draft.save ---- */

static struct id draft_id(struct slice object, struct slice field)
{
    struct slice parts[] = {object, slice_text("\n"), field};
    return id_from_hash(crypto_hash_tagged("draft", parts, 3));
}

static uint64_t written_ms(const struct request *request)
{
    uint64_t given = (uint64_t)json_get_integer(request->params, "at_ms");
    return given == 0 || given > request->now_ms ? request->now_ms : given;
}

static enum error draft_save(struct request *request)
{
    static const char *const given[] = {"object", "field", "text", NULL};
    struct personal owner = personal_of(request);
    struct id id = draft_id(request_text(request, "object"), request_text(request, "field"));
    json_t *before = personal_load(owner, DOCUMENT_DRAFT, id);
    uint64_t at_ms = written_ms(request);
    bool late = before != NULL && (uint64_t)json_get_integer(before, "at_ms") > at_ms;
    bool same = before != NULL && json_equal(json_object_get(before, "text"),
                                             json_object_get(request->params, "text"));
    json_decref(before);
    if (late || same) {
        return ERROR_NONE;
    }
    if (request_text(request, "text").size == 0) {
        personal_remove(owner, DOCUMENT_DRAFT, id);
        return ERROR_NONE;
    }
    json_t *draft = document_new(DOCUMENT_DRAFT, id);
    fields_copy(draft, request->params, given);
    json_put(draft, "at_ms", json_number(at_ms));
    personal_put(owner, DOCUMENT_DRAFT, id, draft);
    personal_trim(owner, DOCUMENT_DRAFT, DRAFTS_MAX, DRAFTS_BYTES);
    return ERROR_NONE;
}

/* ---- read.mark ---- */

static enum error read_mark(struct request *request)
{
    struct personal owner = personal_of(request);
    const json_t *on = json_object_get(request->params, "on");
    struct id id = json_get_id(on, "id");
    int64_t upto = json_get_integer(request->params, "upto");
    json_t *before = personal_load(owner, DOCUMENT_READ_MARK, id);
    bool forward = before == NULL || upto > json_get_integer(before, "upto");
    json_decref(before);
    if (!forward) {
        return ERROR_NONE;
    }
    json_t *mark = document_new(DOCUMENT_READ_MARK, id);
    json_put(mark, "on", json_text(json_get_text(on, "kind")));
    json_put(mark, "upto", json_number((uint64_t)upto));
    json_put(mark, "at_ms", json_number(request->now_ms));
    personal_put(owner, DOCUMENT_READ_MARK, id, mark);
    personal_trim(owner, DOCUMENT_READ_MARK, MARKS_MAX, SIZE_MAX);
    return ERROR_NONE;
}

/* ---- tables ---- */

enum { WHO_PERSON = WHO_READERS & ~(unsigned)WHO_OPERATOR };
static const struct command commands[] = {
    {.method = "draft.save",
     .who = WHO_PERSON,
     .flags = COMMAND_WRITE | COMMAND_PERSONAL,
     .params = save_params,
     .handle = draft_save,
     .summary = "Keep what I am writing, for myself alone",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d72\","
                "\"object\":\"new/proposal\",\"field\":\"text\",\"text\":\"A bench with\"}"},
    {.method = "read.mark",
     .who = WHO_PERSON,
     .flags = COMMAND_WRITE | COMMAND_PERSONAL,
     .params = mark_params,
     .handle = read_mark,
     .summary = "How far I have read a discussion, for myself alone",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d73\",\"on\":{\"kind\":"
                "\"proposal\",\"id\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b601\"},\"upto\":12}"},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_DRAFT, "draft", draft_fields},
    {DOCUMENT_READ_MARK, "read_mark", mark_fields},
    {0},
};
const struct concept concept_draft = {
    .name = "draft",
    .commands = commands,
    .documents = documents,
};
