/* POST /files and GET /files/<sha256>/<name>: files attached, on their way in and out.
 *
 * In: the guards of /rpc (Origin, header, session, rate), the right to attach, the size before a byte is read; then the body
 * goes piece by piece into a part file of the shelf, never whole into memory, with a deadline that moves with what has come
 * (a drip is cut). The shelf's thread checks, hashes and syncs; the loop then lets the writer note `file.received`, and only
 * after that commit the client is told the hash. Whoever goes away in between leaves nothing.
 * Out: a session, a document with these bytes in a topic the member may read, then pieces straight from the disk, one per
 * turn. Always as a download, but for pictures asked for with ?inline; nothing of it can run (sandbox, nosniff). No HEAD
 * without a session, no Range.
 *
 * Guards, each with a test of its name: foreign_origin, csrf_missing, no_session (401), right_missing (403), rate_limited
 * (429), file_too_big (413), file_full (507), unknown_type (415), slow_upload (cut), not_mine (404). */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "server/engine/clock.h"
#include "server/net/http.h"

enum {
    BYTES_A_MS = 16, /* the slowest upload that is waited for: 16 kB a second */
    HEADERS_MAX = 2048,
    HASH_TEXT = 64,
    MESSAGE_SIZE = 1024
};
static const char policy[] = "sandbox; default-src 'none'; frame-ancestors 'none'";

static unsigned status_of(enum error error)
{
    static const struct {
        enum error error;
        unsigned status;
    } table[] = {
        {ERROR_SESSION_NONE, 401},
        {ERROR_SESSION_EXPIRED, 401},
        {ERROR_RATE_LIMITED, 429},
        {ERROR_FILE_TOO_BIG, 413},
        {ERROR_FILE_EMPTY, 415},
        {ERROR_FILE_UNKNOWN_TYPE, 415},
        {ERROR_FILE_BROKEN, 415},
        {ERROR_FILE_BAD_TEXT, 415},
        {ERROR_FILE_TOO_MANY_PIXELS, 415},
        {ERROR_FILE_BUSY, 503},
        {ERROR_FILE_FULL, 507},
        {ERROR_STORAGE_FULL, 507},
        {ERROR_STORAGE_FAILED, 503},
        {ERROR_SERVER_STOPPING, 503},
    };
    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        if (table[at].error == error) {
            return table[at].status;
        }
    }
    return 403;
}

/* ---- in ---- */

/* A command of the session, and a file and its bytes of what the member may send in a day. */
static uint64_t check_rate(const struct exchange *exchange)
{
    const struct net *net = exchange->net;
    uint32_t kib = (uint32_t)((exchange->expected + 1023) / 1024);
    uint64_t wait_ms = limits_take(net->limits, exchange->limit, LIMIT_COMMANDS, net->now_ms);
    if (wait_ms == 0) {
        wait_ms = limits_take(net->limits, exchange->limit, LIMIT_UPLOADS, net->now_ms);
    }
    if (wait_ms == 0) {
        wait_ms =
            limits_take_many(net->limits, exchange->limit, LIMIT_UPLOAD_KIB, kib, net->now_ms);
    }
    return wait_ms;
}

static enum error check_sender(struct exchange *exchange, struct caller *caller)
{
    struct net *net = exchange->net;
    enum error error = net_find_session(net, exchange->wsi, exchange->secure, caller);
    if (error != ERROR_NONE) {
        return error;
    }
    exchange->limit =
        limits_enter_session(net->limits, &caller->session, caller_account(caller), net->now_ms);
    exchange->retry_after_ms = check_rate(exchange);
    if (exchange->retry_after_ms > 0) {
        return ERROR_RATE_LIMITED;
    }
    struct store_txn *txn = net_read(net);
    if (txn == NULL) {
        return ERROR_STORAGE_FAILED;
    }
    if (!caller_may(txn, caller, "file.attach")) {
        return ERROR_RIGHT_MISSING;
    }
    return store_is_short_of_space(net->folder->store) ? ERROR_STORAGE_FULL : ERROR_NONE;
}

void upload_start(struct exchange *exchange)
{
    struct caller caller;
    enum error error = ERROR_ORIGIN_REFUSED;
    if (!exchange->control) {
        error = route_check_caller(exchange);
    }
    if (error == ERROR_NONE) {
        error = check_sender(exchange, &caller);
    }
    if (error == ERROR_NONE) {
        exchange->upload = shelf_begin(exchange->net->shelf, exchange->expected, &error);
    }
    if (exchange->upload == NULL) {
        exchange->refusal = error;
        exchange->refusal_status = status_of(error);
        return;
    }
    exchange->upload->owner = exchange;
    exchange->upload->member = caller.member;
}

void upload_take(struct exchange *exchange, struct slice bytes)
{
    shelf_write(exchange->upload, bytes);
    exchange->deadline_ms += bytes.size / BYTES_A_MS;
}

void upload_end(struct exchange *exchange)
{
    exchange->finishing = true;
    shelf_finish(exchange->net->shelf, exchange->upload);
}

static void describe_upload(struct buffer *out, const struct upload *upload)
{
    buffer_append_text(out, "\"sha256\":\"");
    encoding_hex(out, slice_of(upload->sha256.bytes, HASH_SIZE));
    buffer_format(out, "\",\"type\":\"%s\",\"size\":%llu,\"width\":%u,\"height\":%u",
                  media_word(upload->media.type), (unsigned long long)upload->expected,
                  (unsigned)upload->media.width, (unsigned)upload->media.height);
}

/* The writer's row is committed, or was refused. */
static void recorded(struct conversation *conversation)
{
    struct exchange *exchange = conversation->owner;
    struct buffer body;
    buffer_init(&body, MESSAGE_SIZE);
    buffer_append_text(&body, "{");
    describe_upload(&body, conversation->upload);
    buffer_append_text(&body, "}");
    bool good = conversation->succeeded == 1;
    struct answer answer = {.status = good ? 200 : 507,
                            .type = "application/json",
                            .body = buffer_slice(good ? &body : &conversation->reply)};
    exchange_answer(exchange, &answer);
    buffer_free(&body);
}

/* Bytes are safe under their name: the writer notes who may attach them. */
static void record(struct exchange *exchange, struct upload *upload)
{
    char member[ID_TEXT_SIZE], command[ID_TEXT_SIZE];
    struct id id;
    struct buffer message;
    crypto_random(id.bytes, sizeof id.bytes);
    id_format(id, command);
    id_format(upload->member, member);
    buffer_init(&message, MESSAGE_SIZE);
    buffer_format(&message,
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"file.received\",\"params\":{"
                  "\"command\":\"%s\",\"member\":\"%s\",",
                  command, member);
    describe_upload(&message, upload);
    buffer_append_text(&message, "}}");
    struct conversation *conversation = conversation_new(exchange->net, CARRIER_CONTROL);
    conversation->caller.kind = CALLER_SYSTEM;
    conversation->owner = exchange;
    conversation->upload = upload;
    conversation->done = recorded;
    exchange->upload = NULL;
    exchange->conversation = conversation;
    rpc_start(conversation, buffer_slice(&message));
    buffer_free(&message);
}

void upload_drain(struct net *net)
{
    struct upload *upload = shelf_take(net->shelf);
    while (upload != NULL) {
        struct upload *next = upload->next;
        struct exchange *exchange = upload->owner;
        if (exchange != NULL) {
            exchange->finishing = false;
        }
        if (exchange != NULL && upload->error == ERROR_NONE) {
            record(exchange, upload);
        } else {
            if (exchange != NULL) {
                exchange->upload = NULL;
                exchange_refuse(exchange, status_of(upload->error), upload->error);
            }
            shelf_release(net->shelf, upload);
        }
        upload = next;
    }
}

void upload_abandon(struct exchange *exchange)
{
    if (exchange->upload != NULL && exchange->finishing) {
        exchange->upload->owner = NULL; /* released when it comes back */
    } else if (exchange->upload != NULL) {
        shelf_release(exchange->net->shelf, exchange->upload);
    }
    exchange->upload = NULL;
}

/* ---- out ---- */

/* "/files/<64 digits>/<name>" */
static bool read_path(struct slice path, struct hash *hash, struct slice *name)
{
    enum { START = 7 };
    struct buffer bytes;
    if (path.size <= START + HASH_TEXT + 1 || path.data[START + HASH_TEXT] != '/') {
        return false;
    }
    buffer_init(&bytes, HASH_SIZE);
    bool good = encoding_from_hex(slice_of(path.data + START, HASH_TEXT), &bytes);
    if (good) {
        memcpy(hash->bytes, bytes.data, HASH_SIZE);
        *name = slice_of(path.data + START + HASH_TEXT + 1, path.size - START - HASH_TEXT - 1);
    }
    buffer_free(&bytes);
    return good;
}

/* RFC 8187: letters and digits as they are, all else as %XX of its UTF-8. */
static void write_name(struct buffer *headers, const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || *at == '.' || *at == '-' || *at == '_';
        if (plain) {
            buffer_append(headers, at, 1);
        } else {
            buffer_format(headers, "%%%02X", (unsigned)(uint8_t)*at);
        }
    }
}

static void answer_file(struct exchange *exchange, const struct hash *hash,
                        const struct file_found *found)
{
    char path[SHELF_PATH_SIZE], text[16], tags[1024], tag[HASH_TEXT + 3];
    struct stat about;
    struct buffer headers;
    shelf_path(exchange->net->shelf, hash, path);
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        if (file >= 0) {
            close(file);
        }
        exchange_refuse(exchange, 404, ERROR_FILE_UNKNOWN);
        return;
    }
    posix_fadvise(file, 0, 0, POSIX_FADV_WILLNEED);
    struct slice asked = net_header(exchange->wsi, WSI_TOKEN_HTTP_URI_ARGS, text, sizeof text);
    bool shown = found->picture && slice_equal(asked, slice_text("inline"));
    snprintf(tag, sizeof tag, "\"%s\"", strrchr(path, '/') + 1);
    buffer_init(&headers, HEADERS_MAX);
    buffer_format(&headers, "ETag: %s\r\nContent-Disposition: %s; filename*=UTF-8''", tag,
                  shown ? "inline" : "attachment");
    write_name(&headers, found->name);
    buffer_append_text(&headers, "\r\n");
    buffer_append_u8(&headers, 0);
    struct slice known = net_header(exchange->wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, tags, sizeof tags);
    struct answer answer = {.status = header_matches_tag(known, slice_text(tag)) ? 304 : 200,
                            .type = found->content_type,
                            .cache = "private, max-age=31536000, immutable",
                            .headers = (const char *)headers.data,
                            .policy = policy,
                            .from_file = true,
                            .file = file,
                            .file_size = (uint64_t)about.st_size};
    exchange_answer(exchange, &answer);
    buffer_free(&headers);
}

void upload_serve(struct exchange *exchange)
{
    struct caller caller = {.kind = CALLER_NOBODY};
    struct file_found found;
    struct hash hash;
    struct slice name;
    enum error error = net_find_reader(exchange->net, exchange->wsi, &caller);
    if (error != ERROR_NONE) {
        exchange_refuse(exchange, 401, error);
        return;
    }
    struct store_txn *txn = net_read(exchange->net);
    if (txn == NULL) {
        exchange_refuse(exchange, 503, ERROR_STORAGE_FAILED);
    } else if (!read_path(exchange->path, &hash, &name) ||
               file_find(txn, &hash, name, &caller, &found) != ERROR_NONE) {
        exchange_refuse(exchange, 404, ERROR_FILE_UNKNOWN);
    } else {
        answer_file(exchange, &hash, &found);
    }
}
