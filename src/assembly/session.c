/* Sessions: who a connection speaks for.
 *
 * A session is a random token that the browser keeps in a cookie; TABLE_SECRET keeps its hash, whose it
 * is, when it was opened and when it was last used. It ends after some days without use and some days after it
 * was opened (settings session_idle_days and session_days, as they are now), when its member leaves it, or when the member leaves the organisation. Sessions are not in
 * the record: nothing here makes an event. Start at session_find(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/screen.h"
#include "assembly/settings.h"
#include "base/fatal.h"
#include "base/reader.h"

#include <string.h>

enum { SESSION_ROW_SIZE = 32, SESSIONS_MAX = 64 /* of one member; older ones end */ };

struct session {
    struct id member;
    uint64_t opened_ms, used_ms;
};

/* ---- rows ---- */

static struct index_key session_key(const struct hash *hash)
{
    struct index_key key = index_key(SECRET_SESSION);
    index_key_hash(&key, hash);
    return key;
}

static struct index_key session_of_key(struct id member, const struct hash *hash)
{
    struct index_key key = index_key(SECRET_SESSION_OF);
    index_key_id(&key, member);
    if (hash != NULL) {
        index_key_hash(&key, hash);
    }
    return key;
}

static bool session_read(struct store_txn *txn, const struct hash *hash, struct session *session)
{
    struct slice row;
    struct index_key key = session_key(hash);
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&key), &row)) {
        return false;
    }
    struct reader reader = reader_of(row);
    session->member = reader_id(&reader);
    session->opened_ms = reader_u64(&reader);
    session->used_ms = reader_u64(&reader);
    assert_always(reader_done(&reader));
    return true;
}

static void session_write(struct store_txn *txn, const struct hash *hash,
                          const struct session *session)
{
    struct buffer row;
    struct index_key key = session_key(hash);
    struct index_key of = session_of_key(session->member, hash);
    buffer_init(&row, SESSION_ROW_SIZE);
    buffer_append(&row, session->member.bytes, ID_SIZE);
    buffer_append_u64(&row, session->opened_ms);
    buffer_append_u64(&row, session->used_ms);
    store_put(txn, TABLE_SECRET, index_key_slice(&key), buffer_slice(&row));
    store_put(txn, TABLE_SECRET, index_key_slice(&of), slice_of("", 0));
    buffer_free(&row);
}

static void session_delete(struct store_txn *txn, struct id member, const struct hash *hash)
{
    struct index_key key = session_key(hash);
    struct index_key of = session_of_key(member, hash);
    store_delete(txn, TABLE_SECRET, index_key_slice(&key));
    store_delete(txn, TABLE_SECRET, index_key_slice(&of));
}

/* What was over stays over when the clock goes back: the newest event's time counts where it is later. */
static uint64_t latest(struct store_txn *txn, uint64_t now_ms)
{
    struct ledger_entry newest;
    uint64_t count = ledger_count(txn);
    bool later = count > 0 && ledger_read(txn, count - 1, &newest) && newest.leaf.time_ms > now_ms;
    return later ? newest.leaf.time_ms : now_ms;
}

static bool is_over(struct store_txn *txn, const struct session *session, uint64_t now_ms)
{
    now_ms = latest(txn, now_ms);
    return now_ms > session->used_ms + setting_days_ms(txn, SETTING_SESSION_IDLE_DAYS) ||
           now_ms > session->opened_ms + setting_days_ms(txn, SETTING_SESSION_DAYS);
}

struct session_list {
    struct hash hashes[SESSIONS_MAX];
    size_t count;
};

static bool take_session(void *context, struct slice key, struct slice value)
{
    struct session_list *list = context;
    (void)value;
    memcpy(list->hashes[list->count++].bytes, key.data + 1 + ID_SIZE, HASH_SIZE);
    return list->count < SESSIONS_MAX;
}

static struct session_list sessions_of(struct store_txn *txn, struct id member)
{
    struct session_list list = {.count = 0};
    struct index_key prefix = session_of_key(member, NULL);
    store_scan(txn, TABLE_SECRET, index_key_slice(&prefix), take_session, &list);
    return list;
}

/* Room for one more: sessions that are over go, then the one used longest ago. */
static void make_room(struct store_txn *txn, struct id member, uint64_t now_ms)
{
    struct session session = {.used_ms = 0};
    struct session_list list = sessions_of(txn, member);
    uint64_t oldest_ms = UINT64_MAX;
    size_t oldest = 0, left = list.count;
    for (size_t i = 0; i < list.count; i++) {
        if (!session_read(txn, &list.hashes[i], &session)) {
            continue;
        }
        if (is_over(txn, &session, now_ms)) {
            session_delete(txn, member, &list.hashes[i]);
            left--;
        } else if (session.used_ms < oldest_ms) {
            oldest_ms = session.used_ms;
            oldest = i;
        }
    }
    if (left == SESSIONS_MAX) {
        session_delete(txn, member, &list.hashes[oldest]);
    }
}

/* ---- for the server ---- */

struct id caller_account(const struct caller *caller)
{
    return caller->kind == CALLER_SCREEN ? caller->meeting : caller->member;
}

enum error session_find(struct store_txn *txn, const uint8_t token[32], uint64_t now_ms,
                        struct caller *caller)
{
    struct session session = {.used_ms = 0};
    struct hash hash = crypto_hash(slice_of(token, 32));
    *caller = (struct caller){.kind = CALLER_NOBODY};
    if (!session_read(txn, &hash, &session)) {
        return screen_find(txn, &hash, now_ms, caller);
    }
    if (is_over(txn, &session, now_ms) || !member_may_act(txn, session.member)) {
        return ERROR_SESSION_EXPIRED;
    }
    *caller = (struct caller){.kind = CALLER_MEMBER,
                              .member = session.member,
                              .session = hash,
                              .used_ms = session.used_ms};
    return ERROR_NONE;
}

bool session_is_good(struct store_txn *txn, const struct caller *caller, uint64_t now_ms)
{
    struct session session = {.used_ms = 0};
    if (caller->scopes != 0) {
        return token_is_good(txn, caller, now_ms);
    }
    if (caller->kind == CALLER_SCREEN) {
        struct caller found;
        return screen_find(txn, &caller->session, now_ms, &found) == ERROR_NONE;
    }
    return caller->kind == CALLER_MEMBER && session_read(txn, &caller->session, &session) &&
           id_equal(session.member, caller->member) && !is_over(txn, &session, now_ms) &&
           member_may_act(txn, caller->member);
}

void session_touch(struct store_txn *txn, const struct caller *caller, uint64_t now_ms)
{
    struct session session = {.used_ms = 0};
    if (caller->scopes != 0) {
        token_touch(txn, caller, now_ms);
    } else if (session_read(txn, &caller->session, &session) && now_ms > session.used_ms) {
        session.used_ms = now_ms;
        session_write(txn, &caller->session, &session);
    }
}

/* ---- opening and ending ---- */

void session_open(struct request *request, struct id member)
{
    struct session session = {
        .member = member, .opened_ms = request->now_ms, .used_ms = request->now_ms};
    make_room(request_txn(request), member, request->now_ms);
    request_random(request, request->session_token, sizeof request->session_token);
    struct hash hash = crypto_hash(slice_of(request->session_token, sizeof request->session_token));
    session_write(request_txn(request), &hash, &session);
    request->session_max_age_s = setting_days_ms(request_txn(request), SETTING_SESSION_DAYS) / 1000;
    request->opens_session = true;
}

void session_end_all(struct store_txn *txn, struct id member)
{
    struct session_list list = sessions_of(txn, member);
    for (size_t i = 0; i < list.count; i++) {
        session_delete(txn, member, &list.hashes[i]);
    }
    token_end_all(txn, member);
}

/* ---- session.get, session.leave, session.ping, session.sleep ---- */

static const struct field role_word = {.name = "role", .type = FIELD_LINE, .max = 35};
static const struct field language_code = {.name = "language", .type = FIELD_LANGUAGE};
const struct field session_fields[] = {
    {.name = "org", .type = FIELD_ID},
    {.name = "org_name", .type = FIELD_LINE, .max = 80},
    {.name = "demo", .type = FIELD_FLAG, .optional = true},
    {.name = "languages", .type = FIELD_LIST, .item = &language_code, .max = 16},
    {.name = "time_zone", .type = FIELD_LINE, .max = 64},
    {.name = "member", .type = FIELD_ID, .summary = "of a screen: its meeting"},
    {.name = "name", .type = FIELD_LINE, .max = NAME_MAX_CHARACTERS},
    {.name = "meeting",
     .type = FIELD_ID,
     .optional = true,
     .summary = "of a screen: the meeting that it shows, in the topic screen/ID"},
    {.name = "roles",
     .type = FIELD_LIST,
     .item = &role_word,
     .max = 8,
     .summary = "with \"member\" unless the member is an observer; of a screen \"screen\" alone"},
    {.name = "vkey", .type = FIELD_LINE, .max = 300, .summary = "the log's verifier key"},
    {.name = "origin", .type = FIELD_LINE, .max = 200, .summary = "the log's origin"},
    {.name = "epoch", .type = FIELD_LINE, .max = 64, .summary = "epoch of feed positions"},
    {.name = "now_ms", .type = FIELD_TIME},
    {0},
};
static const struct field no_params[] = {{0}};
static const struct field leave_params[] = {
    {.name = "command", .type = FIELD_ID, .optional = true},
    {0},
};
static const struct field sleep_params[] = {
    {.name = "on", .type = FIELD_FLAG},
    {0},
};
static const struct field ping_result[] = {
    {.name = "now_ms", .type = FIELD_TIME},
    {0},
};

/* member NULL: of a screen. */
static json_t *session_roles(const json_t *member)
{
    size_t i;
    json_t *role;
    bool observer = false;
    json_t *roles = json_array();
    if (member == NULL) {
        json_array_append_new(roles, json_text(slice_text("screen")));
        return roles;
    }
    json_array_foreach(json_object_get(member, "roles"), i, role)
    {
        observer = observer || strcmp(json_string_value(role), "observer") == 0;
    }
    if (!observer) {
        json_array_append_new(roles, json_text(slice_text("member")));
    }
    json_array_foreach(json_object_get(member, "roles"), i, role)
    {
        json_array_append(roles, role);
    }
    return roles;
}

/* person NULL: of the screen of a meeting, `who`. */
static void describe(struct request *request, struct id who, const json_t *person)
{
    struct store_txn *txn = request_txn(request);
    struct id org = request_org(request);
    json_t *organisation = document_load(txn, DOCUMENT_ORGANISATION, org);
    const json_t *log = json_object_get(organisation, "log");
    json_t *result = request->result;
    json_put(result, "org", json_id(org));
    json_put(result, "org_name", json_text(json_get_text(organisation, "name")));
    if (json_get_flag(organisation, "demo")) {
        json_put(result, "demo", json_true());
    }
    json_put(result, "languages", json_deep_copy(json_object_get(organisation, "languages")));
    json_put(result, "time_zone", json_text(json_get_text(organisation, "time_zone")));
    json_put(result, "member", json_id(who));
    json_put(result, "name",
             json_text(json_get_text(person == NULL ? organisation : person, "name")));
    if (person == NULL) {
        json_put(result, "meeting", json_id(who));
    }
    json_put(result, "roles", session_roles(person));
    json_put(result, "vkey", json_text(json_get_text(log, "vkey")));
    json_put(result, "origin", json_text(json_get_text(log, "origin")));
    json_put(result, "epoch", json_text(feed_epoch(txn)));
    json_put(result, "now_ms", json_number(request->now_ms));
    json_decref(organisation);
}

void session_describe(struct request *request, struct id member)
{
    json_t *person = document_load(request_txn(request), DOCUMENT_MEMBER, member);
    describe(request, member, person);
    json_decref(person);
}

void session_describe_screen(struct request *request, struct id meeting)
{
    describe(request, meeting, NULL);
}

static enum error get(struct request *request)
{
    request->result = json_object();
    if (request->caller.kind == CALLER_SCREEN) {
        session_describe_screen(request, request->caller.meeting);
    } else {
        session_describe(request, request->caller.member);
    }
    return ERROR_NONE;
}

static enum error leave(struct request *request)
{
    if (request->caller.kind == CALLER_SCREEN) {
        screen_leave(request_txn(request), &request->caller.session);
    } else {
        session_delete(request_txn(request), request->caller.member, &request->caller.session);
    }
    request->closes_session = true;
    return ERROR_NONE;
}

static enum error ping(struct request *request)
{
    request->result = json_object();
    json_put(request->result, "now_ms", json_number(request->now_ms));
    return ERROR_NONE;
}

/* What it changes is the connection's (server/net/rooms.c). */
static enum error sleep_or_wake(struct request *request)
{
    request->result = json_object();
    return ERROR_NONE;
}

/* ---- tables ---- */

enum { WHO_SESSION = (WHO_READERS | WHO_SCREEN) & ~(unsigned)WHO_OPERATOR };
static const struct command commands[] = {
    {.method = "session.get",
     .who = WHO_SESSION,
     .flags = COMMAND_READ,
     .params = no_params,
     .result = session_fields,
     .handle = get,
     .summary = "Who I am here",
     .example = "{}"},
    {.method = "session.leave",
     .who = WHO_SESSION,
     .flags = COMMAND_WRITE | COMMAND_SELF_KEYED | COMMAND_SESSION,
     .params = leave_params,
     .result = no_params,
     .handle = leave,
     .summary = "End this session",
     .example = "{}"},
    {.method = "session.ping",
     .who = WHO_SESSION,
     .flags = COMMAND_READ | COMMAND_FREE,
     .params = no_params,
     .result = ping_result,
     .handle = ping,
     .summary = "The server's clock",
     .example = "{}"},
    {.method = "session.sleep",
     .who = WHO_SESSION,
     .flags = COMMAND_READ | COMMAND_FREE,
     .params = sleep_params,
     .result = no_params,
     .handle = sleep_or_wake,
     .summary = "This page is not looked at any more, or again: its silence disturbs no meeting",
     .example = "{\"on\":true}"},
    {0},
};
const struct concept concept_session = {.name = "session", .commands = commands};
