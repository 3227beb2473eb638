/* How a meeting is stored, and what of it is sent to those who watch.
 *
 * `meeting` is whole in the store after every event, for handlers and for who begins to watch. A hall of phones is not sent
 * an agenda each time its next item is taken up: what happens while it is led (meeting_put_step()) is told by `meeting_now`,
 * where the meeting stands, and one `agenda_item` for each item that changed. Both are made from the meeting, so they cannot
 * differ from it; of the meeting and these, whichever has the greater `rev` is right. All else (meeting_put()) sends it whole.
 * The card is made anew from the meeting too; it stands in `org` while the meeting is ahead. */
#include "assembly/meeting.h"

/* ---- whole ---- */

static bool is_ahead(const json_t *meeting)
{
    return meeting_is(meeting, "planned") || meeting_is(meeting, "open");
}

static void put_card(struct change *change, struct id id, const json_t *meeting)
{
    static const char *const copied[] = {
        "number",         "meeting_kind", "state", "title",    "starts_ms",
        "planned_end_ms", "place",        "group", "ended_ms", NULL};
    struct topic topics[3] = {topic_plain(TOPIC_MEETINGS)};
    size_t count = 1;
    struct id group = json_get_id(json_object_get(meeting, "group"), "id");
    json_t *card = document_new(DOCUMENT_MEETING_CARD, id);
    fields_copy(card, meeting, copied);
    if (!id_is_none(group)) {
        topics[count++] = topic_of(TOPIC_GROUP, group);
    }
    if (is_ahead(meeting)) {
        topics[count++] = topic_plain(TOPIC_ORG);
    }
    change_put(change, DOCUMENT_MEETING_CARD, id, card, topics, count);
}

/* The card changes with what it shows alone: going through the items does not move it. */
static bool card_differs(struct change *change, struct id id, const json_t *meeting)
{
    static const char *const shown[] = {"state", "title", "starts_ms", "planned_end_ms",
                                        "place", "group", "ended_ms",  NULL};
    bool differs = false;
    json_t *card = change_load(change, DOCUMENT_MEETING_CARD, id);
    for (const char *const *name = shown; card != NULL && *name != NULL; name++) {
        const json_t *before = json_object_get(card, *name),
                     *after = json_object_get(meeting, *name);
        differs = differs || (before == NULL) != (after == NULL) ||
                  (before != NULL && !json_equal(before, after));
    }
    bool missing = card == NULL;
    json_decref(card);
    return missing || differs;
}

void meeting_put(struct change *change, struct id id, json_t *meeting)
{
    struct topic topics[] = {topic_of(TOPIC_MEETING, id), topic_of(TOPIC_SCREEN, id)};
    struct index_key ahead = index_key(INDEX_MEETING_AHEAD), open = index_key(INDEX_MEETING_OPEN);
    index_key_id(&ahead, id);
    index_key_id(&open, id);
    if (is_ahead(meeting)) {
        change_index(change, index_key_slice(&ahead), id);
    } else {
        change_unindex(change, index_key_slice(&ahead));
    }
    if (meeting_is(meeting, "open")) {
        change_index(change, index_key_slice(&open), id);
    } else {
        change_unindex(change, index_key_slice(&open));
    }
    if (card_differs(change, id, meeting)) {
        put_card(change, id, meeting);
    }
    change_put(change, DOCUMENT_MEETING, id, meeting, topics, 2);
}

/* ---- by steps ---- */

static void put_item(struct change *change, struct id meeting, const json_t *item,
                     const struct topic *topics, size_t count)
{
    static const char *const copied[] = {"started_ms", "ended_ms", "spent_ms",
                                         "outcome",    "polls",    NULL};
    struct id of = json_get_id(item, "id");
    struct slice parts[] = {id_slice(&meeting), id_slice(&of)};
    struct id id = id_from_hash(crypto_hash_tagged("agenda_item", parts, 2));
    json_t *document = document_new(DOCUMENT_AGENDA_ITEM, id);
    json_put(document, "meeting", json_id(meeting));
    json_put(document, "item", json_id(of));
    fields_copy(document, item, copied);
    change_put(change, DOCUMENT_AGENDA_ITEM, id, document, topics, count);
}

void meeting_put_step(struct change *change, struct id id, json_t *meeting, const json_t *before)
{
    static const char *const copied[] = {"revs", "current", "current_ms", "shown", "led_by", NULL};
    struct topic topics[] = {topic_of(TOPIC_MEETING, id), topic_of(TOPIC_SCREEN, id)};
    size_t i;
    json_t *item, *now = document_new(DOCUMENT_MEETING_NOW, id);
    fields_copy(now, meeting, copied);
    json_array_foreach(json_object_get(meeting, "agenda"), i, item)
    {
        if (!json_equal(item, json_array_get(before, i))) {
            put_item(change, id, item, topics, 2);
        }
    }
    change_put(change, DOCUMENT_MEETING_NOW, id, now, topics, 2);
    change_put_untold(change, DOCUMENT_MEETING, id, meeting);
}
