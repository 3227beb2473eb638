/* The manifest of a backup: what it holds, as JSON, the first entry of the file.
 *
 * Reading it is strict: parts have names out of a short list, so that no name can lead out of a folder; data.mdb is the
 * first, no name comes twice (names ascend behind it), files are named by their hash. A greater format is refused by its
 * own reason. Start at backup_manifest_read(). */
#include "server/commands/backup_manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/json.h"
#include "base/memory.h"
#include "crypto/note.h"

static const char *const plain_names[] = {"data.mdb", "ledger.key", "origin", "palabre.conf"};
enum { PLAIN_NAMES = sizeof plain_names / sizeof plain_names[0] };
static const char files_prefix[] = "files/";
enum { FILES_PREFIX = sizeof files_prefix - 1, FILE_NAME = FILES_PREFIX + 2 * HASH_SIZE };

void backup_manifest_init(struct backup_manifest *manifest)
{
    *manifest = (struct backup_manifest){.count = 0};
    buffer_init(&manifest->checkpoint, NOTE_MAX_SIZE);
}

void backup_manifest_free(struct backup_manifest *manifest)
{
    buffer_free(&manifest->checkpoint);
    free(manifest->parts);
    free(manifest->missing);
    backup_manifest_init(manifest);
}

void backup_manifest_add(struct backup_manifest *manifest, const struct backup_part *part)
{
    if (manifest->count == manifest->capacity) {
        manifest->capacity = manifest->capacity == 0 ? 16 : 2 * manifest->capacity;
        manifest->parts =
            memory_resize(manifest->parts, manifest->capacity, sizeof *manifest->parts);
    }
    manifest->parts[manifest->count++] = *part;
}

void backup_manifest_miss(struct backup_manifest *manifest, const struct hash *sha256)
{
    manifest->missing =
        memory_resize(manifest->missing, manifest->missing_count + 1, sizeof *manifest->missing);
    manifest->missing[manifest->missing_count++] = *sha256;
}

uint64_t backup_manifest_bytes(const struct backup_manifest *manifest)
{
    uint64_t bytes = 0;
    for (size_t at = 0; at < manifest->count; at++) {
        bytes += manifest->parts[at].size;
    }
    return bytes;
}

void backup_file_name(const struct hash *sha256, char name[TAR_NAME_MAX + 1])
{
    struct buffer digits;
    buffer_init(&digits, 2 * HASH_SIZE);
    encoding_hex(&digits, hash_slice(sha256));
    snprintf(name, TAR_NAME_MAX + 1, "%s%.*s", files_prefix, (int)digits.size,
             (const char *)digits.data);
    buffer_free(&digits);
}

/* ---- writing ---- */

static json_t *hex(const struct hash *hash)
{
    struct buffer digits;
    buffer_init(&digits, 2 * HASH_SIZE);
    encoding_hex(&digits, hash_slice(hash));
    json_t *text = json_text(buffer_slice(&digits));
    buffer_free(&digits);
    return text;
}

void backup_manifest_write(const struct backup_manifest *manifest, struct buffer *out)
{
    json_t *root = json_object(), *parts = json_array(), *missing = json_array();
    json_put(root, "format", json_number(BACKUP_FORMAT));
    json_put(root, "org", json_id(manifest->org));
    json_put(root, "made_ms", json_number(manifest->made_ms));
    json_put(root, "last_ms", json_number(manifest->last_ms));
    json_put(root, "events", json_number(manifest->events));
    json_put(root, "root", hex(&manifest->root));
    json_put(root, "checkpoint", json_text(buffer_slice(&manifest->checkpoint)));
    for (size_t at = 0; at < manifest->count; at++) {
        const struct backup_part *part = &manifest->parts[at];
        json_t *one = json_object();
        json_put(one, "name", json_text(slice_text(part->name)));
        json_put(one, "size", json_number(part->size));
        json_put(one, "sha256", hex(&part->sha256));
        json_array_append_new(parts, one);
    }
    for (size_t at = 0; at < manifest->missing_count; at++) {
        json_array_append_new(missing, hex(&manifest->missing[at]));
    }
    json_put(root, "parts", parts);
    json_put(root, "missing", missing);
    json_write(out, root);
    buffer_append_text(out, "\n");
    json_decref(root);
}

/* ---- reading ---- */

static bool take_hash(struct slice text, struct hash *hash)
{
    struct buffer bytes;
    buffer_init(&bytes, HASH_SIZE);
    bool good = text.size == 2 * (size_t)HASH_SIZE && encoding_from_hex(text, &bytes) &&
                bytes.size == HASH_SIZE;
    if (good) {
        memcpy(hash->bytes, bytes.data, HASH_SIZE);
    }
    buffer_free(&bytes);
    return good;
}

static bool take_number(const json_t *object, const char *name, uint64_t *number)
{
    int64_t value = json_get_integer(object, name);
    *number = (uint64_t)value;
    return value >= 0 && json_is_integer(json_object_get(object, name));
}

/* A plain name, or files/ and the hash of the part itself. */
static bool name_is_good(const struct backup_part *part)
{
    char expected[TAR_NAME_MAX + 1];
    for (size_t at = 0; at < PLAIN_NAMES; at++) {
        if (strcmp(part->name, plain_names[at]) == 0) {
            return true;
        }
    }
    backup_file_name(&part->sha256, expected);
    return strcmp(part->name, expected) == 0;
}

static bool take_part(struct backup_manifest *manifest, const json_t *given)
{
    struct backup_part part = {.size = 0};
    struct slice name = json_get_text(given, "name");
    if (name.size == 0 || name.size > TAR_NAME_MAX) {
        return false;
    }
    memcpy(part.name, name.data, name.size);
    if (!take_number(given, "size", &part.size) ||
        !take_hash(json_get_text(given, "sha256"), &part.sha256) || !name_is_good(&part)) {
        return false;
    }
    bool in_order = manifest->count == 0 ? strcmp(part.name, "data.mdb") == 0
                    : manifest->count == 1
                        ? strcmp(part.name, "data.mdb") != 0
                        : strcmp(manifest->parts[manifest->count - 1].name, part.name) < 0;
    backup_manifest_add(manifest, &part);
    return in_order;
}

static bool take_lists(struct backup_manifest *manifest, const json_t *root)
{
    const json_t *parts = json_object_get(root, "parts");
    const json_t *missing = json_object_get(root, "missing");
    struct hash hash;
    bool good = json_is_array(parts) && json_array_size(parts) > 0 && json_is_array(missing);
    for (size_t at = 0; good && at < json_array_size(parts); at++) {
        good = take_part(manifest, json_array_get(parts, at));
    }
    for (size_t at = 0; good && at < json_array_size(missing); at++) {
        const json_t *text = json_array_get(missing, at);
        good = json_is_string(text) && take_hash(slice_text(json_string_value(text)), &hash);
        if (good) {
            backup_manifest_miss(manifest, &hash);
        }
    }
    return good;
}

const char *backup_manifest_read(struct slice text, struct backup_manifest *manifest)
{
    json_t *root;
    if (json_parse(text, &root) != ERROR_NONE) {
        return "its manifest cannot be read";
    }
    uint64_t format = 0;
    const char *fault = "its manifest is not that of a backup";
    bool good = json_is_object(root) && take_number(root, "format", &format) && format > 0;
    if (good && format > BACKUP_FORMAT) {
        fault = "a newer version of Palabre made it";
        good = false;
    }
    manifest->org = json_get_id(root, "org");
    buffer_append_slice(&manifest->checkpoint, json_get_text(root, "checkpoint"));
    good = good && !id_is_none(manifest->org) && take_number(root, "made_ms", &manifest->made_ms) &&
           take_number(root, "last_ms", &manifest->last_ms) &&
           take_number(root, "events", &manifest->events) &&
           take_hash(json_get_text(root, "root"), &manifest->root) &&
           buffer_ok(&manifest->checkpoint) && take_lists(manifest, root);
    json_decref(root);
    return good ? NULL : fault;
}
