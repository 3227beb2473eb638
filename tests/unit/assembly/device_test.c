/* Devices: enrolment with proof, once for ever; revocation by whom. */
#include "assembly/concept.h"
#include "base/encoding.h"
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <string.h>

struct texts {
    char pk[64], proof[128];
};

static void encode(struct slice bytes, char *text, size_t size)
{
    struct buffer out;
    buffer_init(&out, size);
    encoding_base64url(&out, bytes);
    snprintf(text, size, "%.*s", (int)out.size, (const char *)out.data);
    buffer_free(&out);
}

/* A device's key and the proof that enrols it for this member. */
static struct texts device(struct world *world, struct id member, uint8_t number)
{
    uint8_t seed[SEED_SIZE] = {9, number}, proof[SIGNATURE_SIZE];
    struct texts texts;
    struct key_pair pair = crypto_key_pair(seed);
    struct payload_key_added key = {
        .org = world->org, .member = member, .pk = pair.public_key, .kind = KEY_DEVICE};
    struct buffer body;
    buffer_init(&body, 256);
    payload_key_body(&body, &key);
    crypto_sign(&pair, buffer_slice(&body), proof);
    buffer_free(&body);
    encode(hash_slice(&pair.public_key), texts.pk, sizeof texts.pk);
    encode(slice_of(proof, sizeof proof), texts.proof, sizeof texts.proof);
    return texts;
}

static const char *enrol(struct world *world, struct caller caller, const struct texts *texts)
{
    return world_try(world, caller, "device.enrol", "{'pk':'%s','proof':'%s'}", texts->pk,
                     texts->proof);
}

static void test_enrol(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct caller noe = world_member(&world, "Noé", "");
    struct texts one = device(&world, mia.member, 1);
    assert_string_equal(enrol(&world, noe, &one), "key.bad_proof"); /* signed for Mia */
    assert_string_equal(enrol(&world, mia, &one), "");
    uint64_t seq = world.seq;
    assert_string_equal(enrol(&world, mia, &one), "");
    assert_int_equal(world.seq, seq); /* the same answer, nothing written */
    assert_string_equal(enrol(&world, noe, &one), "key.twice");
    world_must(&world, mia, "device.list", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 1);
    assert_string_equal(json_string_value(world_at(world.result, "items.0.pk")), one.pk);
    assert_string_equal(json_string_value(world_at(world.result, "items.0.via")), "invitation");
    world_must(&world, noe, "device.list", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 0);
    world_close(&world);
}

static void test_who_enrols(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller observer = world_member(&world, "Olaf", "observer");
    struct texts texts = device(&world, observer.member, 1);
    assert_string_equal(enrol(&world, observer, &texts), "right.missing");
    assert_string_equal(enrol(&world, world_operator, &texts), "right.missing");
    assert_string_equal(enrol(&world, world_nobody, &texts), "session.none");
    struct texts zero = texts;
    memset(zero.pk, 'A', 43);
    struct caller mia = world_member(&world, "Mia", "");
    assert_string_equal(enrol(&world, mia, &zero), "key.bad_point");
    world_close(&world);
}

static void test_revoke(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct caller noe = world_member(&world, "Noé", "");
    struct caller secretary = world_member(&world, "Sam", "secretary");
    struct texts one = device(&world, mia.member, 1), two = device(&world, mia.member, 2);
    assert_string_equal(enrol(&world, mia, &one), "");
    assert_string_equal(enrol(&world, mia, &two), "");
    assert_string_equal(world_try(&world, noe, "device.revoke", "{'pk':'%s'}", one.pk),
                        "right.missing");
    assert_string_equal(
        world_try(&world, mia, "device.revoke", "{'pk':'%s','reason':'office'}", one.pk),
        "right.missing");
    world_must(&world, mia, "device.revoke", "{'pk':'%s'}", one.pk);
    assert_string_equal(world_try(&world, mia, "device.revoke", "{'pk':'%s'}", one.pk),
                        "key.revoked");
    assert_string_equal(world_try(&world, secretary, "device.revoke", "{'pk':'%s'}", two.pk),
                        "input.missing_field");
    assert_string_equal(world.field, "note");
    world_must(&world, secretary, "device.revoke", "{'pk':'%s','note':'The bag was stolen.'}",
               two.pk);
    assert_string_equal(world_try(&world, noe, "device.list", "{'member':'1'}"), "right.missing");
    world_must(&world, secretary, "device.list", "{'member':'1'}");
    json_t *theirs = world_at(world.result, "items");
    assert_int_equal(json_array_size(theirs), 2);
    for (size_t i = 0; i < json_array_size(theirs); i++) {
        const json_t *one_of = json_array_get(theirs, i);
        if (strcmp(json_string_value(world_at(one_of, "pk")), two.pk) == 0) {
            assert_string_equal(json_string_value(world_at(one_of, "revoked.by.name")), "Sam");
            assert_string_equal(json_string_value(world_at(one_of, "revoked.note")),
                                "The bag was stolen.");
        }
    }
    world_must(&world, mia, "device.list", "{}");
    json_t *items = world_at(world.result, "items");
    for (size_t i = 0; i < json_array_size(items); i++) {
        bool first =
            strcmp(json_string_value(world_at(json_array_get(items, i), "pk")), one.pk) == 0;
        assert_string_equal(json_string_value(world_at(json_array_get(items, i), "revoked.reason")),
                            first ? "lost" : "office");
    }
    struct texts unknown = device(&world, mia.member, 3);
    assert_string_equal(world_try(&world, mia, "device.revoke", "{'pk':'%s'}", unknown.pk),
                        "key.unknown");
    assert_string_equal(enrol(&world, mia, &one),
                        ""); /* repeated: where it entered; it stays revoked */
    world_close(&world);
}

static void test_leaving_revokes(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct texts one = device(&world, mia.member, 1), two = device(&world, mia.member, 2);
    assert_string_equal(enrol(&world, mia, &one), "");
    assert_string_equal(enrol(&world, mia, &two), "");
    world_must(&world, mia, "member.update", "{'id':'1','status':'left'}");
    struct id ids[2];
    for (size_t i = 0; i < 2; i++) {
        struct hash pk;
        assert_true(encoding_base64url_exact(slice_text(i == 0 ? one.pk : two.pk), pk.bytes,
                                             sizeof pk.bytes));
        ids[i] = id_from_hash(crypto_hash(hash_slice(&pk)));
        world_expect_text(&world, DOCUMENT_DEVICE, ids[i], "revoked.reason", "left");
    }
    world_close(&world);
}

static void test_devices_are_not_without_end(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    for (uint8_t number = 1; number <= 100; number++) {
        struct texts texts = device(&world, mia.member, number);
        assert_string_equal(enrol(&world, mia, &texts), "");
    }
    struct texts more = device(&world, mia.member, 101);
    struct texts first = device(&world, mia.member, 1);
    assert_string_equal(enrol(&world, mia, &more), "input.too_big");
    world_must(&world, mia, "device.revoke", "{'pk':'%s'}", first.pk);
    assert_string_equal(enrol(&world, mia, &more), "");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enrol),           cmocka_unit_test(test_devices_are_not_without_end),
        cmocka_unit_test(test_who_enrols),      cmocka_unit_test(test_revoke),
        cmocka_unit_test(test_leaving_revokes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
