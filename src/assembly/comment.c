/* Comments: what people say about a proposal, a vote, a decision or a to-do, in two levels.
 *
 * A first-level comment stands on the thing; an answer has a first-level `parent` and may name in `reply_to` the comment
 * it answers. Each comment is a document of its own, so a long thread costs nothing to go on with. A removed comment keeps
 * its place, without its words; its author and facilitation still read them (comment.history), and who removed it may
 * bring it back. A comment that nobody answered can be taken back unseen for a short while.
 * Kinds of things are in comment_kind.c, documents in comment_apply.c, people named in texts in mention.c, reports in
 * report.c. Invariant: `parent` is always a first-level comment of the same discussion. Start at post(). */
#include "assembly/comment.h"
#include "assembly/member.h"
#include "assembly/report.h"
#include "base/json_view.h"

#include <string.h>

/* ---- shapes ---- */

static const struct field on_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = comment_kind_words},
    {.name = "id", .type = FIELD_REF},
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
    {.name = "text",
     .type = FIELD_TEXT,
     .min = 1,
     .max = COMMENT_MAX,
     .summary = "Markdown; @[Name](member:UUID) and @[Name](group:UUID) name people and groups"},
    {.name = "for",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "recorded for this member, by facilitation or the secretariat"},
    {0},
};
static const struct field edit_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_COMMENT},
    {.name = "text", .type = FIELD_TEXT, .min = 1, .max = COMMENT_MAX},
    {0},
};
static const struct field react_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_COMMENT},
    {.name = "reaction", .type = FIELD_WORD, .words = comment_reaction_words},
    {.name = "on", .type = FIELD_FLAG},
    {0},
};
static const struct field remove_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_COMMENT},
    {.name = "reason",
     .type = FIELD_TEXT,
     .min = 1,
     .max = 4000,
     .optional = true,
     .summary = "everybody reads it; at most 1,000 characters; its author needs none"},
    {0},
};
static const struct field id_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_COMMENT},
    {0},
};
static const struct field wording_fields[] = {
    {.name = "text", .type = FIELD_TEXT, .max = COMMENT_MAX},
    {.name = "at_ms", .type = FIELD_TIME, .summary = "when it was written so"},
    {0},
};
static const struct field wording = {
    .name = "wording", .type = FIELD_OBJECT, .fields = wording_fields};
static const struct field history_result[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &wording,
     .max = COMMENT_EDITS,
     .summary = "earlier wordings, oldest first"},
    {.name = "removed",
     .type = FIELD_TEXT,
     .max = COMMENT_MAX,
     .optional = true,
     .summary = "the words that were removed: their author and facilitation read them"},
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
    {.name = "source", .type = FIELD_OBJECT, .fields = comment_source_fields},
    {.name = "removed", .type = FIELD_FLAG, .optional = true},
    {0},
};
static const struct field import_result[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "existing", .type = FIELD_FLAG, .optional = true, .summary = "was there before"},
    {0},
};

/* ---- where a comment stands ---- */

struct place {
    const struct comment_kind *kind;
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
    enum { ON, PARENT, REMOVED, KEYS };
    const struct slice keys[KEYS] = {slice_text("on"), slice_text("parent"), slice_text("removed")};
    struct slice comment, found[KEYS];
    if (id_is_none(id) || !document_bytes(request_txn(request), DOCUMENT_COMMENT, id, &comment)) {
        *parent = (struct id){{0}};
        *removed = false;
        return false;
    }
    json_view_members(comment, keys, found, KEYS);
    *parent = json_view_id(found[PARENT]);
    *removed = found[REMOVED].size > 0;
    return id_equal(json_view_id(json_view_member(found[ON], "id")), on);
}

static enum error place_reply(struct request *request, struct place *place, bool *removed)
{
    struct id above;
    place->reply_to = parameter_ref(request, "reply_to");
    if (!id_is_none(place->parent) && id_equal(place->reply_to, place->parent)) {
        return ERROR_NONE; /* looked at a moment ago */
    }
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

/* The thing commented on. */
static enum error place_thing(struct request *request, struct place *place)
{
    const json_t *on = json_object_get(request->params, "on");
    const struct comment_kind *kind = comment_kind_find(json_get_text(on, "kind"));
    struct store_txn *txn = request_txn(request);
    *place = (struct place){.kind = kind,
                            .on = reference_find(txn, json_get_text(on, "id"), kind->number)};
    if (id_is_none(place->on) || !document_exists(txn, kind->document, place->on)) {
        return request_fault(request, "on", kind->unknown);
    }
    return kind->may_write == NULL || kind->may_write(request, place->on)
               ? ERROR_NONE
               : request_fault(request, "on", ERROR_RIGHT_MISSING);
}

/* Reads on, parent and reply_to; *removed = the comment answered was removed. */
static enum error place_find(struct request *request, struct place *place, bool *removed)
{
    struct id above;
    *removed = false;
    enum error error = place_thing(request, place);
    if (error != ERROR_NONE) {
        return error;
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
    json_put(on, "kind", json_text(slice_text(place->kind->word)));
    json_put(on, "id", json_id(place->on));
    json_put(event, "on", on);
    json_put(event, "parent", id_is_none(place->parent) ? NULL : json_id(place->parent));
    json_put(event, "reply_to", id_is_none(place->reply_to) ? NULL : json_id(place->reply_to));
    json_put(event, "author", json_id(author));
    fields_copy(event, request->params, given);
    request_emit_json(request, EVENT_COMMENT, event);
}

/* At most so many people and groups are named. */
static enum error check_mentions(struct request *request)
{
    return mention_parse(request_text(request, "text"), NULL, 0) > MENTIONS_MAX
               ? request_fault(request, "text", ERROR_COMMENT_TOO_MANY_MENTIONS)
               : ERROR_NONE;
}

static enum error post(struct request *request)
{
    struct place place;
    struct id author;
    bool removed;
    if (document_exists(request_txn(request), DOCUMENT_COMMENT, request_id(request, "id"))) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    enum error error = place_find(request, &place, &removed);
    if (error == ERROR_NONE && removed) {
        error = request_fault(request, "parent", ERROR_COMMENT_REMOVED);
    }
    if (error == ERROR_NONE) {
        error = check_mentions(request);
    }
    if (error == ERROR_NONE) {
        error = member_on_behalf(request, &author);
    }
    if (error == ERROR_NONE) {
        emit_posted(request, &place, author);
        member_wake(request);
    }
    return error;
}

/* ---- changing one ---- */

/* What handlers need to know of a comment. */
struct subject {
    struct id id, author,
        recorder;      /* recorder: none unless somebody wrote it down for the author */
    struct id remover; /* none unless a member removed it */
    bool is_removed;
    uint64_t at_ms;
};

/* The comment of the parameter `id`; COMMENT_UNKNOWN. */
static enum error subject_find(struct request *request, struct subject *subject)
{
    struct id id = parameter_ref(request, "id");
    json_t *comment =
        id_is_none(id) ? NULL : document_load(request_txn(request), DOCUMENT_COMMENT, id);
    const json_t *removed = json_object_get(comment, "removed");
    *subject = (struct subject){
        .id = id,
        .author = json_get_id(json_object_get(comment, "author"), "id"),
        .recorder = json_get_id(json_object_get(comment, "recorded_by"), "id"),
        .remover = json_get_id(json_object_get(removed, "by"), "id"),
        .is_removed = removed != NULL,
        .at_ms = (uint64_t)json_get_integer(comment, "at_ms"),
    };
    bool known = comment != NULL && !json_get_flag(removed, "unseen") &&
                 document_is_readable(request_txn(request), DOCUMENT_COMMENT, id, &request->caller);
    json_decref(comment);
    return known ? ERROR_NONE : request_fault(request, "id", ERROR_COMMENT_UNKNOWN);
}

/* The same, not removed. */
static enum error standing_find(struct request *request, struct subject *subject)
{
    enum error error = subject_find(request, subject);
    return error == ERROR_NONE && subject->is_removed
               ? request_fault(request, "id", ERROR_COMMENT_REMOVED)
               : error;
}

/* The caller wrote it, or wrote it down. */
static bool is_writer(const struct request *request, const struct subject *subject)
{
    return member_is_caller(request, subject->author) ||
           (!id_is_none(subject->recorder) && member_is_caller(request, subject->recorder));
}

/* Whoever wrote it, or wrote it down, took the words away. */
static bool is_own_removal(const struct subject *subject)
{
    return id_equal(subject->remover, subject->author) ||
           (!id_is_none(subject->recorder) && id_equal(subject->remover, subject->recorder));
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

static const char *const nothing_given[] = {NULL};

static enum error edit(struct request *request)
{
    static const char *const given[] = {"text", NULL};
    struct subject subject;
    enum error error = standing_find(request, &subject);
    if (error == ERROR_NONE && !is_writer(request, &subject)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE) {
        error = check_mentions(request);
    }
    if (error == ERROR_NONE) {
        emit_about(request, "edited", subject.id, given);
    }
    return error;
}

static enum error react(struct request *request)
{
    static const char *const given[] = {"reaction", "on", NULL};
    struct subject subject;
    enum error error = standing_find(request, &subject);
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *event = event_new("reacted");
    json_put(event, "id", json_id(subject.id));
    json_put(event, "member", json_id(request->caller.member));
    fields_copy(event, request->params, given);
    request_emit_json(request, EVENT_COMMENT, event);
    member_wake(request);
    return ERROR_NONE;
}

static enum error take_away(struct request *request)
{
    static const char *const given[] = {"reason", NULL};
    struct subject subject;
    enum error error = standing_find(request, &subject);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!is_writer(request, &subject)) {
        if (!request_is(request, WHO_FACILITATOR)) {
            return request_fault(request, "id", ERROR_RIGHT_MISSING);
        }
        if (!request_has(request, "reason")) {
            return request_fault(request, "reason", ERROR_INPUT_MISSING_FIELD);
        }
    }
    error = request_limit(request, "reason", 1000);
    if (error == ERROR_NONE) {
        emit_about(request, "removed", subject.id, given);
        report_settle_removed(request, subject.id, is_writer(request, &subject));
    }
    return error;
}

/* Who took the words away brings them back: the author their own, facilitation what facilitation removed. */
static enum error restore(struct request *request)
{
    struct subject subject;
    enum error error = subject_find(request, &subject);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!subject.is_removed) {
        return request_fault(request, "id", ERROR_COMMENT_NOT_REMOVED);
    }
    bool may = !id_is_none(subject.remover) &&
               (is_own_removal(&subject) ? is_writer(request, &subject)
                                         : request_is(request, WHO_FACILITATOR));
    if (!may) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    emit_about(request, "restored", subject.id, nothing_given);
    return ERROR_NONE;
}

static enum error withdraw(struct request *request)
{
    struct subject subject;
    enum error error = standing_find(request, &subject);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!is_writer(request, &subject)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (request->now_ms > subject.at_ms + COMMENT_UNSEEN_MINUTES * UINT64_C(60000) ||
        comment_is_answered(request_txn(request), subject.id)) {
        return request_fault(request, "id", ERROR_COMMENT_TOO_LATE);
    }
    emit_about(request, "withdrawn", subject.id, nothing_given);
    return ERROR_NONE;
}

/* ---- comment.history ---- */

static enum error history(struct request *request)
{
    static const char *const items[] = {"items", NULL};
    static const char *const removed[] = {"removed", NULL};
    struct subject subject;
    enum error error = subject_find(request, &subject);
    if (error != ERROR_NONE) {
        return error;
    }
    bool reads_removed = is_writer(request, &subject) ||
                         (!is_own_removal(&subject) && request_is(request, WHO_FACILITATOR));
    if (subject.is_removed && !reads_removed) {
        return request_fault(request, "id", ERROR_COMMENT_REMOVED);
    }
    json_t *versions = document_load(request_txn(request), DOCUMENT_COMMENT_VERSIONS, subject.id);
    request->result = json_object();
    json_put(request->result, "items", json_array());
    fields_copy(request->result, versions, items);
    fields_copy(request->result, versions, removed);
    json_decref(versions);
    return ERROR_NONE;
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

/* ---- tables ---- */

static const enum error post_errors[] = {ERROR_PROPOSAL_UNKNOWN,
                                         ERROR_POLL_UNKNOWN,
                                         ERROR_DECISION_UNKNOWN,
                                         ERROR_TASK_UNKNOWN,
                                         ERROR_OBJECTION_UNKNOWN,
                                         ERROR_COMMENT_BAD_PARENT,
                                         ERROR_COMMENT_REMOVED,
                                         ERROR_MEMBER_UNKNOWN,
                                         ERROR_MEMBER_BAD_STATE,
                                         ERROR_COMMENT_TOO_MANY_MENTIONS,
                                         ERROR_NONE};
static const enum error edit_errors[] = {ERROR_COMMENT_UNKNOWN, ERROR_COMMENT_REMOVED,
                                         ERROR_COMMENT_TOO_MANY_MENTIONS, ERROR_NONE};
static const enum error restore_errors[] = {ERROR_COMMENT_UNKNOWN, ERROR_COMMENT_NOT_REMOVED,
                                            ERROR_NONE};
static const enum error withdraw_errors[] = {ERROR_COMMENT_UNKNOWN, ERROR_COMMENT_REMOVED,
                                             ERROR_COMMENT_TOO_LATE, ERROR_NONE};
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
     .summary = "Comment on a proposal, vote, decision or to-do, or answer a comment",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d30\","
                "\"id\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b701\",\"language\":\"en\","
                "\"on\":{\"kind\":\"proposal\",\"id\":\"1\"},\"text\":\"With a back, please.\"}"},
    {.method = "comment.edit",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = edit_params,
     .handle = edit,
     .errors = edit_errors,
     .summary = "Change the words of one's own comment; earlier ones stay readable",
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
     .summary = "Take a comment's words away: its author, or a facilitator with a reason",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d33\",\"id\":\"1\","
                "\"reason\":\"Off topic: advert\"}"},
    {.method = "comment.restore",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = id_params,
     .handle = restore,
     .errors = restore_errors,
     .summary = "Bring a removed comment back: who removed it, or another facilitator",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d34\",\"id\":\"1\"}"},
    {.method = "comment.withdraw",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE | COMMAND_FREES_FILES,
     .params = id_params,
     .handle = withdraw,
     .errors = withdraw_errors,
     .summary = "Take one's own comment back unseen, while nobody answered, for ten minutes",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d35\",\"id\":\"1\"}"},
    {.method = "comment.history",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = id_params,
     .result = history_result,
     .handle = history,
     .errors = change_errors,
     .summary = "The earlier wordings of a comment",
     .example = "{\"id\":\"1\"}"},
    {.method = "import.comment",
     .who = WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = import_params,
     .result = import_result,
     .handle = import,
     .answer = request_answer_id,
     .errors = import_errors,
     .summary = "Bring in a comment from elsewhere; one already there stays as it is"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_COMMENT, comment_apply},
    {0},
};
const struct concept concept_comment = {
    .name = "comment",
    .commands = commands,
    .applies = applies,
    .documents = comment_documents,
};
