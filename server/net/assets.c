/* Files of the web client, read once at start.
 *
 * No file is opened while serving: a request path is only ever compared with the paths found at start, so there is no
 * way out of the folder, and the loop never waits for a disk. Each file is kept as it is and, when they lie beside it,
 * in gzip and brotli; every form has its own strong tag (SHA-256 of its bytes). Files below assets/ carry a hash in
 * their names and may be kept for ever by browsers; everything else is asked for again.
 * The table is sorted by path and searched by halves. Start reading at assets_load(). */
#include "server/net/assets.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/memory.h"
#include "crypto/crypto.h"
#include "server/net/header.h"

enum { FILE_MAX = 32 << 20, DEPTH_MAX = 6, PATH_SIZE = 4096 };

struct assets {
    struct asset *items; /* sorted by path */
    size_t count;
    const struct asset *index; /* index.html */
};

static const struct {
    const char *suffix, *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".ftl", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
};

static bool ends_in(const char *text, const char *suffix)
{
    size_t size = strlen(text);
    size_t end = strlen(suffix);
    return size >= end && strcmp(text + size - end, suffix) == 0;
}

static const char *type_of(const char *path)
{
    for (size_t at = 0; at < sizeof types / sizeof types[0]; at++) {
        if (ends_in(path, types[at].suffix)) {
            return types[at].type;
        }
    }
    return "application/octet-stream";
}

static uint8_t *read_file(const char *path, size_t *size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return NULL;
    }
    struct stat about;
    uint8_t *bytes = NULL;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size <= FILE_MAX) {
        size_t whole = (size_t)about.st_size;
        bytes = memory_new(whole + 1, 1);
        size_t at = 0;
        while (at < whole) {
            ssize_t part = read(file, bytes + at, whole - at);
            if (part <= 0) {
                break;
            }
            at += (size_t)part;
        }
        *size = at;
    }
    close(file);
    return bytes;
}

static void load_form(struct asset *asset, enum asset_coding coding, const char *path)
{
    size_t size = 0;
    uint8_t *bytes = read_file(path, &size);
    if (bytes == NULL) {
        return;
    }
    struct hash hash = crypto_hash(slice_of(bytes, size));
    struct buffer tag;
    buffer_init(&tag, sizeof asset->forms[coding].tag - 1);
    buffer_append_text(&tag, "\"");
    encoding_hex(&tag, slice_of(hash.bytes, 16));
    buffer_append_text(&tag, "\"");
    memcpy(asset->forms[coding].tag, tag.data, tag.size);
    buffer_free(&tag);
    asset->forms[coding].data = bytes;
    asset->forms[coding].size = size;
}

/* folder/path is a file: keeps it with its compressed forms. */
static void load_file(struct assets *assets, const char *file, const char *path)
{
    char compressed[PATH_SIZE + 4];
    struct asset asset = {.type = type_of(path), .immutable = strncmp(path, "/assets/", 8) == 0};
    load_form(&asset, CODING_PLAIN, file);
    if (asset.forms[CODING_PLAIN].data == NULL) {
        return;
    }
    snprintf(compressed, sizeof compressed, "%s.gz", file);
    load_form(&asset, CODING_GZIP, compressed);
    snprintf(compressed, sizeof compressed, "%s.br", file);
    load_form(&asset, CODING_BROTLI, compressed);
    asset.path = memory_copy_text(path);
    assets->items = memory_resize(assets->items, assets->count + 1, sizeof *assets->items);
    assets->items[assets->count++] = asset;
}

static void load_folder(struct assets *assets, const char *folder, const char *below, int depth)
{
    DIR *listing = opendir(folder);
    if (listing == NULL) {
        return;
    }
    const struct dirent *entry;
    /* A stream of our own: glibc promises safety, and readdir_r is obsolete. */
    // cppcheck-suppress readdirCalled
    while ((entry = readdir(listing)) != NULL) {
        char file[PATH_SIZE];
        char path[PATH_SIZE];
        struct stat about;
        int size = snprintf(file, sizeof file, "%s/%s", folder, entry->d_name);
        int path_size = snprintf(path, sizeof path, "%s/%s", below, entry->d_name);
        bool fits = size > 0 && size < PATH_SIZE && path_size > 0 && path_size < PATH_SIZE;
        if (!fits || entry->d_name[0] == '.' || lstat(file, &about) != 0) {
            continue;
        }
        if (S_ISDIR(about.st_mode) && depth < DEPTH_MAX) {
            load_folder(assets, file, path, depth + 1);
        } else if (S_ISREG(about.st_mode) && !ends_in(path, ".gz") && !ends_in(path, ".br")) {
            load_file(assets, file, path);
        }
    }
    closedir(listing);
}

static int compare_assets(const void *a, const void *b)
{
    return strcmp(((const struct asset *)a)->path, ((const struct asset *)b)->path);
}

static const struct asset *find_path(const struct assets *assets, struct slice path)
{
    size_t low = 0;
    size_t high = assets->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(path, slice_text(assets->items[middle].path));
        if (order == 0) {
            return &assets->items[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

struct assets *assets_load(const char *folder, bool *loaded)
{
    struct assets *assets = memory_new(1, sizeof *assets);
    if (folder != NULL) {
        load_folder(assets, folder, "", 0);
    }
    if (assets->count > 0) {
        qsort(assets->items, assets->count, sizeof *assets->items, compare_assets);
    }
    assets->index = find_path(assets, slice_text("/index.html"));
    *loaded = assets->index != NULL;
    return assets;
}

void assets_free(struct assets *assets)
{
    for (size_t at = 0; at < assets->count; at++) {
        free(assets->items[at].path);
        for (size_t coding = 0; coding < CODING_COUNT; coding++) {
            free(assets->items[at].forms[coding].data);
        }
    }
    free(assets->items);
    free(assets);
}

bool assets_is_page(struct slice path)
{
    static const char *const roots[] = {
        "/p",    "/v",        "/d",          "/t",     "/m",        "/g",        "/me",
        "/join", "/search",   "/moderation", "/theme", "/settings", "/practice", "/notifications",
        "/more", "/meetings", "/screen"};
    if (slice_equal(path, slice_text("/"))) {
        return true;
    }
    for (size_t at = 0; at < sizeof roots / sizeof roots[0]; at++) {
        size_t size = strlen(roots[at]);
        if (path.size >= size && memcmp(path.data, roots[at], size) == 0 &&
            (path.size == size || path.data[size] == '/')) {
            return true;
        }
    }
    return false;
}

const struct asset *assets_find(const struct assets *assets, struct slice path)
{
    return assets_is_page(path) ? assets->index : find_path(assets, path);
}

enum asset_coding asset_choose(const struct asset *asset, struct slice accept_encoding)
{
    if (asset->forms[CODING_BROTLI].data != NULL && header_accepts(accept_encoding, "br")) {
        return CODING_BROTLI;
    }
    if (asset->forms[CODING_GZIP].data != NULL && header_accepts(accept_encoding, "gzip")) {
        return CODING_GZIP;
    }
    return CODING_PLAIN;
}

size_t assets_count(const struct assets *assets)
{
    return assets->count;
}
