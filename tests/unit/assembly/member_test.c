/* Members: who may change what, status, roles, the last administrator, lists, imported authors. */
#include "assembly/concept.h"
#include "tests/harness/c/world.h"

#include <string.h>

static void test_documents(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct id id = world_id(&world);
    world_must(&world, world_operator, "member.invite",
               "{'id':'%s','name':'An "
               "Peeters','class':'members','email':'an@example.org','shares':3,'weight':2,"
               "'ties':['worker'],'roles':['secretary'],'language':'nl','kind':'organisation'}",
               world_text(id));
    world_expect_text(&world, DOCUMENT_MEMBER, id, "status", "invited");
    world_expect_text(&world, DOCUMENT_MEMBER, id, "member_kind", "organisation");
    world_expect_text(&world, DOCUMENT_MEMBER, id, "roles.0", "secretary");
    world_expect_text(&world, DOCUMENT_MEMBER, id, "ties.0", "worker");
    world_expect_number(&world, DOCUMENT_MEMBER, id, "number", 1);
    world_expect_text(&world, DOCUMENT_MEMBER_PRIVATE, id, "email", "an@example.org");
    world_expect_text(&world, DOCUMENT_MEMBER_PRIVATE, id, "invited_by", "operator");
    world_expect_number(&world, DOCUMENT_MEMBER_PRIVATE, id, "weight", 2);
    world_expect_number(&world, DOCUMENT_MEMBER_PRIVATE, id, "shares", 3);
    json_t *member = world_document(&world, DOCUMENT_MEMBER, id);
    assert_null(world_at(member, "email"));
    assert_null(world_at(member, "joined_ms"));
    json_decref(member);
    world_close(&world);
}

/* Field by field: oneself, administration, secretariat, facilitation, another member, the operator. */
static void test_rights_by_field(void **state)
{
    static const struct {
        const char *change, *allowed; /* o oneself, d admin, s secretary, p operator */
    } rows[] = {
        {"'name':'New'", "odp"},         {"'email':'new@example.org'", "odp"},
        {"'language':'en'", "odp"},      {"'introduction':{'language':'fr','text':'Bonjour'}", "o"},
        {"'skills':['vélo']", "o"},      {"'needs':['soupe']", "o"},
        {"'sponsor':'1'", "odfp"},       {"'class':'members'", "dp"},
        {"'shows_email':true", "o"},     {"'representative':'Rob'", "odp"},
        {"'shares':4", "dsp"},           {"'weight':2", "dsp"},
        {"'ties':['volunteer']", "dsp"}, {"'roles':['auditor']", "dp"},
        {"'status':'dormant'", "odp"},
    };
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    const struct {
        char letter;
        struct caller caller;
    } who[] = {
        {'o', world_member(&world, "Own", "")},
        {'d', admin},
        {'s', world_member(&world, "Sec", "secretary")},
        {'f', world_member(&world, "Fac", "facilitator")},
        {'m', world_member(&world, "Mem", "")},
        {'b', world_member(&world, "Obs", "observer")},
        {'p', world_operator},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t j = 0; j < sizeof who / sizeof who[0]; j++) {
            const char *reason =
                world_try(&world, who[j].caller, "member.update", "{'id':'2',%s}", rows[i].change);
            bool allowed = strchr(rows[i].allowed, who[j].letter) != NULL;
            assert_string_equal(reason, allowed ? "" : "right.missing");
        }
        if (strstr(rows[i].change, "dormant") == NULL) {
            continue;
        }
        world_expect_text(&world, DOCUMENT_MEMBER, who[0].caller.member, "status", "dormant");
    }
    world_expect_text(&world, DOCUMENT_MEMBER, who[0].caller.member, "skills.0", "vélo");
    world_expect_text(&world, DOCUMENT_MEMBER, who[0].caller.member, "sponsor.name", "Ada");
    world_close(&world);
}

static void test_status(void **state)
{
    static const struct {
        const char *from, *to;
        bool allowed;
    } rows[] = {
        {"invited", "invited", true}, {"invited", "active", false}, {"invited", "dormant", false},
        {"invited", "left", true},    {"active", "invited", false}, {"active", "active", true},
        {"active", "dormant", true},  {"active", "left", true},     {"dormant", "invited", false},
        {"dormant", "active", true},  {"dormant", "dormant", true}, {"dormant", "left", true},
        {"left", "active", false},    {"left", "dormant", false},   {"left", "left", true},
        {"left", "invited", true},
    };
    struct world world;
    (void)state;
    world_open(&world);
    (void)world_member(&world, "Ada", "admin");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct id id = world_id(&world);
        if (strcmp(rows[i].from, "invited") == 0) {
            world_must(&world, world_operator, "member.invite",
                       "{'id':'%s','name':'In','class':'members'}", world_text(id));
        } else {
            id = world_member(&world, "Somebody", "").member;
            world_must(&world, world_operator, "member.update", "{'id':'%s','status':'%s'}",
                       world_text(id), rows[i].from);
        }
        assert_string_equal(world_try(&world, world_operator, "member.update",
                                      "{'id':'%s','status':'%s'}", world_text(id), rows[i].to),
                            rows[i].allowed ? "" : "member.bad_state");
        world_expect_text(&world, DOCUMENT_MEMBER, id, "status",
                          rows[i].allowed ? rows[i].to : rows[i].from);
    }
    world_close(&world);
}

static void test_last_admin(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller one = world_member(&world, "One", "admin");
    assert_string_equal(world_try(&world, one, "member.update", "{'id':'1','roles':[]}"),
                        "organisation.last_admin");
    assert_string_equal(world.field, "roles");
    assert_string_equal(world_try(&world, one, "member.update", "{'id':'1','status':'left'}"),
                        "organisation.last_admin");
    assert_string_equal(world_try(&world, world_operator, "member.update", "{'id':'1','roles':[]}"),
                        "organisation.last_admin");
    world_must(&world, one, "member.update",
               "{'id':'1','status':'dormant'}"); /* still an administrator */
    struct caller two = world_member(&world, "Two", "");
    world_must(&world, one, "member.update", "{'id':'2','roles':['admin']}");
    world_must(&world, two, "member.update", "{'id':'1','roles':['facilitator']}");
    assert_string_equal(world_try(&world, one, "member.update", "{'id':'2','roles':[]}"),
                        "right.missing");
    assert_string_equal(world_try(&world, two, "member.update", "{'id':'2','roles':[]}"),
                        "organisation.last_admin");
    world_close(&world);
}

static void test_acting_ends_a_pause(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    world_must(&world, member, "member.update", "{'id':'1','status':'dormant'}");
    world_must(&world, member, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(world_id(&world)));
    world_expect_text(&world, DOCUMENT_MEMBER, member.member, "status", "active");
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "members.active", 1);
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "members.dormant", 0);
    world_close(&world);
}

static void test_bad_input(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    assert_string_equal(world_try(&world, member, "member.update", "{'id':'1'}"),
                        "input.missing_field");
    assert_string_equal(world_try(&world, member, "member.update", "{'id':'9','name':'X'}"),
                        "member.unknown");
    assert_string_equal(world_try(&world, member, "member.update", "{'id':'1','email':'nobody'}"),
                        "input.bad_value");
    assert_string_equal(world_try(&world, member, "member.update", "{'id':'1','sponsor':'77'}"),
                        "member.unknown");
    assert_string_equal(
        world_try(&world, world_operator, "member.update", "{'id':'1','class':'none'}"),
        "class.unknown");
    assert_string_equal(
        world_try(&world, world_operator, "member.update", "{'id':'1','roles':['chair']}"),
        "input.bad_value");
    world_must(&world, member, "member.update", "{'id':'1','email':'mia@example.org'}");
    world_must(&world, member, "member.update", "{'id':'1','email':null}");
    json_t *private = world_document(&world, DOCUMENT_MEMBER_PRIVATE, member.member);
    assert_null(world_at(private, "email"));
    json_decref(private);
    world_close(&world);
}

static void test_list(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller first = world_member(&world, "Élodie", "admin");
    struct caller observer = world_member(&world, "Olaf", "observer");
    (void)world_member(&world, "Mia", "");
    world_must(&world, world_operator, "import.member",
               "{'id':'%s','name':'Author 12','source':{'format':'decide-madrid','id':'12'}}",
               world_text(world_id(&world)));
    world_must(&world, first, "member.list", "{'limit':2}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 2);
    char next[64];
    strncpy(next, json_string_value(world_at(world.result, "next")), sizeof next - 1);
    next[sizeof next - 1] = 0;
    world_must(&world, first, "member.list", "{'limit':2,'after':'%s'}", next);
    assert_int_equal(json_array_size(world_at(world.result, "items")), 1);
    assert_true(json_is_null(world_at(world.result, "next")));
    assert_string_equal(json_string_value(world_at(world.result, "items.0.name")), "Mia");
    world_must(&world, first, "member.list", "{'text':'elo'}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 1);
    world_must(&world, first, "member.list", "{'status':'external'}");
    assert_string_equal(json_string_value(world_at(world.result, "items.0.name")), "Author 12");
    world_must(&world, observer, "member.list", "{}");
    assert_int_equal(json_object_size(world_at(world.result, "items.0")),
                     5); /* kind id rev number name */
    world_must(&world, observer, "member.get", "{'id':'1'}");
    assert_int_equal(json_object_size(world_at(world.result, "doc")), 5);
    world_must(&world, first, "member.get", "{'id':'3'}");
    assert_string_equal(json_string_value(world_at(world.result, "doc.status")), "active");
    assert_string_equal(world_try(&world, first, "member.get", "{'id':'99'}"), "member.unknown");
    world_close(&world);
}

static void test_import_again(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct id id = world_id(&world);
    static const char author[] =
        "{'id':'%s','name':'Author 12','source':{'format':'decide-madrid','id':'12'}}";
    world_must(&world, world_operator, "import.member", author, world_text(id));
    assert_null(world_at(world.result, "existing"));
    world_must(&world, world_operator, "import.member", author, world_text(id));
    assert_true(json_is_true(world_at(world.result, "existing")));
    assert_false(world_has(&world, DOCUMENT_MEMBER_PRIVATE, id));
    world_expect_text(&world, DOCUMENT_MEMBER, id, "status", "external");
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "members.external", 1);
    assert_string_equal(
        world_try(&world, world_operator, "member.link", "{'id':'%s'}", world_text(id)),
        "member.bad_state");
    assert_string_equal(world_try(&world, world_operator, "member.update", "{'id':'%s','name':'X'}",
                                  world_text(id)),
                        "member.bad_state");
    struct caller admin = world_member(&world, "Ada", "admin");
    assert_string_equal(world_try(&world, admin, "import.member", author, world_text(id)),
                        "right.missing");
    world_close(&world);
}

/* A member who says as much as one may. */
static void say_all(struct world *world, struct caller member)
{
    enum { LINES = 20, LINE = 80, TEXT = 2000 };
    struct buffer lines, text;
    buffer_init(&lines, 1 << 14);
    buffer_init(&text, 1 << 14);
    for (int i = 0; i < TEXT / 2; i++) {
        buffer_append_text(&text, "é");
    }
    for (int i = 0; i < LINES; i++) {
        buffer_append_text(&lines, i == 0 ? "'" : ",'");
        for (int at = 0; at < LINE; at++) {
            buffer_append_text(&lines, "é");
        }
        buffer_append_text(&lines, "'");
    }
    buffer_append_u8(&lines, 0);
    buffer_append_u8(&text, 0);
    world_must(
        world, member, "member.update",
        "{'id':'%s','introduction':{'language':'fr','text':'%s'},'skills':[%s],'needs':[%s]}",
        world_text(member.member), (const char *)text.data, (const char *)lines.data,
        (const char *)lines.data);
    buffer_free(&lines);
    buffer_free(&text);
}

/* A page looks at so many bytes of members, and `next` goes on from there: all who fit are found in the end, each once. */
static void test_a_page_of_the_directory_is_bounded(void **state)
{
    enum { PEOPLE = 160, READS_MOST = 2 * PEOPLE };
    struct world world;
    char name[16], after[100] = "";
    size_t pages = 0, found = 0;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", "admin");
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(name, sizeof name, "Mia %d", i);
        say_all(&world, world_member(&world, name, ""));
    }
    struct caller zoe = world_member(&world, "Zoé", "");
    do {
        world_must(&world, ada, "member.list", "{'text':'zo','order':'name'%s}", after);
        assert_true(world.reads < READS_MOST);
        const char *next = json_string_value(world_at(world.result, "next"));
        const json_t *items = world_at(world.result, "items");
        for (size_t i = 0; i < json_array_size(items); i++) {
            assert_true(id_equal(json_get_id(json_array_get(items, i), "id"), zoe.member));
            found++;
        }
        snprintf(after, sizeof after, next == NULL ? "" : ",'after':'%s'", next);
        pages++;
    } while (after[0] != '\0');
    assert_int_equal(found, 1);
    assert_true(pages > 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_rights_by_field),
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_last_admin),
        cmocka_unit_test(test_acting_ends_a_pause),
        cmocka_unit_test(test_bad_input),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_import_again),
        cmocka_unit_test(test_a_page_of_the_directory_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
