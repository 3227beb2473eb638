/* What those who watch a meeting are sent: steps without the agenda, the same few bytes however long it is; all else whole.
 * Whoever puts what was sent together has, at every moment, the meeting that is stored. */
#include "assembly/meeting.h"
#include "tests/harness/c/voting.h"
#include "tests/harness/c/world.h"

enum {
    ITEMS = 20,
    STEP_BYTES_MAX = 1300,
    FULL = MEETING_AGENDA_LINKS_MAX / MEETING_LINKS_MAX /* items that make an agenda full */
};

/* Somebody who watches from the beginning, and keeps what a client keeps. */
struct watcher {
    struct world *world;
    struct topic topic;
    uint64_t position;
    json_t *meeting, *now, *items; /* items: by the item's id */
    size_t bytes;                  /* of documents, at the last look */
    bool whole;                    /* the meeting itself was among them */
};

static void take(struct watcher *watcher, json_t *document)
{
    struct slice kind = json_get_text(document, "kind");
    if (slice_equal(kind, slice_text("meeting"))) {
        json_decref(watcher->meeting);
        watcher->meeting = json_incref(document);
        watcher->whole = true;
    } else if (slice_equal(kind, slice_text("meeting_now"))) {
        json_decref(watcher->now);
        watcher->now = json_incref(document);
    } else if (slice_equal(kind, slice_text("agenda_item"))) {
        const char *item = json_string_value(json_object_get(document, "item"));
        assert_int_equal(json_object_set(watcher->items, item, document), 0);
    }
}

static void look(struct watcher *watcher)
{
    size_t i;
    json_t *document;
    struct store_txn *txn;
    struct buffer docs, gone, list;
    buffer_init(&docs, 1 << 20);
    buffer_init(&gone, 1 << 20);
    buffer_init(&list, 1 << 20);
    assert_int_equal(store_begin(watcher->world->store, STORE_READ, &txn), ERROR_NONE);
    watcher->position =
        feed_read(txn, watcher->topic, watcher->position, 1 << 20, &docs, &gone).upto;
    store_abort(txn);
    watcher->bytes = docs.size;
    watcher->whole = false;
    buffer_append_text(&list, "[");
    buffer_append_slice(&list, buffer_slice(&docs));
    buffer_append_text(&list, "]");
    json_t *documents = json_parse_own(buffer_slice(&list));
    json_array_foreach(documents, i, document)
    {
        take(watcher, document);
    }
    json_decref(documents);
    buffer_free(&docs);
    buffer_free(&gone);
    buffer_free(&list);
}

static bool is_newer(const json_t *document, const json_t *meeting)
{
    return json_get_integer(document, "rev") > json_get_integer(meeting, "rev");
}

/* What is named here is as the part has it, and absent where it has it not. */
static void lay_over(json_t *whole, const json_t *part, const char *const *names)
{
    for (; *names != NULL; names++) {
        json_t *value = json_object_get(part, *names);
        json_put(whole, *names, value == NULL ? NULL : json_deep_copy(value));
    }
}

/* As docs/protocol.md says. New reference. */
static json_t *together(const struct watcher *watcher)
{
    static const char *const of_now[] = {"rev",   "revs",   "current", "current_ms",
                                         "shown", "led_by", NULL};
    static const char *const of_item[] = {"started_ms", "ended_ms", "spent_ms",
                                          "outcome",    "polls",    NULL};
    size_t i;
    json_t *item, *whole = json_deep_copy(watcher->meeting);
    if (!is_newer(watcher->now, watcher->meeting)) {
        return whole;
    }
    lay_over(whole, watcher->now, of_now);
    json_array_foreach(json_object_get(whole, "agenda"), i, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        const json_t *part = json_object_get(watcher->items, id);
        if (is_newer(part, watcher->meeting)) {
            lay_over(item, part, of_item);
        }
    }
    return whole;
}

static void expect_stored(const struct watcher *watcher, struct id id)
{
    json_t *stored = world_document(watcher->world, DOCUMENT_MEETING, id);
    json_t *seen = together(watcher);
    assert_true(json_equal(stored, seen));
    json_decref(stored);
    json_decref(seen);
}

/* What is watched in both topics after one more act. */
static void expect_sent(struct watcher watchers[2], struct id id, bool whole)
{
    for (int i = 0; i < 2; i++) {
        look(&watchers[i]);
        assert_int_equal(watchers[i].whole, whole);
        expect_stored(&watchers[i], id);
        assert_true(whole || (watchers[i].bytes > 0 && watchers[i].bytes <= STEP_BYTES_MAX));
    }
}

static struct watcher watch(struct world *world, uint8_t topic, struct id id)
{
    struct watcher watcher = {.world = world, .topic = topic_of(topic, id), .items = json_object()};
    look(&watcher);
    assert_true(watcher.whole);
    expect_stored(&watcher, id);
    return watcher;
}

static void watch_end(struct watcher *watcher)
{
    json_decref(watcher->meeting);
    json_decref(watcher->now);
    json_decref(watcher->items);
}

/* A meeting with these items. */
static struct id plan(struct world *world, struct caller who, const struct id items[ITEMS])
{
    struct buffer params;
    struct id id = world_id(world);
    buffer_init(&params, 1 << 16);
    buffer_format(&params,
                  "{'id':'%s','kind':'general_assembly','title':{'fr':'AG','nl':'AV','en':'GA'},"
                  "'starts':%llu,'minutes':120,'agenda':[",
                  world_text(id), (unsigned long long)world->now_ms);
    for (int i = 0; i < ITEMS; i++) {
        buffer_format(&params,
                      "%s{'id':'%s','title':{'fr':'Point','nl':'Punt','en':'Item'},"
                      "'item_kind':'vote','minutes':5}",
                      i == 0 ? "" : ",", world_text(items[i]));
    }
    buffer_append_text(&params, "]}");
    buffer_append_u8(&params, 0);
    world_must(world, who, "meeting.plan", "%s", (const char *)params.data);
    buffer_free(&params);
    return id;
}

static void draft(struct world *world, struct caller who, struct id poll, struct id item)
{
    world_must(world, who, "poll.define",
               "{'id':'%s','kind':'decision','about':[],'question':{'fr':'Oui ?','nl':'Ja?',"
               "'en':'Yes?'},'method':'yes-no','mode':'named','meeting':'1','item':'%s'}",
               world_text(poll), world_text(item));
}

static void test_steps_are_sent_without_the_agenda(void **state)
{
    struct world world;
    struct id items[ITEMS];
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    for (int i = 0; i < ITEMS; i++) {
        items[i] = world_id(&world);
    }
    struct id id = plan(&world, flo, items), poll = world_id(&world);
    struct watcher watchers[2] = {watch(&world, TOPIC_MEETING, id),
                                  watch(&world, TOPIC_SCREEN, id)};
    assert_true(watchers[0].bytes > 3 * STEP_BYTES_MAX);
    world_must(&world, flo, "meeting.start", "{'id':'1'}");
    expect_sent(watchers, id, true);
    for (int i = 0; i < ITEMS; i++) {
        world_must(&world, flo, "meeting.item", "{'id':'1','item':'%s'}", world_text(items[i]));
        expect_sent(watchers, id, false);
    }
    world_must(&world, flo, "meeting.item", "{'id':'1','item':'%s'}", world_text(items[3]));
    expect_sent(watchers, id, false); /* again: its outcome is gone */
    world_must(&world, flo, "meeting.move", "{'id':'1','item':'%s'}", world_text(items[3]));
    expect_sent(watchers, id, false); /* there is no current one any more */
    world_must(&world, flo, "meeting.show", "{'id':'1','what':'join'}");
    expect_sent(watchers, id, false);
    draft(&world, flo, poll, items[4]);
    expect_sent(watchers, id, false);
    draft(&world, flo, poll, items[5]); /* and no longer on the other */
    expect_sent(watchers, id, false);
    world_must(&world, flo, "meeting.offices", "{'id':'1','scrutineers':[]}");
    expect_sent(watchers, id, true);
    world_must(&world, flo, "meeting.item", "{'id':'1','item':'%s'}", world_text(items[5]));
    expect_sent(watchers, id, false); /* parts from before the whole one are not laid over it */
    /* Who comes now. */
    struct watcher late = watch(&world, TOPIC_MEETING, id);
    watch_end(&late);
    world_must(&world, flo, "meeting.end", "{'id':'1'}");
    expect_sent(watchers, id, true);
    watch_end(&watchers[0]);
    watch_end(&watchers[1]);
    world_close(&world);
}

/* Clients choose the ids of items: one that is used again does not change what the other meeting's watchers see. */
static void test_items_are_of_their_meeting(void **state)
{
    struct world world;
    struct id items[ITEMS];
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    for (int i = 0; i < ITEMS; i++) {
        items[i] = world_id(&world);
    }
    struct id first = plan(&world, flo, items);
    plan(&world, flo, items);
    for (int i = 1; i <= 2; i++) {
        world_must(&world, flo, "meeting.start", "{'id':'%d'}", i);
    }
    struct watcher watcher = watch(&world, TOPIC_MEETING, first);
    for (int i = 1; i <= 2; i++) {
        world_must(&world, flo, "meeting.item", "{'id':'%d','item':'%s'}", i, world_text(items[0]));
    }
    look(&watcher);
    assert_false(watcher.whole);
    expect_stored(&watcher, first);
    watch_end(&watcher);
    world_close(&world);
}

static void move(struct world *world, struct caller who, struct id poll, const char *to)
{
    world_must(world, who, "poll.define",
               "{'id':'%s','kind':'straw','question':{'fr':'Oui ?','nl':'Ja?','en':'Yes?'},"
               "'method':'yes-no'%s}",
               world_text(poll), to);
}

/* The items that name the vote, one bit each. */
static unsigned named_at(struct world *world, struct id meeting, struct id poll)
{
    size_t i;
    json_t *item;
    unsigned at = 0;
    json_t *document = world_document(world, DOCUMENT_MEETING, meeting);
    json_array_foreach(json_object_get(document, "agenda"), i, item)
    {
        at |= people_have(json_object_get(item, "polls"), poll) ? 1U << i : 0;
    }
    json_decref(document);
    return at;
}

/* Wherever a draft goes, the item that it belongs to names it, and nothing else; whoever watches sees it go. */
static void test_a_draft_is_named_where_it_belongs(void **state)
{
    struct world world;
    struct id items[ITEMS];
    char to[160];
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    for (int i = 0; i < ITEMS; i++) {
        items[i] = world_id(&world);
    }
    struct id first = plan(&world, flo, items), second = plan(&world, flo, items);
    struct id poll = world_id(&world), other = world_id(&world);
    struct watcher watcher = watch(&world, TOPIC_MEETING, first);
    const struct {
        const char *meeting; /* NULL = of none */
        int item;            /* -1 = of none */
    } ways[] = {{"1", 3},  {"1", 5}, {"1", -1}, {"1", 4}, {"2", 4}, {"1", 2},
                {NULL, 0}, {"2", 1}, {"2", -1}, {"1", 1}, {"2", -1}};
    draft(&world, flo, other, items[4]);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        bool of_first = ways[i].meeting != NULL && ways[i].meeting[0] == '1';
        unsigned at = ways[i].meeting != NULL && ways[i].item >= 0 ? 1U << ways[i].item : 0;
        int length = snprintf(to, sizeof to, ways[i].meeting == NULL ? "" : ",'meeting':'%s'",
                              ways[i].meeting);
        if (at != 0) {
            snprintf(to + length, sizeof to - (size_t)length, ",'item':'%s'",
                     world_text(items[ways[i].item]));
        }
        move(&world, flo, poll, to);
        assert_int_equal(named_at(&world, first, poll), of_first ? at : 0);
        assert_int_equal(named_at(&world, second, poll), of_first ? 0 : at);
        assert_int_equal(named_at(&world, first, other), 1U << 4);
        look(&watcher);
        expect_stored(&watcher, first);
    }
    watch_end(&watcher);
    world_close(&world);
}

static const char *too_many(struct world *world, struct caller who, struct id item)
{
    const char *reason = world_try(world, who, "poll.define",
                                   "{'id':'%s','kind':'straw','question':{'fr':'Oui "
                                   "?'},'method':'yes-no','meeting':'1','item':'%s'}",
                                   world_text(world_id(world)), world_text(item));
    assert_string_equal(world->field, "item");
    return reason;
}

/* An agenda as full as it may be: twenty votes at each of its first items. */
static void fill(struct world *world, struct caller who, const struct id items[ITEMS])
{
    struct buffer polls, params;
    buffer_init(&polls, 1 << 12);
    buffer_init(&params, 1 << 16);
    for (int i = 0; i < MEETING_LINKS_MAX; i++) {
        struct id poll = world_id(world);
        draft(world, who, poll, items[0]);
        buffer_format(&polls, "%s'%s'", i == 0 ? "" : ",", world_text(poll));
    }
    buffer_append_u8(&polls, 0);
    buffer_append_text(&params, "{'id':'1','base':1000000,'items':[");
    for (int i = 0; i < ITEMS; i++) {
        buffer_format(&params,
                      "%s{'id':'%s','title':{'fr':'Point'},'item_kind':'vote','minutes':5%s%s%s}",
                      i == 0 ? "" : ",", world_text(items[i]), i < FULL ? ",'polls':[" : "",
                      i < FULL ? (const char *)polls.data : "", i < FULL ? "]" : "");
    }
    buffer_append_text(&params, "]}");
    buffer_append_u8(&params, 0);
    world_must(world, who, "meeting.agenda", "%s", (const char *)params.data);
    buffer_free(&polls);
    buffer_free(&params);
}

/* No item and no agenda names more votes than it could be saved with. */
static void test_agenda_is_full(void **state)
{
    struct world world;
    struct id items[ITEMS];
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    for (int i = 0; i < ITEMS; i++) {
        items[i] = world_id(&world);
    }
    plan(&world, flo, items);
    fill(&world, flo, items);
    assert_string_equal(too_many(&world, flo, items[0]), "input.too_big");
    assert_string_equal(too_many(&world, flo, items[FULL]), "input.too_big");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps_are_sent_without_the_agenda),
        cmocka_unit_test(test_items_are_of_their_meeting),
        cmocka_unit_test(test_a_draft_is_named_where_it_belongs),
        cmocka_unit_test(test_agenda_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
