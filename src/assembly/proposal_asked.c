/* What a member is asked about proposals: to be a co-author, to accept one who offers, to agree to a merge, to
 * carry a support over.
 *
 * One document for each member, in the topic `me`, so that home shows it without asking. An item comes with
 * the event that asks and goes with the one that answers. Invariants: one item for each (what, proposal,
 * person); at most PROPOSAL_ASKED_MAX, the oldest go first. Start at proposal_asked_add(). */
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"

static void put(struct change *change, struct id member, json_t *asked)
{
    struct topic topic = topic_of(TOPIC_ME, member);
    change_put(change, DOCUMENT_ASKED, member, asked, &topic, 1);
}

static bool is_about(const json_t *item, const char *what, struct id proposal, struct id person)
{
    return slice_equal(json_get_text(item, "what"), slice_text(what)) &&
           id_equal(json_get_id(json_object_get(item, "proposal"), "id"), proposal) &&
           (id_is_none(person) ||
            id_equal(json_get_id(json_object_get(item, "person"), "id"), person));
}

/* true = something was there. */
static bool take_out(json_t *items, const char *what, struct id proposal, struct id person)
{
    size_t before = json_array_size(items);
    for (size_t i = before; i > 0; i--) {
        if (is_about(json_array_get(items, i - 1), what, proposal, person)) {
            json_array_remove(items, i - 1);
        }
    }
    return json_array_size(items) < before;
}

void proposal_asked_add(struct change *change, struct id member, const char *what,
                        const json_t *proposal, json_t *with)
{
    static const char *const shown[] = {"id", "number", "title", "language", NULL};
    json_t *asked = change_load(change, DOCUMENT_ASKED, member);
    json_t *item = json_object(), *about = json_object();
    if (asked == NULL) {
        asked = document_new(DOCUMENT_ASKED, member);
    }
    json_t *items = proposal_list_of(asked, "items");
    fields_copy(about, proposal, shown);
    json_put(item, "what", json_text(slice_text(what)));
    json_put(item, "proposal", about);
    json_put(item, "at_ms", json_number(change->time_ms));
    if (with != NULL) {
        json_object_update_new(item, with);
    }
    take_out(items, what, json_get_id(proposal, "id"),
             json_get_id(json_object_get(item, "person"), "id"));
    json_array_append_new(items, item);
    if (json_array_size(items) > PROPOSAL_ASKED_MAX) {
        json_array_remove(items, 0);
    }
    put(change, member, asked);
}

void proposal_asked_remove(struct change *change, struct id member, const char *what,
                           struct id proposal)
{
    proposal_asked_remove_of(change, member, what, proposal, (struct id){{0}});
}

void proposal_asked_remove_of(struct change *change, struct id member, const char *what,
                              struct id proposal, struct id person)
{
    json_t *asked = change_load(change, DOCUMENT_ASKED, member);
    if (asked != NULL && take_out(json_object_get(asked, "items"), what, proposal, person)) {
        put(change, member, asked);
    } else {
        json_decref(asked);
    }
}
