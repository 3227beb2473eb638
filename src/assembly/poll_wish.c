/* Before a vote opens, any of its voters may ask for confidential ballots; whoever opens it sees how many asked.
 *
 * Who asked is in the record as a private event, so that it survives a restore and is in no open export; the document
 * counts them and names nobody. Invariant: the count of a draft is the number of its rows in the index. Start at
 * poll_ask_confidential(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/poll_parts.h"

static struct index_key row_of(struct id poll, struct id member)
{
    struct index_key key = index_key(INDEX_POLL_WISH);
    index_key_id(&key, poll);
    index_key_id(&key, member);
    return key;
}

bool poll_has_asked(struct store_txn *txn, struct id poll, struct id member)
{
    struct slice value;
    struct index_key key = row_of(poll, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

static bool is_voter(struct request *request, const json_t *poll)
{
    struct roll_classes classes;
    struct roll_entry entry;
    json_t *organisation = organisation_load(request_txn(request));
    bool voter =
        roll_classes_of(organisation, &classes) &&
        electorate_has(request_txn(request), &classes, poll, request->caller.member, &entry);
    json_decref(organisation);
    return voter;
}

static enum error ask(struct request *request, struct id id, const json_t *poll)
{
    bool on = json_get_flag(request->params, "on");
    if (!poll_is(poll, "draft") || !poll_word_is(poll, "mode", "named")) {
        return request_fault(request, "id", ERROR_POLL_BAD_STATE);
    }
    if (!is_voter(request, poll)) {
        return ERROR_RIGHT_MISSING;
    }
    if (poll_has_asked(request_txn(request), id, request->caller.member) == on) {
        request->seq = (uint64_t)json_get_integer(poll, "rev");
        return ERROR_NONE;
    }
    json_t *event = event_new("asked_confidential");
    json_put(event, "id", json_id(id));
    json_put(event, "on", json_boolean(on));
    request_emit_json(request, EVENT_POLL_WISH, event);
    member_wake(request);
    return ERROR_NONE;
}

enum error poll_ask_confidential(struct request *request)
{
    struct id id;
    json_t *poll;
    enum error error = poll_find(request, "id", &id, &poll);
    if (error == ERROR_NONE) {
        error = ask(request, id, poll);
        json_decref(poll);
    }
    return error;
}

void poll_apply_wish(struct change *change)
{
    struct id id = json_get_id(change->json, "id"), member = json_get_id(change->json, "by");
    struct index_key key = row_of(id, member);
    bool on = json_get_flag(change->json, "on");
    json_t *poll = change->json == NULL ? NULL : change_load(change, DOCUMENT_POLL, id);
    if (poll == NULL || poll_has_asked(change->txn, id, member) == on) {
        json_decref(poll); /* erased */
        return;
    }
    int64_t asked = json_get_integer(poll, "asked_confidential") + (on ? 1 : -1);
    if (on) {
        change_index(change, index_key_slice(&key), id);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
    json_put(poll, "asked_confidential", asked == 0 ? NULL : json_integer(asked));
    poll_store(change, id, poll);
}
