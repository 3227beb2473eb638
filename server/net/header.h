/* What HTTP headers say: pure functions of bytes from outside. No libwebsockets here. */
#ifndef PALABRE_SERVER_NET_HEADER_H
#define PALABRE_SERVER_NET_HEADER_H

#include "base/slice.h"

/* The value of a cookie in a Cookie header; the first one of that name counts. Borrowed. */
bool header_cookie(struct slice cookies, const char *name, struct slice *value);
/* Does Accept-Encoding take this coding ("br", "gzip")? "q=0" means no; "*" is not taken for it. */
bool header_accepts(struct slice accept_encoding, const char *coding);
/* Decimal digits alone, ≤ 2^53 − 1. */
bool header_length(struct slice text, uint64_t *length);
/* If-None-Match: "*", or a list that has this strong tag (quotes included; a W/ before it is looked over). */
bool header_matches_tag(struct slice if_none_match, struct slice tag);
/* A comma-separated list has this word, letters of either case. */
bool header_has_word(struct slice list, const char *word);
bool header_equals(struct slice text, const char *word); /* letters of either case */

/* Authorization: "Bearer …" with something behind it; other schemes are not ours (a proxy may ask for a password of its
 * own). *bearer lies inside. */
bool header_bearer(struct slice authorization, struct slice *bearer);
/* The prefix, then 32 bytes as base64url, nothing else. */
bool header_token(struct slice bearer, const char *prefix, uint8_t token[32]);

/* scheme://host[:port] as browsers write it: lower case, no default port, nothing behind. */
enum { ORIGIN_TEXT_MAX = 255 };
struct origin {
    char text[ORIGIN_TEXT_MAX + 1]; /* whole */
    const char *host;               /* inside text: host[:port] */
    bool secure;                    /* https */
};
/* Brings what an administrator typed ("HTTP://Example.org:80/") to that form; false = not an origin. */
bool origin_parse(const char *typed, struct origin *origin);
/* The header Origin is exactly one of them. */
bool origin_is_listed(const struct origin *origins, size_t count, struct slice header);
/* The header Host names one of them (letters of either case, a default port left out or not). */
bool origin_has_host(const struct origin *origins, size_t count, struct slice header);

#endif
