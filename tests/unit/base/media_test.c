/* What a file is: whole samples of every kind, hostile ones, and a loop that cuts and bends each of them (under ASan: no
 * byte outside may be read, and what is no longer whole must not pass as a picture or package). */
#include "base/media.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "tests/harness/c/fixture.h"

enum { SAMPLE_MAX = 1 << 16 };

/* ---- building samples ---- */

static void put16(struct buffer *out, unsigned value)
{
    buffer_append_u8(out, (uint8_t)value);
    buffer_append_u8(out, (uint8_t)(value >> 8));
}

static void put32(struct buffer *out, uint32_t value)
{
    put16(out, value & 0xFFFF);
    put16(out, value >> 16);
}

static void png_chunk(struct buffer *out, const char *name, struct slice data)
{
    struct buffer body;
    buffer_init(&body, SAMPLE_MAX);
    buffer_append_text(&body, name);
    buffer_append_slice(&body, data);
    buffer_append_u32(out, (uint32_t)data.size);
    buffer_append_slice(out, buffer_slice(&body));
    buffer_append_u32(out, media_crc(buffer_slice(&body)));
    buffer_free(&body);
}

static void make_png(struct buffer *out, uint32_t width, uint32_t height)
{
    struct buffer head;
    buffer_init(&head, 13);
    buffer_append_u32(&head, width);
    buffer_append_u32(&head, height);
    buffer_append(&head, "\x08\x02\0\0\0", 5);
    buffer_append(out, "\x89PNG\r\n\x1a\n", 8);
    png_chunk(out, "IHDR", buffer_slice(&head));
    png_chunk(out, "IDAT", slice_text("pixels"));
    png_chunk(out, "IEND", slice_text(""));
    buffer_free(&head);
}

static void make_jpeg(struct buffer *out)
{
    buffer_append(out, "\xFF\xD8\xFF\xE0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0", 20);
    buffer_append(out, "\xFF\xC0\x00\x0B\x08\x00\x1E\x00\x28\x01\x01\x11\x00", 13);
    buffer_append(out, "\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x12\xFF\x00\x34\xFF\xD0\x56", 17);
    buffer_append(out, "\xFF\xD9", 2);
}

static void make_webp(struct buffer *out)
{
    buffer_append_text(out, "RIFF");
    put32(out, 4 + 8 + 10);
    buffer_append_text(out, "WEBPVP8 ");
    put32(out, 10);
    buffer_append(out, "\x30\x01\x00\x9D\x01\x2A\x28\x00\x1E\x00", 10);
}

static void make_pdf(struct buffer *out)
{
    buffer_append_text(out,
                       "%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << >>\nstartxref\n9\n%%EOF\n");
}

struct member {
    const char *name, *text;
    uint32_t unpacked; /* 0 = the text's own size */
    unsigned flags;
};

static void zip_common(struct buffer *out, const struct member *member)
{
    uint32_t size = (uint32_t)strlen(member->text);
    put16(out, 20);
    put16(out, member->flags);
    put16(out, member->unpacked == 0 ? 0 : 8);
    put32(out, 0); /* time and date */
    put32(out, media_crc(slice_text(member->text)));
    put32(out, size);
    put32(out, member->unpacked == 0 ? size : member->unpacked);
    put16(out, (unsigned)strlen(member->name));
    put16(out, 0);
}

static void make_zip(struct buffer *out, const struct member *members, size_t count)
{
    struct buffer directory;
    buffer_init(&directory, SAMPLE_MAX);
    for (size_t at = 0; at < count; at++) {
        uint32_t start = (uint32_t)out->size;
        buffer_append(out, "PK\x03\x04", 4);
        zip_common(out, &members[at]);
        buffer_append_text(out, members[at].name);
        buffer_append_text(out, members[at].text);
        buffer_append(&directory, "PK\x01\x02\x14\0", 6);
        zip_common(&directory, &members[at]);
        put16(&directory, 0); /* comment */
        put16(&directory, 0); /* disk */
        put16(&directory, 0);
        put32(&directory, 0);
        put32(&directory, start);
        buffer_append_text(&directory, members[at].name);
    }
    uint32_t start = (uint32_t)out->size;
    buffer_append_slice(out, buffer_slice(&directory));
    buffer_append(out, "PK\x05\x06\0\0\0\0", 8);
    put16(out, (unsigned)count);
    put16(out, (unsigned)count);
    put32(out, (uint32_t)directory.size);
    put32(out, start);
    put16(out, 0);
    buffer_free(&directory);
}

#define ODT_TYPE "application/vnd.oasis.opendocument.text"
static void make_odt(struct buffer *out)
{
    static const struct member members[] = {{"mimetype", ODT_TYPE, 0, 0},
                                            {"content.xml", "<office/>", 0, 0}};
    make_zip(out, members, 2);
}

static void make_docx(struct buffer *out)
{
    static const struct member members[] = {{"[Content_Types].xml", "<Types/>", 0, 0},
                                            {"word/document.xml", "<w/>", 0, 0}};
    make_zip(out, members, 2);
}

static void make_small_png(struct buffer *out)
{
    make_png(out, 40, 30);
}

static void make_text(struct buffer *out)
{
    buffer_append_text(out, "\xEF\xBB\xBFnom;prix\r\nbanc;120 €\r\n");
}

static const struct {
    enum media_type type;
    void (*make)(struct buffer *out);
    uint32_t width;
} samples[] = {
    {MEDIA_PNG, make_small_png, 40}, {MEDIA_JPEG, make_jpeg, 40}, {MEDIA_WEBP, make_webp, 40},
    {MEDIA_PDF, make_pdf, 0},        {MEDIA_ODT, make_odt, 0},    {MEDIA_DOCX, make_docx, 0},
    {MEDIA_TEXT, make_text, 0},
};
enum { SAMPLES = sizeof samples / sizeof samples[0] };

/* On the heap at its exact size, so that ASan sees a read past the end. */
static enum error check_exact(struct slice bytes, struct media *media)
{
    uint8_t *copy = malloc(bytes.size == 0 ? 1 : bytes.size);
    assert_non_null(copy);
    if (bytes.size > 0) {
        memcpy(copy, bytes.data, bytes.size);
    }
    enum error error = media_check(slice_of(copy, bytes.size), media);
    free(copy);
    return error;
}

static void expect(struct buffer *bytes, enum error error)
{
    struct media media;
    assert_true(buffer_ok(bytes));
    assert_string_equal(error_reason(check_exact(buffer_slice(bytes), &media)),
                        error_reason(error));
    buffer_clear(bytes);
}

/* ---- tests ---- */

static void test_whole_samples(void **state)
{
    (void)state;
    struct buffer bytes;
    buffer_init(&bytes, SAMPLE_MAX);
    for (size_t at = 0; at < SAMPLES; at++) {
        struct media media;
        samples[at].make(&bytes);
        assert_int_equal(check_exact(buffer_slice(&bytes), &media), ERROR_NONE);
        assert_int_equal(media.type, samples[at].type);
        assert_int_equal(media.width, samples[at].width);
        assert_int_equal(media.height, samples[at].width == 0 ? 0 : 30);
        buffer_clear(&bytes);
    }
    buffer_free(&bytes);
}

static void test_hostile_pictures(void **state)
{
    (void)state;
    struct buffer bytes;
    buffer_init(&bytes, SAMPLE_MAX);
    make_png(&bytes, 10000, 5001);
    expect(&bytes, ERROR_FILE_TOO_MANY_PIXELS);
    make_png(&bytes, 10000, 5000);
    expect(&bytes, ERROR_NONE);
    make_png(&bytes, UINT32_MAX, UINT32_MAX);
    expect(&bytes, ERROR_FILE_BROKEN);
    make_png(&bytes, 0, 30);
    expect(&bytes, ERROR_FILE_BROKEN);
    make_small_png(&bytes);
    buffer_append_text(&bytes, "<script>alert(1)</script>");
    expect(&bytes, ERROR_FILE_BROKEN);
    make_small_png(&bytes);
    bytes.data[40] ^= 1; /* inside the pixels: the sum is wrong */
    expect(&bytes, ERROR_FILE_BROKEN);
    buffer_append(&bytes, "\x89PNG\r\n\x1a\n", 8);
    expect(&bytes, ERROR_FILE_BROKEN);
    make_jpeg(&bytes);
    buffer_append_text(&bytes, "\n<HTML><body>");
    expect(&bytes, ERROR_FILE_UNKNOWN_TYPE);
    make_jpeg(&bytes);
    make_docx(&bytes); /* a picture that is also a package */
    expect(&bytes, ERROR_FILE_UNKNOWN_TYPE);
    make_jpeg(&bytes);
    make_jpeg(&bytes); /* telephones put a second picture behind the first */
    expect(&bytes, ERROR_NONE);
    buffer_append(&bytes, "\xFF\xD8\xFF\xD9", 4);
    expect(&bytes, ERROR_FILE_BROKEN);
    make_webp(&bytes);
    bytes.data[4]++;
    expect(&bytes, ERROR_FILE_BROKEN);
    buffer_append(&bytes, "RIFF\x04\0\0\0WAVE", 12);
    expect(&bytes, ERROR_FILE_UNKNOWN_TYPE);
    buffer_free(&bytes);
}

static void test_hostile_packages(void **state)
{
    static const struct {
        struct member members[3];
        size_t count;
        enum error error;
    } cases[] = {
        {{{"mimetype", ODT_TYPE, 0, 0}, {"../x", "x", 0, 0}}, 2, ERROR_FILE_BROKEN},
        {{{"mimetype", ODT_TYPE, 0, 0}, {"a/../../x", "x", 0, 0}}, 2, ERROR_FILE_BROKEN},
        {{{"mimetype", ODT_TYPE, 0, 0}, {"/etc/passwd", "x", 0, 0}}, 2, ERROR_FILE_BROKEN},
        {{{"mimetype", ODT_TYPE, 0, 0}, {"C:\\x", "x", 0, 0}}, 2, ERROR_FILE_BROKEN},
        {{{"mimetype", ODT_TYPE, 0, 0}, {"a\\b", "x", 0, 0}}, 2, ERROR_FILE_BROKEN},
        {{{"mimetype", ODT_TYPE, 0, 0}, {"a\nb", "x", 0, 0}}, 2, ERROR_FILE_BROKEN},
        {{{"mimetype", ODT_TYPE, 0, 0}, {"bomb", "x", 300U << 20, 0}}, 2, ERROR_FILE_BROKEN},
        {{{"mimetype", ODT_TYPE, 0, 0}, {"secret", "x", 0, 1}}, 2, ERROR_FILE_BROKEN},
        {{{"mimetype", ODT_TYPE, 0, 0}, {"Basic/x.xml", "x", 0, 0}}, 2, ERROR_FILE_UNKNOWN_TYPE},
        {{{"mimetype", "application/epub+zip", 0, 0}}, 1, ERROR_FILE_UNKNOWN_TYPE},
        {{{"x", "x", 0, 0}, {"mimetype", ODT_TYPE, 0, 0}}, 2, ERROR_FILE_UNKNOWN_TYPE},
        {{{"[Content_Types].xml", "<T/>", 0, 0}}, 1, ERROR_FILE_UNKNOWN_TYPE},
        {{{"[Content_Types].xml", "<T/>", 0, 0}, {"xl/workbook.xml", "x", 0, 0}},
         2,
         ERROR_FILE_UNKNOWN_TYPE},
        {{{"[Content_Types].xml", "<T/>", 0, 0},
          {"word/document.xml", "x", 0, 0},
          {"word/vbaProject.bin", "x", 0, 0}},
         3,
         ERROR_FILE_UNKNOWN_TYPE},
        {{{"META-INF/MANIFEST.MF", "x", 0, 0}}, 1, ERROR_FILE_UNKNOWN_TYPE},
    };
    (void)state;
    struct buffer bytes;
    buffer_init(&bytes, SAMPLE_MAX);
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        make_zip(&bytes, cases[at].members, cases[at].count);
        expect(&bytes, cases[at].error);
    }
    make_docx(&bytes);
    buffer_append_text(&bytes, "<html>"); /* behind the end record */
    expect(&bytes, ERROR_FILE_BROKEN);
    buffer_free(&bytes);
}

static void test_text_and_others(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        enum error error;
    } cases[] = {
        {"", 0, ERROR_FILE_EMPTY},
        {"Bonjour\n", 8, ERROR_NONE},
        {"a\0b", 3, ERROR_FILE_UNKNOWN_TYPE},
        {"\x7F"
         "ELF",
         4, ERROR_FILE_UNKNOWN_TYPE},
        {"MZ\x90\0", 4, ERROR_FILE_UNKNOWN_TYPE},
        {"caf\xE9", 4, ERROR_FILE_BAD_TEXT},
        {"\xC0\xAF", 2, ERROR_FILE_BAD_TEXT},
        {"\xED\xA0\x80", 3, ERROR_FILE_BAD_TEXT},
        {"<!DOCTYPE html>", 15, ERROR_FILE_UNKNOWN_TYPE},
        {"  \n\t<svg/>", 10, ERROR_FILE_UNKNOWN_TYPE},
        {"\xEF\xBB\xBF<?xml?>", 10, ERROR_FILE_UNKNOWN_TYPE},
        {"#!/bin/sh\n", 10, ERROR_FILE_UNKNOWN_TYPE},
        {"GIF89a\x01", 7, ERROR_FILE_UNKNOWN_TYPE},
        {"\x1F\x8B\x08", 3, ERROR_FILE_UNKNOWN_TYPE},
        {"%PDF-1.4\n", 9, ERROR_FILE_BROKEN},
        {"%PDF-x.4\nstartxref\n%%EOF", 24, ERROR_FILE_BROKEN},
        {"PK\x03\x04", 4, ERROR_FILE_BROKEN},
    };
    (void)state;
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        struct media media;
        enum error error = check_exact(slice_of(cases[at].bytes, cases[at].size), &media);
        assert_string_equal(error_reason(error), error_reason(cases[at].error));
    }
    uint8_t *large = calloc(1, MEDIA_MAX + 1);
    struct media media;
    assert_non_null(large);
    assert_int_equal(media_check(slice_of(large, MEDIA_MAX + 1), &media), ERROR_FILE_TOO_BIG);
    free(large);
}

/* Every cut of every sample, and every byte turned in two ways. A PNG, whose every byte is under a sum, never survives. */
static void test_cut_and_bent(void **state)
{
    (void)state;
    struct buffer bytes;
    struct media media;
    buffer_init(&bytes, SAMPLE_MAX);
    for (size_t at = 0; at < SAMPLES; at++) {
        samples[at].make(&bytes);
        for (size_t size = 0; size < bytes.size; size++) {
            enum error error = check_exact(slice_of(bytes.data, size), &media);
            bool text = samples[at].type == MEDIA_TEXT || samples[at].type == MEDIA_PDF;
            assert_true(error != ERROR_NONE || text || media.type == MEDIA_TEXT);
        }
        for (size_t place = 0; place < bytes.size; place++) {
            for (unsigned turn = 1; turn <= 0x80; turn *= 0x80) {
                bytes.data[place] ^= (uint8_t)turn;
                enum error error = check_exact(buffer_slice(&bytes), &media);
                assert_true(error != ERROR_NONE || samples[at].type != MEDIA_PNG);
                assert_true(error < ERROR_COUNT);
                bytes.data[place] ^= (uint8_t)turn;
            }
        }
        buffer_clear(&bytes);
    }
    buffer_free(&bytes);
}

/* Random bytes behind each beginning, the same in every run. */
static void test_noise(void **state)
{
    static const char *const starts[] = {"\x89PNG\r\n\x1a\n", "\xFF\xD8\xFF", "RIFF....WEBP",
                                         "%PDF-1.4",          "PK\x03\x04",   ""};
    (void)state;
    uint32_t seed = 1;
    for (unsigned round = 0; round < 6000; round++) {
        struct buffer bytes;
        struct media media;
        buffer_init(&bytes, 512);
        buffer_append_text(&bytes, starts[round % 6]);
        for (unsigned n = round % 200; n > 0; n--) {
            seed = seed * 1664525 + 1013904223;
            buffer_append_u8(&bytes, (uint8_t)(seed >> 24));
        }
        enum error error = check_exact(buffer_slice(&bytes), &media);
        assert_true(error != ERROR_NONE || media.type == MEDIA_TEXT);
        buffer_free(&bytes);
    }
}

static void test_words_and_names(void **state)
{
    (void)state;
    for (unsigned type = 1; type < MEDIA_TYPES; type++) {
        assert_int_equal(media_find(slice_text(media_word((enum media_type)type))), type);
    }
    assert_int_equal(media_find(slice_text("svg")), MEDIA_NONE);
    assert_true(media_fits_name(MEDIA_JPEG, slice_text("PHOTO.JPG")));
    assert_false(media_fits_name(MEDIA_JPEG, slice_text(".jpg")));
    assert_false(media_fits_name(MEDIA_PNG, slice_text("x.png.exe")));
    assert_int_equal(media_named(MEDIA_TEXT, slice_text("x.CSV")), MEDIA_CSV);
    assert_int_equal(media_named(MEDIA_PDF, slice_text("x.csv")), MEDIA_PDF);
    assert_int_equal(media_crc(slice_text("123456789")), 0xCBF43926U);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_samples),    cmocka_unit_test(test_hostile_pictures),
        cmocka_unit_test(test_hostile_packages), cmocka_unit_test(test_text_and_others),
        cmocka_unit_test(test_cut_and_bent),     cmocka_unit_test(test_noise),
        cmocka_unit_test(test_words_and_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
