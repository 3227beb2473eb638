/* Screens: a projector shows a meeting without being anybody.
 *
 * Whoever leads a meeting gets an address with a code in it. A page that gives the code gets a session that is bound to the
 * meeting: its caller is a CALLER_SCREEN, who reads the topic screen/ID and nothing else, and does nothing. Where the browser
 * has the session of somebody who reads that topic anyway (the laptop that leads the meeting drives the projector too), that
 * session stays.
 * A code is ten letters and digits out of HMAC(server secret, meeting ‖ command that made it), so it can be told again and is
 * nowhere stored. TABLE_SECRET has under the meeting that command, and behind it those that made the codes before (so that one
 * of them repeated brings nothing back), under the code's hash the meeting, under a session's hash the code's hash and when it
 * was opened. A session is good while its code has a row and its meeting is not over, and two minutes more, in which it is told
 * that it is, whatever brings it the news and however seldom it asks: renewing a code or ending a meeting ends all of them
 * without a walk. Start at screen_find() and enter(). */
#include "assembly/screen.h"
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "assembly/settings.h"
#include "assembly/work.h"
#include "base/fatal.h"
#include "base/reader.h"

#include <stdio.h>
#include <string.h>

enum {
    CODE_SIZE = 10, /* characters of five bits: 50 bits */
    SESSION_ROW_SIZE = 40,
    SCREENS_MAX = 32, /* sessions of one code */
    CODES_KNOWN = 64, /* commands that made a code of one meeting */
    SESSIONS_SEEN_MAX = 4096,
    TOLD_MS = 120000, /* after its meeting a session is good for so long */
};

/* ---- codes ---- */

static struct index_key key_of_code(const struct hash *code)
{
    struct index_key key = index_key(SECRET_SCREEN);
    index_key_hash(&key, code);
    return key;
}

static struct index_key key_of_meeting(struct id meeting)
{
    struct index_key key = index_key(SECRET_SCREEN_OF);
    index_key_id(&key, meeting);
    return key;
}

/* No I, O, 0 and 1: they are read aloud, and typed with a remote control. */
static void derive(struct store_txn *txn, struct id meeting, struct id command,
                   char code[CODE_SIZE + 1])
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    static const char purpose[] = "screen";
    uint8_t message[sizeof purpose + 2 * ID_SIZE];
    memcpy(message, purpose, sizeof purpose);
    memcpy(message + sizeof purpose, meeting.bytes, ID_SIZE);
    memcpy(message + sizeof purpose + ID_SIZE, command.bytes, ID_SIZE);
    struct hash derived = secret_derive(txn, slice_of(message, sizeof message));
    for (size_t at = 0; at < CODE_SIZE; at++) {
        code[at] = letters[derived.bytes[at] % (sizeof letters - 1)];
    }
    code[CODE_SIZE] = '\0';
    crypto_wipe(&derived, sizeof derived);
}

/* Under the hash of what was typed, in capitals or not. */
static struct hash hash_of(struct slice text)
{
    char code[CODE_SIZE];
    size_t size = text.size < CODE_SIZE ? text.size : CODE_SIZE;
    for (size_t at = 0; at < size; at++) {
        char letter = (char)text.data[at];
        code[at] = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
    }
    return crypto_hash(slice_of(code, size));
}

/* The commands that made codes of this meeting, the newest first; size 0 = it has had none. */
static struct slice makers(struct store_txn *txn, struct id meeting)
{
    struct slice row = {0};
    struct index_key key = key_of_meeting(meeting);
    (void)store_get(txn, TABLE_SECRET, index_key_slice(&key), &row);
    assert_always(row.size % ID_SIZE == 0);
    return row;
}

static bool is_maker(struct slice makers, struct id command)
{
    size_t at = 0;
    while (at < makers.size && memcmp(makers.data + at, command.bytes, ID_SIZE) != 0) {
        at += ID_SIZE;
    }
    return at < makers.size;
}

/* The meeting has a code; which. */
static bool code_of(struct store_txn *txn, struct id meeting, char code[CODE_SIZE + 1])
{
    struct id command;
    struct slice row = makers(txn, meeting);
    if (row.size == 0) {
        return false;
    }
    memcpy(command.bytes, row.data, ID_SIZE);
    derive(txn, meeting, command, code);
    return true;
}

/* Since when the meeting is over; UINT64_MAX = it is not. */
static uint64_t over_since_ms(struct store_txn *txn, struct id id)
{
    uint64_t since_ms = UINT64_MAX;
    json_t *meeting = document_load(txn, DOCUMENT_MEETING, id);
    if (meeting == NULL || meeting_is(meeting, "ended")) {
        since_ms = (uint64_t)json_get_integer(meeting, "ended_ms");
    } else if (meeting_is(meeting, "cancelled")) {
        since_ms = (uint64_t)json_get_integer(json_object_get(meeting, "cancelled"), "at_ms");
    }
    json_decref(meeting);
    return since_ms;
}

static bool is_over(struct store_txn *txn, struct id meeting)
{
    return over_since_ms(txn, meeting) < UINT64_MAX;
}

/* The meeting that this code was made for last. */
static bool code_find(struct store_txn *txn, const struct hash *code, struct id *meeting)
{
    struct slice row;
    struct index_key key = key_of_code(code);
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&key), &row)) {
        return false;
    }
    assert_always(row.size == ID_SIZE);
    memcpy(meeting->bytes, row.data, ID_SIZE);
    return true;
}

/* The one before ends, and its sessions with it. */
static void code_renew(struct request *request, struct id meeting)
{
    struct store_txn *txn = request_txn(request);
    char code[CODE_SIZE + 1];
    struct id command = request_id(request, "command");
    struct index_key of = key_of_meeting(meeting);
    struct slice before = makers(txn, meeting);
    struct buffer row;
    buffer_init(&row, (CODES_KNOWN + 1) * ID_SIZE);
    buffer_append(&row, command.bytes, ID_SIZE);
    buffer_append(&row, before.data,
                  before.size < CODES_KNOWN * ID_SIZE ? before.size
                                                      : (CODES_KNOWN - 1) * (size_t)ID_SIZE);
    if (code_of(txn, meeting, code)) {
        struct hash old = hash_of(slice_text(code));
        struct index_key key = key_of_code(&old);
        store_delete(txn, TABLE_SECRET, index_key_slice(&key));
        batch_touch(request->work->batch, meeting);
    }
    derive(txn, meeting, command, code);
    struct hash hash = hash_of(slice_text(code));
    struct index_key key = key_of_code(&hash);
    store_put(txn, TABLE_SECRET, index_key_slice(&key), slice_of(meeting.bytes, ID_SIZE));
    store_put(txn, TABLE_SECRET, index_key_slice(&of), buffer_slice(&row));
    buffer_free(&row);
    crypto_wipe(code, sizeof code);
}

/* ---- sessions ---- */

struct screen {
    struct hash code;
    uint64_t opened_ms;
};

static struct index_key key_of_session(const struct hash *session)
{
    struct index_key key = index_key(SECRET_SCREEN_SESSION);
    index_key_hash(&key, session);
    return key;
}

static struct screen read_row(struct slice row)
{
    struct screen screen;
    struct reader reader = reader_of(row);
    screen.code = reader_hash(&reader);
    screen.opened_ms = reader_u64(&reader);
    assert_always(reader_done(&reader));
    return screen;
}

static bool is_good(struct store_txn *txn, const struct screen *screen, uint64_t now_ms,
                    struct id *meeting)
{
    return now_ms <= screen->opened_ms + setting_days_ms(txn, SETTING_SESSION_DAYS) &&
           code_find(txn, &screen->code, meeting) &&
           (now_ms < TOLD_MS || over_since_ms(txn, *meeting) >= now_ms - TOLD_MS);
}

enum error screen_find(struct store_txn *txn, const struct hash *session, uint64_t now_ms,
                       struct caller *caller)
{
    struct slice row;
    struct index_key key = key_of_session(session);
    *caller = (struct caller){.kind = CALLER_NOBODY};
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&key), &row)) {
        return ERROR_SESSION_NONE;
    }
    struct screen screen = read_row(row);
    struct id meeting;
    if (!is_good(txn, &screen, now_ms, &meeting)) {
        return ERROR_SESSION_EXPIRED;
    }
    *caller = (struct caller){
        .kind = CALLER_SCREEN, .meeting = meeting, .session = *session, .used_ms = now_ms};
    return ERROR_NONE;
}

void screen_leave(struct store_txn *txn, const struct hash *session)
{
    struct index_key key = key_of_session(session);
    store_delete(txn, TABLE_SECRET, index_key_slice(&key));
}

/* Sessions seen while room is made: of other codes that still open something, and the oldest of this one. */
struct crowd {
    struct store_txn *txn;
    const struct hash *code;
    uint64_t now_ms;
    struct hash over, oldest;
    uint64_t oldest_ms;
    size_t count, seen;
    bool has_over;
};

static bool see_session(void *context, struct slice key, struct slice value)
{
    struct crowd *crowd = context;
    struct hash session;
    struct id meeting;
    struct screen screen = read_row(value);
    memcpy(session.bytes, key.data + 1, HASH_SIZE);
    if (!is_good(crowd->txn, &screen, crowd->now_ms, &meeting)) {
        crowd->has_over = true;
        crowd->over = session;
    } else if (hash_equal(screen.code, *crowd->code)) {
        crowd->count++;
        if (screen.opened_ms < crowd->oldest_ms) {
            crowd->oldest_ms = screen.opened_ms;
            crowd->oldest = session;
        }
    }
    return !crowd->has_over && ++crowd->seen < SESSIONS_SEEN_MAX;
}

/* Each opening takes away one that is over, or the oldest of as many as there may be. */
static void make_room(struct store_txn *txn, const struct hash *code, uint64_t now_ms)
{
    uint8_t prefix = SECRET_SCREEN_SESSION;
    struct crowd crowd = {.txn = txn, .code = code, .now_ms = now_ms, .oldest_ms = UINT64_MAX};
    store_scan(txn, TABLE_SECRET, slice_of(&prefix, 1), see_session, &crowd);
    if (crowd.has_over || crowd.count >= SCREENS_MAX) {
        screen_leave(txn, crowd.has_over ? &crowd.over : &crowd.oldest);
    }
}

static void session_begin(struct request *request, const struct hash *code)
{
    struct store_txn *txn = request_txn(request);
    struct buffer row;
    make_room(txn, code, request->now_ms);
    request_random(request, request->session_token, sizeof request->session_token);
    struct hash hash = crypto_hash(slice_of(request->session_token, sizeof request->session_token));
    struct index_key key = key_of_session(&hash);
    buffer_init(&row, SESSION_ROW_SIZE);
    buffer_append_slice(&row, hash_slice(code));
    buffer_append_u64(&row, request->now_ms);
    store_put(txn, TABLE_SECRET, index_key_slice(&key), buffer_slice(&row));
    buffer_free(&row);
    request->session_max_age_s = setting_days_ms(txn, SETTING_SESSION_DAYS) / 1000;
    request->opens_session = true;
}

/* ---- meeting.screen, session.screen ---- */

static const struct field screen_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "renew",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "another code: the screens that are open end"},
    {0},
};
static const struct field screen_result[] = {
    {.name = "code", .type = FIELD_LINE, .max = CODE_SIZE},
    {.name = "link",
     .type = FIELD_LINE,
     .max = 300,
     .summary = "the page to open on the projector"},
    {0},
};
static const struct field enter_params[] = {
    {.name = "code", .type = FIELD_LINE, .min = CODE_SIZE, .max = CODE_SIZE},
    {0},
};

static enum error make(struct request *request)
{
    struct id id;
    json_t *meeting;
    enum error error = meeting_find(request, "id", &id, &meeting);
    if (error == ERROR_NONE && !meeting_may_run(request, meeting)) {
        error = ERROR_RIGHT_MISSING;
    } else if (error == ERROR_NONE && is_over(request_txn(request), id)) {
        error = request_fault(request, "id", ERROR_MEETING_BAD_STATE);
    }
    json_decref(meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    struct slice known = makers(request_txn(request), id);
    bool repeated = is_maker(known, request_id(request, "command"));
    if (known.size == 0 || (json_get_flag(request->params, "renew") && !repeated)) {
        code_renew(request, id);
    }
    return ERROR_NONE;
}

static void answer_make(struct request *request)
{
    char code[CODE_SIZE + 1], link[CODE_SIZE + sizeof "/screen#"];
    struct id meeting = request_ref(request, "id", NUMBER_MEETING);
    if (code_of(request_txn(request), meeting, code)) {
        snprintf(link, sizeof link, "/screen#%s", code);
        json_put(request->result, "code", json_text(slice_text(code)));
        json_put(request->result, "link", json_text(slice_text(link)));
    }
}

static enum error enter(struct request *request)
{
    struct id meeting;
    struct store_txn *txn = request_txn(request);
    const struct caller *caller = &request->caller;
    struct hash code = hash_of(request_text(request, "code"));
    /* Once its meeting is over a code opens no screen; one that is inside hears the end, also when it is loaded again. */
    bool knows = code_find(txn, &code, &meeting);
    bool inside = knows && caller->kind == CALLER_SCREEN && id_equal(meeting, caller->meeting);
    if (!knows || (is_over(txn, meeting) && !inside)) {
        return request_fault(request, "code", ERROR_SCREEN_UNKNOWN);
    }
    if (topic_is_readable(txn, topic_of(TOPIC_SCREEN, meeting), caller)) {
        return ERROR_NONE;
    }
    if (caller->kind == CALLER_MEMBER) {
        return ERROR_SCREEN_SIGNED_IN;
    }
    session_begin(request, &code);
    return ERROR_NONE;
}

static void answer_enter(struct request *request)
{
    struct id meeting;
    struct hash code = hash_of(request_text(request, "code"));
    if (!code_find(request_txn(request), &code, &meeting)) {
        return;
    }
    if (request->caller.kind == CALLER_MEMBER) {
        session_describe(request, request->caller.member);
    } else {
        session_describe_screen(request, meeting);
    }
    json_put(request->result, "meeting", json_id(meeting));
}

/* ---- tables ---- */

static bool may_read(struct store_txn *txn, struct id id, const struct caller *caller)
{
    return caller->kind == CALLER_SCREEN ? id_equal(id, caller->meeting)
                                         : meeting_desk_is_readable(txn, id, caller);
}

static const enum error make_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                         ERROR_NONE};
static const enum error enter_errors[] = {ERROR_SCREEN_UNKNOWN, ERROR_SCREEN_SIGNED_IN, ERROR_NONE};
static const struct command commands[] = {
    {.method = "meeting.screen",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE | COMMAND_OWN_REPEATS,
     .params = screen_params,
     .result = screen_result,
     .handle = make,
     .answer = answer_make,
     .errors = make_errors,
     .summary = "The code and address of a meeting's screens: the same each time, or another one",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d15\",\"id\":\"1\"}"},
    {.method = "session.screen",
     .who = WHO_NOBODY_NEEDED | WHO_SCREEN | (WHO_READERS & ~(unsigned)WHO_OPERATOR),
     .flags = COMMAND_WRITE | COMMAND_SESSION,
     .params = enter_params,
     .result = session_fields,
     .handle = enter,
     .answer = answer_enter,
     .errors = enter_errors,
     .summary = "A screen enters by its code: a session that reads the topic screen/ID alone",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d15\",\"code\":\"7KXWP3MVQA\"}"},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_SCREEN,
     .name = "screen",
     .has_id = true,
     .number = NUMBER_MEETING,
     .readers = WHO_READERS | WHO_SCREEN,
     .may_read = may_read},
    {0},
};
const struct concept concept_screen = {.name = "screen", .commands = commands, .topics = topics};
