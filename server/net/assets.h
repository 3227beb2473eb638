/* The built web client, whole in memory. No libwebsockets here. */
#ifndef PALABRE_SERVER_NET_ASSETS_H
#define PALABRE_SERVER_NET_ASSETS_H

#include "base/slice.h"

enum asset_coding { CODING_PLAIN, CODING_GZIP, CODING_BROTLI, CODING_COUNT };

struct asset {
    char *path; /* "/assets/app-1a2b.js" */
    const char *type;
    bool immutable; /* its name holds a hash of its content */
    struct {
        uint8_t *data; /* NULL = not there in this coding */
        size_t size;
        char tag[40]; /* strong ETag with its quotes */
    } forms[CODING_COUNT];
};
struct assets;

/* Reads folder with its sub-folders, and the .gz and .br beside each file. NULL folder or no index.html: an empty set,
 * and *loaded false. The caller frees. */
struct assets *assets_load(const char *folder, bool *loaded);
void assets_free(struct assets *assets);
/* By path; a page of the client ("/", "/p/42", "/join" …) is index.html. NULL = no such thing. */
const struct asset *assets_find(const struct assets *assets, struct slice path);
/* One of the client's own addresses: every path below /p /v /d /t /m /me /join, and "/". */
bool assets_is_page(struct slice path);
/* The best form for this Accept-Encoding. */
enum asset_coding asset_choose(const struct asset *asset, struct slice accept_encoding);
size_t assets_count(const struct assets *assets);

#endif
