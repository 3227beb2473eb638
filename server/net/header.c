/* Reading HTTP headers by ourselves, because the copies that libwebsockets 4.1.6 offers have known faults.
 *
 * Everything here is a pure function of a slice: bytes from outside go in, a yes or no and perhaps a part of the same
 * bytes come out. Nothing is assumed to end in NUL, nothing is copied, nothing is decoded: a cookie value of ours is
 * base64url and an origin is ASCII, so whatever needs decoding is not ours.
 * The guards that decide who may call (exact Origin, Host, cookie) rest on these functions. */
#include "server/net/header.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "base/encoding.h"

static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

static struct slice trimmed(struct slice text)
{
    while (text.size > 0 && is_space(text.data[0])) {
        text = slice_of(text.data + 1, text.size - 1);
    }
    while (text.size > 0 && is_space(text.data[text.size - 1])) {
        text.size--;
    }
    return text;
}

/* Cuts the next part off the front of *rest, at `separator` or the end. */
static struct slice next_part(struct slice *rest, char separator)
{
    const uint8_t *cut = rest->size == 0 ? NULL : memchr(rest->data, separator, rest->size);
    size_t size = cut == NULL ? rest->size : (size_t)(cut - rest->data);
    struct slice part = slice_of(rest->data, size);
    size_t used = cut == NULL ? size : size + 1;
    if (used > 0) {
        *rest = slice_of(rest->data + used, rest->size - used);
    }
    return trimmed(part);
}

bool header_equals(struct slice text, const char *word)
{
    return text.size == strlen(word) && strncasecmp((const char *)text.data, word, text.size) == 0;
}

bool header_bearer(struct slice authorization, struct slice *bearer)
{
    static const char scheme[] = "bearer ";
    size_t size = sizeof scheme - 1;
    if (authorization.size <= size || !header_equals(slice_of(authorization.data, size), scheme)) {
        return false;
    }
    *bearer = slice_of(authorization.data + size, authorization.size - size);
    return true;
}

bool header_token(struct slice bearer, const char *prefix, uint8_t token[32])
{
    size_t size = strlen(prefix);
    return bearer.size > size && memcmp(bearer.data, prefix, size) == 0 &&
           encoding_base64url_exact(slice_of(bearer.data + size, bearer.size - size), token, 32);
}

bool header_cookie(struct slice cookies, const char *name, struct slice *value)
{
    size_t length = strlen(name);
    while (cookies.size > 0) {
        struct slice part = next_part(&cookies, ';');
        if (part.size > length && memcmp(part.data, name, length) == 0 &&
            part.data[length] == '=') {
            *value = slice_of(part.data + length + 1, part.size - length - 1);
            return true;
        }
    }
    return false;
}

/* ";q=0", ";q=0.0", ";q=0.00", ";q=0.000" */
static bool is_refused(struct slice parameters)
{
    while (parameters.size > 0) {
        struct slice part = next_part(&parameters, ';');
        struct slice name = next_part(&part, '=');
        if (!header_equals(name, "q") || part.size == 0 || part.data[0] != '0') {
            continue;
        }
        bool zero = true;
        for (size_t at = 1; at < part.size; at++) {
            zero = zero && (part.data[at] == '0' || part.data[at] == '.');
        }
        return zero;
    }
    return false;
}

bool header_accepts(struct slice accept_encoding, const char *coding)
{
    while (accept_encoding.size > 0) {
        struct slice parameters = next_part(&accept_encoding, ',');
        struct slice name = next_part(&parameters, ';');
        if (header_equals(name, coding)) {
            return !is_refused(parameters);
        }
    }
    return false;
}

bool header_length(struct slice text, uint64_t *length)
{
    text = trimmed(text);
    if (text.size == 0 || text.size > 15) {
        return false;
    }
    uint64_t value = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] < '0' || text.data[at] > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(text.data[at] - '0');
    }
    *length = value;
    return true;
}

bool header_matches_tag(struct slice if_none_match, struct slice tag)
{
    while (if_none_match.size > 0) {
        struct slice part = next_part(&if_none_match, ',');
        if (part.size > 2 && memcmp(part.data, "W/", 2) == 0) {
            part = slice_of(part.data + 2, part.size - 2);
        }
        if (slice_equal(part, tag) || header_equals(part, "*")) {
            return true;
        }
    }
    return false;
}

bool header_has_word(struct slice list, const char *word)
{
    while (list.size > 0) {
        if (header_equals(next_part(&list, ','), word)) {
            return true;
        }
    }
    return false;
}

/* Letters, digits, '.', '-', ':' and the brackets of IPv6. */
static bool is_host(const char *text)
{
    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (!isalnum((unsigned char)*text) && strchr(".-:[]_", *text) == NULL) {
            return false;
        }
    }
    return true;
}

bool origin_parse(const char *typed, struct origin *origin)
{
    size_t scheme;
    if (strncasecmp(typed, "http://", 7) == 0) {
        scheme = 7;
        origin->secure = false;
    } else if (strncasecmp(typed, "https://", 8) == 0) {
        scheme = 8;
        origin->secure = true;
    } else {
        return false;
    }
    size_t size = strlen(typed);
    while (size > scheme && typed[size - 1] == '/') {
        size--;
    }
    if (size == scheme || size > ORIGIN_TEXT_MAX) {
        return false;
    }
    for (size_t at = 0; at < size; at++) {
        origin->text[at] = (char)tolower((unsigned char)typed[at]);
    }
    origin->text[size] = '\0';
    const char *standard_port = origin->secure ? ":443" : ":80";
    size_t port = strlen(standard_port);
    if (size > scheme + port && strcmp(origin->text + size - port, standard_port) == 0) {
        origin->text[size - port] = '\0';
    }
    origin->host = origin->text + scheme;
    return is_host(origin->host);
}

bool origin_is_listed(const struct origin *origins, size_t count, struct slice header)
{
    for (size_t at = 0; at < count; at++) {
        if (slice_equal(slice_text(origins[at].text), header)) {
            return true;
        }
    }
    return false;
}

bool origin_has_host(const struct origin *origins, size_t count, struct slice header)
{
    for (size_t at = 0; at < count; at++) {
        char with_port[ORIGIN_TEXT_MAX + 8];
        snprintf(with_port, sizeof with_port, "%s%s", origins[at].host,
                 origins[at].secure ? ":443" : ":80");
        if (header_equals(header, origins[at].host) || header_equals(header, with_port)) {
            return true;
        }
    }
    return false;
}
