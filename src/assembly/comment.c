/* Comments: what people say under a proposal, in two levels.
 *
 * A first-level comment stands on the proposal; an answer has a first-level `parent` and may name in
 * `reply_to` the comment it answers. Each comment is a document of its own, so a long thread costs nothing
 * to go on with; the card of the proposal counts them. A removed comment keeps its place, without its words
 * and with the reason. Invariant: `parent` is always a first-level comment of the same discussion.
 * Start at post(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/proposal.h"

#include <string.h>

enum { COMMENT_MAX = 8000 /* bytes */, COMMENT_NUMBER_MAX = INT32_MAX };

/* ---- shapes ---- */

static const char *const on_kinds[] = {"proposal", NULL};
static const char *const reaction_words[] = {"agree", "thanks", "question", "celebrate", NULL};
static const struct field on_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = on_kinds},
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {0},
};
static const struct field post_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "on", .type = FIELD_OBJECT, .fields = on_fields},
    {.name = "parent",
     .type = FIELD_REF,
     .number = NUMBER_COMMENT,
     .optional = true,
     .summary = "the first-level comment this one stands under"},
    {.name = "reply_to",
     .type = FIELD_REF,
     .number = NUMBER_COMMENT,
     .optional = true,
     .summary = "the comment answered, under the same parent or the parent itself"},
    {.name = "text", .type = FIELD_TEXT, .min = 1, .max = COMMENT_MAX},
    {0},
};
static const struct field edit_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_COMMENT},
    {.name = "text", .type = FIELD_TEXT, .min = 1, .max = COMMENT_MAX},
    {0},
};
static const struct field react_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_COMMENT},
    {.name = "reaction", .type = FIELD_WORD, .words = reaction_words},
    {.name = "on", .type = FIELD_FLAG},
    {0},
};
static const struct field remove_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_COMMENT},
    {.name = "reason",
     .type = FIELD_TEXT,
     .min = 1,
     .max = 4000,
     .summary = "everybody reads it; at most 1,000 characters"},
    {0},
};
static const struct field source_fields[] = {
    {.name = "id", .type = FIELD_LINE, .min = 1, .max = 80},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "orphan",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "it answered a comment that is not in the source"},
    {.name = "votes", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {.name = "up", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {.name = "down", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {0},
};
static const struct field import_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "on", .type = FIELD_OBJECT, .fields = on_fields},
    {.name = "parent", .type = FIELD_ID, .optional = true},
    {.name = "reply_to", .type = FIELD_ID, .optional = true},
    {.name = "author", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "text", .type = FIELD_TEXT, .max = COMMENT_MAX},
    {.name = "source", .type = FIELD_OBJECT, .fields = source_fields},
    {.name = "removed", .type = FIELD_FLAG, .optional = true},
    {0},
};
static const struct field import_result[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "existing", .type = FIELD_FLAG, .optional = true, .summary = "was there before"},
    {0},
};
static const struct field reference_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = on_kinds},
    {.name = "id", .type = FIELD_ID},
    {0},
};
static const struct field removed_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "reason", .type = FIELD_TEXT, .max = 4000},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field member_id = {.name = "member", .type = FIELD_ID};
static const struct field reaction_fields[] = {
    {.name = "agree", .type = FIELD_LIST, .item = &member_id, .max = 100000},
    {.name = "thanks", .type = FIELD_LIST, .item = &member_id, .max = 100000},
    {.name = "question", .type = FIELD_LIST, .item = &member_id, .max = 100000},
    {.name = "celebrate", .type = FIELD_LIST, .item = &member_id, .max = 100000},
    {0},
};
static const struct field comment_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = COMMENT_NUMBER_MAX},
    {.name = "on", .type = FIELD_OBJECT, .fields = reference_fields},
    {.name = "parent", .type = FIELD_ID, .optional = true},
    {.name = "reply_to", .type = FIELD_ID, .optional = true},
    {.name = "author", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "text", .type = FIELD_TEXT, .max = COMMENT_MAX, .summary = "empty when removed"},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "edited_ms", .type = FIELD_TIME, .optional = true},
    {.name = "removed", .type = FIELD_OBJECT, .fields = removed_fields, .optional = true},
    {.name = "reactions", .type = FIELD_OBJECT, .fields = reaction_fields},
    {.name = "source", .type = FIELD_OBJECT, .fields = source_fields, .optional = true},
    {0},
};

/* ---- where a comment stands ---- */

struct place {
    struct id on, parent, reply_to; /* parent, reply_to none when absent */
};

static struct id parameter_ref(const struct request *request, const char *name)
{
    return request_ref(request, name, NUMBER_COMMENT);
}

/* A comment of this discussion: its parent (none for the first level) and whether it was removed. */
static bool comment_in(struct request *request, struct id id, struct id on, struct id *parent,
                       bool *removed)
{
    json_t *comment =
        id_is_none(id) ? NULL : document_load(request_txn(request), DOCUMENT_COMMENT, id);
    bool good = comment != NULL && id_equal(json_get_id(json_object_get(comment, "on"), "id"), on);
    *parent = json_get_id(comment, "parent");
    *removed = json_object_get(comment, "removed") != NULL;
    json_decref(comment);
    return good;
}

static enum error place_reply(struct request *request, struct place *place, bool *removed)
{
    struct id above;
    place->reply_to = parameter_ref(request, "reply_to");
    if (!comment_in(request, place->reply_to, place->on, &above, removed)) {
        return request_fault(request, "reply_to", ERROR_COMMENT_BAD_PARENT);
    }
    struct id first = id_is_none(above) ? place->reply_to : above;
    if (id_is_none(place->parent)) {
        place->parent = first;
    }
    return id_equal(first, place->parent)
               ? ERROR_NONE
               : request_fault(request, "reply_to", ERROR_COMMENT_BAD_PARENT);
}

/* Reads on, parent and reply_to; *removed = the comment answered was removed. */
static enum error place_find(struct request *request, struct place *place, bool *removed)
{
    struct id above;
    struct slice on = json_get_text(json_object_get(request->params, "on"), "id");
    *removed = false;
    *place = (struct place){.on = reference_find(request_txn(request), on, NUMBER_PROPOSAL)};
    if (id_is_none(place->on) ||
        !document_exists(request_txn(request), DOCUMENT_PROPOSAL_CARD, place->on)) {
        return request_fault(request, "on", ERROR_PROPOSAL_UNKNOWN);
    }
    if (request_has(request, "parent")) {
        place->parent = parameter_ref(request, "parent");
        if (!comment_in(request, place->parent, place->on, &above, removed) || !id_is_none(above)) {
            return request_fault(request, "parent", ERROR_COMMENT_BAD_PARENT);
        }
    }
    return request_has(request, "reply_to") ? place_reply(request, place, removed) : ERROR_NONE;
}

/* ---- comment.post ---- */

static void emit_posted(struct request *request, const struct place *place, struct id author)
{
    static const char *const given[] = {"language", "text", "source", "removed", NULL};
    json_t *event = event_new("posted");
    json_t *on = json_object();
    json_put(event, "id", json_id(request_id(request, "id")));
    json_put(event, "number", json_number(number_next(request_txn(request), NUMBER_COMMENT)));
    json_put(on, "kind", json_text(slice_text("proposal")));
    json_put(on, "id", json_id(place->on));
    json_put(event, "on", on);
    json_put(event, "parent", id_is_none(place->parent) ? NULL : json_id(place->parent));
    json_put(event, "reply_to", id_is_none(place->reply_to) ? NULL : json_id(place->reply_to));
    json_put(event, "author", json_id(author));
    fields_copy(event, request->params, given);
    request_emit_json(request, EVENT_COMMENT, event);
}

static enum error post(struct request *request)
{
    struct place place;
    bool removed;
    if (document_exists(request_txn(request), DOCUMENT_COMMENT, request_id(request, "id"))) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    enum error error = place_find(request, &place, &removed);
    if (error == ERROR_NONE && removed) {
        error = request_fault(request, "parent", ERROR_COMMENT_REMOVED);
    }
    if (error == ERROR_NONE) {
        emit_posted(request, &place, request->caller.member);
        member_wake(request);
    }
    return error;
}

/* ---- comment.edit, comment.react, comment.remove ---- */

/* The comment of the parameter `id`, not removed; *author is whose it is. */
static enum error comment_find(struct request *request, struct id *id, struct id *author)
{
    *id = parameter_ref(request, "id");
    json_t *comment =
        id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_COMMENT, *id);
    bool known = comment != NULL;
    bool removed = json_object_get(comment, "removed") != NULL;
    *author = json_get_id(json_object_get(comment, "author"), "id");
    json_decref(comment);
    if (!known) {
        return request_fault(request, "id", ERROR_COMMENT_UNKNOWN);
    }
    return removed ? request_fault(request, "id", ERROR_COMMENT_REMOVED) : ERROR_NONE;
}

static void emit_about(struct request *request, const char *what, struct id id,
                       const char *const *given)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(id));
    fields_copy(event, request->params, given);
    request_emit_json(request, EVENT_COMMENT, event);
    member_wake(request);
}

static enum error edit(struct request *request)
{
    static const char *const given[] = {"text", NULL};
    struct id id, author;
    enum error error = comment_find(request, &id, &author);
    if (error == ERROR_NONE && !member_is_caller(request, author)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE) {
        emit_about(request, "edited", id, given);
    }
    return error;
}

static enum error react(struct request *request)
{
    static const char *const given[] = {"reaction", "on", NULL};
    struct id id, author;
    enum error error = comment_find(request, &id, &author);
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *event = event_new("reacted");
    json_put(event, "id", json_id(id));
    json_put(event, "member", json_id(request->caller.member));
    fields_copy(event, request->params, given);
    request_emit_json(request, EVENT_COMMENT, event);
    member_wake(request);
    return ERROR_NONE;
}

static enum error take_away(struct request *request)
{
    static const char *const given[] = {"reason", NULL};
    struct id id, author;
    enum error error = comment_find(request, &id, &author);
    if (error == ERROR_NONE && !member_is_caller(request, author) &&
        !request_is(request, WHO_FACILITATOR)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE) {
        error = request_limit(request, "reason", 1000);
    }
    if (error == ERROR_NONE) {
        emit_about(request, "removed", id, given);
    }
    return error;
}

/* ---- import.comment ---- */

static enum error import(struct request *request)
{
    struct place place;
    bool removed;
    struct id id = request_id(request, "id");
    struct id author = request_ref(request, "author", NUMBER_MEMBER);
    json_t *known = document_load(request_txn(request), DOCUMENT_COMMENT, id);
    request->result = json_object();
    json_put(request->result, "id", json_id(id));
    if (known != NULL) {
        request->seq = (uint64_t)json_get_integer(known, "rev");
        json_put(request->result, "existing", json_true());
        json_decref(known);
        return ERROR_NONE;
    }
    if (!document_exists(request_txn(request), DOCUMENT_MEMBER, author)) {
        return request_fault(request, "author", ERROR_MEMBER_UNKNOWN);
    }
    enum error error = place_find(request, &place, &removed);
    if (error == ERROR_NONE) {
        emit_posted(request, &place, author);
    }
    return error;
}

/* ---- documents ---- */

static json_t *new_reactions(void)
{
    json_t *reactions = json_object();
    for (const char *const *word = reaction_words; *word != NULL; word++) {
        json_put(reactions, *word, json_array());
    }
    return reactions;
}

static json_t *new_removed(struct change *change)
{
    json_t *removed = json_object();
    json_put(removed, "at_ms", json_number(change->time_ms));
    json_put(removed, "reason", json_text(json_get_text(change->json, "reason")));
    json_put(removed, "by", change_by(change, json_object_get(change->json, "by")));
    return removed;
}

static void index_comment(struct change *change, struct id on, struct id id)
{
    struct index_key key = index_key(INDEX_COMMENT_OF);
    index_key_u8(&key, DOCUMENT_PROPOSAL);
    index_key_id(&key, on);
    index_key_u64(&key, change->seq);
    change_index(change, index_key_slice(&key), id);
}

static void apply_posted(struct change *change, struct id id)
{
    static const char *const first[] = {"number", "on", "parent", "reply_to", NULL};
    static const char *const source[] = {"source", NULL};
    char text[12];
    const json_t *event = change->json;
    bool removed = json_get_flag(event, "removed");
    struct id on = json_get_id(json_object_get(event, "on"), "id");
    struct topic topic = topic_of(TOPIC_PROPOSAL, on);
    json_t *comment = document_new(DOCUMENT_COMMENT, id);
    fields_copy(comment, event, first);
    json_put(comment, "author", change_person(change, json_get_id(event, "author")));
    json_put(comment, "language", json_text(json_get_text(event, "language")));
    json_put(comment, "text", json_text(removed ? slice_text("") : json_get_text(event, "text")));
    json_put(comment, "at_ms", json_number(change->time_ms));
    json_put(comment, "removed", removed ? new_removed(change) : NULL);
    json_put(comment, "reactions", new_reactions());
    fields_copy(comment, event, source);
    uint32_t number = (uint32_t)json_get_integer(event, "number");
    change_number(change, NUMBER_COMMENT, number_text(number, text), id);
    index_comment(change, on, id);
    change_put(change, DOCUMENT_COMMENT, id, comment, &topic, 1);
    proposal_comment_posted(change, on);
}

static void apply_reacted(struct change *change, json_t *comment)
{
    json_t *reactions = json_object_get(comment, "reactions");
    const char *word = json_string_value(json_object_get(change->json, "reaction"));
    json_put(reactions, word,
             ids_with(json_object_get(reactions, word), json_get_id(change->json, "member"),
                      json_get_flag(change->json, "on")));
}

static void apply_comment(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    if (event_is(change->json, "posted")) {
        apply_posted(change, id);
        return;
    }
    json_t *comment = change_load(change, DOCUMENT_COMMENT, id);
    if (comment == NULL) {
        return;
    }
    if (event_is(change->json, "edited")) {
        json_put(comment, "text", json_text(json_get_text(change->json, "text")));
        json_put(comment, "edited_ms", json_number(change->time_ms));
    } else if (event_is(change->json, "removed")) {
        json_put(comment, "text", json_text(slice_text("")));
        json_put(comment, "removed", new_removed(change));
    } else {
        apply_reacted(change, comment);
    }
    change_put_again(change, DOCUMENT_COMMENT, id, comment);
}

/* ---- tables ---- */

static const enum error post_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_COMMENT_BAD_PARENT,
                                         ERROR_COMMENT_REMOVED, ERROR_NONE};
static const enum error change_errors[] = {ERROR_COMMENT_UNKNOWN, ERROR_COMMENT_REMOVED,
                                           ERROR_NONE};
static const enum error import_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_MEMBER_UNKNOWN,
                                           ERROR_COMMENT_BAD_PARENT, ERROR_NONE};
static const struct command commands[] = {
    {.method = "comment.post",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = post_params,
     .handle = post,
     .creates = DOCUMENT_COMMENT,
     .errors = post_errors,
     .summary = "Comment on a proposal, or answer a comment",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d30\","
                "\"id\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b701\",\"language\":\"en\","
                "\"on\":{\"kind\":\"proposal\",\"id\":\"1\"},\"text\":\"With a back, please.\"}"},
    {.method = "comment.edit",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = edit_params,
     .handle = edit,
     .errors = change_errors,
     .summary = "Change the words of one's own comment",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d31\",\"id\":\"1\","
                "\"text\":\"With a back, and in the shade.\"}"},
    {.method = "comment.react",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = react_params,
     .handle = react,
     .errors = change_errors,
     .summary = "One of four reactions to a comment, on or off",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d32\",\"id\":\"1\","
                "\"reaction\":\"agree\",\"on\":true}"},
    {.method = "comment.remove",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = remove_params,
     .handle = take_away,
     .errors = change_errors,
     .summary = "Take a comment away, by its author or a facilitator, with a reason",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d33\",\"id\":\"1\","
                "\"reason\":\"Off topic: advert\"}"},
    {.method = "import.comment",
     .who = WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = import_params,
     .result = import_result,
     .handle = import,
     .errors = import_errors,
     .summary = "Bring in a comment from elsewhere; one already there stays as it is"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_COMMENT, apply_comment},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_COMMENT, "comment", comment_fields},
    {0},
};
const struct concept concept_comment = {
    .name = "comment",
    .commands = commands,
    .applies = applies,
    .documents = documents,
};
