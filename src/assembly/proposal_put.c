/* Where the documents of proposals stand: the lists of TABLE_INDEX, the topics, the card that others change.
 *
 * Invariants: a card stands in the lists of its state and of each of its themes, in the topics of the votes
 * about it and in those of the proposals related to it, whose pages show its title; its threshold is
 * computed again at each change. Start at proposal_put_card(). */
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"

#include <string.h>

enum { CARD_POLLS_MAX = 16 };

/* ---- lists ---- */

struct index_key proposal_theme_prefix(struct slice theme_key)
{
    struct hash hash = crypto_hash(theme_key);
    struct index_key key = index_key(INDEX_PROPOSAL_BY_THEME);
    for (size_t i = 0; i < 8; i++) {
        index_key_u8(&key, hash.bytes[i]);
    }
    return key;
}

static void index_set(struct change *change, struct index_key *key, const json_t *card, bool on)
{
    index_key_u32(key, UINT32_MAX - (uint32_t)json_get_integer(card, "number"));
    if (on) {
        change_index(change, index_key_slice(key), json_get_id(card, "id"));
    } else {
        change_unindex(change, index_key_slice(key));
    }
}

void proposal_index_number(struct change *change, const json_t *card)
{
    struct index_key key = index_key(INDEX_PROPOSAL_BY_NUMBER);
    index_set(change, &key, card, true);
}

void proposal_index_state(struct change *change, const json_t *card, bool on)
{
    struct index_key key = index_key(INDEX_PROPOSAL_BY_STATE);
    index_key_u8(&key, (uint8_t)proposal_state_find(json_get_text(card, "state")));
    index_set(change, &key, card, on);
}

void proposal_index_themes(struct change *change, const json_t *card, bool on)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(card, "themes"), i, item)
    {
        struct slice text = slice_of(json_string_value(item), json_string_length(item));
        struct index_key key = proposal_theme_prefix(text);
        index_set(change, &key, card, on);
    }
}

void proposal_index_author(struct change *change, struct id id, uint32_t number, struct id member,
                           bool on)
{
    struct index_key key = index_key(INDEX_PROPOSAL_OF_AUTHOR);
    index_key_id(&key, member);
    index_key_u32(&key, UINT32_MAX - number);
    if (on) {
        change_index(change, index_key_slice(&key), id);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

void proposal_index_related(struct change *change, struct id id, struct id other, bool on)
{
    struct index_key key = index_key(INDEX_PROPOSAL_RELATED);
    index_key_id(&key, id);
    index_key_id(&key, other);
    if (on) {
        change_index(change, index_key_slice(&key), other);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

json_t *proposal_list_of(json_t *document, const char *name)
{
    json_t *list = json_object_get(document, name);
    if (list == NULL) {
        list = json_array();
        json_put(document, name, list);
    }
    return list;
}

json_t *proposal_recorder(struct change *change, struct id member)
{
    struct id by = json_get_id(change->json, "by");
    return id_is_none(by) || id_equal(by, member) ? NULL : change_person(change, by);
}

/* ---- putting ---- */

struct card_topics {
    struct topic topics[3 + CARD_POLLS_MAX + PROPOSAL_RELATED_MAX];
    uint8_t kind; /* of the topics being added */
    size_t count, most;
};

static bool take_topic(void *context, struct slice key, struct slice value)
{
    struct card_topics *list = context;
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    list->topics[list->count++] = topic_of(list->kind, id);
    return list->count < list->most;
}

/* The topics of the things that stand in this index under the proposal's id, `most` of them. */
static void add_topics(struct change *change, struct card_topics *list, uint8_t index, struct id id,
                       uint8_t kind, size_t most)
{
    struct index_key prefix = index_key(index);
    index_key_id(&prefix, id);
    list->kind = kind;
    list->most = list->count + most;
    store_scan(change->txn, TABLE_INDEX, index_key_slice(&prefix), take_topic, list);
}

/* Where it stands, and the threshold of now. */
static struct card_topics renew_card(struct change *change, struct id id, json_t *card)
{
    struct card_topics list = {
        .topics = {topic_plain(TOPIC_PROPOSALS), topic_of(TOPIC_PROPOSAL, id)}, .count = 2};
    struct id group = json_get_id(json_object_get(card, "group"), "id");
    if (!id_is_none(group)) {
        list.topics[list.count++] = topic_of(TOPIC_GROUP, group);
    }
    add_topics(change, &list, INDEX_POLL_OF, id, TOPIC_POLL, CARD_POLLS_MAX);
    add_topics(change, &list, INDEX_PROPOSAL_RELATED, id, TOPIC_PROPOSAL, PROPOSAL_RELATED_MAX);
    json_put(card, "threshold", json_number(organisation_threshold(change->txn)));
    return list;
}

void proposal_put_card(struct change *change, struct id id, json_t *card)
{
    struct card_topics list = renew_card(change, id, card);
    change_put(change, DOCUMENT_PROPOSAL_CARD, id, card, list.topics, list.count);
}

void proposal_put(struct change *change, struct id id, json_t *proposal)
{
    struct topic topic = topic_of(TOPIC_PROPOSAL, id);
    change_put(change, DOCUMENT_PROPOSAL, id, proposal, &topic, 1);
}

void proposal_put_supporters(struct change *change, struct id id, json_t *supporters)
{
    struct topic topic = topic_of(TOPIC_PROPOSAL, id);
    change_put(change, DOCUMENT_SUPPORTERS, id, supporters, &topic, 1);
}

void proposal_card_update(struct change *change, struct id proposal, const char *key, json_t *value)
{
    json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, proposal);
    if (card == NULL) {
        json_decref(value);
        return;
    }
    json_put(card, key, value);
    proposal_put_card(change, proposal, card);
}

void proposal_note_author(struct change *change, json_t *card, struct id member)
{
    uint32_t number = (uint32_t)json_get_integer(card, "number");
    if (!id_is_none(member) && proposal_is_author(change->txn, number, member)) {
        json_put(card, "authors_ms", json_number(change->time_ms));
    }
}

/* Once for each comment, so the card is held. */
void proposal_comment_counted(struct change *change, struct id proposal, int by)
{
    json_t *card = change_take(change, DOCUMENT_PROPOSAL_CARD, proposal);
    if (card != NULL) {
        proposal_note_author(change, card, json_get_id(change->json, "author"));
        int64_t comments = json_get_integer(card, "comments") + by;
        json_put(card, "comments", json_number((uint64_t)comments));
        if (by > 0) {
            uint64_t number = (uint64_t)json_get_integer(change->json, "number");
            json_put(card, "last_comment", json_number(number));
        }
        struct card_topics list = renew_card(change, proposal, card);
        change_hold(change, DOCUMENT_PROPOSAL_CARD, proposal, card, list.topics, list.count);
    }
}
