/* Heads of tar entries: one block for each entry, and nothing else is an entry. */
#include "base/tar.h"

#include "tests/harness/c/fixture.h"

static struct tar_entry entry_of(const char *name, uint64_t size)
{
    struct tar_entry entry = {.size = size, .time_s = 1795655672};
    snprintf(entry.name, sizeof entry.name, "%s", name);
    return entry;
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {
        0, 1, 511, 512, (UINT64_C(1) << 33) - 1, UINT64_C(1) << 33, INT64_MAX};
    static const char *const names[] = {
        "a", "data.mdb", "files/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
        "89012345678"};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            uint8_t block[TAR_BLOCK];
            struct tar_entry found, given = entry_of(names[j], sizes[i]);
            tar_encode(&given, block);
            assert_true(tar_decode(block, &found));
            assert_string_equal(found.name, names[j]);
            assert_true(found.size == sizes[i] && found.time_s == given.time_s);
        }
    }
}

/* As `tar --format=ustar` writes a file of 5 bytes, mode 0600, owner 0. */
static void the_block_is_that_of_ustar(void **state)
{
    (void)state;
    uint8_t block[TAR_BLOCK];
    struct tar_entry entry = entry_of("manifest.json", 5);
    tar_encode(&entry, block);
    assert_memory_equal(block, "manifest.json\0", 14);
    assert_memory_equal(block + 100,
                        "0000600\0"
                        "0000000\0"
                        "0000000\0"
                        "00000000005\0",
                        36);
    assert_memory_equal(block + 136, "15301703770\0", 12);
    assert_memory_equal(block + 156, "0", 1);
    assert_memory_equal(block + 257,
                        "ustar\0"
                        "00",
                        8);
    unsigned sum = 8 * ' ';
    for (int i = 0; i < TAR_BLOCK; i++) {
        sum += i >= 148 && i < 156 ? 0 : block[i];
    }
    char text[9];
    snprintf(text, sizeof text, "%06o", sum);
    assert_memory_equal(block + 148, text, 6);
    assert_int_equal(tar_padding(0), 0);
    assert_int_equal(tar_padding(1), 511);
    assert_int_equal(tar_padding(512), 0);
}

/* No byte can be changed to any of some values without the block being refused or meaning something else. */
static void one_form_for_each_entry(void **state)
{
    (void)state;
    uint8_t block[TAR_BLOCK];
    struct tar_entry found, entry = entry_of("files/0a", 12345);
    tar_encode(&entry, block);
    for (int at = 0; at < TAR_BLOCK; at++) {
        for (int bit = 0; bit < 8; bit++) {
            block[at] ^= (uint8_t)(1 << bit);
            assert_false(tar_decode(block, &found)); /* the sum is then wrong */
            block[at] ^= (uint8_t)(1 << bit);
        }
    }
    uint8_t zero[TAR_BLOCK] = {0};
    assert_false(tar_decode(zero, &found));
    assert_true(tar_is_end(zero));
    assert_false(tar_is_end(block));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(the_block_is_that_of_ustar),
        cmocka_unit_test(one_form_for_each_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
