/* The query of a long poll: what it may say, and that nothing else is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "server/net/feed_query.h"

static enum error parse(const char *text, struct feed_query *query)
{
    const char *field = NULL;
    enum error error = feed_query_parse(slice_text(text), query, &field);
    assert_true((error == ERROR_NONE) == (field == NULL));
    return error;
}

static void whole(void **state)
{
    (void)state;
    struct feed_query query;
    assert_int_equal(parse("epoch=0a1f&topics=org:12,proposal/2026-3,personal:0&wait=0", &query),
                     ERROR_NONE);
    assert_string_equal(query.epoch, "0a1f");
    assert_false(query.hold);
    assert_int_equal(query.count, 3);
    assert_string_equal(query.topics[0].name, "org");
    assert_true(query.topics[0].known);
    assert_int_equal(query.topics[0].since, 12);
    assert_string_equal(query.topics[1].name, "proposal/2026-3");
    assert_false(query.topics[1].known);
    assert_true(query.topics[2].known);
    assert_int_equal(query.topics[2].since, 0);
    assert_false(query.rooms);
    assert_int_equal(parse("room=1790000000000&topics=org", &query), ERROR_NONE);
    assert_true(query.rooms && query.room == 1790000000000);
    assert_int_equal(parse("topics=org", &query), ERROR_NONE);
    assert_true(query.hold && !query.rooms && query.room == 0);
    assert_string_equal(query.epoch, "");
}

static void refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum error error;
    } wrong[] = {
        {"", ERROR_INPUT_MISSING_FIELD},
        {"wait=0", ERROR_INPUT_MISSING_FIELD},
        {"topics", ERROR_INPUT_BAD_VALUE},
        {"topics=,", ERROR_INPUT_BAD_VALUE},
        {"topics=org:1:2", ERROR_INPUT_BAD_VALUE},
        {"topics=o\"rg", ERROR_INPUT_BAD_VALUE},
        {"topics=org&topics=me", ERROR_INPUT_BAD_VALUE},
        {"topics=org&wait=", ERROR_INPUT_BAD_VALUE},
        {"topics=org&wait=25", ERROR_INPUT_BAD_VALUE},
        {"topics=org&epoch=", ERROR_INPUT_BAD_VALUE},
        {"topics=org&room=", ERROR_INPUT_BAD_VALUE},
        {"topics=org&room=-1", ERROR_INPUT_BAD_VALUE},
        {"topics=org&&", ERROR_INPUT_UNKNOWN_FIELD},
        {"Topics=org", ERROR_INPUT_UNKNOWN_FIELD},
    };
    struct feed_query query;
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_int_equal(parse(wrong[at].text, &query), wrong[at].error);
    }
}

static void bounded(void **state)
{
    (void)state;
    struct feed_query query;
    struct buffer text;
    buffer_init(&text, 1024);
    buffer_append_text(&text, "topics=org");
    for (int count = 1; count < 64; count++) {
        buffer_append_text(&text, ",org:1");
    }
    const char *field = NULL;
    assert_int_equal(feed_query_parse(buffer_slice(&text), &query, &field), ERROR_NONE);
    assert_int_equal(query.count, 64);
    buffer_append_text(&text, ",org");
    assert_int_equal(feed_query_parse(buffer_slice(&text), &query, &field), ERROR_INPUT_TOO_BIG);
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole),
        cmocka_unit_test(refused),
        cmocka_unit_test(bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
