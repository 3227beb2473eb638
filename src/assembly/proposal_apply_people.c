/* What events do to the people of a proposal: supporters, authors, those who are asked.
 *
 * `supporters` is a document of its own; authors and invitations stand in `proposal`. Whoever is asked
 * something also finds it in a document of their own (proposal_asked.c), which goes when it is answered or
 * when the proposal's state makes it pointless. Invariant: INDEX_PROPOSAL_OF_AUTHOR has exactly the authors,
 * INDEX_SUPPORT exactly the supporters. Start at proposal_apply_support(). */
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"

/* ---- supported, unsupported ---- */

static void supporters_remove(json_t *items, struct id member)
{
    size_t i;
    json_t *item;
    json_array_foreach(items, i, item)
    {
        if (id_equal(json_get_id(json_object_get(item, "member"), "id"), member)) {
            json_array_remove(items, i);
            return;
        }
    }
}

static void supporters_add(struct change *change, json_t *items, struct id member, int64_t version)
{
    static const char *const given[] = {"help", "from", NULL};
    json_t *item = json_object();
    json_put(item, "member", change_person(change, member));
    json_put(item, "at_ms", json_number(change->time_ms));
    fields_copy(item, change->json, given);
    json_put(item, "version", json_number((uint64_t)version));
    json_put(item, "recorded_by", proposal_recorder(change, member));
    json_array_append_new(items, item);
}

/* A supporter of a merged proposal said whether their support goes along. */
static void supporters_answered(struct change *change, json_t *items, struct id member)
{
    size_t i;
    json_t *item;
    json_array_foreach(items, i, item)
    {
        if (id_equal(json_get_id(json_object_get(item, "member"), "id"), member)) {
            json_put(item, "followed", json_boolean(json_get_flag(change->json, "yes")));
        }
    }
}

static void supporters_change(struct change *change, struct id id, struct id member, json_t *items,
                              const json_t *card)
{
    struct index_key key = index_key(INDEX_SUPPORT);
    index_key_id(&key, id);
    index_key_id(&key, member);
    supporters_remove(items, member);
    if (event_is(change->json, "supported")) {
        supporters_add(change, items, member, json_get_integer(card, "version"));
        change_index(change, index_key_slice(&key), member);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

void proposal_apply_support(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    struct id member = json_get_id(change->json, "member");
    json_t *supporters = change_load(change, DOCUMENT_SUPPORTERS, id);
    json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, id);
    json_t *items = json_object_get(supporters, "items");
    if (supporters == NULL || card == NULL) {
        json_decref(supporters);
        json_decref(card);
    } else if (event_is(change->json, "followed")) {
        supporters_answered(change, items, member);
        proposal_asked_remove(change, member, "follow", id);
        proposal_put_supporters(change, id, supporters);
        json_decref(card);
    } else {
        supporters_change(change, id, member, items, card);
        json_put(card, "supports", json_number(json_array_size(items)));
        proposal_put_supporters(change, id, supporters);
        proposal_put_card(change, id, card);
        proposal_tell_help(change, id);
    }
}

/* ---- authors ---- */

static struct id event_member(const struct change *change)
{
    return json_get_id(change->json, "member");
}

/* The item of a member in a list of {"member",…}; its place, or the size of the list. */
static size_t find_member(const json_t *list, struct id member)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (id_equal(json_get_id(json_object_get(item, "member"), "id"), member)) {
            return i;
        }
    }
    return json_array_size(list);
}

/* For each author: add (or remove) what they are asked about this proposal. */
static void ask_authors(struct change *change, struct id id, const json_t *proposal,
                        const char *what, json_t *with)
{
    size_t i;
    json_t *author;
    json_array_foreach(json_object_get(proposal, "authors"), i, author)
    {
        struct id member = json_get_id(author, "id");
        if (with == NULL) {
            proposal_asked_remove(change, member, what, id);
        } else {
            proposal_asked_add(change, member, what, proposal, json_deep_copy(with));
        }
    }
    json_decref(with);
}

static json_t *with_person(struct change *change, struct id member)
{
    json_t *with = json_object();
    json_put(with, "person", change_person(change, member));
    return with;
}

/* By an author: the member is asked. By the member: the authors are. */
bool proposal_apply_invited(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    json_t *item = json_object();
    struct id member = event_member(change), by = json_get_id(change->json, "by");
    (void)card;
    json_put(item, "member", change_person(change, member));
    json_put(item, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(item, "at_ms", json_number(change->time_ms));
    json_array_append_new(proposal_list_of(proposal, "invited"), item);
    if (id_equal(member, by)) {
        ask_authors(change, id, proposal, "offer", with_person(change, member));
    } else {
        proposal_asked_add(change, member, "author", proposal, with_person(change, by));
    }
    return false;
}

/* Takes the member out of those who are asked or who offered. */
static void remove_invited(struct change *change, struct id id, json_t *proposal, struct id member)
{
    json_t *invited = json_object_get(proposal, "invited");
    size_t at = find_member(invited, member);
    if (at == json_array_size(invited)) {
        return;
    }
    json_t *by = json_object_get(json_array_get(invited, at), "by");
    bool offered = id_equal(json_get_id(by, "id"), member);
    json_array_remove(invited, at);
    if (json_array_size(invited) == 0) {
        json_put(proposal, "invited", NULL);
    }
    if (!offered) {
        proposal_asked_remove(change, member, "author", id);
        return;
    }
    for (size_t i = 0; i < json_array_size(json_object_get(proposal, "authors")); i++) {
        const json_t *author = json_array_get(json_object_get(proposal, "authors"), i);
        proposal_asked_remove_of(change, json_get_id(author, "id"), "offer", id, member);
    }
}

bool proposal_apply_uninvited(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    (void)card;
    remove_invited(change, id, proposal, event_member(change));
    return false;
}

static void add_author(struct change *change, struct id id, json_t *proposal, const json_t *card,
                       struct id member)
{
    json_t *authors = json_object_get(proposal, "authors");
    remove_invited(change, id, proposal, member);
    if (!people_have(authors, member)) {
        json_array_append_new(authors, change_person(change, member));
        proposal_index_author(change, id, (uint32_t)json_get_integer(card, "number"), member, true);
    }
}

bool proposal_apply_joined(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    add_author(change, id, proposal, card, event_member(change));
    return true;
}

bool proposal_apply_left(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    size_t i;
    json_t *author;
    struct id member = event_member(change);
    json_t *authors = json_object_get(proposal, "authors");
    json_array_foreach(authors, i, author)
    {
        if (id_equal(json_get_id(author, "id"), member)) {
            json_array_remove(authors, i);
            break;
        }
    }
    proposal_index_author(change, id, (uint32_t)json_get_integer(card, "number"), member, false);
    proposal_asked_remove(change, member, "offer", id);
    proposal_asked_remove(change, member, "merge", id);
    json_put(card, "author", json_deep_copy(json_array_get(authors, 0)));
    return true;
}

bool proposal_apply_taken_over(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    json_t *item = json_object();
    struct id member = event_member(change);
    add_author(change, id, proposal, card, member);
    json_put(item, "member", change_person(change, member));
    json_put(item, "at_ms", json_number(change->time_ms));
    json_array_append_new(proposal_list_of(proposal, "takeovers"), item);
    return true;
}

void proposal_clear_asked(struct change *change, struct id id, json_t *proposal)
{
    while (json_array_size(json_object_get(proposal, "invited")) > 0) {
        const json_t *first = json_array_get(json_object_get(proposal, "invited"), 0);
        remove_invited(change, id, proposal, json_get_id(json_object_get(first, "member"), "id"));
    }
    if (json_object_get(proposal, "merge") != NULL) {
        ask_authors(change, id, proposal, "merge", NULL);
        json_put(proposal, "merge", NULL);
    }
}

/* ---- the authors are asked to agree to a merge ---- */

bool proposal_apply_merge_asked(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    static const char *const given[] = {"into", NULL};
    json_t *merge = json_object(), *with = json_object();
    (void)card;
    fields_copy(merge, change->json, given);
    json_put(merge, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(merge, "at_ms", json_number(change->time_ms));
    fields_copy(with, change->json, given);
    json_put(proposal, "merge", merge);
    ask_authors(change, id, proposal, "merge", with);
    return false;
}

bool proposal_apply_merge_dropped(struct change *change, struct id id, json_t *proposal,
                                  json_t *card)
{
    (void)card;
    ask_authors(change, id, proposal, "merge", NULL);
    json_put(proposal, "merge", NULL);
    return false;
}
