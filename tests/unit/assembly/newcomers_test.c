/* Who has come lately and said who they are. */
#include "tests/harness/c/world.h"

#include <stdio.h>

#include "assembly/concept.h"

static size_t count(struct world *world)
{
    if (!world_has(world, DOCUMENT_NEWCOMERS, world->org)) {
        return 0;
    }
    json_t *document = world_document(world, DOCUMENT_NEWCOMERS, world->org);
    size_t members = json_array_size(world_at(document, "members"));
    json_decref(document);
    return members;
}

static struct caller introduced(struct world *world, const char *name)
{
    struct caller caller = world_member(world, name, "");
    world_must(world, caller, "member.update",
               "{'id':'%s','introduction':{'language':'fr','text':'Je suis %s.'}}",
               world_text(caller.member), name);
    return caller;
}

static void test_the_newest_with_an_introduction_come_first(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_member(&world, "Silvio", "");
    assert_int_equal(count(&world), 0);
    struct caller ann = introduced(&world, "Ann");
    introduced(&world, "Bob");
    assert_int_equal(count(&world), 2);
    world_expect_text(&world, DOCUMENT_NEWCOMERS, world.org, "members.0.name", "Bob");
    world_expect_text(&world, DOCUMENT_NEWCOMERS, world.org, "members.1.name", "Ann");
    /* A name that changes changes here, in its place; no word of the introduction stands here. */
    world_must(&world, ann, "member.update", "{'id':'%s','name':'Anne'}", world_text(ann.member));
    world_expect_text(&world, DOCUMENT_NEWCOMERS, world.org, "members.1.name", "Anne");
    json_t *document = world_document(&world, DOCUMENT_NEWCOMERS, world.org);
    assert_null(world_at(document, "members.0.introduction"));
    json_decref(document);
    world_close(&world);
}

static void test_who_leaves_or_takes_it_back_goes(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = introduced(&world, "Ann"), bob = introduced(&world, "Bob");
    world_must(&world, ann, "member.update", "{'id':'%s','introduction':null}",
               world_text(ann.member));
    assert_int_equal(count(&world), 1);
    world_must(&world, world_operator, "member.update", "{'id':'%s','status':'left'}",
               world_text(bob.member));
    assert_int_equal(count(&world), 0);
    world_close(&world);
}

static void test_ten_at_most(void **state)
{
    struct world world;
    char name[16];
    (void)state;
    world_open(&world);
    for (unsigned i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "N%u", i);
        introduced(&world, name);
    }
    assert_int_equal(count(&world), 10);
    world_expect_text(&world, DOCUMENT_NEWCOMERS, world.org, "members.0.name", "N11");
    world_expect_text(&world, DOCUMENT_NEWCOMERS, world.org, "members.9.name", "N2");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_newest_with_an_introduction_come_first),
        cmocka_unit_test(test_who_leaves_or_takes_it_back_goes),
        cmocka_unit_test(test_ten_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
