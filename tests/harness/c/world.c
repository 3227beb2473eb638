/* A whole assembly in a temporary folder. Every random byte that matters to a test is derived from a counter, so runs
 * repeat; time is the test's own. Start at world_open() and world_call(). */
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assembly/registry.h"
#include "assembly/shape.h"
#include "base/encoding.h"
#include "tests/harness/c/erasure.h"

const struct caller world_operator = {.kind = CALLER_OPERATOR};
const struct caller world_system = {.kind = CALLER_SYSTEM};
const struct caller world_nobody = {.kind = CALLER_NOBODY};

/* ---- ids ---- */

struct id world_id(struct world *world)
{
    uint64_t count = ++world->made;
    return id_from_hash(crypto_hash(slice_of(&count, sizeof count)));
}

const char *world_text(struct id id)
{
    static char texts[8][ID_TEXT_SIZE];
    static unsigned next;
    char *text = texts[next++ % 8];
    id_format(id, text);
    return text;
}

/* ---- opening and closing ---- */

static struct store *open_store(const char *folder)
{
    char message[256];
    struct store *store = NULL;
    struct store_options options = {.map_bytes = UINT64_C(256) << 20, .not_durable = true};
    if (store_open(folder, true, &options, &store, message) != ERROR_NONE) {
        fail_msg("%s", message);
    }
    return store;
}

static void found(struct world *world)
{
    struct store_txn *txn;
    json_t *languages = json_pack("[sss]", "fr", "nl", "en");
    struct assembly_founding founding = {
        .org = world->org,
        .name = slice_text("Les Pavés"),
        .time_zone = slice_text("Europe/Brussels"),
        .log_name = slice_text("les-paves/log"),
        .languages = languages,
        .now_ms = world->now_ms,
    };
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    assert_int_equal(assembly_found(txn, &founding, &world->key), ERROR_NONE);
    assert_int_equal(store_commit(txn), ERROR_NONE);
    json_decref(languages);
}

void world_open(struct world *world)
{
    static const uint8_t seed[SEED_SIZE] = {7};
    *world = (struct world){.now_ms = UINT64_C(1767603600000)}; /* 2026-01-05 */
    assert_true(crypto_start());
    world->folder = fixture_folder();
    world->store = open_store(world->folder);
    world->key = crypto_key_pair(seed);
    world->org = world_id(world);
    found(world);
    assert_int_equal(assembly_open(world->store, &world->key, NULL, NULL, &world->assembly),
                     ERROR_NONE);
}

/* A stored document has the fields that its table publishes, beside kind, id and rev. */
static bool check_document(void *context, struct slice key, struct slice value)
{
    (void)context;
    const struct document_shape *shape = registry_document(key.data[0]);
    const char *field;
    assert_non_null(shape);
    json_t *document = json_parse_own(value);
    assert_true(slice_equal(json_get_text(document, "kind"), slice_text(shape->name)));
    json_object_del(document, "kind");
    json_object_del(document, "id");
    json_object_del(document, "rev");
    enum error error = shape_check(shape->fields, document, &field);
    if (error != ERROR_NONE) {
        fail_msg("%s: %s in %.*s", error_reason(error), field == NULL ? "?" : field,
                 (int)value.size, (const char *)value.data);
    }
    json_decref(document);
    return true;
}

/* A personal document too; rows without JSON and of other parts aside (assembly/personal.c). */
static bool check_personal(void *context, struct slice key, struct slice value)
{
    enum { PART_AT = ID_SIZE, DOCUMENT_PART = 1 };
    if (key.data[PART_AT] == DOCUMENT_PART && value.size > 8) {
        check_document(context, slice_of(key.data + PART_AT + 1, key.size - PART_AT - 1),
                       slice_of(value.data + 8, value.size - 8));
    }
    return true;
}

static bool check_row(void *context, struct slice key, struct slice value)
{
    struct slice other;
    assert_true(store_get(context, TABLE_INDEX, key, &other));
    assert_true(slice_equal(value, other));
    return true;
}

/* The index of words is the same when the ledger is replayed. */
static void check_index(struct store_txn *txn, struct store *scratch)
{
    struct store_txn *other;
    assert_int_equal(store_begin(scratch, STORE_READ, &other), ERROR_NONE);
    static const uint8_t prefixes[] = {INDEX_WORD, INDEX_VOCABULARY, INDEX_SEARCHED,
                                       INDEX_SEARCHED_OF, INDEX_ALIKE};
    for (size_t i = 0; i < sizeof prefixes; i++) {
        store_scan(txn, TABLE_INDEX, slice_of(&prefixes[i], 1), check_row, other);
        store_scan(other, TABLE_INDEX, slice_of(&prefixes[i], 1), check_row, txn);
    }
    store_abort(other);
}

void world_check(struct world *world)
{
    struct store_txn *txn;
    struct check_report report = {0};
    char *folder = fixture_folder();
    struct store *scratch = open_store(folder);
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    enum error error = assembly_check(txn, scratch, &report, NULL, NULL);
    store_scan(txn, TABLE_DOCUMENT, slice_text(""), check_document, NULL);
    store_scan(txn, TABLE_PERSONAL, slice_text(""), check_personal, NULL);
    if (error == ERROR_NONE) {
        check_index(txn, scratch);
    }
    store_abort(txn);
    store_close(scratch);
    fixture_remove(folder);
    if (error != ERROR_NONE || report.differing > 0) {
        fail_msg("check: %s at %llu, %llu differ, first %s", error_reason(error),
                 (unsigned long long)report.bad_seq, (unsigned long long)report.differing,
                 report.first_difference);
    }
}

static void check_erasure(struct world *world)
{
    struct store_txn *txn;
    char *folder = fixture_folder();
    struct store *scratch = open_store(folder);
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    erasure_check(txn, scratch);
    store_abort(txn);
    store_close(scratch);
    fixture_remove(folder);
}

void world_close(struct world *world)
{
    world_check(world);
    check_erasure(world);
    json_decref(world->result);
    assembly_close(world->assembly);
    store_close(world->store);
    fixture_remove(world->folder);
}

/* ---- calling ---- */

__attribute__((format(printf, 3, 0))) static json_t *parse_params(struct world *world,
                                                                  const struct command *command,
                                                                  const char *format,
                                                                  va_list arguments)
{
    char text[65536];
    json_t *params = NULL;
    int size = vsnprintf(text, sizeof text, format, arguments);
    assert_in_range(size, 0, sizeof text - 1);
    for (char *at = text; *at != 0; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    if (json_parse(slice_text(text), &params) != ERROR_NONE) {
        fail_msg("not JSON: %s", text);
    }
    if (shape_takes_command(command) && json_object_get(params, "command") == NULL) {
        json_put(params, "command", json_id(world_id(world)));
    }
    return params;
}

static void execute_due(struct world *world)
{
    enum error failed;
    while (assembly_execute_due(world->assembly, world->now_ms, 2026, &failed)) {
    }
}

static void end_transaction(struct world *world, struct store_txn *txn, struct request *request,
                            enum error error)
{
    if (error != ERROR_NONE) {
        store_abort(txn);
        assembly_aborted(world->assembly);
        return;
    }
    assembly_finish(world->assembly);
    if (request != NULL) {
        assembly_complete(world->assembly, request);
    }
    assert_int_equal(store_commit(txn), ERROR_NONE);
    assembly_committed(world->assembly);
}

void world_due(struct world *world)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    assembly_begin(world->assembly, txn, world->now_ms);
    execute_due(world);
    end_transaction(world, txn, NULL, ERROR_NONE);
}

static enum error write_call(struct world *world, struct request *request)
{
    struct store_txn *txn;
    world_due(world);
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    assembly_begin(world->assembly, txn, world->now_ms);
    enum error error = assembly_execute(world->assembly, request);
    end_transaction(world, txn, request, error);
    return error;
}

static enum error read_call(struct world *world, struct request *request)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    enum error error = assembly_read(world->assembly, txn, request);
    world->reads = store_reads(txn);
    store_abort(txn);
    return error;
}

__attribute__((format(printf, 4, 0))) static enum error call(struct world *world,
                                                             struct caller caller,
                                                             const char *method, const char *format,
                                                             va_list arguments)
{
    const struct command *command = command_find(slice_text(method));
    assert_non_null(command);
    world->now_ms += 1000;
    struct request request = {
        .command = command, .caller = caller, .now_ms = world->now_ms, .year = 2026};
    request.params = parse_params(world, command, format, arguments);
    enum error error = assembly_check_shape(&request);
    if (error == ERROR_NONE) {
        error =
            command_is_write(command) ? write_call(world, &request) : read_call(world, &request);
    }
    json_decref(world->result);
    world->result = request.result;
    world->seq = request.seq;
    world->opened_session = request.opens_session;
    world->closed_session = request.closes_session;
    memcpy(world->session_token, request.session_token, sizeof world->session_token);
    snprintf(world->field, sizeof world->field, "%s", request.field == NULL ? "" : request.field);
    json_decref(request.params);
    return error;
}

enum error world_call(struct world *world, struct caller caller, const char *method,
                      const char *params, ...)
{
    va_list arguments;
    va_start(arguments, params);
    enum error error = call(world, caller, method, params, arguments);
    va_end(arguments);
    return error;
}

void world_must(struct world *world, struct caller caller, const char *method, const char *params,
                ...)
{
    va_list arguments;
    va_start(arguments, params);
    enum error error = call(world, caller, method, params, arguments);
    va_end(arguments);
    if (error != ERROR_NONE) {
        fail_msg("%s: %s (%s)", method, error_reason(error), world->field);
    }
}

const char *world_try(struct world *world, struct caller caller, const char *method,
                      const char *params, ...)
{
    va_list arguments;
    va_start(arguments, params);
    enum error error = call(world, caller, method, params, arguments);
    va_end(arguments);
    return error_reason(error);
}

/* ---- people ---- */

static void role_list(const char *roles, char list[128])
{
    size_t size = 0;
    bool inside = false;
    for (; *roles != 0 && size < 100; roles++) {
        if (*roles == ' ') {
            size += (size_t)snprintf(list + size, 128 - size, "','");
        } else {
            size += (size_t)snprintf(list + size, 128 - size, inside ? "%c" : "'%c", *roles);
            inside = true;
        }
    }
    snprintf(list + size, 128 - size, inside ? "'" : "");
}

struct caller world_member(struct world *world, const char *name, const char *roles)
{
    char list[128] = "";
    struct caller caller = {.kind = CALLER_MEMBER, .member = world_id(world)};
    role_list(roles, list);
    world_must(world, world_operator, "member.invite",
               "{'id':'%s','name':'%s','class':'members','roles':[%s]}", world_text(caller.member),
               name, list);
    char token[64];
    const char *link = json_string_value(json_object_get(world->result, "link"));
    snprintf(token, sizeof token, "%s", link + strlen("/join#"));
    world_must(world, world_nobody, "session.join", "{'token':'%s','language':'fr'}", token);
    caller.session = crypto_hash(slice_of(world->session_token, sizeof world->session_token));
    return caller;
}

/* ---- looking ---- */

bool world_has(struct world *world, uint8_t kind, struct id id)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    bool found_it = document_exists(txn, kind, id);
    store_abort(txn);
    return found_it;
}

bool world_tells_everybody(struct world *world, struct slice bytes)
{
    struct store_txn *txn;
    struct ledger_entry entry;
    bool tells = false;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    for (uint64_t seq = 0; ledger_read(txn, seq, &entry); seq++) {
        struct slice payload = entry.event.payload;
        tells = tells || (!event_type_is_private(entry.leaf.type) && payload.size > 0 &&
                          memmem(payload.data, payload.size, bytes.data, bytes.size) != NULL);
    }
    store_abort(txn);
    return tells;
}

json_t *world_document(struct world *world, uint8_t kind, struct id id)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    json_t *document = document_load(txn, kind, id);
    store_abort(txn);
    assert_non_null(document);
    return document;
}

json_t *world_at(const json_t *value, const char *path)
{
    char name[64];
    json_t *at = (json_t *)(uintptr_t)value;
    while (*path != 0 && at != NULL) {
        size_t size = strcspn(path, ".");
        snprintf(name, sizeof name, "%.*s", (int)size, path);
        at = json_is_array(at) ? json_array_get(at, strtoul(name, NULL, 10))
                               : json_object_get(at, name);
        path += size + (path[size] == '.');
    }
    return at;
}

void world_expect_text(struct world *world, uint8_t kind, struct id id, const char *path,
                       const char *text)
{
    json_t *document = world_document(world, kind, id);
    const char *found_text = json_string_value(world_at(document, path));
    assert_string_equal(found_text == NULL ? "(absent)" : found_text, text);
    json_decref(document);
}

void world_expect_number(struct world *world, uint8_t kind, struct id id, const char *path,
                         int64_t number)
{
    json_t *document = world_document(world, kind, id);
    json_t *found_number = world_at(document, path);
    assert_true(json_is_integer(found_number));
    assert_int_equal(json_integer_value(found_number), number);
    json_decref(document);
}
