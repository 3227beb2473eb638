/* Files attached to proposals, comments, to-dos and decisions.
 *
 * The bytes do not come through here: POST /files puts them beside the store, named by their SHA-256 (server/engine/shelf.c),
 * and the server then says `file.received`, which leaves a row in TABLE_SECRET: these bytes, of this type, from this member,
 * may be attached for a day. `file.attach` reads that row and emits the event; the record holds name, type, size and hash,
 * never the bytes. Taking a file off shortens the row to seconds (so that the act can be undone), and when no document and
 * no row speaks of the bytes any more, the shelf sweeps them (file_is_kept).
 * Who may attach is who may edit the thing: one line per kind in `file_holders`. A file is read by whoever may read a topic
 * that it stands in (file_find). Start at attach(). */
#include "assembly/file.h"

#include "assembly/group.h"
#include "assembly/member.h"
#include "assembly/proposal.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/reader.h"
#include "base/utf8.h"

enum { UNDO_MS = 10000, PURGE_LOOK = 64, HASH_TEXT = 64 };
static const uint64_t UPLOAD_MS = UINT64_C(24) * 3600 * 1000;

/* ---- shapes ---- */

static const char *const holder_words[] = {"proposal", "comment", "task",
                                           "decision", "group",   NULL};
static const struct field on_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = holder_words},
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL, .summary = "id or number"},
    {0},
};
static const struct field attach_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "on", .type = FIELD_OBJECT, .fields = on_fields},
    {.name = "sha256",
     .type = FIELD_LINE,
     .min = HASH_TEXT,
     .max = HASH_TEXT,
     .summary = "as POST /files answered it to the same member, within a day"},
    {.name = "name", .type = FIELD_LINE, .min = 1, .max = FILE_NAME_MAX},
    {.name = "alt",
     .type = FIELD_LINE,
     .max = FILE_ALT_MAX,
     .optional = true,
     .summary = "what a picture shows, in words"},
    {0},
};
static const struct field describe_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "alt",
     .type = FIELD_LINE,
     .max = FILE_ALT_MAX,
     .optional = true,
     .summary = "left out = none any more"},
    {0},
};
static const struct field remove_params[] = {{.name = "id", .type = FIELD_ID}, {0}};
static const struct field list_params[] = {
    {.name = "on", .type = FIELD_OBJECT, .fields = on_fields},
    {0},
};
static const struct field file_item = {.type = FIELD_ANY, .document = DOCUMENT_FILE};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &file_item, .max = FILES_MAX},
    {.name = "next", .type = FIELD_LINE, .nullable = true, .max = 100},
    {0},
};
static const char *const type_words[] = {"png",  "jpeg", "webp", "pdf", "odt",
                                         "docx", "csv",  "txt",  NULL};
static const struct field received_params[] = {
    {.name = "sha256", .type = FIELD_LINE, .min = HASH_TEXT, .max = HASH_TEXT},
    {.name = "member", .type = FIELD_ID},
    {.name = "type", .type = FIELD_WORD, .words = type_words},
    {.name = "size", .type = FIELD_INTEGER, .min = 1, .max = MEDIA_MAX},
    {.name = "width", .type = FIELD_INTEGER, .max = INT32_MAX},
    {.name = "height", .type = FIELD_INTEGER, .max = INT32_MAX},
    {0},
};
static const struct field thing_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = holder_words},
    {.name = "id", .type = FIELD_ID},
    {0},
};
static const struct field removed_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field file_fields[] = {
    {.name = "on", .type = FIELD_OBJECT, .fields = thing_fields},
    {.name = "name", .type = FIELD_LINE, .optional = true, .max = FILE_NAME_MAX},
    {.name = "type", .type = FIELD_WORD, .words = type_words, .optional = true},
    {.name = "size", .type = FIELD_INTEGER, .optional = true, .max = MEDIA_MAX},
    {.name = "sha256",
     .type = FIELD_LINE,
     .optional = true,
     .max = HASH_TEXT,
     .summary = "its bytes are at /files/<sha256>/<name>"},
    {.name = "width", .type = FIELD_INTEGER, .optional = true, .max = INT32_MAX},
    {.name = "height", .type = FIELD_INTEGER, .optional = true, .max = INT32_MAX},
    {.name = "alt", .type = FIELD_LINE, .optional = true, .max = FILE_ALT_MAX},
    {.name = "hidden",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "its comment was removed; in no topic"},
    {.name = "by", .type = FIELD_BY},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "removed",
     .type = FIELD_OBJECT,
     .fields = removed_fields,
     .optional = true,
     .summary = "taken off: name, type and hash are gone"},
    {0},
};

/* ---- what files are attached to ---- */

static enum error may(bool allowed)
{
    return allowed ? ERROR_NONE : ERROR_RIGHT_MISSING;
}

static bool is_person(const json_t *thing, const char *key, struct id member)
{
    return id_equal(json_get_id(json_object_get(thing, key), "id"), member);
}

/* Its authors, while its text may change: what is voted on stays as it is. */
static enum error may_edit_proposal(const struct request *request, const json_t *proposal)
{
    enum proposal_state state = proposal_state_find(json_get_text(proposal, "state"));
    if (!people_have(json_object_get(proposal, "authors"), request->caller.member)) {
        return ERROR_RIGHT_MISSING;
    }
    return state == PROPOSAL_IDEA || state == PROPOSAL_DISCUSSED ? ERROR_NONE
                                                                 : ERROR_PROPOSAL_BAD_STATE;
}

static enum error may_edit_comment(const struct request *request, const json_t *comment)
{
    struct id caller = request->caller.member;
    if (json_object_get(comment, "removed") != NULL) {
        return ERROR_COMMENT_REMOVED;
    }
    return may(is_person(comment, "author", caller) || is_person(comment, "recorded_by", caller));
}

static enum error may_edit_task(const struct request *request, const json_t *task)
{
    struct id caller = request->caller.member;
    return may(is_person(task, "created_by", caller) ||
               people_have(json_object_get(task, "assignees"), caller) ||
               people_have(json_object_get(task, "asked"), caller) ||
               request_is(request, WHO_FACILITATOR));
}

static enum error may_edit_decision(const struct request *request, const json_t *decision)
{
    (void)decision;
    return may(request_is(request, WHO_FACILITATOR | WHO_SECRETARY));
}

static enum error may_edit_group(const struct request *request, const json_t *group)
{
    return may(
        group_may_write(request_txn(request), json_get_id(group, "id"), request->caller.member));
}

const struct file_holder file_holders[] = {
    {"proposal", DOCUMENT_PROPOSAL, NUMBER_PROPOSAL, TOPIC_PROPOSAL, ERROR_PROPOSAL_UNKNOWN,
     may_edit_proposal},
    {"comment", DOCUMENT_COMMENT, NUMBER_COMMENT, 0, ERROR_COMMENT_UNKNOWN, may_edit_comment},
    {"task", DOCUMENT_TASK, NUMBER_TASK, TOPIC_TASK, ERROR_TASK_UNKNOWN, may_edit_task},
    {"decision", DOCUMENT_DECISION, NUMBER_DECISION, TOPIC_DECISION, ERROR_DECISION_UNKNOWN,
     may_edit_decision},
    {"group", DOCUMENT_GROUP, NUMBER_GROUP, TOPIC_GROUP, ERROR_GROUP_UNKNOWN, may_edit_group},
    {0},
};

const struct file_holder *file_holder_find(struct slice kind)
{
    for (const struct file_holder *holder = file_holders; holder->kind != NULL; holder++) {
        if (slice_equal(slice_text(holder->kind), kind)) {
            return holder;
        }
    }
    return NULL;
}

/* ---- keys and rows ---- */

bool file_hash_read(struct slice text, struct hash *hash)
{
    struct buffer bytes;
    buffer_init(&bytes, HASH_SIZE);
    bool good = text.size == HASH_TEXT && encoding_from_hex(text, &bytes);
    if (good) {
        memcpy(hash->bytes, bytes.data, HASH_SIZE);
    }
    buffer_free(&bytes);
    return good;
}

struct index_key file_of_prefix(uint8_t document, struct id thing)
{
    struct index_key key = index_key(INDEX_FILE_OF);
    index_key_u8(&key, document);
    index_key_id(&key, thing);
    return key;
}

struct index_key file_hash_prefix(const struct hash *sha256)
{
    struct index_key key = index_key(INDEX_FILE_BY_HASH);
    index_key_hash(&key, sha256);
    return key;
}

static struct index_key upload_key(const struct hash *hash, struct id member)
{
    struct index_key key = index_key(SECRET_UPLOAD);
    index_key_hash(&key, hash);
    index_key_id(&key, member);
    return key;
}

struct file_upload file_upload_decode(struct slice row)
{
    struct file_upload upload;
    struct reader reader = reader_of(row);
    upload.until_ms = reader_u64(&reader);
    upload.size = reader_u32(&reader);
    uint8_t type = reader_u8(&reader);
    upload.media.width = reader_u32(&reader);
    upload.media.height = reader_u32(&reader);
    assert_always(reader_done(&reader) && type < MEDIA_TYPES);
    upload.media.type = (enum media_type)type;
    return upload;
}

bool file_upload_read(struct store_txn *txn, const struct hash *hash, struct id member,
                      struct file_upload *upload)
{
    struct slice row;
    struct index_key key = upload_key(hash, member);
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&key), &row)) {
        return false;
    }
    *upload = file_upload_decode(row);
    return true;
}

void file_upload_write(struct store_txn *txn, const struct hash *hash, struct id member,
                       const struct file_upload *upload)
{
    struct buffer row;
    struct index_key key = upload_key(hash, member);
    buffer_init(&row, 32);
    buffer_append_u64(&row, upload->until_ms);
    buffer_append_u32(&row, upload->size);
    buffer_append_u8(&row, (uint8_t)upload->media.type);
    buffer_append_u32(&row, upload->media.width);
    buffer_append_u32(&row, upload->media.height);
    store_put(txn, TABLE_SECRET, index_key_slice(&key), buffer_slice(&row));
    buffer_free(&row);
}

/* ---- file.received ---- */

/* Rows that are over among those that follow this one: hashes are spread evenly, so each new row takes its share of the
 * old ones away. */
static void purge(struct store_txn *txn, const struct hash *from, uint64_t now_ms)
{
    struct index_key old[PURGE_LOOK];
    size_t count = 0, looked = 0;
    struct slice key, value;
    struct index_key start = index_key(SECRET_UPLOAD);
    index_key_hash(&start, from);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_SECRET);
    bool found = store_cursor_seek(cursor, index_key_slice(&start), &key, &value);
    while (found && looked++ < PURGE_LOOK && key.data[0] == SECRET_UPLOAD) {
        if (file_upload_decode(value).until_ms + FILE_SWEEP_MARGIN_MS < now_ms) {
            memcpy(old[count].bytes, key.data, key.size);
            old[count++].size = key.size;
        }
        found = store_cursor_next(cursor, &key, &value);
    }
    store_cursor_close(cursor);
    for (size_t at = 0; at < count; at++) {
        store_delete(txn, TABLE_SECRET, index_key_slice(&old[at]));
    }
}

enum { FORGET_AT_ONCE = 64 };

void file_forget_uploads(struct store_txn *txn, struct id member)
{
    struct index_key old[FORGET_AT_ONCE];
    size_t count;
    do {
        struct slice key, value;
        struct index_key start = index_key(SECRET_UPLOAD);
        struct store_cursor *cursor = store_cursor_open(txn, TABLE_SECRET);
        bool found = store_cursor_seek(cursor, index_key_slice(&start), &key, &value);
        for (count = 0; found && count < FORGET_AT_ONCE && key.data[0] == SECRET_UPLOAD;
             found = store_cursor_next(cursor, &key, &value)) {
            if (memcmp(key.data + 1 + HASH_SIZE, member.bytes, ID_SIZE) == 0) {
                memcpy(old[count].bytes, key.data, key.size);
                old[count++].size = key.size;
            }
        }
        store_cursor_close(cursor);
        for (size_t at = 0; at < count; at++) {
            store_delete(txn, TABLE_SECRET, index_key_slice(&old[at]));
        }
    } while (count == FORGET_AT_ONCE);
}

static enum error received(struct request *request)
{
    struct hash hash;
    const json_t *params = request->params;
    struct file_upload upload = {.until_ms = request->now_ms + UPLOAD_MS,
                                 .size = (uint32_t)json_get_integer(params, "size"),
                                 .media = {.type = media_find(request_text(request, "type")),
                                           .width = (uint32_t)json_get_integer(params, "width"),
                                           .height = (uint32_t)json_get_integer(params, "height")}};
    if (!file_hash_read(request_text(request, "sha256"), &hash)) {
        return request_fault(request, "sha256", ERROR_INPUT_BAD_VALUE);
    }
    purge(request_txn(request), &hash, request->now_ms);
    file_upload_write(request_txn(request), &hash, request_id(request, "member"), &upload);
    return ERROR_NONE;
}

/* ---- file.attach ---- */

static enum error find_thing(struct request *request, const struct file_holder **holder,
                             struct id *thing, json_t **document)
{
    const json_t *on = json_object_get(request->params, "on");
    *holder = file_holder_find(json_get_text(on, "kind"));
    assert_always(*holder != NULL);
    *thing = reference_find(request_txn(request), json_get_text(on, "id"), (*holder)->number);
    bool readable =
        !id_is_none(*thing) &&
        document_is_readable(request_txn(request), (*holder)->document, *thing, &request->caller);
    *document = readable ? document_load(request_txn(request), (*holder)->document, *thing) : NULL;
    return *document == NULL ? request_fault(request, "on", (*holder)->unknown) : ERROR_NONE;
}

static bool count_one(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    ++*(size_t *)context;
    return true;
}

static enum error check_room(struct request *request, const struct file_holder *holder,
                             struct id thing)
{
    size_t count = 0;
    struct index_key prefix = file_of_prefix(holder->document, thing);
    store_scan(request_txn(request), TABLE_INDEX, index_key_slice(&prefix), count_one, &count);
    return count < FILES_MAX ? ERROR_NONE : request_fault(request, "on", ERROR_FILE_TOO_MANY);
}

/* A plain name: no folders, nothing hidden, at least one character that is neither a dot nor a space. */
static bool name_is_good(struct slice name)
{
    bool solid = false;
    for (size_t at = 0; at < name.size; at++) {
        if (strchr("/\\:*?\"<>|", name.data[at]) != NULL) {
            return false;
        }
        solid |= name.data[at] != '.' && name.data[at] != ' ';
    }
    return solid && name.data[0] != '.';
}

/* A name that claims to be something else gets the type's own ending: no page or program is ever offered under its name. */
static json_t *name_for(enum media_type type, struct slice name)
{
    struct buffer whole;
    buffer_init(&whole, 4 * FILE_NAME_MAX + 8);
    if (media_fits_name(type, name)) {
        buffer_append_slice(&whole, name);
    } else {
        const char *ending = media_ending(type);
        buffer_append_slice(&whole, utf8_prefix(name, FILE_NAME_MAX - strlen(ending)));
        buffer_append_text(&whole, ending);
    }
    json_t *text = json_text(buffer_slice(&whole));
    buffer_free(&whole);
    return text;
}

static void emit_attached(struct request *request, const struct file_holder *holder,
                          struct id thing, const struct file_upload *upload)
{
    static const char *const given[] = {"sha256", "alt", NULL};
    struct slice name = request_text(request, "name");
    enum media_type type = media_named(upload->media.type, name);
    json_t *event = event_new("attached");
    json_t *on = json_object();
    json_put(event, "id", json_id(request_id(request, "id")));
    json_put(on, "kind", json_text(slice_text(holder->kind)));
    json_put(on, "id", json_id(thing));
    json_put(event, "on", on);
    json_put(event, "name", name_for(type, name));
    json_put(event, "type", json_text(slice_text(media_word(type))));
    json_put(event, "size", json_number(upload->size));
    if (media_is_picture(type)) {
        json_put(event, "width", json_number(upload->media.width));
        json_put(event, "height", json_number(upload->media.height));
    }
    fields_copy(event, request->params, given);
    request_emit_json(request, EVENT_FILE, event);
    member_wake(request);
}

static enum error check_upload(struct request *request, struct file_upload *upload)
{
    struct hash hash;
    if (!name_is_good(request_text(request, "name"))) {
        return request_fault(request, "name", ERROR_FILE_BAD_NAME);
    }
    if (!file_hash_read(request_text(request, "sha256"), &hash)) {
        return request_fault(request, "sha256", ERROR_INPUT_BAD_VALUE);
    }
    bool there = file_upload_read(request_txn(request), &hash, request->caller.member, upload) &&
                 request->now_ms <= upload->until_ms;
    return there ? ERROR_NONE : request_fault(request, "sha256", ERROR_FILE_UNKNOWN);
}

static enum error attach(struct request *request)
{
    const struct file_holder *holder;
    struct file_upload upload = {.size = 0};
    struct id thing;
    json_t *document;
    if (document_exists(request_txn(request), DOCUMENT_FILE, request_id(request, "id"))) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    enum error error = find_thing(request, &holder, &thing, &document);
    if (error == ERROR_NONE) {
        error = holder->may_edit(request, document);
        error = error == ERROR_NONE ? error : request_fault(request, "on", error);
    }
    if (error == ERROR_NONE) {
        error = check_room(request, holder, thing);
    }
    if (error == ERROR_NONE) {
        error = check_upload(request, &upload);
    }
    if (error == ERROR_NONE) {
        emit_attached(request, holder, thing, &upload);
    }
    json_decref(document);
    return error;
}

/* ---- file.describe, file.remove ---- */

/* The file of the parameter `id`, still attached, which the caller may change: its sender as long as the thing may be
 * edited, whoever may edit the thing, and a facilitator always. */
static enum error file_to_change(struct request *request, json_t **file)
{
    *file = document_load(request_txn(request), DOCUMENT_FILE, request_id(request, "id"));
    if (*file == NULL || json_object_get(*file, "removed") != NULL) {
        return request_fault(request, "id", ERROR_FILE_UNKNOWN);
    }
    const json_t *on = json_object_get(*file, "on");
    const struct file_holder *holder = file_holder_find(json_get_text(on, "kind"));
    json_t *thing = document_load(request_txn(request), holder->document, json_get_id(on, "id"));
    enum error error = thing == NULL ? holder->unknown : holder->may_edit(request, thing);
    bool mine = (error == ERROR_RIGHT_MISSING || error == ERROR_COMMENT_REMOVED) &&
                is_person(*file, "by", request->caller.member);
    json_decref(thing);
    if (request_is(request, WHO_FACILITATOR) || mine) {
        error = ERROR_NONE;
    }
    return error == ERROR_NONE ? error : request_fault(request, "id", error);
}

static enum error describe(struct request *request)
{
    static const char *const given[] = {"alt", NULL};
    json_t *file;
    enum error error = file_to_change(request, &file);
    if (error == ERROR_NONE) {
        json_t *event = event_new("described");
        json_put(event, "id", json_id(request_id(request, "id")));
        fields_copy(event, request->params, given);
        request_emit_json(request, EVENT_FILE, event);
        member_wake(request);
    }
    json_decref(file);
    return error;
}

/* The bytes stay for the few seconds in which the act can be undone. */
static void keep_for_undo(struct request *request, const json_t *file)
{
    struct hash hash;
    struct file_upload upload = {.until_ms = request->now_ms + UNDO_MS,
                                 .size = (uint32_t)json_get_integer(file, "size"),
                                 .media = {.type = media_find(json_get_text(file, "type")),
                                           .width = (uint32_t)json_get_integer(file, "width"),
                                           .height = (uint32_t)json_get_integer(file, "height")}};
    if (file_hash_read(json_get_text(file, "sha256"), &hash)) {
        struct id sender = json_get_id(json_object_get(file, "by"), "id");
        file_upload_write(request_txn(request), &hash, sender, &upload);
        file_upload_write(request_txn(request), &hash, request->caller.member, &upload);
    }
}

static enum error take_off(struct request *request)
{
    json_t *file;
    enum error error = file_to_change(request, &file);
    if (error == ERROR_NONE) {
        json_t *event = event_new("removed");
        json_put(event, "id", json_id(request_id(request, "id")));
        request_emit_json(request, EVENT_FILE, event);
        member_wake(request);
        keep_for_undo(request, file);
    }
    json_decref(file);
    return error;
}

static bool is_shown(const struct request *request, const json_t *file)
{
    (void)request;
    return !json_get_flag(file, "hidden");
}

static enum error list(struct request *request)
{
    const struct file_holder *holder;
    struct id thing;
    json_t *document;
    enum error error = find_thing(request, &holder, &thing, &document);
    json_decref(document);
    if (error != ERROR_NONE) {
        return error;
    }
    struct index_key prefix = file_of_prefix(holder->document, thing);
    return request_answer_list(request, index_key_slice(&prefix), DOCUMENT_FILE, is_shown,
                               FILES_MAX);
}

/* ---- tables ---- */

static const enum error attach_errors[] = {
    ERROR_PROPOSAL_UNKNOWN,   ERROR_COMMENT_UNKNOWN, ERROR_TASK_UNKNOWN, ERROR_DECISION_UNKNOWN,
    ERROR_PROPOSAL_BAD_STATE, ERROR_COMMENT_REMOVED, ERROR_FILE_UNKNOWN, ERROR_FILE_BAD_NAME,
    ERROR_FILE_TOO_MANY,      ERROR_GROUP_UNKNOWN,   ERROR_NONE};
static const enum error change_errors[] = {ERROR_FILE_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                           ERROR_COMMENT_REMOVED, ERROR_NONE};
static const enum error list_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_COMMENT_UNKNOWN,
                                         ERROR_TASK_UNKNOWN,     ERROR_DECISION_UNKNOWN,
                                         ERROR_GROUP_UNKNOWN,    ERROR_NONE};
#define WHO_ATTACHES (WHO_MEMBER | WHO_FACILITATOR | WHO_SECRETARY)
static const struct command commands[] = {
    {.method = "file.attach",
     .who = WHO_ATTACHES,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = attach_params,
     .handle = attach,
     .creates = DOCUMENT_FILE,
     .errors = attach_errors,
     .summary = "Attach a file whose bytes were sent to POST /files"},
    {.method = "file.describe",
     .who = WHO_ATTACHES,
     .flags = COMMAND_WRITE,
     .params = describe_params,
     .handle = describe,
     .errors = change_errors,
     .summary = "Say in words what a picture shows"},
    {.method = "file.remove",
     .who = WHO_ATTACHES,
     .flags = COMMAND_WRITE | COMMAND_FREES_FILES,
     .params = remove_params,
     .handle = take_off,
     .errors = change_errors,
     .summary = "Take a file off; its bytes go when nothing else holds them"},
    {.method = "file.list",
     .who = WHO_READERS,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .errors = list_errors,
     .summary = "The files attached to a thing"},
    {.method = "file.received",
     .who = WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = received_params,
     .handle = received,
     .summary = "The server has these bytes, from this member, checked and safe"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_FILE, file_apply},
    {EVENT_COMMENT, file_apply_comment},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_FILE, "file", file_fields},
    {0},
};
const struct concept concept_file = {
    .name = "file",
    .commands = commands,
    .applies = applies,
    .documents = documents,
};
