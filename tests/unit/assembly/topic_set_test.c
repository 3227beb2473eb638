/* Changed topics of a transaction: each once, in order, urgent when one of its changes was; thousands cost little. */
#include "assembly/assembly.h"
#include "tests/harness/c/fixture.h"

#include <string.h>

static struct topic topic_numbered(uint8_t kind, uint32_t number)
{
    struct topic topic = {.kind = kind};
    memcpy(topic.id.bytes, &number, sizeof number);
    return topic;
}

static void add(struct topic_set *set, struct topic topic, bool urgent)
{
    topic_set_add(set, (struct topic_change){.topic = topic, .urgent = urgent});
}

static void each_topic_stands_once(void **state)
{
    (void)state;
    struct topic_set set = {.count = 0};
    topic_set_clear(&set);
    add(&set, topic_numbered(1, 1), false);
    add(&set, topic_numbered(2, 1), false);
    add(&set, topic_numbered(1, 1), true);
    add(&set, topic_numbered(2, 1), false);
    assert_int_equal(set.count, 2);
    assert_true(set.items[0].urgent);
    assert_false(set.items[1].urgent);
    assert_int_equal(set.items[1].topic.kind, 2);
    topic_set_clear(&set);
    assert_int_equal(set.count, 0);
    add(&set, topic_numbered(2, 1), false);
    assert_int_equal(set.count, 1);
    topic_set_free(&set);
    assert_int_equal(set.count, 0);
}

/* As many as a large organisation has members, twice over; compared one by one this would be 12.5 billion comparisons. */
static void many_are_found_again(void **state)
{
    enum { MANY = 50000 };
    (void)state;
    struct topic_set set = {.count = 0};
    for (uint32_t round = 0; round < 10; round++) {
        for (uint32_t i = 0; i < MANY; i++) {
            add(&set, topic_numbered(14, i), round == 9);
        }
    }
    assert_int_equal(set.count, MANY);
    for (uint32_t i = 0; i < MANY; i++) {
        assert_true(topic_equal(set.items[i].topic, topic_numbered(14, i)));
        assert_true(set.items[i].urgent);
    }
    topic_set_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_topic_stands_once),
        cmocka_unit_test(many_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
