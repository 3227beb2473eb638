/* palabre export: the record as a folder that anybody can check, and the bytes of files attached beside it.
 *
 * OUT holds exactly six files, flat: manifest, README.txt, scope, ledger.vkey, checkpoint, events.ndjson. Open, it leaves
 * out what is personal or confidential (leaves stay, so order and integrity can be checked); with --with-private it holds
 * everything and can be restored by `palabre import --format palabre`. Files attached go to OUT.files, each named by its
 * hash: they are not the record, and their hashes stand in it. One snapshot of a running server is enough: the folder is
 * opened read-only. Start at write_record(). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "assembly/assembly.h"
#include "base/encoding.h"
#include "server/commands/commands.h"
#include "server/commands/options.h"
#include "server/commands/record_folder.h"
#include "server/commands/terminal.h"
#include "server/engine/folder.h"

enum { LINE_MAX_BYTES = 64 << 20, SMALL_MAX = 1 << 16 };

struct export
{
    const char *dir, *out;
    bool with_private;
    uint64_t since, size;
    struct store_txn *txn;
    uint64_t files, missing;
    bool failed;
};

static bool put_small(const struct export *export, const char *name, struct slice bytes)
{
    char path[RECORD_PATH_SIZE];
    bool good = record_path(export->out, name, path) && record_write(path, bytes);
    if (!good) {
        fprintf(stderr, "palabre: %s/%s: %s\n", export->out, name, strerror(errno));
    }
    return good;
}

/* ---- events.ndjson ---- */

static void append_field(struct buffer *line, const char *name, struct slice bytes)
{
    buffer_format(line, ",\"%s\":\"", name);
    encoding_base64(line, bytes);
    buffer_append_text(line, "\"");
}

static void make_line(const struct export *export, const struct ledger_entry *entry,
                      struct buffer *line)
{
    bool open = entry->event.payload.size > 0 &&
                (export->with_private || !event_type_is_private(entry->leaf.type));
    buffer_clear(line);
    buffer_format(line, "{\"seq\":%llu", (unsigned long long)entry->seq);
    append_field(line, "leaf", entry->leaf_bytes);
    if (open) {
        append_field(line, "salt", entry->salt);
        append_field(line, "payload", entry->event.payload);
        if (export->with_private && entry->event.note.size > 0) {
            append_field(line, "note", entry->event.note);
        }
    }
    buffer_append_text(line, "}\n");
}

static bool write_events(const struct export *export)
{
    char path[RECORD_PATH_SIZE];
    struct ledger_entry entry;
    struct buffer line;
    struct terminal_bar bar = {.label = "writing"};
    FILE *file = record_path(export->out, "events.ndjson", path) ? fopen(path, "wxe") : NULL;
    if (file == NULL) {
        fprintf(stderr, "palabre: %s: %s\n", path, strerror(errno));
        return false;
    }
    buffer_init(&line, LINE_MAX_BYTES);
    bool good = true;
    for (uint64_t seq = export->since; good && seq < export->size; seq++) {
        good = ledger_read(export->txn, seq, &entry);
        if (good) {
            make_line(export, &entry, &line);
            good = buffer_ok(&line) && fwrite(line.data, 1, line.size, file) == line.size;
        }
        if (seq % 4096 == 0) {
            terminal_progress(&bar, seq - export->since, export->size - export->since);
        }
    }
    terminal_end(&bar);
    good = fclose(file) == 0 && good;
    buffer_free(&line);
    if (!good) {
        fprintf(stderr, "palabre: %s could not be written whole\n", path);
    }
    return good;
}

/* ---- the others ---- */

static bool write_key(const struct export *export)
{
    struct ledger *ledger;
    struct buffer vkey;
    if (ledger_open(export->txn, NULL, &ledger) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s: the record cannot be read\n", export->dir);
        return false;
    }
    buffer_init(&vkey, SMALL_MAX);
    ledger_vkey(ledger, &vkey);
    buffer_append_text(&vkey, "\n");
    bool good = put_small(export, "ledger.vkey", buffer_slice(&vkey));
    buffer_free(&vkey);
    ledger_close(ledger);
    return good;
}

static bool write_scope(const struct export *export)
{
    char text[64];
    snprintf(text, sizeof text, "%s %llu\n", export->with_private ? "private" : "open",
             (unsigned long long)export->since);
    return put_small(export, "scope", slice_text(text));
}

static bool write_readme(const struct export *export)
{
    const char *text =
        export->with_private
            ? "The whole record of an organisation, personal and confidential parts included: "
              "keep\n"
              "it as you would keep its archive. events.ndjson holds one event a line, manifest "
              "the\n"
              "hash of each file, checkpoint the seal over all of them, ledger.vkey the key that\n"
              "sealed it. Files attached lie beside this folder, in a folder of its name and "
              ".files.\n"
            : "The open record of an organisation: what everybody in it may read, and the leaves "
              "of\n"
              "all the rest, which prove order and completeness. events.ndjson holds one event a\n"
              "line, manifest the hash of each file, checkpoint the seal over all of them,\n"
              "ledger.vkey the key that sealed it. Files attached lie beside this folder, in a\n"
              "folder of its name and .files.\n";
    return put_small(export, "README.txt", slice_text(text));
}

static bool write_manifest(const struct export *export)
{
    struct buffer text;
    bool good = true;
    buffer_init(&text, SMALL_MAX);
    for (const char *const *name = record_files; good && *name != NULL; name++) {
        char path[RECORD_PATH_SIZE];
        struct hash hash;
        good = record_path(export->out, *name, path) && record_hash(path, &hash);
        if (good) {
            encoding_hex(&text, slice_of(hash.bytes, HASH_SIZE));
            buffer_format(&text, "  %s\n", *name);
        }
    }
    good = good && put_small(export, "manifest", buffer_slice(&text));
    buffer_free(&text);
    return good;
}

static bool write_record(const struct export *export)
{
    struct slice checkpoint;
    if (!ledger_checkpoint(export->txn, &checkpoint)) {
        fprintf(stderr, "palabre: %s: the record has no seal\n", export->dir);
        return false;
    }
    return put_small(export, "checkpoint", checkpoint) && write_key(export) &&
           write_scope(export) && write_readme(export) && write_events(export) &&
           write_manifest(export);
}

/* ---- files attached ---- */

static void copy_file(void *context, const struct hash *sha256, bool shown)
{
    struct export *export = context;
    char from[RECORD_PATH_SIZE], to[RECORD_PATH_SIZE], folder[RECORD_PATH_SIZE];
    if (export->failed || (!shown && !export->with_private)) {
        return;
    }
    if (!record_bytes_path(export->out, NULL, folder) ||
        !record_bytes_path(export->out, sha256, to) || !record_path(export->dir, "files", from) ||
        strlen(from) + 2 * HASH_SIZE + 2 > sizeof from) {
        export->failed = true;
        return;
    }
    strncat(from, strrchr(to, '/'), sizeof from - strlen(from) - 1);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        fprintf(stderr, "palabre: %s: %s\n", folder, strerror(errno));
        export->failed = true;
        return;
    }
    struct hash hash;
    if (!record_hash(from, &hash) || !hash_equal(hash, *sha256)) {
        fprintf(stderr, "palabre: %s is missing or damaged; it is left out\n", from);
        export->missing++;
    } else if (!record_copy(from, to, sha256)) {
        fprintf(stderr, "palabre: %s: %s\n", to, strerror(errno));
        export->failed = true;
    } else {
        export->files++;
    }
}

/* ---- the command ---- */

static int run(struct export *export)
{
    char folder[RECORD_PATH_SIZE];
    struct stat about;
    export->size = ledger_count(export->txn);
    if (export->since >= export->size) {
        fprintf(stderr, "palabre: --since %llu: the record has %llu events\n",
                (unsigned long long)export->since, (unsigned long long)export->size);
        return 2;
    }
    if (!record_bytes_path(export->out, NULL, folder) || stat(folder, &about) == 0 ||
        mkdir(export->out, 0700) != 0) {
        fprintf(stderr, "palabre: %s: it (or %s) is there already, or cannot be made\n",
                export->out, folder);
        return 1;
    }
    if (!write_record(export)) {
        return 1;
    }
    file_each(export->txn, copy_file, export);
    if (export->failed) {
        return 1;
    }
    printf("%s record, events %llu to %llu, %llu files\n",
           export->with_private ? "private" : "open", (unsigned long long)export->since,
           (unsigned long long)export->size - 1, (unsigned long long)export->files);
    return export->missing == 0 ? 0 : 1;
}

int command_export(int argc, char **argv)
{
    struct export export = {.since = 0};
    const char *since = NULL, *arguments[2];
    const struct option_line options[] = {
        {"with-private", NULL, "everything: rolls, ballots, notes, personal data; can be restored",
         &export.with_private, NULL, 0, NULL},
        {"since", "N", "begin at event N: what was added after an earlier export", NULL, &since, 1,
         NULL},
        {0},
    };
    const struct usage usage = {
        .line = "export DIR OUT [--with-private] [--since N]",
        .about =
            "Writes the record of the organisation in DIR into the new folder OUT, to be checked\n"
            "by others, and the files attached into OUT.files. A server may run meanwhile.",
        .exits =
            "0 done, 1 it could not be written, or bytes of a file are missing, 2 wrong usage or\n"
            "unreadable",
        .options = options,
        .arguments = 2,
    };
    int code = options_read(&usage, argc, argv, arguments);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    if (since != NULL && !options_number(since, INT64_C(9007199254740991), &export.since)) {
        fprintf(stderr, "palabre: --since %s is not a number\n", since);
        return 2;
    }
    struct store_options store_options = {.read_only = true};
    struct store *store;
    char message[256];
    export.dir = arguments[0];
    export.out = arguments[1];
    if (store_open(export.dir, false, &store_options, &store, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 2;
    }
    code = 2;
    if (store_begin(store, STORE_READ, &export.txn) == ERROR_NONE) {
        code = run(&export);
        store_abort(export.txn);
    }
    store_close(store);
    return code;
}
