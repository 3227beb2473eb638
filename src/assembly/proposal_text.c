/* The text of a proposal: revised by its authors, translated by any member.
 *
 * Each revision names the version it was made from, so that nobody overwrites what they have not read. A
 * translation is of one version; it is marked out of date when the original changes (proposal_apply.c).
 * Invariant: the text stands still from `ready` on, but for a vote by consent that ends with it and is put again
 * (consent_again.c). Start at proposal_handle_revise(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"
#include "base/bytes.h"

enum { TRANSLATIONS_MAX = 16 };

/* ---- proposal.revise ---- */

static enum error check_revise(struct request *request, const json_t *proposal)
{
    enum proposal_state state = proposal_state_find(json_get_text(proposal, "state"));
    if (proposal == NULL) {
        return request_fault(request, "id", ERROR_PROPOSAL_UNKNOWN);
    }
    if (!proposal_by_caller(request, proposal)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (state != PROPOSAL_IDEA && state != PROPOSAL_DISCUSSED) {
        return request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    }
    if (json_get_integer(request->params, "base") != json_get_integer(proposal, "version")) {
        return request_fault(request, "base", ERROR_PROPOSAL_STALE);
    }
    if (json_object_size(request->params) < 4) { /* only command, id, base */
        return request_fault(request, "title", ERROR_INPUT_MISSING_FIELD);
    }
    enum error error = request_limit(request, "need", PROPOSAL_NEED_MAX);
    return error == ERROR_NONE ? proposal_check_themes(request) : error;
}

static void emit_revised(struct request *request, struct id id, const json_t *proposal)
{
    static const char *const texts[] = {"title", "need", "text", "themes", "asks", NULL};
    json_t *event = event_new("revised");
    json_put(event, "id", json_id(id));
    json_put(event, "version", json_number((uint64_t)json_get_integer(proposal, "version") + 1));
    fields_copy(event, proposal, texts);
    fields_copy(event, request->params, texts);
    if (request_has(request, "asks")) {
        json_put(event, "asks", proposal_asks(request));
    }
    request_emit_json(request, EVENT_PROPOSAL, event);
}

enum error proposal_handle_revise(struct request *request)
{
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    json_t *proposal = document_load(request_txn(request), DOCUMENT_PROPOSAL, id);
    enum error error = check_revise(request, proposal);
    if (error == ERROR_NONE) {
        emit_revised(request, id, proposal);
        member_wake(request);
    }
    json_decref(proposal);
    return error;
}

/* Some word of it is another one. */
static bool is_changed(struct request *request, const json_t *proposal)
{
    static const char *const words[] = {"title", "need", "text"};
    bool changed = false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        changed |= request_has(request, words[i]) &&
                   !slice_equal(request_text(request, words[i]), json_get_text(proposal, words[i]));
    }
    return changed;
}

enum error proposal_revise_voted(struct request *request, struct id id)
{
    json_t *proposal = document_load(request_txn(request), DOCUMENT_PROPOSAL, id);
    enum error error = request_limit(request, "need", PROPOSAL_NEED_MAX);
    if (!request_is(request, WHO_FACILITATOR) && !proposal_by_caller(request, proposal)) {
        error = ERROR_RIGHT_MISSING;
    } else if (json_get_integer(request->params, "base") != json_get_integer(proposal, "version")) {
        error = request_fault(request, "base", ERROR_PROPOSAL_STALE);
    } else if (!is_changed(request, proposal)) {
        error = request_fault(request, "text", ERROR_INPUT_MISSING_FIELD);
    }
    if (error == ERROR_NONE) {
        emit_revised(request, id, proposal);
    }
    json_decref(proposal);
    return error;
}

/* ---- proposal.translate ---- */

static bool has_room(const json_t *translations, struct slice language)
{
    size_t i;
    json_t *item;
    json_array_foreach(translations, i, item)
    {
        if (slice_equal(json_get_text(item, "language"), language)) {
            return true;
        }
    }
    return json_array_size(translations) < TRANSLATIONS_MAX;
}

static enum error check_translate(struct request *request, const json_t *proposal)
{
    struct slice language = request_text(request, "language");
    if (proposal == NULL) {
        return request_fault(request, "id", ERROR_PROPOSAL_UNKNOWN);
    }
    if (proposal_state_find(json_get_text(proposal, "state")) == PROPOSAL_VOTING) {
        return request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    }
    if (json_get_integer(request->params, "version") != json_get_integer(proposal, "version")) {
        return request_fault(request, "version", ERROR_PROPOSAL_STALE);
    }
    if (slice_equal(language, json_get_text(proposal, "language")) ||
        !has_room(json_object_get(proposal, "translations"), language)) {
        return request_fault(request, "language", ERROR_INPUT_BAD_VALUE);
    }
    return request_limit(request, "need", PROPOSAL_NEED_MAX);
}

enum error proposal_handle_translate(struct request *request)
{
    static const char *const given[] = {"version", "language", "title", "need", "text", NULL};
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    json_t *proposal = document_load(request_txn(request), DOCUMENT_PROPOSAL, id);
    enum error error = check_translate(request, proposal);
    json_decref(proposal);
    if (error == ERROR_NONE) {
        json_t *event = event_new("translated");
        json_put(event, "id", json_id(id));
        fields_copy(event, request->params, given);
        request_emit_json(request, EVENT_PROPOSAL, event);
        member_wake(request);
    }
    return error;
}

/* ---- proposal.version ---- */

struct id proposal_version_id(struct id proposal, int64_t version)
{
    uint8_t number[4];
    bytes_put_u32(number, (uint32_t)version);
    struct slice parts[] = {id_slice(&proposal), slice_of(number, sizeof number)};
    return id_from_hash(crypto_hash_tagged("proposal-version", parts, 2));
}

enum error proposal_handle_version(struct request *request)
{
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    int64_t version = json_get_integer(request->params, "version");
    if (!document_exists(request_txn(request), DOCUMENT_PROPOSAL, id)) {
        return request_fault(request, "id", ERROR_PROPOSAL_UNKNOWN);
    }
    enum error error =
        request_answer_document(request, DOCUMENT_PROPOSAL_VERSION,
                                proposal_version_id(id, version), ERROR_PROPOSAL_VERSION_UNKNOWN);
    return error == ERROR_NONE ? error : request_fault(request, "version", error);
}
