/* What a backup says of itself: read as written, and refused when it says anything that must not be believed. */
#include "server/commands/backup_manifest.h"

#include "crypto/crypto.h"
#include "tests/harness/c/fixture.h"

static struct backup_part part_of(const char *name, uint8_t fill)
{
    struct backup_part part = {.size = 7};
    memset(part.sha256.bytes, fill, HASH_SIZE);
    if (name == NULL) {
        backup_file_name(&part.sha256, part.name);
    } else {
        snprintf(part.name, sizeof part.name, "%s", name);
    }
    return part;
}

static void make(struct backup_manifest *manifest)
{
    const struct backup_part parts[] = {part_of("data.mdb", 1), part_of(NULL, 2), part_of(NULL, 3),
                                        part_of("ledger.key", 4), part_of("origin", 5)};
    backup_manifest_init(manifest);
    memset(manifest->org.bytes, 9, ID_SIZE);
    manifest->made_ms = 1795655672000;
    manifest->last_ms = 1795655671999;
    manifest->events = 1050;
    memset(manifest->root.bytes, 8, HASH_SIZE);
    buffer_append_text(&manifest->checkpoint, "a/log/1\n1050\n");
    for (size_t at = 0; at < sizeof parts / sizeof parts[0]; at++) {
        backup_manifest_add(manifest, &parts[at]);
    }
    backup_manifest_miss(manifest, &parts[2].sha256);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct backup_manifest made, found;
    struct buffer text;
    make(&made);
    buffer_init(&text, BACKUP_MANIFEST_MAX);
    backup_manifest_write(&made, &text);
    backup_manifest_init(&found);
    assert_null(backup_manifest_read(buffer_slice(&text), &found));
    assert_int_equal(found.count, 5);
    assert_int_equal(found.missing_count, 1);
    assert_memory_equal(found.parts, made.parts, 5 * sizeof made.parts[0]);
    assert_true(hash_equal(found.missing[0], made.missing[0]));
    assert_true(id_equal(found.org, made.org) && hash_equal(found.root, made.root));
    assert_true(found.events == 1050 && found.made_ms == made.made_ms &&
                found.last_ms == made.last_ms);
    assert_true(slice_equal(buffer_slice(&found.checkpoint), buffer_slice(&made.checkpoint)));
    assert_int_equal(backup_manifest_bytes(&found), 35);
    backup_manifest_free(&found);
    backup_manifest_free(&made);
    buffer_free(&text);
}

/* The text with the first `from` replaced; what reading it says. */
static const char *said_after(const char *from, const char *to)
{
    struct backup_manifest made, found;
    struct buffer text, changed;
    make(&made);
    buffer_init(&text, BACKUP_MANIFEST_MAX);
    buffer_init(&changed, BACKUP_MANIFEST_MAX);
    backup_manifest_write(&made, &text);
    buffer_append_u8(&text, 0);
    const char *all = (const char *)text.data, *at = strstr(all, from);
    assert_non_null(at);
    buffer_append(&changed, all, (size_t)(at - all));
    buffer_append_text(&changed, to);
    buffer_append_text(&changed, at + strlen(from));
    backup_manifest_init(&found);
    const char *said = backup_manifest_read(buffer_slice(&changed), &found);
    backup_manifest_free(&found);
    backup_manifest_free(&made);
    buffer_free(&changed);
    buffer_free(&text);
    return said;
}

static void what_must_not_be_believed_is_refused(void **state)
{
    (void)state;
    static const char *const changes[][2] = {
        {"\"data.mdb\"", "\"../data.mdb\""},
        {"\"data.mdb\"", "\"/etc/passwd\""},
        {"\"data.mdb\"", "\"lock\""},
        {"\"data.mdb\"", "\"data.mdb\\u0000\""},
        {"\"files/0202", "\"files/../0202"},
        {"\"files/0202", "\"files/0203"},
        {"\"ledger.key\"", "\"data.mdb\""},
        {"\"ledger.key\"", "\"palabre.conf\""}, /* out of order */
        {"\"origin\"", "\"ledger.key\""},       /* twice */
        {"\"size\":7", "\"size\":-7"},
        {"\"size\":7", "\"size\":\"7\""},
        {"\"events\":1050", "\"events\":-1"},
        {"\"format\":1", "\"format\":0"},
        {"\"parts\":[", "\"parts\":[7,"},
        {"\"parts\":", "\"part\":"},
        {"\"missing\":[", "\"missing\":[null,"},
        {"\"org\":\"09", "\"org\":\"x9"},
        {"{\"format\"", "[{\"format\""},
    };
    for (size_t at = 0; at < sizeof changes / sizeof changes[0]; at++) {
        if (said_after(changes[at][0], changes[at][1]) == NULL) {
            fail_msg("%s → %s was believed", changes[at][0], changes[at][1]);
        }
    }
    assert_string_equal(said_after("\"format\":1", "\"format\":2"),
                        "a newer version of Palabre made it");
    assert_null(said_after("\"format\":1", "\"format\":1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_must_not_be_believed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
