/* --listen as people type it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

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

/* A socket that listens on this address; its port. */
static int listening(const char *host, int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(inet_pton(AF_INET, host, &address.sin_addr), 1);
    assert_int_equal(bind(descriptor, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(descriptor, 1), 0);
    assert_int_equal(getsockname(descriptor, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return descriptor;
}

static void what_was_bound(void **state)
{
    (void)state;
    struct listen_address one, any, six;
    int port;
    assert_true(listen_parse("127.0.0.1:1", &one));
    assert_true(listen_parse("0.0.0.0:1", &any));
    assert_true(listen_parse("[::1]:1", &six));
    int narrow = listening("127.0.0.1", &port);
    assert_true(listen_holds(&one, port));
    assert_true(listen_holds(&any, port));
    assert_false(listen_holds(&six, port));
    close(narrow);
    assert_false(listen_holds(&one, port));
    int wide = listening("0.0.0.0", &port);
    assert_false(listen_holds(&one, port));
    assert_true(listen_holds(&any, port));
    close(wide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses),
        cmocka_unit_test(what_is_no_address),
        cmocka_unit_test(what_was_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
