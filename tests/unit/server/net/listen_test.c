/* --listen as people type it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/net/listen.h"

static void addresses(void **state)
{
    (void)state;
    struct listen_address address;
    assert_true(listen_parse("127.0.0.1:8080", &address));
    assert_string_equal(address.host, "127.0.0.1");
    assert_int_equal(address.port, 8080);
    assert_true(listen_parse("localhost:0", &address));
    assert_string_equal(address.host, "127.0.0.1");
    assert_true(listen_parse("0.0.0.0:80", &address));
    assert_true(address.any);
    assert_true(listen_parse("[::1]:81", &address));
    assert_true(address.six);
    assert_string_equal(address.host, "::1");
    assert_true(listen_parse("unix:/run/palabre.sock", &address));
    assert_true(address.path);
    assert_string_equal(address.host, "/run/palabre.sock");
}

static void what_is_no_address(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "8080",
                                        ":8080",
                                        "127.0.0.1",
                                        "127.0.0.1:",
                                        "a:1",
                                        "127.0.0.1:70000",
                                        "127.0.0.1:-1",
                                        "127.0.0.1:1x",
                                        "::1:80",
                                        "[::1]",
                                        "[]:80",
                                        "[x]:80",
                                        "unix:",
                                        "256.0.0.1:1"};
    struct listen_address address;
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_false(listen_parse(wrong[at], &address));
    }
    char path[200];
    for (size_t at = 0; at < sizeof path - 1; at++) {
        path[at] = 'x';
    }
    path[sizeof path - 1] = '\0';
    assert_false(listen_path(path, &address));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses),
        cmocka_unit_test(what_is_no_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
