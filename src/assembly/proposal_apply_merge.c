/* What relations and merges do to documents, on both sides.
 *
 * Each of the two proposals names the other with its own word; their cards then stand in each other's
 * topic, so that a page shows the title and the state of what it names as they are now. A merge leaves the
 * merged page as it is, with a link, and asks each of its supporters whether their support goes along.
 * Invariant: INDEX_PROPOSAL_RELATED has a row each way for every pair. Start at proposal_apply_related(). */
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"

/* {"id","number"} of a proposal document. */
static json_t *reference_to(const json_t *proposal)
{
    static const char *const given[] = {"id", "number", NULL};
    json_t *reference = json_object();
    fields_copy(reference, proposal, given);
    return reference;
}

/* ---- relations ---- */

static void remove_relation(json_t *proposal, struct id other)
{
    size_t i;
    json_t *item;
    json_t *relations = json_object_get(proposal, "relations");
    json_array_foreach(relations, i, item)
    {
        if (id_equal(json_get_id(item, "id"), other)) {
            json_array_remove(relations, i);
            break;
        }
    }
    if (relations != NULL && json_array_size(relations) == 0) {
        json_put(proposal, "relations", NULL);
    }
}

/* One of the two sides; word NULL = no longer related. */
static void set_relation(json_t *proposal, const json_t *other, const char *word)
{
    remove_relation(proposal, json_get_id(other, "id"));
    if (word != NULL) {
        json_t *item = json_object();
        json_put(item, "as", json_text(slice_text(word)));
        json_object_update_new(item, reference_to(other));
        json_array_append_new(proposal_list_of(proposal, "relations"), item);
    }
}

static bool is_merged_with(const json_t *proposal, struct id other)
{
    return id_equal(json_get_id(json_object_get(proposal, "merged_into"), "id"), other) ||
           people_have(json_object_get(proposal, "merged_from"), other);
}

bool proposal_apply_related(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    struct id to = json_get_id(change->json, "to");
    bool on = json_get_flag(change->json, "on");
    struct slice as = json_get_text(change->json, "as");
    json_t *other = change_load(change, DOCUMENT_PROPOSAL, to);
    json_t *other_card = change_load(change, DOCUMENT_PROPOSAL_CARD, to);
    (void)card;
    if (other != NULL && other_card != NULL) {
        bool linked = on || is_merged_with(proposal, to);
        set_relation(proposal, other, on ? (const char *)as.data : NULL);
        set_relation(other, proposal, on ? proposal_inverse(as) : NULL);
        proposal_index_related(change, id, to, linked);
        proposal_index_related(change, to, id, linked);
        proposal_put(change, to, json_incref(other));
        proposal_put_card(change, to, json_incref(other_card));
    }
    json_decref(other);
    json_decref(other_card);
    return true;
}

/* ---- merged ---- */

/* Each supporter is asked whether they follow. */
static void ask_supporters(struct change *change, struct id id, const json_t *proposal,
                           const json_t *into)
{
    size_t i;
    json_t *item;
    json_t *supporters = change_load(change, DOCUMENT_SUPPORTERS, id);
    json_array_foreach(json_object_get(supporters, "items"), i, item)
    {
        json_t *with = json_object();
        json_put(with, "into", reference_to(into));
        proposal_asked_add(change, json_get_id(json_object_get(item, "member"), "id"), "follow",
                           proposal, with);
    }
    json_decref(supporters);
}

void proposal_apply_merged(struct change *change, struct id id, json_t *proposal)
{
    struct id into = json_get_id(json_object_get(change->json, "into"), "id");
    json_t *other = change_load(change, DOCUMENT_PROPOSAL, into);
    json_t *other_card = change_load(change, DOCUMENT_PROPOSAL_CARD, into);
    if (other != NULL && other_card != NULL) {
        json_put(proposal, "merged_into", reference_to(other));
        json_array_append_new(proposal_list_of(other, "merged_from"), reference_to(proposal));
        proposal_index_related(change, id, into, true);
        proposal_index_related(change, into, id, true);
        ask_supporters(change, id, proposal, other);
        proposal_put(change, into, json_incref(other));
        proposal_put_card(change, into, json_incref(other_card));
    }
    json_decref(other);
    json_decref(other_card);
}
