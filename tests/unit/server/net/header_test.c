/* Headers from outside: cookies, codings, lengths, tags, origins, hosts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/net/header.h"

static struct slice text(const char *bytes)
{
    return slice_text(bytes);
}

static void cookies(void **state)
{
    (void)state;
    struct slice value;
    assert_true(header_cookie(text("a=1; palabre_session=xyz; b=2"), "palabre_session", &value));
    assert_true(slice_equal(value, text("xyz")));
    assert_true(
        header_cookie(text("palabre_session=one;palabre_session=two"), "palabre_session", &value));
    assert_true(slice_equal(value, text("one")));
    assert_true(header_cookie(text("palabre_session="), "palabre_session", &value));
    assert_int_equal(value.size, 0);
    assert_false(header_cookie(text("xpalabre_session=1; palabre_sessio=2; palabre_session"),
                               "palabre_session", &value));
    assert_false(header_cookie(text(""), "palabre_session", &value));
    assert_false(header_cookie(text(";;;==; ="), "palabre_session", &value));
}

static void bearers(void **state)
{
    (void)state;
    struct slice bearer;
    uint8_t token[32];
    const char *good = "palabre_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    assert_true(header_bearer(text("Bearer x"), &bearer));
    assert_true(slice_equal(bearer, text("x")));
    assert_true(header_bearer(text("bEARER  x"), &bearer));
    assert_true(slice_equal(bearer, text(" x")));
    const char *others[] = {"",        "Bearer",    "Bearer ",  "Basic eDp5",
                            "Bearerx", "Bearer\tx", " Bearer x"};
    for (size_t at = 0; at < sizeof others / sizeof others[0]; at++) {
        assert_false(header_bearer(text(others[at]), &bearer));
    }
    assert_true(header_token(text(good), "palabre_", token));
    for (uint8_t at = 0; at < 32; at++) {
        assert_int_equal(token[at], at);
    }
    const char *bad[] = {"",
                         "palabre_",
                         "Palabre_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
                         "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
                         "palabre_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                         "palabre_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A",
                         "palabre_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9",
                         "palabre_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh",
                         "palabre_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8 "};
    for (size_t at = 0; at < sizeof bad / sizeof bad[0]; at++) {
        assert_false(header_token(text(bad[at]), "palabre_", token));
    }
}

static void codings(void **state)
{
    (void)state;
    assert_true(header_accepts(text("gzip, deflate, br"), "br"));
    assert_true(header_accepts(text("BR;q=0.1"), "br"));
    assert_false(header_accepts(text("br;q=0, gzip"), "br"));
    assert_false(header_accepts(text("br; q=0.000"), "br"));
    assert_true(header_accepts(text("br; q=0.001"), "br"));
    assert_false(header_accepts(text("brotli"), "br"));
    assert_false(header_accepts(text("*"), "br"));
    assert_false(header_accepts(text(""), "gzip"));
}

static void lengths(void **state)
{
    (void)state;
    uint64_t length;
    assert_true(header_length(text("0"), &length));
    assert_int_equal(length, 0);
    assert_true(header_length(text(" 65536 "), &length));
    assert_int_equal(length, 65536);
    assert_false(header_length(text("-1"), &length));
    assert_false(header_length(text("+1"), &length));
    assert_false(header_length(text("5, 5"), &length));
    assert_false(header_length(text("0x10"), &length));
    assert_false(header_length(text(""), &length));
    assert_false(header_length(text("99999999999999999999"), &length));
}

static void tags(void **state)
{
    (void)state;
    assert_true(header_matches_tag(text("\"a\", \"b\""), text("\"b\"")));
    assert_true(header_matches_tag(text("W/\"b\""), text("\"b\"")));
    assert_true(header_matches_tag(text("*"), text("\"b\"")));
    assert_false(header_matches_tag(text("\"bb\""), text("\"b\"")));
    assert_false(header_matches_tag(text(""), text("\"b\"")));
}

static void words(void **state)
{
    (void)state;
    assert_true(header_has_word(text("x, palabre.v1"), "palabre.v1"));
    assert_false(header_has_word(text("palabre.v11"), "palabre.v1"));
    assert_false(header_has_word(text(""), "palabre.v1"));
}

static void origins_typed_by_people(void **state)
{
    (void)state;
    struct origin origin;
    assert_true(origin_parse("HTTPS://Vote.Example.org:443/", &origin));
    assert_string_equal(origin.text, "https://vote.example.org");
    assert_string_equal(origin.host, "vote.example.org");
    assert_true(origin.secure);
    assert_true(origin_parse("http://[::1]:8080", &origin));
    assert_string_equal(origin.text, "http://[::1]:8080");
    assert_true(origin_parse("http://a:80", &origin));
    assert_string_equal(origin.text, "http://a");
    assert_false(origin_parse("ftp://a", &origin));
    assert_false(origin_parse("http://", &origin));
    assert_false(origin_parse("http://a/b", &origin));
    assert_false(origin_parse("http://a b", &origin));
    assert_false(origin_parse("a.example.org", &origin));
}

/* Cross-site requests: only the very same origin, of some fifty that look like it. */
static void only_the_exact_origin(void **state)
{
    (void)state;
    static const char *const foreign[] = {"",
                                          "null",
                                          "http://vote.example.org",
                                          "https://vote.example.org:8443",
                                          "https://vote.example.org:443",
                                          "https://vote.example.org/",
                                          "https://vote.example.org.evil.org",
                                          "https://evil.org/vote.example.org",
                                          "https://xvote.example.org",
                                          "https://example.org",
                                          "https://sub.vote.example.org",
                                          "HTTPS://vote.example.org",
                                          "https://VOTE.example.org",
                                          " https://vote.example.org",
                                          "https://vote.example.org ",
                                          "https://vote.example.org\t",
                                          "https://vote.example.orgx",
                                          "https://vote.example.or",
                                          "https:/vote.example.org",
                                          "https//vote.example.org",
                                          "//vote.example.org",
                                          "vote.example.org",
                                          "file://",
                                          "data:",
                                          "https://vote.example.org,https://vote.example.org",
                                          "https://vote.example.org https://a",
                                          "https://user@vote.example.org",
                                          "https://vote.example.org@evil.org",
                                          "https://vote.example.org#",
                                          "https://vote.example.org?",
                                          "https://vote.example.org.",
                                          "https://vote.exampIe.org",
                                          "https://vote.example.org%00",
                                          "https://vote.example.org\\",
                                          "https://127.0.0.1",
                                          "https://localhost",
                                          "wss://vote.example.org",
                                          "ws://vote.example.org",
                                          "http://127.0.0.1",
                                          "http://127.0.0.1:80801",
                                          "http://127.0.0.1:808",
                                          "http://127.0.0.1.evil.org:8080",
                                          "https://127.0.0.1:8080",
                                          "http://localhost:8080",
                                          "http://[::1]:8080",
                                          "http://0.0.0.0:8080",
                                          "http://127.0.0.2:8080",
                                          "http://127.1:8080",
                                          "http://2130706433:8080",
                                          "chrome-extension://a"};
    struct origin ours[2];
    assert_true(origin_parse("https://vote.example.org", &ours[0]));
    assert_true(origin_parse("http://127.0.0.1:8080", &ours[1]));
    for (size_t at = 0; at < sizeof foreign / sizeof foreign[0]; at++) {
        assert_false(origin_is_listed(ours, 2, text(foreign[at])));
    }
    assert_true(origin_is_listed(ours, 2, text("https://vote.example.org")));
    assert_true(origin_is_listed(ours, 2, text("http://127.0.0.1:8080")));
}

static void hosts(void **state)
{
    (void)state;
    struct origin ours[1];
    assert_true(origin_parse("https://vote.example.org", &ours[0]));
    assert_true(origin_has_host(ours, 1, text("vote.example.org")));
    assert_true(origin_has_host(ours, 1, text("Vote.Example.org:443")));
    assert_false(origin_has_host(ours, 1, text("vote.example.org:80")));
    assert_false(origin_has_host(ours, 1, text("evil.org")));
    assert_false(origin_has_host(ours, 1, text("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cookies),
        cmocka_unit_test(bearers),
        cmocka_unit_test(codings),
        cmocka_unit_test(lengths),
        cmocka_unit_test(tags),
        cmocka_unit_test(words),
        cmocka_unit_test(origins_typed_by_people),
        cmocka_unit_test(only_the_exact_origin),
        cmocka_unit_test(hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
