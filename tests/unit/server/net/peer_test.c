/* The real address behind proxies, and what cannot be made of a header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/net/peer.h"

static struct peer_address address_of(const char *text)
{
    struct peer_address address;
    assert_true(peer_parse(slice_text(text), &address));
    return address;
}

static void resolves(const struct peer_trust *trust, const char *peer, const char *forwarded,
                     const char *wanted)
{
    char text[PEER_TEXT_SIZE];
    struct peer_address from = {.bytes = {0}};
    if (peer[0] != '\0') {
        from = address_of(peer);
    }
    peer_format(peer_resolve(trust, from, slice_text(forwarded)), text);
    assert_string_equal(text, wanted);
}

static void addresses_as_proxies_write_them(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"192.0.2.7", "192.0.2.7"},
        {"192.0.2.7:51234", "192.0.2.7"},
        {"2001:db8::1", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"[2001:DB8::1]:443", "2001:db8::1"},
        {"::ffff:192.0.2.7", "192.0.2.7"},
        {"[::ffff:192.0.2.7]:80", "192.0.2.7"},
        {"::1", "::1"},
    };
    for (size_t at = 0; at < sizeof pairs / sizeof pairs[0]; at++) {
        char text[PEER_TEXT_SIZE];
        peer_format(address_of(pairs[at][0]), text);
        assert_string_equal(text, pairs[at][1]);
    }
}

static void what_is_no_address(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "unknown",
        "_hidden",
        "192.0.2",
        "192.0.2.7.8",
        "256.0.2.7",
        "1.2.3.4:",
        "1.2.3.4:x",
        "1.2.3.4:123456",
        "[1.2.3.4]",
        "[::1",
        "::1]",
        "[::1]x",
        "[::1]:",
        "[::1]:-1",
        "[]:80",
        "[",
        "]",
        "1.2.3.4 5",
        " 1.2.3.4",
        "\"1.2.3.4\"",
        "for=1.2.3.4",
        "fe80::1%eth0",
        "0x7f000001",
        "2130706433",
        "127.1",
        "::ffff:256.1.1.1",
        "1.2.3.4/8",
        ":::",
        "example.org",
        "::",
        "[::]:80",
        "2001:db8:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:1",
    };
    struct peer_address address;
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_false(peer_parse(slice_text(wrong[at]), &address));
    }
    assert_false(peer_parse(slice_of("1.2.3.4\0", 8), &address));
}

static void who_may_be_trusted(void **state)
{
    (void)state;
    static const char *const good[] = {"127.0.0.1", "10.0.0.0/8",    "0.0.0.0/0", "::1",
                                       "::/0",      "2001:db8::/32", "unix",      "1.2.3.4/32"};
    static const char *const wrong[] = {"",          "localhost",  "10.0.0.0/33", "::1/129",
                                        "10.0.0.0/", "10.0.0/8",   "10.0.0.0/-1", "10.0.0.0/8x",
                                        "[::1]",     "1.2.3.4:80", "/8",          "Unix",
                                        "unix:/path"};
    struct peer_trust trust = {.count = 0};
    for (size_t at = 0; at < sizeof good / sizeof good[0]; at++) {
        assert_true(peer_trust_add(&trust, good[at]));
    }
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_false(peer_trust_add(&trust, wrong[at]));
    }
    while (trust.count < PEER_TRUST_MAX) {
        assert_true(peer_trust_add(&trust, "10.0.0.1"));
    }
    assert_false(peer_trust_add(&trust, "10.0.0.1"));
}

static void only_a_trusted_peer_is_believed(void **state)
{
    (void)state;
    struct peer_trust nobody = {.count = 0};
    struct peer_trust trust = {.count = 0};
    assert_true(peer_trust_add(&trust, "127.0.0.1"));
    assert_true(peer_trust_add(&trust, "10.0.0.0/9"));
    assert_true(peer_trust_add(&trust, "2001:db8:5::/47"));
    resolves(&nobody, "127.0.0.1", "203.0.113.9", "127.0.0.1");
    resolves(&trust, "192.0.2.7", "203.0.113.9", "192.0.2.7");
    resolves(&trust, "10.128.0.1", "203.0.113.9", "10.128.0.1");
    resolves(&trust, "10.127.0.1", "203.0.113.9", "203.0.113.9");
    resolves(&trust, "2001:db8:4::9", "203.0.113.9", "203.0.113.9");
    resolves(&trust, "2001:db8:6::9", "203.0.113.9", "2001:db8:6::9");
    resolves(&trust, "127.0.0.1", "", "127.0.0.1");
    resolves(&trust, "", "203.0.113.9", "::");
    assert_true(peer_trust_add(&trust, "unix"));
    resolves(&trust, "", "203.0.113.9", "203.0.113.9");
    resolves(&trust, "", "", "::");
}

static void the_right_most_hop_that_is_no_proxy_of_ours(void **state)
{
    (void)state;
    struct peer_trust trust = {.count = 0};
    assert_true(peer_trust_add(&trust, "10.0.0.0/8"));
    resolves(&trust, "10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9");
    resolves(&trust, "10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9");
    resolves(&trust, "10.0.0.1", "203.0.113.9,10.0.0.2 ,\t10.0.0.3", "203.0.113.9");
    resolves(&trust, "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3");
    resolves(&trust, "10.0.0.1", "[2001:db8::1]:99", "2001:db8::1");
    resolves(&trust, "::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9");
    /* Rubbish counts for whoever handed it on. */
    resolves(&trust, "10.0.0.1", "203.0.113.9, unknown", "10.0.0.1");
    resolves(&trust, "10.0.0.1", "203.0.113.9, unknown, 10.0.0.2", "10.0.0.2");
    resolves(&trust, "10.0.0.1", "203.0.113.9,", "10.0.0.1");
    resolves(&trust, "10.0.0.1", ",,,", "10.0.0.1");
    resolves(&trust, "10.0.0.1", ", 10.0.0.2", "10.0.0.2");
}

static void a_long_list_is_read_to_a_bound(void **state)
{
    (void)state;
    enum { HOPS = 40 };
    static const char ours[] = ",10.0.0.2";
    char list[sizeof "203.0.113.9" + HOPS * sizeof ours] = "203.0.113.9";
    struct peer_trust trust = {.count = 0};
    assert_true(peer_trust_add(&trust, "10.0.0.0/8"));
    for (size_t at = 0; at < HOPS; at++) {
        memcpy(list + 11 + at * (sizeof ours - 1), ours, sizeof ours);
    }
    resolves(&trust, "10.0.0.1", list, "10.0.0.2");
}

static size_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(*seed >> 33);
}

/* Whatever the bytes: an address comes out, and never one that no trusted hop stands behind. */
static void random_headers(void **state)
{
    (void)state;
    static const char letters[] = "0123456789abcf.:[], \t/%x-\"";
    struct peer_trust trust = {.count = 0};
    struct peer_address outside = address_of("192.0.2.7");
    struct peer_address proxy = address_of("10.0.0.1");
    assert_true(peer_trust_add(&trust, "10.0.0.0/8"));
    uint64_t seed = 7;
    for (size_t run = 0; run < 50000; run++) {
        char text[64], shown[PEER_TEXT_SIZE];
        size_t size = next(&seed) % sizeof text;
        for (size_t at = 0; at < size; at++) {
            text[at] = next(&seed) % 50 == 0 ? (char)next(&seed)
                                             : letters[next(&seed) % (sizeof letters - 1)];
        }
        struct peer_address found = peer_resolve(&trust, outside, slice_of(text, size));
        assert_memory_equal(&found, &outside, sizeof found);
        found = peer_resolve(&trust, proxy, slice_of(text, size));
        peer_format(found, shown);
        struct peer_address again = address_of(shown);
        assert_memory_equal(&again, &found, sizeof found);
    }
}

static void places(void **state)
{
    (void)state;
    char text[PEER_TEXT_SIZE];
    peer_format(peer_place(address_of("2001:db8:1:2:3:4:5:6")), text);
    assert_string_equal(text, "2001:db8:1:2::");
    peer_format(peer_place(address_of("203.0.113.9")), text);
    assert_string_equal(text, "203.0.113.9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_as_proxies_write_them),
        cmocka_unit_test(what_is_no_address),
        cmocka_unit_test(who_may_be_trusted),
        cmocka_unit_test(only_a_trusted_peer_is_believed),
        cmocka_unit_test(the_right_most_hop_that_is_no_proxy_of_ours),
        cmocka_unit_test(a_long_list_is_read_to_a_bound),
        cmocka_unit_test(random_headers),
        cmocka_unit_test(places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
