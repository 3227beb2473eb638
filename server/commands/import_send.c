/* A source becomes commands: import.member for each person, then import.proposal, then import.comment, in this order, so
 * that everything a command names is there.
 *
 * Every thing has an id computed from where it comes from: a command whose thing exists answers `existing` and changes
 * nothing. Commands go in groups of GROUP; directly on a folder each group is one transaction. A refusal ends the import:
 * the source was checked before, so it means that the organisation does not take it at all.
 * Start at import_send(). */
#include "server/commands/import_send.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"
#include "crypto/crypto.h"

enum { GROUP = 500, NAME_SIZE = 80 };

struct sending {
    struct operator_desk *desk;
    struct id org;
    const struct import_source *source;
    import_progress progress;
    void *context;
    size_t done, total, added;
    char *message;
    struct id *proposals, *comments; /* their ids, none until one is asked for */
    uint8_t random[GROUP][ID_SIZE];  /* of the ids of commands, drawn together */
    struct operator_call calls[GROUP];
    size_t count;
};

struct id import_id(struct id org, const char *format, const char *kind, struct slice source_id)
{
    struct slice parts[] = {id_slice(&org), slice_text(format), slice_text(kind), source_id};
    return id_from_hash(crypto_hash_parts(parts, 4));
}

/* The id of something in a list, computed when it is first named. */
static json_t *listed_id(const struct sending *sending, const char *kind, struct slice source_id,
                         struct id *known)
{
    if (id_is_none(*known)) {
        *known = import_id(sending->org, sending->source->format, kind, source_id);
    }
    return json_id(*known);
}

static json_t *thing_id(const struct sending *sending, const char *kind, struct slice source_id)
{
    return json_id(import_id(sending->org, sending->source->format, kind, source_id));
}

static bool refuse(struct sending *sending, const struct operator_call *call)
{
    struct slice id = json_get_text(json_object_get(call->params, "source"), "id");
    snprintf(sending->message, IMPORT_MESSAGE_SIZE, "%s of source id %.*s was refused: %s (%s%s%s)",
             call->method, (int)id.size, (const char *)id.data, error_sentence(call->error),
             error_reason(call->error), call->field[0] == '\0' ? "" : ", ", call->field);
    return false;
}

/* Sends what waits. The parameters are kept beside the calls, which take theirs: a refusal names its thing. */
static bool flush(struct sending *sending)
{
    char why[FOLDER_MESSAGE_SIZE];
    json_t *params[GROUP];
    size_t count = sending->count;
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        params[i] = json_incref(sending->calls[i].params);
    }
    sending->count = 0;
    if (!operator_send(sending->desk, sending->calls, count, why)) {
        snprintf(sending->message, IMPORT_MESSAGE_SIZE, "%s", why);
        good = false;
    }
    for (size_t i = 0; i < count && good; i++) {
        sending->calls[i].params = params[i];
        if (sending->calls[i].error != ERROR_NONE) {
            good = refuse(sending, &sending->calls[i]);
        } else {
            sending->added += !json_get_flag(sending->calls[i].result, "existing");
        }
    }
    for (size_t i = 0; i < count; i++) {
        json_decref(params[i]);
    }
    operator_calls_free(sending->calls, count);
    sending->done += count;
    if (good && sending->progress != NULL) {
        sending->progress(sending->context, sending->done, sending->total);
    }
    return good;
}

/* Takes params. */
static bool send(struct sending *sending, const char *method, json_t *params)
{
    if (sending->count == 0) {
        crypto_random(sending->random, sizeof sending->random);
    }
    json_put(params, "command", json_id(id_from_random(sending->random[sending->count])));
    sending->calls[sending->count++] = (struct operator_call){.method = method, .params = params};
    return sending->count < GROUP || flush(sending);
}

static json_t *source_of(const struct sending *sending, struct slice id, bool format)
{
    json_t *source = json_object();
    json_put(source, "format", format ? json_text(slice_text(sending->source->format)) : NULL);
    json_put(source, "id", json_text(id));
    return source;
}

/* ---- people, proposals, comments ---- */

/* The source gives numbers, no names. */
static bool send_person(struct sending *sending, struct slice person)
{
    char name[NAME_SIZE];
    json_t *params = json_object();
    int size = snprintf(name, sizeof name, "Persona %.*s (Decide Madrid)", (int)person.size,
                        (const char *)person.data);
    json_put(params, "id", thing_id(sending, "member", person));
    json_put(params, "name", json_text(slice_of(name, (size_t)size)));
    json_put(params, "source", source_of(sending, person, true));
    return send(sending, "import.member", params);
}

static void put_if_any(json_t *object, const char *key, struct slice text)
{
    json_put(object, key, text.size == 0 ? NULL : json_text(text));
}

static bool send_proposal(struct sending *sending, const struct import_proposal *proposal)
{
    json_t *params = json_object(), *source = source_of(sending, proposal->id, true);
    put_if_any(source, "url", proposal->url);
    put_if_any(source, "code", proposal->code);
    json_put(source, "at_ms", json_number(proposal->at_ms));
    json_put(source, "supports", json_number(proposal->supports));
    json_put(source, "comments", json_number(proposal->comments));
    json_put(source, "author", json_text(proposal->author));
    json_put(params, "id", thing_id(sending, "proposal", proposal->id));
    json_put(params, "language", json_text(slice_text(sending->source->language)));
    json_put(params, "title", json_text(proposal->title));
    json_put(params, "need", json_text(proposal->need));
    json_put(params, "text", json_text(proposal->text));
    json_put(params, "author", thing_id(sending, "member", proposal->author));
    json_put(params, "source", source);
    json_put(params, "state", json_text(slice_text("discussed")));
    return send(sending, "import.proposal", params);
}

static json_t *comment_id(const struct sending *sending, size_t index)
{
    return index == IMPORT_NONE ? NULL
                                : listed_id(sending, "comment", sending->source->comments[index].id,
                                            &sending->comments[index]);
}

static bool send_comment(struct sending *sending, const struct import_comment *comment)
{
    struct slice proposal = sending->source->proposals[comment->proposal].id;
    json_t *params = json_object(), *on = json_object();
    json_t *source = source_of(sending, comment->id, false);
    json_put(source, "at_ms", json_number(comment->at_ms));
    json_put(source, "orphan", comment->orphan ? json_true() : NULL);
    json_put(source, "votes", json_number(comment->votes));
    json_put(source, "up", json_number(comment->up));
    json_put(source, "down", json_number(comment->down));
    json_put(on, "kind", json_text(slice_text("proposal")));
    json_put(on, "id",
             listed_id(sending, "proposal", proposal, &sending->proposals[comment->proposal]));
    json_put(params, "id", comment_id(sending, (size_t)(comment - sending->source->comments)));
    json_put(params, "on", on);
    json_put(params, "parent", comment_id(sending, comment->parent));
    json_put(params, "reply_to", comment_id(sending, comment->reply_to));
    json_put(params, "author", thing_id(sending, "member", comment->author));
    json_put(params, "language", json_text(slice_text(sending->source->language)));
    json_put(params, "text", json_text(comment->text));
    json_put(params, "source", source);
    json_put(params, "removed", comment->text.size == 0 ? json_true() : NULL);
    return send(sending, "import.comment", params);
}

bool import_send(struct operator_desk *desk, struct id org, const struct import_source *source,
                 import_progress progress, void *context, size_t *added,
                 char message[IMPORT_MESSAGE_SIZE])
{
    struct sending sending = {
        .desk = desk,
        .org = org,
        .source = source,
        .progress = progress,
        .context = context,
        .total = source->person_count + source->proposal_count + source->comment_count,
        .message = message,
        .proposals = memory_new(source->proposal_count, sizeof(struct id)),
        .comments = memory_new(source->comment_count, sizeof(struct id)),
    };
    bool good = true;
    for (size_t i = 0; i < source->person_count && good; i++) {
        good = send_person(&sending, source->people[i]);
    }
    for (size_t i = 0; i < source->proposal_count && good; i++) {
        good = send_proposal(&sending, &source->proposals[i]);
    }
    for (size_t i = 0; i < source->comment_count && good; i++) {
        good = send_comment(&sending, &source->comments[i]);
    }
    good = good && (sending.count == 0 || flush(&sending));
    for (size_t i = 0; i < sending.count; i++) {
        json_decref(sending.calls[i].params); /* waiting when it ended */
    }
    free(sending.proposals);
    free(sending.comments);
    *added = sending.added;
    return good;
}
