/* Known texts, round trips, and the refusal of everything that is not the one canonical text. */
#include "base/encoding.h"

#include "tests/harness/c/fixture.h"

static void encodes_known_texts(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *base64, *base64url, *hex;
    } cases[] = {
        {"", "", "", ""},
        {"f", "Zg==", "Zg", "66"},
        {"fo", "Zm8=", "Zm8", "666f"},
        {"foo", "Zm9v", "Zm9v", "666f6f"},
        {"foob", "Zm9vYg==", "Zm9vYg", "666f6f62"},
        {"fooba", "Zm9vYmE=", "Zm9vYmE", "666f6f6261"},
        {"foobar", "Zm9vYmFy", "Zm9vYmFy", "666f6f626172"},
        {"\xfb\xff\xbf", "+/+/", "-_-_", "fbffbf"},
    };
    struct buffer out;
    buffer_init(&out, 100);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buffer_clear(&out);
        encoding_base64(&out, slice_text(cases[i].bytes));
        assert_true(slice_equal(buffer_slice(&out), slice_text(cases[i].base64)));
        buffer_clear(&out);
        encoding_base64url(&out, slice_text(cases[i].bytes));
        assert_true(slice_equal(buffer_slice(&out), slice_text(cases[i].base64url)));
        buffer_clear(&out);
        encoding_hex(&out, slice_text(cases[i].bytes));
        assert_true(slice_equal(buffer_slice(&out), slice_text(cases[i].hex)));
    }
    buffer_free(&out);
}

typedef void encode_function(struct buffer *out, struct slice bytes);
typedef bool decode_function(struct slice text, struct buffer *out);

static void check_round_trips(encode_function *encode, decode_function *decode)
{
    uint8_t bytes[300];
    uint32_t seed = 1;
    struct buffer text, back;
    buffer_init(&text, 1000);
    buffer_init(&back, 1000);
    for (size_t size = 0; size <= sizeof bytes; size++) {
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (uint8_t)(seed >> 24);
        }
        buffer_clear(&text);
        buffer_clear(&back);
        encode(&text, slice_of(bytes, size));
        assert_true(decode(buffer_slice(&text), &back));
        assert_true(slice_equal(buffer_slice(&back), slice_of(bytes, size)));
    }
    buffer_free(&text);
    buffer_free(&back);
}

static void round_trips(void **state)
{
    (void)state;
    check_round_trips(encoding_base64, encoding_from_base64);
    check_round_trips(encoding_base64url, encoding_from_base64url);
    check_round_trips(encoding_hex, encoding_from_hex);
}

/* Each text of four bytes over some characters either fails or is what encoding its bytes gives: one text per value. */
static void check_canonical(encode_function *encode, decode_function *decode, size_t size)
{
    static const char characters[] = "AQgw/+-_=0fFG \n";
    enum { KINDS = sizeof characters }; /* the NUL is one of them */
    struct buffer bytes, again;
    buffer_init(&bytes, 100);
    buffer_init(&again, 100);
    size_t cases = 1;
    for (size_t i = 0; i < size; i++) {
        cases *= KINDS;
    }
    for (size_t number = 0; number < cases; number++) {
        char text[4];
        size_t rest = number;
        for (size_t i = 0; i < size; i++, rest /= KINDS) {
            text[i] = characters[rest % KINDS];
        }
        buffer_clear(&bytes);
        buffer_clear(&again);
        if (decode(slice_of(text, size), &bytes)) {
            encode(&again, buffer_slice(&bytes));
            assert_true(slice_equal(buffer_slice(&again), slice_of(text, size)));
        } else {
            assert_int_equal(bytes.size, 0);
        }
    }
    buffer_free(&bytes);
    buffer_free(&again);
}

static void only_canonical_texts_are_decoded(void **state)
{
    (void)state;
    for (size_t size = 1; size <= 4; size++) {
        check_canonical(encoding_base64, encoding_from_base64, size);
        check_canonical(encoding_base64url, encoding_from_base64url, size);
        check_canonical(encoding_hex, encoding_from_hex, size);
    }
}

static void every_foreign_byte_is_refused(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 100);
    size_t good64 = 0, good64url = 0, good_hex = 0;
    for (int byte = 0; byte < 256; byte++) {
        char text[8];
        memset(text, 'A', sizeof text);
        text[5] = (char)byte;
        good64 += encoding_from_base64(slice_of(text, 8), &out);
        good64url += encoding_from_base64url(slice_of(text, 8), &out);
        memset(text, '0', sizeof text);
        text[5] = (char)byte;
        buffer_clear(&out);
        good_hex += encoding_from_hex(slice_of(text, 8), &out);
        buffer_clear(&out);
    }
    assert_int_equal(good64, 64);
    assert_int_equal(good64url, 64);
    assert_int_equal(good_hex, 16);
    buffer_free(&out);
}

static void a_full_buffer_is_a_refusal(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 2);
    assert_false(encoding_from_base64(slice_text("Zm9v"), &out));
    assert_false(buffer_ok(&out));
    buffer_clear(&out);
    encoding_hex(&out, slice_text("ab"));
    assert_false(buffer_ok(&out));
    buffer_free(&out);
}

static void exact_sizes(void **state)
{
    (void)state;
    uint8_t into[4];
    assert_true(encoding_base64url_exact(slice_text("Zm9v"), into, 3));
    assert_memory_equal(into, "foo", 3);
    assert_true(encoding_base64url_exact(slice_text("Zm9vYg"), into, 4));
    assert_memory_equal(into, "foob", 4);
    assert_false(encoding_base64url_exact(slice_text("Zm9v"), into, 4));
    assert_false(encoding_base64url_exact(slice_text("Zm9vYg=="), into, 4));
    assert_false(encoding_base64url_exact(slice_text("Zm9vYh"), into, 4));
    assert_false(encoding_base64url_exact(slice_text("Zm9vY"), into, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodes_known_texts),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(only_canonical_texts_are_decoded),
        cmocka_unit_test(every_foreign_byte_is_refused),
        cmocka_unit_test(a_full_buffer_is_a_refusal),
        cmocka_unit_test(exact_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
