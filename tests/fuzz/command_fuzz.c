/* Commands as JSON: parsed, checked against their table, executed on an organisation, and forgotten.
 *
 * An input is up to COMMANDS_MAX lines "CALLER METHOD PARAMS", the caller a digit (stage.h); "+ SECONDS" moves the clock
 * and carries out what fell due. All of them run in one write transaction, as the writer's batches do, which is then taken
 * back: the next input finds the organisation as it was. A refused command must have left no event. Signatures of
 * ballots count as checked, so that changed ballots get as far as a voter's own could. Of inputs that were written to reach
 * something deep every line must be carried out as long as they are replayed as they are. */
#include <stdlib.h>
#include <string.h>

#include "assembly/shape.h"
#include "assembly/work.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stage.h"

enum { COMMANDS_MAX = 12, INPUT_MAX = 1 << 16, JUMP_MAX_S = 400 * 86400 };

static struct stage stage;
static uint64_t drawn; /* random bytes of the assembly: the same for every input */

static void draw(void *into, size_t size)
{
    uint8_t *bytes = into;
    for (size_t at = 0; at < size; at += HASH_SIZE) {
        drawn++;
        struct hash hash = crypto_hash(slice_of(&drawn, sizeof drawn));
        memcpy(bytes + at, hash.bytes, size - at < HASH_SIZE ? size - at : HASH_SIZE);
    }
}

static void run_due(uint64_t now_ms)
{
    enum error failed;
    ledger_set_time(assembly_ledger(stage.world.assembly), now_ms);
    stage.world.assembly->now_ms = now_ms;
    while (assembly_execute_due(stage.world.assembly, now_ms, 2026, &failed)) {
    }
}

static struct caller caller_of(struct slice word)
{
    unsigned at = word.size == 1 ? (unsigned)(word.data[0] - '0') : STAGE_CALLERS;
    return at < STAGE_CALLERS ? stage.callers[at] : world_nobody;
}

static json_t *read_params(const struct command *command, struct slice text)
{
    struct buffer bytes;
    json_t *params = NULL;
    buffer_init(&bytes, 16 * INPUT_MAX);
    stage_set_newest(&stage);
    stage_expand(&stage, text, &bytes);
    if (json_parse(buffer_slice(&bytes), &params) == ERROR_NONE && json_is_object(params) &&
        shape_takes_command(command) && json_object_get(params, "command") == NULL) {
        json_put(params, "command", json_id(world_id(&stage.world)));
    }
    buffer_free(&bytes);
    return params;
}

/* Like the net side (shape before anything) and the writer (read or write). */
static enum error execute(struct request *request, struct store_txn *txn)
{
    struct assembly *assembly = stage.world.assembly;
    enum error error = assembly_check_shape(request);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!command_is_write(request->command)) {
        return assembly_read(assembly, txn, request);
    }
    uint64_t next = ledger_next(assembly->ledger);
    error = assembly_execute(assembly, request);
    fuzz_check(error == ERROR_NONE || ledger_next(assembly->ledger) == next);
    return error;
}

/* What the input was written for is reached. */
static bool is_carried_out(void)
{
    static const char *const names[] = {"incident", "meeting-led", "meeting-offices",
                                        "meeting-planned", "task-line"};
    bool is = false;
    for (size_t at = 0; fuzz_replayed != NULL && at < sizeof names / sizeof names[0]; at++) {
        is = is || strcmp(fuzz_replayed, names[at]) == 0;
    }
    return is;
}

struct run {
    struct store_txn *txn;
    struct request requests[COMMANDS_MAX];
    size_t count;
    uint64_t now_ms;
};

static void run_line(struct run *run, struct slice line)
{
    struct slice who = fuzz_until(&line, ' ');
    struct slice method = fuzz_until(&line, ' ');
    if (slice_equal(who, slice_text("+"))) {
        char digits[12] = "";
        memcpy(digits, method.data, method.size < 11 ? method.size : 11);
        run->now_ms += 1000 * (strtoul(digits, NULL, 10) % JUMP_MAX_S);
        run_due(run->now_ms);
        return;
    }
    const struct command *command = command_find(method);
    if (command == NULL || command->handle == NULL) {
        return;
    }
    struct request request = {.command = command,
                              .caller = caller_of(who),
                              .params = read_params(command, line),
                              .now_ms = run->now_ms,
                              .year = 2026,
                              .ballot_signature_good = true};
    if (request.params == NULL) {
        return;
    }
    enum error error = execute(&request, run->txn);
    fuzz_check(error == ERROR_NONE || !is_carried_out());
    if (error == ERROR_NONE && command_is_write(command)) {
        run->requests[run->count++] = request;
    } else {
        json_decref(request.result);
        json_decref(request.params);
    }
}

static void end(struct run *run)
{
    struct assembly *assembly = stage.world.assembly;
    run_due(run->now_ms);
    assembly_finish(assembly);
    for (size_t at = 0; at < run->count; at++) {
        assembly_complete(assembly, &run->requests[at]);
        fuzz_check(run->requests[at].result != NULL);
        json_decref(run->requests[at].result);
        json_decref(run->requests[at].params);
    }
    fuzz_check(store_error(run->txn) == ERROR_NONE);
    store_abort(run->txn);
    assembly_aborted(assembly);
}

static void at_exit(void)
{
    json_decref(stage.world.result);
    assembly_close(stage.world.assembly);
    store_close(stage.world.store);
    fixture_remove(stage.world.folder);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    world_open(&stage.world);
    stage.world.assembly->random = draw;
    stage_fill(&stage);
    atexit(at_exit);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint64_t first_draw = UINT64_C(1) << 32;
    struct slice input = slice_of(data, size);
    struct run run = {.now_ms = stage.world.now_ms + 1000};
    uint64_t made = stage.world.made;
    if (size > INPUT_MAX) {
        return 0;
    }
    drawn = first_draw;
    fuzz_check(store_begin(stage.world.store, STORE_WRITE, &run.txn) == ERROR_NONE);
    assembly_begin(stage.world.assembly, run.txn, run.now_ms);
    for (unsigned line = 0; line < COMMANDS_MAX && input.size > 0; line++) {
        run_line(&run, fuzz_until(&input, '\n'));
    }
    end(&run);
    stage.world.made = made;
    return 0;
}
