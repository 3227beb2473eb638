/* Alignment, zeros, large pieces, the maximum. */
#include "base/arena.h"

#include <stdalign.h>

#include "tests/harness/c/fixture.h"

static void gives_aligned_zeroed_memory(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 10 << 20);
    uint8_t *pieces[500];
    for (size_t i = 0; i < 500; i++) {
        size_t size = i * 37 % 1000;
        pieces[i] = arena_new(&arena, size, 1);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        for (size_t at = 0; at < size; at++) {
            assert_int_equal(pieces[i][at], 0);
        }
        memset(pieces[i], (int)(i & 0xff), size);
    }
    for (size_t i = 0; i < 500; i++) {
        for (size_t at = 0; at < i * 37 % 1000; at++) {
            assert_int_equal(pieces[i][at], i & 0xff);
        }
    }
    arena_free(&arena);
    assert_int_equal(arena.used, 0);
}

static void holds_pieces_larger_than_a_block(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 2 << 20);
    uint8_t *large = arena_new(&arena, 1 << 20, 1);
    large[(1 << 20) - 1] = 1;
    struct slice copy = arena_copy(&arena, slice_text("abc"));
    assert_true(slice_equal(copy, slice_text("abc")));
    assert_int_equal(arena_copy(&arena, slice_of(NULL, 0)).size, 0);
    arena_free(&arena);
}

static void take_too_much(void *context)
{
    struct arena *arena = context;
    (void)arena_new(arena, 1001, 1);
}

static void passing_the_maximum_is_a_bug(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1000);
    assert_true(fixture_aborts(take_too_much, &arena));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_aligned_zeroed_memory),
        cmocka_unit_test(holds_pieces_larger_than_a_block),
        cmocka_unit_test(passing_the_maximum_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
