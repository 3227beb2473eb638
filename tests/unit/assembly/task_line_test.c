/* A to-do in one line: weekdays of three languages, dates that come next, and what stays text. Then the local time that a day
 * becomes, over changes of the clock. */
#include "assembly/task_line.h"

#include "tests/harness/c/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Appends "names|due|title". */
static void describe(const char *line, struct calendar_day today, const char *language, char *into,
                     size_t size)
{
    char due[24] = "";
    struct buffer title;
    buffer_init(&title, 4096);
    struct task_line read = task_line_read(slice_text(line), today, slice_text(language), &title);
    if (read.has_due) {
        snprintf(due, sizeof due, "%d-%02d-%02d", read.due.year, read.due.month, read.due.day);
    }
    size_t at = 0;
    for (size_t i = 0; i < read.name_count; i++) {
        at += (size_t)snprintf(into + at, size - at, "%s%.*s", i > 0 ? "," : "",
                               (int)read.names[i].size, (const char *)read.names[i].data);
    }
    snprintf(into + at, size - at, "|%s|%.*s", due, (int)title.size, (const char *)title.data);
    buffer_free(&title);
}

static void expect(const char *line, struct calendar_day today, const char *language,
                   const char *expected)
{
    char text[1024];
    describe(line, today, language, text, sizeof text);
    assert_string_equal(text, expected);
}

static const struct calendar_day thursday = {2026, 11, 26}, new_year_eve = {2026, 12, 31},
                                 leap_day = {2028, 2, 29}, after_leap = {2096, 3, 1};

static const struct {
    const struct calendar_day *today;
    const char *language, *line, *expected;
} cases[] = {
    {&thursday, "fr", "@Fien !vendredi horloge", "Fien|2026-11-27|horloge"},
    {&thursday, "nl", "klok @Fien  herstellen !vrijdag", "Fien|2026-11-27|klok herstellen"},
    {&thursday, "en", "!friday @Fien @bart mend the clock", "Fien,bart|2026-11-27|mend the clock"},
    /* The next such day is never today. */
    {&thursday, "fr", "!jeudi x", "|2026-12-03|x"},
    {&thursday, "nl", "!donderdag x", "|2026-12-03|x"},
    {&thursday, "en", "!Thursday x", "|2026-12-03|x"},
    {&thursday, "fr", "!mercredi x", "|2026-12-02|x"},
    {&thursday, "fr", "!demain x", "|2026-11-27|x"},
    {&new_year_eve, "fr", "!Morgen, x", "|2027-01-01|x"},
    {&thursday, "nl", "!tomorrow x", "|2026-11-27|x"},
    {&thursday, "fr", "!demains x", "||!demains x"},
    /* Any of the three languages; short forms of two letters in the reader's own. */
    {&thursday, "fr", "!Zaterdag x", "|2026-11-28|x"},
    {&thursday, "nl", "!SAMEDI x", "|2026-11-28|x"},
    {&thursday, "fr", "!tues x", "|2026-12-01|x"},
    {&thursday, "fr", "!di x", "|2026-11-29|x"},
    {&thursday, "nl-be", "!di x", "|2026-12-01|x"},
    {&thursday, "en", "!di x", "||!di x"},
    {&thursday, "fr", "!ma x", "|2026-12-01|x"},
    {&thursday, "nl", "!ma x", "|2026-11-30|x"},
    {&thursday, "en", "!mon. x", "|2026-11-30|x"},
    {&thursday, "fr", "!dimánche, x", "|2026-11-29|x"},
    /* Day and month: today counts, else the next year. */
    {&thursday, "fr", "!26/11 x", "|2026-11-26|x"},
    {&thursday, "fr", "!25/11 x", "|2027-11-25|x"},
    {&thursday, "fr", "!12/1 x", "|2027-01-12|x"},
    {&thursday, "fr", "!1/12 x", "|2026-12-01|x"},
    {&thursday, "fr", "!29/2 x", "|2028-02-29|x"},
    {&leap_day, "fr", "!29/2 x", "|2028-02-29|x"},
    {&after_leap, "fr", "!29/2 x", "|2104-02-29|x"}, /* 2100 has none */
    {&thursday, "fr", "!30/2 !31/4 x", "||!30/2 !31/4 x"},
    {&thursday, "fr", "!0/1 !1/0 !13/13 x", "||!0/1 !1/0 !13/13 x"},
    {&thursday, "en", "!2027-01-12 x", "|2027-01-12|x"},
    {&thursday, "en", "!2026-11-26 x", "|2026-11-26|x"},
    {&thursday, "en", "!2026-01-12 x", "||!2026-01-12 x"}, /* past */
    {&thursday, "en", "!2027-02-29 !20270-1-1 x", "||!2027-02-29 !20270-1-1 x"},
    /* From today on. */
    {&thursday, "fr", "!+2w x", "|2026-12-10|x"},
    {&thursday, "fr", "!+3d x", "|2026-11-29|x"},
    {&thursday, "fr", "!+0d x", "|2026-11-26|x"},
    {&thursday, "fr", "!+3 !+w !+99999d !+9999w !+2w! x", "||!+3 !+w !+99999d !+9999w !+2w! x"},
    {&new_year_eve, "nl", "!+1d x", "|2027-01-01|x"},
    {&new_year_eve, "nl", "!vr x", "|2027-01-01|x"},
    {&new_year_eve, "nl", "!do x", "|2027-01-07|x"},
    {&new_year_eve, "nl", "!31/12 x", "|2026-12-31|x"},
    {&new_year_eve, "nl", "!30/12 x", "|2027-12-30|x"},
    {&leap_day, "en", "!+1w x", "|2028-03-07|x"},
    /* What is neither stays; the first date counts. */
    {&thursday, "fr", "Dire merci ! @ fien@pave.be !", "||Dire merci ! @ fien@pave.be !"},
    {&thursday, "fr", "!bientôt !12/1 !13/1 x", "|2027-01-12|!bientôt !13/1 x"},
    {&thursday, "fr", "@Fien, @léa.dupont: x", "Fien,,léa.dupont:||x"},
    {&thursday, "fr", "@... !... @@ x", "||@... !... @@ x"},
    {&thursday, "fr", "@Fien !vendredi", "Fien|2026-11-27|"},
    {&thursday, "fr", "", "||"},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect(cases[i].line, *cases[i].today, cases[i].language, cases[i].expected);
    }
}

/* Names beyond the most that are read stand in the title. */
static void test_many_names(void **state)
{
    struct buffer line, title;
    (void)state;
    buffer_init(&line, 512);
    buffer_init(&title, 512);
    for (int i = 0; i < TASK_LINE_NAMES_MAX + 2; i++) {
        buffer_append_text(&line, "@a ");
    }
    struct task_line read = task_line_read(buffer_slice(&line), thursday, slice_text("fr"), &title);
    assert_int_equal(read.name_count, TASK_LINE_NAMES_MAX);
    assert_true(slice_equal(buffer_slice(&title), slice_text("@a @a")));
    buffer_free(&line);
    buffer_free(&title);
}

/* Each day from 1970 to 2400 follows the one before, also over leap years. */
static void test_calendar(void **state)
{
    struct calendar_day day = {1970, 1, 1};
    (void)state;
    for (int64_t number = 0; day.year < 2400; number++) {
        struct calendar_day next = calendar_day_of(number + 1);
        assert_int_equal(calendar_number(day), number);
        assert_true(calendar_is_day(day));
        assert_int_equal(calendar_weekday(day), (number + 3) % 7);
        struct calendar_day following = {day.year, day.month, day.day + 1};
        if (!calendar_is_day(following)) {
            following = day.month < 12 ? (struct calendar_day){day.year, day.month + 1, 1}
                                       : (struct calendar_day){day.year + 1, 1, 1};
        }
        assert_memory_equal(&next, &following, sizeof next);
        day = next;
    }
    assert_false(calendar_is_day((struct calendar_day){2100, 2, 29}));
    assert_true(calendar_is_day((struct calendar_day){2000, 2, 29}));
}

/* In Brussels: 25 October 2026 has 25 hours, 28 March 2027 has 23. */
static void test_local(void **state)
{
    static const struct {
        struct calendar_day day;
        int hour, minute;
        uint64_t ms;
    } times[] = {
        {{2026, 10, 24}, 20, 0, UINT64_C(1792864800000)},
        {{2026, 10, 25}, 20, 0, UINT64_C(1792954800000)},
        {{2027, 3, 27}, 20, 0, UINT64_C(1806174000000)},
        {{2027, 3, 28}, 20, 0, UINT64_C(1806256800000)},
        {{2026, 12, 31}, 23, 59, UINT64_C(1798757940000)},
        {{2027, 1, 1}, 0, 0, UINT64_C(1798758000000)},
    };
    (void)state;
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct calendar_time local = calendar_local(times[i].ms);
        assert_int_equal(calendar_ms(times[i].day, times[i].hour, times[i].minute), times[i].ms);
        assert_memory_equal(&local.day, &times[i].day, sizeof local.day);
        assert_int_equal(local.hour * 60 + local.minute, times[i].hour * 60 + times[i].minute);
    }
    unsetenv("TZ");
    tzset();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_many_names),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_local),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
