/* What happens often is said once, then counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/net/notes.h"

enum { LINES_SIZE = 8000 };

static char path[] = "/tmp/palabre-notes-XXXXXX";
static FILE *written;
static struct notes notes;
static uint64_t dropped[DROP_REASONS];

static int begin(void **state)
{
    (void)state;
    static bool made;
    const struct log_options options = {.level = LOG_LEVEL_INFO, .file = path};
    char message[256];
    int file = made ? -1 : mkstemp(path);
    if (!made && (file < 0 || !log_open(&options, message))) {
        return -1;
    }
    if (!made) {
        close(file);
        written = fopen(path, "r");
        made = true;
    }
    notes = (struct notes){.full = false};
    memset(dropped, 0, sizeof dropped);
    return written == NULL ? -1 : 0;
}

static int end(void **state)
{
    (void)state;
    log_close();
    fclose(written);
    return unlink(path);
}

/* The lines written since the last call, without their times. */
static void expect(const char *expected)
{
    char line[LOG_LINE_SIZE], all[LINES_SIZE] = "";
    size_t size = 0;
    clearerr(written);
    while (fgets(line, sizeof line, written) != NULL) {
        assert_true(strlen(line) > 25);
        size += (size_t)snprintf(all + size, sizeof all - size, "%s", line + 25);
    }
    assert_string_equal(all, expected);
}

static void the_storage(void **state)
{
    (void)state;
    static const bool full[] = {false, true, true, true, false, false, true};
    for (size_t at = 0; at < sizeof full; at++) {
        notes_tick(&notes, 1000 * (at + 1), full[at], dropped);
    }
    expect("error storage full: writes are refused, reading goes on\n"
           "warning storage there is room again\n"
           "error storage full: writes are refused, reading goes on\n");
}

static void connections_dropped(void **state)
{
    (void)state;
    notes_tick(&notes, 1000, false, dropped);
    expect("");
    dropped[DROP_SILENT] = 2;
    dropped[DROP_PROTOCOL] = 1;
    notes_tick(&notes, 2000, false, dropped);
    expect("info dropped silent=2 protocol=1\n");
    dropped[DROP_SILENT] = 5;
    notes_tick(&notes, 61999, false, dropped);
    expect("");
    notes_tick(&notes, 62000, false, dropped);
    expect("info dropped silent=3\n");
    notes_tick(&notes, 200000, false, dropped);
    expect("");
}

static void slow_turns(void **state)
{
    (void)state;
    notes_turn(&notes, 1000, 250000);
    expect("");
    notes_turn(&notes, 2000, 250001);
    expect("warning loop a turn took 250 ms; others since the last such line: 0, the longest 0 "
           "ms\n");
    notes_turn(&notes, 3000, 900000);
    notes_turn(&notes, 61999, 400000);
    expect("");
    notes_turn(&notes, 62000, 300000);
    expect("warning loop a turn took 300 ms; others since the last such line: 2, the longest 900 "
           "ms\n");
}

static void refused_sign_ins(void **state)
{
    (void)state;
    const struct log_source source = {.request = 7, .session = "0badf00d"};
    char expected[LINES_SIZE] = "";
    size_t size = 0;
    for (int at = 0; at < NOTES_SIGN_INS; at++) {
        size += (size_t)snprintf(expected + size, sizeof expected - size,
                                 "info sign-in request=7 session=0badf00d refused: link.used\n");
    }
    for (int at = 0; at < NOTES_SIGN_INS + 25; at++) {
        notes_sign_in_refused(&notes, 5000, &source, "link.used");
    }
    expect(expected);
    notes_tick(&notes, 64999, false, dropped);
    expect("");
    notes_tick(&notes, 65000, false, dropped);
    expect("warning sign-in 25 more were refused in a minute\n");
    notes_sign_in_refused(&notes, 66000, &source, "link.used");
    expect("info sign-in request=7 session=0badf00d refused: link.used\n");
    notes_tick(&notes, 200000, false, dropped);
    expect("");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_storage, begin),
        cmocka_unit_test_setup(connections_dropped, begin),
        cmocka_unit_test_setup(slow_turns, begin),
        cmocka_unit_test_setup_teardown(refused_sign_ins, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
