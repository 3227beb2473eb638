/* Signature advice: good only for a ballot whose own key signed exactly these bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdatomic.h>
#include <stdlib.h>

#include "ledger/ballot.h"
#include "server/engine/worker.h"

static int start(void **state)
{
    (void)state;
    return crypto_start() ? 0 : -1;
}

static json_t *signed_ballot(int flip)
{
    static const uint8_t seed[SEED_SIZE] = {9};
    static const uint8_t choice[] = {1, 1};
    struct key_pair key = crypto_key_pair(seed);
    struct ballot ballot = {.org = {.bytes = {1}},
                            .poll = {.bytes = {2}},
                            .voter = {.bytes = {3}},
                            .on_behalf_of = {.bytes = {3}},
                            .device_pk = key.public_key,
                            .counter = 1,
                            .weight = 1,
                            .seen_size = 1,
                            .choice = {choice, sizeof choice}};
    struct buffer tbs;
    uint8_t signature[SIGNATURE_SIZE];
    buffer_init(&tbs, BALLOT_TBS_MAX);
    ballot_encode_tbs(&tbs, &ballot);
    crypto_sign(&key, buffer_slice(&tbs), signature);
    if (flip >= 0) {
        signature[flip] ^= 1;
    }
    json_t *params = json_object();
    json_put(params, "tbs", json_base64url(buffer_slice(&tbs)));
    json_put(params, "sig", json_base64url(slice_of(signature, sizeof signature)));
    buffer_free(&tbs);
    return params;
}

static void only_a_good_signature(void **state)
{
    (void)state;
    json_t *good = signed_ballot(-1);
    assert_true(worker_ballot_is_good(good));
    json_decref(good);
    for (int flip = 0; flip < SIGNATURE_SIZE; flip += 9) {
        json_t *bad = signed_ballot(flip);
        assert_false(worker_ballot_is_good(bad));
        json_decref(bad);
    }
}

static void what_is_no_ballot(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"", ""}, {"AA", "AA"}, {"!!", "??"}, {"AAAA", ""}, {"", "AAAA"}};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        json_t *params = json_pack("{s:s,s:s}", "tbs", wrong[at][0], "sig", wrong[at][1]);
        assert_false(worker_ballot_is_good(params));
        json_decref(params);
    }
    json_t *empty = json_object();
    assert_false(worker_ballot_is_good(empty));
    json_decref(empty);
}

static void count_done(void *context, struct job *job)
{
    atomic_uint *counts = context;
    atomic_fetch_add(&counts[job->request.ballot_signature_good ? 1 : 0], 1);
    json_decref(job->request.params);
    free(job);
}

static void the_pool_does_all_before_it_stops(void **state)
{
    (void)state;
    atomic_uint counts[2] = {0, 0};
    struct worker_pool *pool = worker_pool_start(3, count_done, counts);
    for (int at = 0; at < 200; at++) {
        struct job *job = calloc(1, sizeof *job);
        job->request.params = signed_ballot(at % 4 == 0 ? 5 : -1);
        worker_pool_submit(pool, job);
    }
    worker_pool_stop(pool);
    assert_int_equal(counts[1], 150);
    assert_int_equal(counts[0], 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_good_signature),
        cmocka_unit_test(what_is_no_ballot),
        cmocka_unit_test(the_pool_does_all_before_it_stops),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
