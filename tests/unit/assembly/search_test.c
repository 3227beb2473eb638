/* Search: what is found and in which order, what is not shown, an index that follows the documents, questions without end;
 * and proposals that resemble one another. Closing each world compares the index with that of a replay. */
#include "assembly/search.h"
#include "assembly/work.h"
#include "tests/harness/c/searching.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect(struct searching *scene, const char *path, const char *text)
{
    const json_t *value = world_at(scene->world.result, path);
    assert_non_null(value);
    assert_string_equal(json_string_value(value), text);
}

static void test_words(void **state)
{
    struct searching *scene = *state;
    searching_propose(scene, "fr", "Réparer les vélos à l’école", "Nos vélos rouillent",
                      "Un atelier.");
    searching_propose(scene, "nl", "Fietsen herstellen", "", "");
    assert_int_equal(searching_find(scene, "ECOLE"), 1);
    assert_int_equal(searching_find(scene, "l’école vélo"), 1);
    assert_int_equal(searching_find(scene, "velo"), 1); /* its plural stands there */
    assert_int_equal(searching_find(scene, "rep"), 1);  /* as one types */
    assert_int_equal(searching_find(scene, "rep velo"),
                     0); /* only the last word may be unfinished */
    assert_int_equal(searching_find(scene, "fiets"), 1);
    assert_int_equal(searching_find(scene, "vélos fietsen"), 0); /* all words are wanted */
    assert_int_equal(searching_find(scene, "atelier ecole"), 1); /* in different places */
    assert_int_equal(searching_find(scene, "?!"), 0);
    assert_int_equal(searching_find(scene, "dubœuf"), 1);
    assert_int_equal(searching_find(scene, "DUBOEUF"), 1);
    expect(scene, "items.0.kind", "member");
    expect(scene, "items.0.title.text", "Mia Dubœuf");
}

static void test_order(void **state)
{
    struct searching *scene = *state;
    searching_propose(scene, "fr", "Un banc", "", "Et un potager.");
    searching_propose(scene, "fr", "Un arbre", "Pas de potager", "");
    searching_propose(scene, "fr", "Des potagers", "", "");
    searching_propose(scene, "fr", "Le potager", "", "");
    searching_comment(scene, "1", "Le potager, oui.");
    searching_propose(scene, "fr", "Potager du toit", "", "");
    assert_int_equal(searching_find(scene, "potager"), 6);
    expect(scene, "items.0.number", "5"); /* newer first among equals */
    expect(scene, "items.1.number", "4");
    expect(scene, "items.2.number", "3"); /* another form of the word */
    expect(scene, "items.3.number", "2");
    expect(scene, "items.3.where", "need");
    expect(scene, "items.4.number", "1");
    expect(scene, "items.4.where", "text");
    expect(scene, "items.5.kind", "comment");
    expect(scene, "items.5.on.title", "Un banc");
    expect(scene, "items.5.on.number", "1");
}

static void test_pages_and_kinds(void **state)
{
    struct searching *scene = *state;
    char after[64];
    struct world *world = &scene->world;
    for (size_t i = 0; i < 5; i++) {
        searching_propose(scene, "en", "Compost", "", "");
    }
    searching_comment(scene, "1", "Compost it");
    world_must(world, scene->noe, "search.find", "{'text':'compost','limit':2}");
    expect(scene, "items.1.number", "4");
    snprintf(after, sizeof after, "%s", json_string_value(world_at(world->result, "next")));
    world_must(world, scene->noe, "search.find", "{'text':'compost','limit':4,'after':'%s'}",
               after);
    assert_int_equal(json_array_size(world_at(world->result, "items")), 4);
    expect(scene, "items.0.number", "3");
    expect(scene, "items.3.kind", "comment");
    assert_true(json_is_null(world_at(world->result, "next")));
    world_must(world, scene->noe, "search.find", "{'text':'compost','kinds':['comment']}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 1);
    assert_string_equal(
        world_try(world, scene->noe, "search.find", "{'text':'compost','after':'AAA'}"),
        "input.bad_value");
    assert_string_equal(world_try(world, world_nobody, "search.find", "{'text':'compost'}"),
                        "session.none");
}

/* However many have the word, a page reads what it shows; a word that all have is not walked through for one that few have. */
static void test_a_page_reads_what_it_shows(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    uint64_t few = 0;
    searching_propose(scene, "en", "Compost and lantern", "", "");
    for (size_t i = 0; i < 240; i++) {
        searching_propose(scene, "en", "Compost heap", "", "");
        if (i == 120) {
            world_must(world, scene->noe, "search.find", "{'text':'compost heap','limit':5}");
            few = world->reads;
        }
    }
    world_must(world, scene->noe, "search.find", "{'text':'compost heap','limit':5}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 5);
    assert_in_range(world->reads, 5, 100);
    assert_int_equal(world->reads, few);
    world_must(world, scene->noe, "search.find", "{'text':'compost lantern','limit':5}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 1);
    assert_in_range(world->reads, 1, 100);
}

/* The index has the words that are there, and no others. */
static void test_changes(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    searching_propose(scene, "en", "Garden bench", "Nowhere to sit", "Oak.");
    searching_comment(scene, "1", "Rather pinewood");
    assert_int_equal(searching_find(scene, "pinewood"), 1);
    world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'Rather steel'}");
    assert_int_equal(searching_find(scene, "pinewood"), 0);
    assert_int_equal(searching_find(scene, "steel"), 1);
    world_must(world, scene->noe, "comment.remove", "{'id':'1','reason':'steely words'}");
    assert_int_equal(searching_find(scene, "steel"), 0);
    world_must(world, scene->noe, "proposal.translate",
               "{'id':'1','version':1,'language':'nl','title':'Tuinbank','need':'','text':''}");
    assert_int_equal(searching_find(scene, "tuinbanken"), 1);
    world_must(world, scene->mia, "proposal.revise", "{'id':'1','base':1,'text':'Beech.'}");
    assert_int_equal(searching_find(scene, "oak"), 0);
    assert_int_equal(searching_find(scene, "beech"), 1);
    world_must(world, world_operator, "member.update", "{'id':'2','status':'left'}");
    world_must(world, scene->mia, "search.find", "{'text':'noé'}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 0);
}

static void test_marks(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    searching_propose(
        scene, "fr", "😀 L’été", "",
        "Il y a ici vraiment beaucoup de mots avant que vienne **enfin** l’Été des fêtes, et "
        "d’autres.");
    world_must(world, scene->noe, "search.find", "{'text':'ete'}");
    assert_int_equal(json_integer_value(world_at(world->result, "items.0.title.marks.0.from")), 5);
    assert_int_equal(json_integer_value(world_at(world->result, "items.0.title.marks.0.to")), 8);
    expect(scene, "items.0.snippet.text",
           "… vraiment beaucoup de mots avant que vienne enfin l’Été des fêtes, et d’autres.");
    assert_int_equal(json_integer_value(world_at(world->result, "items.0.snippet.marks.0.from")),
                     53);
    assert_int_equal(json_integer_value(world_at(world->result, "items.0.snippet.marks.0.to")), 56);
    assert_int_equal(json_array_size(world_at(world->result, "items.0.snippet.marks")), 1);
}

/* Names are all that an observer learns of members; an e-mail address is found by nobody. */
static void test_privacy(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    world_must(world, world_operator, "member.update", "{'id':'2','email':'secret@example.org'}");
    world_must(world, world_operator, "search.find", "{'text':'secret example'}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 0);
    world_must(world, scene->observer, "search.find", "{'text':'noe'}");
    expect(scene, "items.0.title.text", "Noé");
    expect(scene, "items.0.snippet.text", "");
}

/* Texts as wide as they may be, words without end: bounded, and everything else still found. */
static void test_hostile(void **state)
{
    struct searching *scene = *state;
    static char text[30000], words[201];
    size_t size = 0;
    while (size < sizeof text - 16) {
        size += (size_t)snprintf(text + size, 16, "w%zx ", size * 2654435761u % 1000003);
    }
    searching_propose(scene, "fr", "Long", "", text);
    memset(text, 'a', sizeof text - 1);
    searching_propose(scene, "fr", "Très long", "", text);
    for (size_t i = 0; i < 200; i++) {
        words[i] = i % 2 == 0 ? 'w' : ' ';
    }
    assert_int_equal(searching_find(scene, "w"), 1);
    assert_int_equal(searching_find(scene, words),
                     1); /* only the last letter alone says something */
}

/* ---- proposals alike ---- */

static const struct {
    const char *language, *there, *typed;
} pairs[] = {
    {"fr", "Installer des casiers à vélos dans la cour", "Casier pour les velos dans la cours"},
    {"fr", "Ouvrir le café le lundi soir", "Le lundi soir, ouverture du café"},
    {"fr", "Créer un potager partagé sur le toit", "potagers partagés toiture"},
    {"fr", "Remplacer la chaudière au mazout", "Remplacement de la chaudiere"},
    {"nl", "Fietsenstalling op de binnenkoer", "Een fietsenstaling in de binnenkoer"},
    {"nl", "Zonnepanelen op het dak leggen", "Dak vol zonnepaneel"},
    {"nl", "Een huis van de wijk openen", "Wijkhuizen openen: een huis voor de wijk"},
    {"en", "A shared workshop with tools", "Workshops with shared tool"},
    {"en", "Cheaper meals for volunteers", "cheeper meal for volunteer"},
    {"en", "Plant trees along the street", "Trees in our street"},
};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

static void test_alike(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    struct id ids[PAIRS];
    for (size_t i = 0; i < PAIRS; i++) {
        ids[i] = searching_propose(scene, pairs[i].language, pairs[i].there, "", "");
    }
    for (size_t i = 0; i < PAIRS; i++) {
        world_must(world, scene->noe, "proposal.alike", "{'title':'%s','need':'','language':'%s'}",
                   pairs[i].typed, pairs[i].language);
        const json_t *first = world_at(world->result, "items.0.id");
        if (first == NULL || strcmp(json_string_value(first), world_text(ids[i])) != 0) {
            fail_msg("%s: not found", pairs[i].typed);
        }
        assert_in_range(json_array_size(world_at(world->result, "items")), 1, 3);
        world_must(world, scene->noe, "proposal.alike",
                   "{'title':'%s','need':'','language':'%s','not':'%s'}", pairs[i].typed,
                   pairs[i].language, world_text(ids[i]));
        first = world_at(world->result, "items.0.id");
        assert_true(first == NULL || strcmp(json_string_value(first), world_text(ids[i])) != 0);
    }
}

static void test_not_alike(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    static const char *const others[] = {
        "Une assurance pour les bénévoles", "De", "", "Een nieuwe kassa", "Wifi", "???"};
    for (size_t i = 0; i < PAIRS; i++) {
        searching_propose(scene, pairs[i].language, pairs[i].there, "", "");
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        world_must(world, scene->noe, "proposal.alike", "{'title':'%s','need':'','language':'fr'}",
                   others[i]);
        if (json_array_size(world_at(world->result, "items")) > 0) {
            fail_msg("%s: %s", others[i],
                     json_string_value(world_at(world->result, "items.0.title")));
        }
    }
    searching_propose(scene, "fr", "Un parc", "Les enfants ne savent pas où jouer après l’école",
                      "");
    world_must(world, scene->noe, "proposal.alike",
               "{'title':'','need':'Où jouer après les écoles pour un enfant','language':'fr'}");
    expect(scene, "items.0.title", "Un parc");
}

/* Every kind of the table is found by its title, and its own kind alone is asked for. */
static void test_kinds(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    world_must(world, scene->mia, "group.create",
               "{'id':'%s','language':'fr','name':'Groupe Zephyr','purpose':'Le vent'}",
               world_text(world_id(world)));
    world_must(world, scene->mia, "poll.define",
               "{'id':'%s','kind':'straw','question':{'fr':'Zephyr ou mistral ?'},'options':[],"
               "'method':'yes-no','mode':'named'}",
               world_text(world_id(world)));
    searching_propose(scene, "fr", "Le zephyr", "", "");
    searching_comment(scene, "1", "Zephyr, oui");
    world_must(world, scene->noe, "task.create",
               "{'id':'%s','language':'fr','title':'Appeler Zephyr','result':'',"
               "'from':{'kind':'proposal','id':'1'}}",
               world_text(world_id(world)));
    world_must(world, scene->noe, "search.find", "{'text':'zephyr'}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 5);
    static const char *const kinds[] = {"group", "poll", "proposal", "comment", "task"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        world_must(world, scene->noe, "search.find", "{'text':'zephyr','kinds':['%s']}", kinds[i]);
        assert_int_equal(json_array_size(world_at(world->result, "items")), 1);
        expect(scene, "items.0.kind", kinds[i]);
    }
}

/* Built again from the record alone, the index is what it was. */
static void test_rebuild(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    searching_propose(scene, "en", "Garden bench", "Nowhere to sit", "Oak.");
    searching_comment(scene, "1", "Steel");
    searching_comment(scene, "1", "Brick");
    world_must(world, scene->noe, "comment.remove", "{'id':'1','reason':'x'}");
    searching_propose(scene, "fr", "Autre", "", "");
    assembly_close(world->assembly);
    assert_int_equal(assembly_rebuild(world->store, crypto_random, NULL, NULL), ERROR_NONE);
    assert_int_equal(assembly_open(world->store, &world->key, NULL, NULL, &world->assembly),
                     ERROR_NONE);
    assert_int_equal(searching_find(scene, "brick"), 1);
    assert_int_equal(searching_find(scene, "steel"), 0);
}

/* Words without end, of the longest characters: what is shown stays within its bounds. */
static void test_long_words(void **state)
{
    struct searching *scene = *state;
    struct buffer text;
    buffer_init(&text, 10000);
    buffer_append_text(&text, "potager ");
    for (size_t i = 0; i < 1200; i++) {
        buffer_append_text(&text, "𠀀");
    }
    buffer_append_u8(&text, 0);
    searching_propose(scene, "fr", "Un banc", "", "");
    searching_comment(scene, "1", (const char *)text.data);
    buffer_free(&text);
    assert_int_equal(searching_find(scene, "potager"), 1);
    const char *shown = json_string_value(world_at(scene->world.result, "items.0.snippet.text"));
    assert_non_null(shown);
    assert_in_range(strlen(shown), 3000, 4010); /* a thousand characters */
}

/* What was seen at the beginning is still known when hundreds have been: it comes again in another list. */
static void test_nothing_is_found_twice(void **state)
{
    struct searching *scene = *state;
    searching_propose(scene, "fr", "Un banc", "", "");
    for (size_t i = 0; i < 290; i++) {
        searching_comment(scene, "1", "alpha");
        searching_comment(scene, "1", i < 280 ? "bêta" : "alpha");
    }
    searching_comment(scene, "1", "alpha bêtas");
    assert_int_equal(searching_find(scene, "alpha bêta x"), 0);
    assert_int_equal(searching_find(scene, "bêta alpha"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_words, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_order, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_pages_and_kinds, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_a_page_reads_what_it_shows, searching_open,
                                        searching_close),
        cmocka_unit_test_setup_teardown(test_changes, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_marks, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_privacy, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_hostile, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_alike, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_not_alike, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_kinds, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_nothing_is_found_twice, searching_open,
                                        searching_close),
        cmocka_unit_test_setup_teardown(test_long_words, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_rebuild, searching_open, searching_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
