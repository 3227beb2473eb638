/* A list of people: what is understood, what is wrong, who is known, and that nobody is invited twice. */
#include "assembly/concept.h"
#include "base/encoding.h"
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <string.h>

static void preview(struct world *world, struct caller caller, const char *text, size_t size,
                    const char *more)
{
    struct buffer encoded;
    buffer_init(&encoded, 1 << 17);
    encoding_base64url(&encoded, slice_of(text, size));
    buffer_append_u8(&encoded, 0);
    world_must(world, caller, "member.preview", "{'bytes':'%s'%s}", (const char *)encoded.data,
               more);
    buffer_free(&encoded);
}

static const char *text_at(const struct world *world, const char *path)
{
    const char *text = json_string_value(world_at(world->result, path));
    return text == NULL ? "(absent)" : text;
}

static void look(struct world *world, struct caller caller, const char *text)
{
    preview(world, caller, text, strlen(text), "");
}

static void test_words_of_three_languages(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    look(&world, world_operator,
         "\xEF\xBB\xBFPrénom;Nom;E-Mail;Taal;Catégorie;Aandelen;Rôles;Liens;Téléphone\r\n"
         "Zoé;\"d'Été; "
         "fille\";zoe@example.org;Néerlandais;MEMBERS;12;animation|lid;Bénévole|Cordiste;1\r\n"
         ";;;;;;;;\r\n");
    assert_string_equal(text_at(&world, "separator"), ";");
    assert_string_equal(text_at(&world, "columns.0"), "first_name");
    assert_string_equal(text_at(&world, "unknown.0"), "Téléphone");
    assert_string_equal(text_at(&world, "rows.0.state"), "new");
    assert_string_equal(text_at(&world, "rows.0.person.name"), "Zoé d'Été; fille");
    assert_string_equal(text_at(&world, "rows.0.person.language"), "nl");
    assert_string_equal(text_at(&world, "rows.0.person.roles.0"), "facilitator");
    assert_string_equal(text_at(&world, "rows.0.person.ties.0"), "volunteer");
    assert_string_equal(text_at(&world, "rows.0.person.ties.1"), "Cordiste");
    assert_int_equal(json_integer_value(world_at(world.result, "rows.0.person.shares")), 12);
    assert_int_equal(json_array_size(world_at(world.result, "rows")), 1);
    world_close(&world);
}

static void test_what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *row, *word, *column;
        int at;
    } rows[] = {
        {"=HYPERLINK(1),a@b.c,,,", "formula", "name", 1},
        {"An,anb.c,,,", "bad_email", "email", 4},
        {"An,a@b.c,Klingon,,", "bad_language", "language", 10},
        {"An,a@b.c,,-3,", "bad_number", "shares", 11},
        {"An,a@b.c,,4294967296,", "bad_number", "shares", 11},
        {"An,a@b.c,,,queen", "bad_role", "roles", 12},
        {",,fr,,", "nobody", "name", 1},
        {"An,a@b.c", "too_few_cells", "none", 4},
        {"An,a@b.c,,,,,", "too_many_cells", "none", 13},
    };
    struct world world;
    char text[400];
    (void)state;
    world_open(&world);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(text, sizeof text, "name,email,language,shares,roles\n%s\n", rows[i].row);
        look(&world, world_operator, text);
        assert_string_equal(text_at(&world, "rows.0.state"), "wrong");
        assert_string_equal(text_at(&world, "rows.0.errors.0.word"), rows[i].word);
        assert_string_equal(text_at(&world, "rows.0.errors.0.column"), rows[i].column);
        assert_int_equal(json_integer_value(world_at(world.result, "rows.0.errors.0.line")), 2);
        assert_int_equal(json_integer_value(world_at(world.result, "rows.0.errors.0.at")),
                         rows[i].at);
    }
    look(&world, world_operator, "prix,lieu\n1,2\n");
    assert_string_equal(text_at(&world, "fault.word"), "headings");
    look(&world, world_operator, "name\n\"An\nBo\n");
    assert_string_equal(text_at(&world, "fault.word"), "quote");
    preview(&world, world_operator, "name\nA\0n\n", 9, "");
    assert_string_equal(text_at(&world, "fault.word"), "nul");
    look(&world, world_operator, "name\nJos\xE9\n");
    assert_string_equal(text_at(&world, "fault.word"), "utf8");
    world_close(&world);
}

static void test_pieces_cut_no_row(void **state)
{
    struct world world;
    char more[300];
    (void)state;
    world_open(&world);
    const char *text = "name,email\nAn,an@x.org\nBo,\"bo@x";
    preview(&world, world_operator, text, strlen(text), ",'more':true");
    assert_int_equal(json_array_size(world_at(world.result, "rows")), 1);
    int64_t used = json_integer_value(world_at(world.result, "used"));
    assert_int_equal(used, strlen("name,email\nAn,an@x.org\n"));
    assert_int_equal(json_integer_value(world_at(world.result, "line")), 3);
    snprintf(more, sizeof more, ",'columns':['name','email'],'separator':',','line':3");
    preview(&world, world_operator, "Bo,\"bo@x.org\"\n", 14, more);
    assert_string_equal(text_at(&world, "rows.0.person.email"), "bo@x.org");
    assert_int_equal(json_integer_value(world_at(world.result, "rows.0.line")), 3);
    static char long_row[20000];
    memset(long_row, 'x', sizeof long_row);
    preview(&world, world_operator, long_row, sizeof long_row,
            ",'more':true,'columns':['name'],'separator':',','line':9");
    assert_string_equal(text_at(&world, "fault.word"), "cell");
    assert_int_equal(json_integer_value(world_at(world.result, "fault.line")), 9);
    world_close(&world);
}

static void test_nobody_is_invited_twice(void **state)
{
    struct world world;
    char id[40], other[40];
    (void)state;
    world_open(&world);
    static const char list[] = "name,email,shares\nAn Dé,an@x.org,2\nBo,,\n";
    look(&world, world_operator, list);
    snprintf(id, sizeof id, "%s", text_at(&world, "rows.0.person.id"));
    snprintf(other, sizeof other, "%s", text_at(&world, "rows.1.person.id"));
    world_must(
        &world, world_operator, "member.invite_many",
        "{'people':[{'id':'%s','name':'An Dé','email':'an@x.org','class':'members','shares':2},"
        "{'id':'%s','name':'Bo','class':'members'}]}",
        id, other);
    assert_string_equal(text_at(&world, "made.1.id"), other);
    assert_memory_equal(text_at(&world, "made.1.link"), "/join#", 6);
    assert_string_equal(world_try(&world, world_operator, "member.invite_many",
                                  "{'people':[{'id':'%s','name':'An','class':'members'}]}", id),
                        "conflict");
    look(&world, world_operator, list);
    assert_string_equal(text_at(&world, "rows.0.state"), "known");
    assert_string_equal(text_at(&world, "rows.0.person.id"), id);
    assert_string_equal(text_at(&world, "rows.1.state"), "known");
    /* Another writing of the address is the same person; another number of shares differs. */
    look(&world, world_operator, "name,email,shares\nAn Dé,AN@x.org,3\nbö,bo@x.org,\n");
    assert_string_equal(text_at(&world, "rows.0.state"), "differs");
    assert_string_equal(text_at(&world, "rows.0.differences.1.column"), "shares");
    assert_string_equal(text_at(&world, "rows.0.differences.1.now"), "2");
    assert_string_equal(text_at(&world, "rows.1.state"), "differs"); /* has an address now */
    assert_string_equal(text_at(&world, "rows.1.person.id"), other);
    world_close(&world);
}

static void test_rights(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_member(&world, "Ada", "admin");
    struct caller fac = world_member(&world, "Fay", "facilitator");
    struct caller mia = world_member(&world, "Mia", "");
    world_must(&world, world_operator, "member.update",
               "{'id':'3','email':'mia@x.org','shares':7}");
    look(&world, fac,
         "name,email,shares,roles\nBo,bo@x.org,3,\nCy,cy@x.org,,admin\nDi,,,observer\n");
    assert_string_equal(text_at(&world, "rows.0.errors.0.word"), "no_right");
    assert_string_equal(text_at(&world, "rows.1.errors.0.word"), "no_right");
    assert_string_equal(text_at(&world, "rows.2.state"), "new");
    look(&world, fac, "name,email\nMia,m@x.org\n");
    assert_string_equal(text_at(&world, "rows.0.state"), "new"); /* the address is not compared */
    assert_string_equal(world_try(&world, mia, "member.preview", "{'bytes':'bmFtZQo'}"),
                        "right.missing");
    assert_string_equal(world_try(&world, fac, "member.invite_many",
                                  "{'people':[{'id':'%s','name':'Bo','class':'members'},"
                                  "{'id':'%s','name':'Cy','class':'members','roles':['admin']}]}",
                                  world_text(world_id(&world)), world_text(world_id(&world))),
                        "right.missing");
    assert_string_equal(world_try(&world, fac, "member.list", "{'text':'Bo'}"), "");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 0); /* all or none */
    world_close(&world);
}

static void test_the_directory(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Zoë", "admin");
    struct caller bo = world_member(&world, "élan", "");
    struct caller obs = world_member(&world, "Watcher", "observer");
    world_must(&world, bo, "member.update",
               "{'id':'2','skills':['Réparer des vélos'],'needs':['une échelle']}");
    world_must(&world, ada, "member.update", "{'id':'2','ties':['volunteer']}");
    world_must(&world, ada, "member.list", "{'order':'name'}");
    assert_string_equal(text_at(&world, "items.0.name"), "élan");
    assert_string_equal(text_at(&world, "items.2.name"), "Zoë");
    world_must(&world, ada, "member.list", "{'text':'velo','where':['name','skill','need']}");
    assert_string_equal(text_at(&world, "items.0.name"), "élan");
    world_must(&world, ada, "member.list", "{'text':'ECHELLE','where':['need']}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 1);
    world_must(&world, ada, "member.list", "{'text':'velo'}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 0);
    world_must(&world, ada, "member.list", "{'tie':'volunteer','without_sponsor':true}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 1);
    struct id group = world_id(&world);
    world_must(&world, bo, "group.create",
               "{'id':'%s','language':'fr','name':'Jardin','purpose':'Semer.'}", world_text(group));
    world_must(&world, ada, "member.list", "{'group':'1'}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 1);
    assert_string_equal(text_at(&world, "items.0.name"), "élan");
    world_must(&world, obs, "member.works", "{'id':'2'}");
    assert_string_equal(text_at(&world, "groups.0.name"), "Jardin");
    world_must(&world, ada, "member.list", "{'order':'name','limit':1}");
    char next[120];
    snprintf(next, sizeof next, "%s", text_at(&world, "next"));
    world_must(&world, ada, "member.list", "{'order':'name','limit':1,'after':'%s'}", next);
    assert_string_equal(text_at(&world, "items.0.name"), "Watcher");
    assert_string_equal(world_try(&world, obs, "member.list", "{'text':'velo','where':['skill']}"),
                        "right.missing");
    world_must(&world, obs, "member.list", "{'order':'name'}");
    assert_string_equal(text_at(&world, "items.0.skills.0"), "(absent)");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_three_languages),
        cmocka_unit_test(test_what_is_wrong_is_named),
        cmocka_unit_test(test_pieces_cut_no_row),
        cmocka_unit_test(test_nobody_is_invited_twice),
        cmocka_unit_test(test_rights),
        cmocka_unit_test(test_the_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
