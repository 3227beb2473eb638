/* Access tokens: what a member gives to a script instead of a session.
 *
 * A token is 32 bytes, shown once and sent as `Authorization: Bearer palabre_…`. TABLE_SECRET keeps its hash, its scopes,
 * when it ends and on which day it was last used. It speaks for its member, within its scopes: reading, writing, and each
 * office only if it was asked for and the member still holds it. It never votes, enrols or revokes a device, makes a link
 * to somebody's account, leaves, or makes another token (COMMAND_NO_TOKEN). It ends at its date, when the member or an
 * administrator revokes it, or with the membership. Tokens are not in the record: nothing here makes an event.
 * The bytes are derived from the server's secret and the command, so that a repeated command gets the same answer; a
 * quarter of an hour later nobody is shown them again. Start at token_find() and create(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/work.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/reader.h"

#include <string.h>

enum {
    TOKENS_MAX = 20, /* of one member, in use */
    ROWS_MAX =
        100, /* with those that have ended, kept so that a repeated creation makes none again */
    NAME_BYTES = 400,                           /* 80 characters */
    TOKEN_ROW_SIZE = 2 * HASH_SIZE + 4 * 8 + 1, /* and the name */
    TOKEN_DAYS_MAX = 366,
    SHOWN_MS = 900000,
    DAY_MS = 86400000
};

static const char *const scope_words[] = {"read",      "write", "auditor", "facilitator",
                                          "secretary", "admin", NULL};
/* In the order of scope_words: what an office's scope lets through of the member's own. */
static const unsigned scope_who[] = {0, 0, WHO_AUDITOR, WHO_FACILITATOR, WHO_SECRETARY, WHO_ADMIN};

struct token {
    struct hash hash, digest;
    uint64_t made_ms, ends_ms, ended_ms, used_ms;
    uint8_t scopes;
    struct slice name; /* borrowed from the row */
};

/* ---- rows ---- */

static struct index_key token_key(const struct hash *hash)
{
    struct index_key key = index_key(SECRET_TOKEN);
    index_key_hash(&key, hash);
    return key;
}

static struct index_key token_of_key(struct id member, const struct id *id)
{
    struct index_key key = index_key(SECRET_TOKEN_OF);
    index_key_id(&key, member);
    if (id != NULL) {
        index_key_id(&key, *id);
    }
    return key;
}

static struct token token_decode(struct slice row)
{
    struct token token;
    struct reader reader = reader_of(row);
    token.hash = reader_hash(&reader);
    token.digest = reader_hash(&reader);
    token.made_ms = reader_u64(&reader);
    token.ends_ms = reader_u64(&reader);
    token.ended_ms = reader_u64(&reader);
    token.used_ms = reader_u64(&reader);
    token.scopes = reader_u8(&reader);
    token.name = reader_bytes(&reader, row.size - TOKEN_ROW_SIZE);
    assert_always(reader_done(&reader));
    return token;
}

static bool token_read(struct store_txn *txn, struct id member, struct id id, struct token *token)
{
    struct slice row;
    struct index_key key = token_of_key(member, &id);
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&key), &row)) {
        return false;
    }
    *token = token_decode(row);
    return true;
}

static void token_write(struct store_txn *txn, struct id member, struct id id,
                        const struct token *token)
{
    struct buffer row;
    struct index_key key = token_of_key(member, &id);
    buffer_init(&row, TOKEN_ROW_SIZE + NAME_BYTES);
    buffer_append_slice(&row, hash_slice(&token->hash));
    buffer_append_slice(&row, hash_slice(&token->digest));
    buffer_append_u64(&row, token->made_ms);
    buffer_append_u64(&row, token->ends_ms);
    buffer_append_u64(&row, token->ended_ms);
    buffer_append_u64(&row, token->used_ms);
    buffer_append_u8(&row, token->scopes);
    buffer_append_slice(&row, token->name);
    assert_always(buffer_ok(&row));
    store_put(txn, TABLE_SECRET, index_key_slice(&key), buffer_slice(&row));
    buffer_free(&row);
}

/* Whose a hash is. */
static bool token_owner(struct store_txn *txn, const struct hash *hash, struct id *member,
                        struct id *id)
{
    struct slice row;
    struct index_key key = token_key(hash);
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&key), &row)) {
        return false;
    }
    struct reader reader = reader_of(row);
    *member = reader_id(&reader);
    *id = reader_id(&reader);
    assert_always(reader_done(&reader));
    return true;
}

static void token_end(struct store_txn *txn, struct id member, struct id id, uint64_t now_ms)
{
    struct token token;
    char name[NAME_BYTES];
    if (!token_read(txn, member, id, &token) || token.ended_ms != 0) {
        return;
    }
    struct index_key key = token_key(&token.hash);
    memcpy(name, token.name.data, token.name.size);
    token.name = slice_of(name, token.name.size);
    token.ended_ms = now_ms;
    token_write(txn, member, id, &token);
    store_delete(txn, TABLE_SECRET, index_key_slice(&key));
}

struct token_list {
    struct id ids[ROWS_MAX];
    size_t count;
};

static bool take_token(void *context, struct slice key, struct slice value)
{
    struct token_list *list = context;
    (void)value;
    memcpy(list->ids[list->count++].bytes, key.data + 1 + ID_SIZE, ID_SIZE);
    return list->count < ROWS_MAX;
}

static struct token_list tokens_of(struct store_txn *txn, struct id member)
{
    struct token_list list = {.count = 0};
    struct index_key prefix = token_of_key(member, NULL);
    store_scan(txn, TABLE_SECRET, index_key_slice(&prefix), take_token, &list);
    return list;
}

static bool is_in_use(const struct token *token, uint64_t now_ms)
{
    return token->ended_ms == 0 && now_ms < token->ends_ms;
}

/* ---- for the server ---- */

enum error token_find(struct store_txn *txn, const uint8_t bytes[32], uint64_t now_ms,
                      struct caller *caller)
{
    struct token token;
    struct id member, id;
    struct hash hash = crypto_hash(slice_of(bytes, 32));
    *caller = (struct caller){.kind = CALLER_NOBODY};
    if (!token_owner(txn, &hash, &member, &id) || !token_read(txn, member, id, &token)) {
        return ERROR_SESSION_NONE;
    }
    if (!is_in_use(&token, now_ms) || !member_may_act(txn, member)) {
        return ERROR_SESSION_EXPIRED;
    }
    *caller = (struct caller){.kind = CALLER_MEMBER,
                              .member = member,
                              .session = hash,
                              .scopes = token.scopes,
                              .ends_ms = token.ends_ms,
                              .used_ms = token.used_ms};
    return ERROR_NONE;
}

bool token_is_good(struct store_txn *txn, const struct caller *caller, uint64_t now_ms)
{
    struct token token;
    struct id member, id;
    return token_owner(txn, &caller->session, &member, &id) && id_equal(member, caller->member) &&
           token_read(txn, member, id, &token) && is_in_use(&token, now_ms) &&
           member_may_act(txn, member);
}

void token_touch(struct store_txn *txn, const struct caller *caller, uint64_t now_ms)
{
    struct token token;
    struct id member, id;
    char name[NAME_BYTES];
    uint64_t day_ms = now_ms / DAY_MS * DAY_MS;
    if (token_owner(txn, &caller->session, &member, &id) && token_read(txn, member, id, &token) &&
        token.used_ms < day_ms) {
        memcpy(name, token.name.data, token.name.size);
        token.name = slice_of(name, token.name.size);
        token.used_ms = day_ms;
        token_write(txn, member, id, &token);
    }
}

void token_end_all(struct store_txn *txn, struct id member)
{
    struct token_list list = tokens_of(txn, member);
    for (size_t i = 0; i < list.count; i++) {
        struct index_key key = token_of_key(member, &list.ids[i]);
        token_end(txn, member, list.ids[i], 1);
        store_delete(txn, TABLE_SECRET, index_key_slice(&key));
    }
}

const char *token_scope_of(const struct command *command)
{
    if ((command->flags & (COMMAND_NO_TOKEN | COMMAND_SESSION | COMMAND_BALLOT)) != 0) {
        return NULL;
    }
    return (command->flags & COMMAND_WRITE) != 0 ? "write" : "read";
}

enum error token_check(const struct caller *caller, const struct command *command)
{
    if (caller->scopes == 0) {
        return ERROR_NONE;
    }
    const char *needed = token_scope_of(command);
    unsigned bit = needed != NULL && needed[0] == 'w' ? TOKEN_WRITE : TOKEN_READ;
    return needed != NULL && (caller->scopes & bit) != 0 ? ERROR_NONE : ERROR_TOKEN_OUT_OF_SCOPE;
}

unsigned token_who(const struct caller *caller, unsigned who)
{
    unsigned mask = WHO_NOBODY_NEEDED | WHO_MEMBER | WHO_OBSERVER;
    for (size_t i = 0; caller->scopes != 0 && scope_words[i] != NULL; i++) {
        mask |= (caller->scopes >> i & 1) != 0 ? scope_who[i] : 0;
    }
    return caller->scopes == 0 ? who : who & mask;
}

/* ---- token.create ---- */

static const struct field scope_word = {.name = "scope", .type = FIELD_WORD, .words = scope_words};
static const struct field create_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_LINE, .min = 1, .max = 80, .summary = "what it is for"},
    {.name = "scopes",
     .type = FIELD_LIST,
     .item = &scope_word,
     .min = 1,
     .max = 6,
     .summary = "read, write, and the offices it may use, if the member holds them"},
    {.name = "days", .type = FIELD_INTEGER, .min = 1, .max = TOKEN_DAYS_MAX},
    {0},
};
static const struct field create_result[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "token", .type = FIELD_LINE, .max = 60, .summary = "shown this once"},
    {.name = "ends_ms", .type = FIELD_TIME},
    {0},
};

static struct hash token_derive(const struct request *request)
{
    struct buffer message;
    struct id id = request_id(request, "id"), command = request_id(request, "command");
    buffer_init(&message, 64);
    buffer_append_text(&message, "token");
    buffer_append(&message, request->caller.member.bytes, ID_SIZE);
    buffer_append(&message, id.bytes, ID_SIZE);
    buffer_append(&message, command.bytes, ID_SIZE);
    struct hash derived = secret_derive(request_txn(request), buffer_slice(&message));
    buffer_free(&message);
    return derived;
}

static uint8_t scopes_of(const json_t *words)
{
    uint8_t scopes = 0;
    for (size_t i = 0; scope_words[i] != NULL; i++) {
        for (size_t at = 0; at < json_array_size(words); at++) {
            const char *word = json_string_value(json_array_get(words, at));
            scopes |= (uint8_t)(strcmp(word, scope_words[i]) == 0 ? 1U << i : 0);
        }
    }
    return scopes;
}

/* Among many rows the one that ended longest ago goes. */
static enum error make_room(struct store_txn *txn, struct id member, uint64_t now_ms)
{
    struct token token;
    struct token_list list = tokens_of(txn, member);
    size_t used = 0, oldest = list.count;
    uint64_t oldest_ms = UINT64_MAX;
    for (size_t i = 0; i < list.count; i++) {
        bool read = token_read(txn, member, list.ids[i], &token);
        assert_always(read);
        if (is_in_use(&token, now_ms)) {
            used++;
        } else if (token.made_ms < oldest_ms) {
            oldest_ms = token.made_ms;
            oldest = i;
        }
    }
    if (used >= TOKENS_MAX) {
        return ERROR_TOKEN_TOO_MANY;
    }
    if (list.count == ROWS_MAX) {
        struct index_key key = token_of_key(member, &list.ids[oldest]);
        token_end(txn, member, list.ids[oldest], now_ms);
        store_delete(txn, TABLE_SECRET, index_key_slice(&key));
    }
    return ERROR_NONE;
}

static enum error create(struct request *request)
{
    struct store_txn *txn = request_txn(request);
    struct id member = request->caller.member, id = request_id(request, "id");
    struct hash derived = token_derive(request);
    struct token known, token = {
                            .hash = crypto_hash(hash_slice(&derived)),
                            .digest = request_digest(request),
                            .made_ms = request->now_ms,
                            .scopes = scopes_of(json_object_get(request->params, "scopes")),
                            .name = request_text(request, "name"),
                        };
    crypto_wipe(&derived, sizeof derived);
    if (token_read(txn, member, id, &known)) {
        bool same = hash_equal(known.hash, token.hash) && hash_equal(known.digest, token.digest);
        bool shown = same && known.ended_ms == 0 && request->now_ms < known.made_ms + SHOWN_MS;
        return shown ? ERROR_NONE : request_fault(request, "id", ERROR_CONFLICT);
    }
    enum error error = make_room(txn, member, request->now_ms);
    if (error != ERROR_NONE) {
        return error;
    }
    token.ends_ms = request->now_ms + (uint64_t)json_get_integer(request->params, "days") * DAY_MS;
    token_write(txn, member, id, &token);
    struct buffer row;
    struct index_key key = token_key(&token.hash);
    buffer_init(&row, 2 * ID_SIZE);
    buffer_append(&row, member.bytes, ID_SIZE);
    buffer_append(&row, id.bytes, ID_SIZE);
    store_put(txn, TABLE_SECRET, index_key_slice(&key), buffer_slice(&row));
    buffer_free(&row);
    return ERROR_NONE;
}

static void answer_create(struct request *request)
{
    struct token token;
    struct buffer text;
    struct id id = request_id(request, "id");
    struct hash derived = token_derive(request);
    buffer_init(&text, 64);
    buffer_append_text(&text, TOKEN_PREFIX);
    encoding_base64url(&text, hash_slice(&derived));
    json_put(request->result, "id", json_id(id));
    json_put(request->result, "token", json_text(buffer_slice(&text)));
    if (token_read(request_txn(request), request->caller.member, id, &token)) {
        json_put(request->result, "ends_ms", json_number(token.ends_ms));
    }
    crypto_wipe(text.data, text.size);
    crypto_wipe(&derived, sizeof derived);
    buffer_free(&text);
}

/* ---- token.list, token.revoke ---- */

static const struct field token_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_LINE, .max = 80},
    {.name = "scopes", .type = FIELD_LIST, .item = &scope_word, .max = 6},
    {.name = "made_ms", .type = FIELD_TIME},
    {.name = "ends_ms", .type = FIELD_TIME},
    {.name = "used_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "the day (UTC) of its last use"},
    {0},
};
static const struct field token_item = {
    .name = "token", .type = FIELD_OBJECT, .fields = token_fields};
static const struct field list_params[] = {
    {.name = "member",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "somebody else's, for administration"},
    {0},
};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &token_item, .max = TOKENS_MAX},
    {.name = "next", .type = FIELD_LINE, .nullable = true, .max = 1},
    {0},
};
static const struct field revoke_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "member", .type = FIELD_REF, .number = NUMBER_MEMBER, .optional = true},
    {0},
};

/* Whose tokens are asked for: one's own, or for administration anybody's. */
static enum error find_owner(struct request *request, struct id *member)
{
    *member = request->caller.member;
    if (request_text(request, "member").size == 0) {
        return request->caller.kind == CALLER_MEMBER
                   ? ERROR_NONE
                   : request_fault(request, "member", ERROR_INPUT_MISSING_FIELD);
    }
    *member = request_ref(request, "member", NUMBER_MEMBER);
    if (!member_is_caller(request, *member) && !request_is(request, WHO_ADMIN | WHO_OPERATOR)) {
        return request_fault(request, "member", ERROR_RIGHT_MISSING);
    }
    return document_exists(request_txn(request), DOCUMENT_MEMBER, *member)
               ? ERROR_NONE
               : request_fault(request, "member", ERROR_MEMBER_UNKNOWN);
}

static json_t *token_shown(struct id id, const struct token *token)
{
    json_t *shown = json_object(), *scopes = json_array();
    for (size_t i = 0; scope_words[i] != NULL; i++) {
        if ((token->scopes >> i & 1) != 0) {
            json_array_append_new(scopes, json_text(slice_text(scope_words[i])));
        }
    }
    json_put(shown, "id", json_id(id));
    json_put(shown, "name", json_text(token->name));
    json_put(shown, "scopes", scopes);
    json_put(shown, "made_ms", json_number(token->made_ms));
    json_put(shown, "ends_ms", json_number(token->ends_ms));
    if (token->used_ms > 0) {
        json_put(shown, "used_ms", json_number(token->used_ms));
    }
    return shown;
}

static enum error list(struct request *request)
{
    struct token token;
    struct id member;
    enum error error = find_owner(request, &member);
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *items = json_array();
    struct token_list list = tokens_of(request_txn(request), member);
    for (size_t i = 0; i < list.count; i++) {
        if (token_read(request_txn(request), member, list.ids[i], &token) &&
            is_in_use(&token, request->now_ms)) {
            json_array_append_new(items, token_shown(list.ids[i], &token));
        }
    }
    request->result = json_object();
    json_put(request->result, "items", items);
    json_put(request->result, "next", json_null());
    return ERROR_NONE;
}

/* Again and again: it has ended. */
static enum error revoke(struct request *request)
{
    struct token token;
    struct id member, id = request_id(request, "id");
    enum error error = find_owner(request, &member);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!token_read(request_txn(request), member, id, &token)) {
        return request_fault(request, "id", ERROR_TOKEN_UNKNOWN);
    }
    token_end(request_txn(request), member, id, request->now_ms);
    batch_touch(request->work->batch, member);
    return ERROR_NONE;
}

/* ---- tables ---- */

enum { WHO_PERSON = WHO_READERS & ~(unsigned)WHO_OPERATOR };
static const enum error create_errors[] = {ERROR_TOKEN_TOO_MANY, ERROR_NONE};
static const enum error list_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_NONE};
static const enum error revoke_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_TOKEN_UNKNOWN, ERROR_NONE};
static const struct command commands[] = {
    {.method = "token.create",
     .who = WHO_PERSON,
     .flags = COMMAND_WRITE | COMMAND_NO_TOKEN | COMMAND_OWN_REPEATS,
     .params = create_params,
     .result = create_result,
     .handle = create,
     .answer = answer_create,
     .errors = create_errors,
     .summary = "Make an access token for a script of mine",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7e01\",\"id\":"
                "\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4c601\",\"name\":\"A backup of our texts\","
                "\"scopes\":[\"read\"],\"days\":90}"},
    {.method = "token.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ | COMMAND_NO_TOKEN,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .errors = list_errors,
     .summary = "My access tokens that are in use, or for administration somebody's",
     .example = "{}"},
    {.method = "token.revoke",
     .who = WHO_READERS,
     .flags = COMMAND_WRITE | COMMAND_NO_TOKEN,
     .params = revoke_params,
     .handle = revoke,
     .errors = revoke_errors,
     .summary = "An access token ends, and what it has opened"},
    {0},
};
const struct concept concept_token = {.name = "token", .commands = commands};
