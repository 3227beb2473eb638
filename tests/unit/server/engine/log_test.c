/* Lines of the log cannot be forged, and files can be moved away under it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/engine/log.h"

static void escaping(void **state)
{
    (void)state;
    static const struct {
        const char *text, *plain, *quoted;
    } cases[] = {
        {"Zoë, 東京", "Zoë, 東京", "Zoë, 東京"},
        {"a\nb\rc\td", "a\\u000ab\\u000dc\\u0009d", "a\\u000ab\\u000dc\\u0009d"},
        {"\x1b[31m\x7f", "\\u001b[31m\\u007f", "\\u001b[31m\\u007f"},
        {"\xc2\x85\xc2\x9b", "\\u0085\\u009b", "\\u0085\\u009b"},
        {"\u202egpj\u2066\u200f\u2028\ufeff", "\\u202egpj\\u2066\\u200f\\u2028\\ufeff",
         "\\u202egpj\\u2066\\u200f\\u2028\\ufeff"},
        {"\\u000a\"", "\\\\u000a\"", "\\\\u000a\\\""},
        {"a\xff\xe2\x82", "a\\ufffd\\ufffd\\ufffd", "a\\ufffd\\ufffd\\ufffd"},
        {"\xf0\x9f\x97\xb3", "\xf0\x9f\x97\xb3", "\xf0\x9f\x97\xb3"},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        for (int quoted = 0; quoted < 2; quoted++) {
            struct buffer out;
            buffer_init(&out, 1000);
            log_escape(&out, slice_text(cases[at].text), quoted == 1);
            buffer_append_u8(&out, 0);
            assert_string_equal((char *)out.data, quoted ? cases[at].quoted : cases[at].plain);
            buffer_free(&out);
        }
    }
}

static char folder[] = "/tmp/palabre-log-XXXXXX";
static char path[64], audit[64], moved[64];

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/log", folder);
    snprintf(audit, sizeof audit, "%s/audit", folder);
    snprintf(moved, sizeof moved, "%s/moved", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    log_close();
    unlink(path);
    unlink(audit);
    unlink(moved);
    return rmdir(folder);
}

/* The lines of a file, without their times. */
static void expect_lines(const char *name, const char *expected)
{
    char line[LOG_LINE_SIZE], all[4 * LOG_LINE_SIZE] = "";
    size_t size = 0;
    FILE *file = fopen(name, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *time = strstr(line, "20");
        assert_non_null(time);
        assert_int_equal(time[23], 'Z');
        memmove(time, time + 24, strlen(time + 24) + 1);
        size += (size_t)snprintf(all + size, sizeof all - size, "%s", line);
    }
    fclose(file);
    assert_string_equal(all, expected);
}

static void files_and_formats(void **state)
{
    (void)state;
    char message[256];
    struct log_options options = {.level = LOG_LEVEL_WARNING, .file = path};
    const struct log_act act = {"operator", "member.invite", "invite=1\n2", "done", {.request = 0}};
    assert_true(log_open(&options, message));
    log_line(LOG_LEVEL_INFO, "a", "not written");
    log_line(LOG_LEVEL_ERROR, "b", "name %s", "x\ny");
    log_audit(&act);
    expect_lines(path, " error b name x\\u000ay\n info audit who=operator "
                       "command=member.invite on=invite=1\\u000a2 result=done\n");
    assert_int_equal(rename(path, moved), 0);
    log_reopen();
    options = (struct log_options){
        .format = LOG_FORMAT_JSON, .level = LOG_LEVEL_DEBUG, .file = path, .audit_file = audit};
    assert_true(log_open(&options, message));
    log_line(LOG_LEVEL_DEBUG, "c", "\"%s\"", "\\");
    const struct log_source source = {.connection = 3, .request = 4, .session = "00ff00ff"};
    log_line_of(LOG_LEVEL_INFO, "f", &source, "g");
    log_audit(&act);
    expect_lines(path,
                 "{\"ts\":\"\",\"level\":\"debug\",\"event\":\"c\",\"message\":"
                 "\"\\\"\\\\\\\"\"}\n"
                 "{\"ts\":\"\",\"level\":\"info\",\"event\":\"f\",\"connection\":3,\"request\":4,"
                 "\"session\":\"00ff00ff\",\"message\":\"g\"}\n");
    expect_lines(audit, "{\"ts\":\"\",\"level\":\"info\",\"event\":\"audit\",\"who\":\"operator\","
                        "\"command\":\"member.invite\",\"on\":\"invite=1\\u000a2\","
                        "\"result\":\"done\"}\n");
    options.audit_file = "/nowhere/at/all";
    assert_false(log_open(&options, message));
    assert_non_null(strstr(message, "audit-file: /nowhere/at/all"));
    log_line(LOG_LEVEL_INFO, "d", "still there");
    log_close();
    FILE *file = fopen(path, "r");
    char line[LOG_LINE_SIZE];
    for (int at = 0; at < 3; at++) {
        assert_non_null(fgets(line, sizeof line, file));
    }
    assert_non_null(strstr(line, "still there"));
    fclose(file);
}

/* The longest message, all of it to be escaped, is one line still. */
static void longest(void **state)
{
    (void)state;
    char message[256], text[2 * LOG_MESSAGE_SIZE];
    const struct log_options options = {.level = LOG_LEVEL_INFO, .file = path};
    unlink(path);
    assert_true(log_open(&options, message));
    memset(text, '\n', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    log_line(LOG_LEVEL_INFO, "e", "%s", text);
    FILE *file = fopen(path, "r");
    char line[LOG_LINE_SIZE];
    assert_non_null(fgets(line, sizeof line, file));
    assert_true(strlen(line) > 6 * (size_t)(LOG_MESSAGE_SIZE - 1));
    assert_int_equal(line[strlen(line) - 1], '\n');
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escaping),
        cmocka_unit_test(files_and_formats),
        cmocka_unit_test(longest),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
