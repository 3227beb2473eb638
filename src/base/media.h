/* What a file is, decided by its bytes alone: the few kinds that may be attached, each checked from its first byte to its
 * last. Pure functions of a slice; any thread. */
#ifndef PALABRE_BASE_MEDIA_H
#define PALABRE_BASE_MEDIA_H

#include "base/error.h"
#include "base/slice.h"

/* Stored in TABLE_SECRET rows: a number never gets another meaning. */
enum media_type {
    MEDIA_NONE = 0,
    MEDIA_PNG = 1,
    MEDIA_JPEG = 2,
    MEDIA_WEBP = 3,
    MEDIA_PDF = 4,
    MEDIA_ODT = 5,
    MEDIA_DOCX = 6,
    MEDIA_CSV = 7,
    MEDIA_TEXT = 8,
    MEDIA_TYPES /* number of values, not a type */
};
enum {
    MEDIA_MAX = 10 << 20,          /* bytes of one file */
    MEDIA_PIXELS_MAX = 50000000,   /* width × height of a picture */
    MEDIA_UNPACKED_MAX = 200 << 20 /* bytes that a package may unfold to */
};
struct media {
    enum media_type type;
    uint32_t width, height; /* of pictures; 0 = none */
};

/* FILE_EMPTY, FILE_TOO_BIG, FILE_UNKNOWN_TYPE (none of ours, or a page or a program in disguise), FILE_BROKEN (begins as
 * one of ours and is not whole), FILE_BAD_TEXT (text in another encoding than UTF-8), FILE_TOO_MANY_PIXELS. A table of
 * values is MEDIA_TEXT here: only its name tells it from other text (media_named). */
enum error media_check(struct slice bytes, struct media *media);

/* "png", "jpeg" … "txt": as documents say it. Static. */
const char *media_word(enum media_type type);
/* MEDIA_NONE = no such word. */
enum media_type media_find(struct slice word);
/* The Content-Type it is served with. Static. */
const char *media_content_type(enum media_type type);
/* A picture: may be shown in a page. */
bool media_is_picture(enum media_type type);
/* The name ends in one of the type's endings (".jpg", ".jpeg"), capitals aside. */
bool media_fits_name(enum media_type type, struct slice name);
/* MEDIA_CSV for text whose name ends in .csv; else the type itself. */
enum media_type media_named(enum media_type type, struct slice name);
/* ".png": what a name of another ending gets appended. Static. */
const char *media_ending(enum media_type type);

/* Of media.c alone: one check for each family (media_picture.c, media_package.c). */
enum error media_check_png(struct slice bytes, struct media *media);
enum error media_check_jpeg(struct slice bytes, struct media *media);
enum error media_check_webp(struct slice bytes, struct media *media);
enum error media_check_package(struct slice bytes, struct media *media);
/* needle (ASCII, lower case) stands in bytes, capitals aside. */
bool media_contains(struct slice bytes, const char *needle);
/* CRC-32 as PNG and zip have it. */
uint32_t media_crc(struct slice bytes);

#endif
