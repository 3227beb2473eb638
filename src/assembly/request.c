/* Tools that handlers use on a request: who asks, what they gave, what they answer. Reading only; what a handler emits is
 * kept in the request's work and appended by execute.c. */
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "assembly/work.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/json_view.h"

#include <string.h>

struct store_txn *request_txn(const struct request *request)
{
    return request->work->txn;
}

struct assembly *request_assembly(const struct request *request)
{
    return request->work->assembly;
}

struct id request_org(const struct request *request)
{
    return request->work->assembly->org;
}

void request_random(struct request *request, void *into, size_t size)
{
    request->work->assembly->random(into, size);
}

struct id request_id(const struct request *request, const char *name)
{
    return json_get_id(request->params, name);
}

struct id request_ref(const struct request *request, const char *name, uint8_t number_kind)
{
    return reference_find(request_txn(request), json_get_text(request->params, name), number_kind);
}

struct slice request_text(const struct request *request, const char *name)
{
    return json_get_text(request->params, name);
}

/* ---- who ---- */

static unsigned roles_who(uint16_t roles)
{
    static const struct {
        uint16_t role;
        unsigned who;
    } table[] = {
        {ROLE_OBSERVER, WHO_OBSERVER},
        {ROLE_AUDITOR, WHO_AUDITOR},
        {ROLE_FACILITATOR, WHO_FACILITATOR},
        {ROLE_SECRETARY, WHO_SECRETARY},
        {ROLE_ADMIN, WHO_ADMIN},
    };
    unsigned who = (roles & ROLE_MEMBER) != 0 && (roles & ROLE_OBSERVER) == 0 ? WHO_MEMBER : 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        who |= (roles & table[i].role) != 0 ? table[i].who : 0;
    }
    return who;
}

/* Whoever is secretary of a meeting alone is not the secretariat. */
static uint16_t acting_roles(struct store_txn *txn, struct id id,
                             const struct record_member *member)
{
    bool lent = (member->roles & ROLE_SECRETARY) != 0 && meeting_lends_secretary(txn, id);
    return lent ? member->roles & (uint16_t)~ROLE_SECRETARY : member->roles;
}

unsigned caller_who(struct store_txn *txn, const struct caller *caller)
{
    struct record_member member;
    switch (caller->kind) {
    case CALLER_OPERATOR:
        return WHO_OPERATOR | WHO_NOBODY_NEEDED;
    case CALLER_SYSTEM:
        return WHO_SYSTEM;
    case CALLER_NOBODY:
        return WHO_NOBODY_NEEDED;
    case CALLER_SCREEN:
        return WHO_NOBODY_NEEDED | WHO_SCREEN;
    case CALLER_MEMBER:
        if (!record_member(txn, caller->member, &member) ||
            (member.status != MEMBER_ACTIVE && member.status != MEMBER_DORMANT)) {
            return WHO_NOBODY_NEEDED;
        }
        return token_who(caller,
                         WHO_NOBODY_NEEDED | roles_who(acting_roles(txn, caller->member, &member)));
    }
    return 0;
}

bool request_is(const struct request *request, unsigned who)
{
    return (caller_who(request_txn(request), &request->caller) & who) != 0;
}

json_t *person_of(struct store_txn *txn, struct id member)
{
    enum { NAME, REPRESENTATIVE, KEYS };
    const struct slice keys[KEYS] = {slice_text("name"), slice_text("representative")};
    struct slice document, found[KEYS] = {{0}};
    struct buffer texts; /* of names with escapes */
    json_t *person = json_object();
    if (document_bytes(txn, DOCUMENT_MEMBER, member, &document)) {
        json_view_members(document, keys, found, KEYS);
    }
    buffer_init(&texts, found[NAME].size + found[REPRESENTATIVE].size);
    buffer_expect(&texts, found[NAME].size + found[REPRESENTATIVE].size);
    struct slice representative = json_view_text(found[REPRESENTATIVE], &texts);
    json_put(person, "id", json_id(member));
    json_put(person, "name", json_text(json_view_text(found[NAME], &texts)));
    if (representative.size > 0) {
        json_put(person, "representative", json_text(representative));
    }
    buffer_free(&texts);
    return person;
}

json_t *change_person(struct change *change, struct id member)
{
    return person_of(change->txn, member);
}

json_t *request_by(const struct request *request)
{
    if (!id_is_none(request->work->acting)) {
        return json_id(request->work->acting);
    }
    switch (request->caller.kind) {
    case CALLER_MEMBER:
        return json_id(request->caller.member);
    case CALLER_SYSTEM:
        return json_text(slice_text("system"));
    case CALLER_OPERATOR:
    case CALLER_NOBODY:
    case CALLER_SCREEN:
        break;
    }
    return json_text(slice_text("operator"));
}

void request_act_as(struct request *request, struct id member)
{
    request->work->acting = member;
}

enum error request_fault(struct request *request, const char *field, enum error error)
{
    request->field = field;
    return error;
}

void request_clear(struct request *request)
{
    json_decref(request->result);
    request->result = NULL;
}

/* ---- emitting ---- */

enum { EVENTS_FIRST = 4 }; /* most commands emit one or two */

void work_make_room(struct work *work)
{
    assert_always(work->event_count < WORK_EVENTS_MAX);
    if (work->event_count < work->event_capacity) {
        return;
    }
    size_t capacity = work->event_capacity == 0 ? EVENTS_FIRST : 2 * work->event_capacity;
    struct emitted *events = arena_new(&work->arena, capacity, sizeof *events);
    if (work->event_count > 0) {
        memcpy(events, work->events, work->event_count * sizeof *events);
    }
    work->events = events;
    work->event_capacity = capacity;
}

static struct emitted *emit(struct request *request, uint8_t type)
{
    struct work *work = request->work;
    assert_always(work->batch != NULL && event_kind_of(type) != NULL);
    work_make_room(work);
    struct emitted *event = &work->events[work->event_count++];
    event->type = type;
    return event;
}

void request_emit(struct request *request, uint8_t type, struct id poll, struct slice payload,
                  struct slice note)
{
    struct emitted *event = emit(request, type);
    event->poll = poll;
    event->payload = arena_copy(&request->work->arena, payload);
    event->note = note.size == 0 ? note : arena_copy(&request->work->arena, note);
}

void request_emit_judged(struct request *request, const struct event *event)
{
    assert_always(request->work->event_count == 0); /* it gets the seq that it was judged at */
    request_emit(request, event->type, event->poll, event->payload, event->note);
    request->work->events[0].judged = true;
}

void request_emit_json(struct request *request, uint8_t type, json_t *payload)
{
    emit(request, type)->json = payload;
}

/* ---- answering ---- */

enum error request_answer_document(struct request *request, uint8_t kind, struct id id,
                                   enum error unknown)
{
    json_t *document = id_is_none(id) ? NULL : document_load(request_txn(request), kind, id);
    if (document == NULL) {
        return request_fault(request, "id", unknown);
    }
    request->result = json_object();
    json_put(request->result, "doc", document);
    return ERROR_NONE;
}

enum { LIST_DEFAULT = 50, LIST_KEY_MAX = 256 };

struct list_walk {
    const struct request *request;
    struct slice prefix;
    uint8_t kind;
    bool (*keep)(const struct request *request, const json_t *document);
    size_t limit, scan_left, bytes_left; /* of documents to look at */
    json_t *items;
    uint8_t last[LIST_KEY_MAX]; /* the key after which `next` goes on */
    size_t last_size;
};

/* false = enough. */
static bool list_take(struct list_walk *walk, struct slice key, struct slice value)
{
    struct id id;
    struct slice bytes = {0};
    assert_always(value.size == ID_SIZE && key.size <= LIST_KEY_MAX);
    memcpy(id.bytes, value.data, ID_SIZE);
    bool found = document_bytes(request_txn(walk->request), walk->kind, id, &bytes);
    json_t *document = found ? json_parse_own(bytes) : NULL;
    if (document != NULL && (walk->keep == NULL || walk->keep(walk->request, document))) {
        json_array_append_new(walk->items, document);
    } else {
        json_decref(document);
    }
    memcpy(walk->last, key.data, key.size);
    walk->last_size = key.size;
    walk->scan_left--;
    walk->bytes_left -= bytes.size < walk->bytes_left ? bytes.size : walk->bytes_left;
    return json_array_size(walk->items) < walk->limit && walk->scan_left > 0 &&
           walk->bytes_left > 0;
}

static bool key_has_prefix(struct slice key, struct slice prefix)
{
    return key.size >= prefix.size && memcmp(key.data, prefix.data, prefix.size) == 0;
}

/* true = there is more after walk->last. */
static bool list_run(struct list_walk *walk, struct slice after)
{
    struct slice key, value;
    bool more = false;
    struct store_cursor *cursor = store_cursor_open(request_txn(walk->request), TABLE_INDEX);
    bool found = store_cursor_seek(cursor, after, &key, &value);
    if (found && after.size > walk->prefix.size && slice_equal(key, after)) {
        found = store_cursor_next(cursor, &key, &value);
    }
    while (found && key_has_prefix(key, walk->prefix)) {
        bool enough = !list_take(walk, key, value);
        found = store_cursor_next(cursor, &key, &value);
        if (enough) {
            more = found && key_has_prefix(key, walk->prefix);
            break;
        }
    }
    store_cursor_close(cursor);
    return more;
}

enum error request_answer_list(struct request *request, struct slice prefix, uint8_t kind,
                               bool (*keep)(const struct request *request, const json_t *document),
                               size_t scan_max)
{
    return request_answer_list_within(request, prefix, kind, keep, scan_max, SIZE_MAX);
}

enum error request_answer_list_within(struct request *request, struct slice prefix, uint8_t kind,
                                      bool (*keep)(const struct request *request,
                                                   const json_t *document),
                                      size_t scan_max, size_t bytes_max)
{
    int64_t limit = json_get_integer(request->params, "limit");
    struct slice after_text = request_text(request, "after");
    struct buffer after;
    enum error error = ERROR_NONE;
    buffer_init(&after, LIST_KEY_MAX);
    buffer_append_slice(&after, prefix);
    if (after_text.size > 0 && !encoding_from_base64url(after_text, &after)) {
        error = request_fault(request, "after", ERROR_INPUT_BAD_VALUE);
        goto out;
    }
    struct list_walk walk = {.request = request,
                             .prefix = prefix,
                             .kind = kind,
                             .keep = keep,
                             .scan_left = scan_max,
                             .bytes_left = bytes_max,
                             .limit = limit == 0 ? LIST_DEFAULT : (size_t)limit,
                             .items = json_array()};
    bool more = list_run(&walk, buffer_slice(&after));
    request->result = json_object();
    json_put(request->result, "items", walk.items);
    json_put(request->result, "next",
             more ? json_base64url(slice_of(walk.last + prefix.size, walk.last_size - prefix.size))
                  : json_null());
out:
    buffer_free(&after);
    return error;
}
