/* Comments: two levels, editing, reactions, removal with a reason, import of threads. */
#include "assembly/concept.h"
#include "tests/harness/c/world.h"

#include <stdio.h>

struct scene {
    struct world world;
    struct caller mia, noe, facilitator;
    struct id proposal;
};

static int scene_open(void **state)
{
    static struct scene scene;
    world_open(&scene.world);
    scene.mia = world_member(&scene.world, "Mia", "");
    scene.noe = world_member(&scene.world, "Noé", "");
    scene.facilitator = world_member(&scene.world, "Flo", "facilitator");
    scene.proposal = world_id(&scene.world);
    world_must(&scene.world, scene.mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(scene.proposal));
    *state = &scene;
    return 0;
}

static int scene_close(void **state)
{
    struct scene *scene = *state;
    world_close(&scene->world);
    return 0;
}

static const char *post(struct scene *scene, struct caller caller, struct id id, const char *more)
{
    return world_try(
        &scene->world, caller, "comment.post",
        "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':'Avec un dossier.'%s}",
        world_text(id), more);
}

static const char *reply(struct scene *scene, struct id id, struct id parent, struct id reply_to)
{
    char more[128] = "";
    size_t size = 0;
    if (!id_is_none(parent)) {
        size = (size_t)snprintf(more, sizeof more, ",'parent':'%s'", world_text(parent));
    }
    if (!id_is_none(reply_to)) {
        snprintf(more + size, sizeof more - size, ",'reply_to':'%s'", world_text(reply_to));
    }
    return post(scene, scene->noe, id, more);
}

static const struct id none = {{0}};

static void test_two_levels(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id first = world_id(world), second = world_id(world), third = world_id(world),
              other = world_id(world);
    assert_string_equal(post(scene, scene->noe, first, ""), "");
    assert_int_equal(json_integer_value(world_at(world->result, "number")), 1);
    assert_string_equal(reply(scene, second, first, none), "");
    assert_string_equal(reply(scene, third, first, second), "");
    world_expect_text(world, DOCUMENT_COMMENT, third, "parent", world_text(first));
    world_expect_text(world, DOCUMENT_COMMENT, third, "reply_to", world_text(second));
    assert_string_equal(reply(scene, world_id(world), second, none),
                        "comment.bad_parent"); /* a third level */
    assert_string_equal(reply(scene, world_id(world), none, world_id(world)), "comment.bad_parent");
    assert_string_equal(post(scene, scene->noe, other, ""), "");
    assert_string_equal(reply(scene, world_id(world), other, second), "comment.bad_parent");
    struct id fourth = world_id(world);
    assert_string_equal(reply(scene, fourth, none, third), ""); /* its parent follows */
    world_expect_text(world, DOCUMENT_COMMENT, fourth, "parent", world_text(first));
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 5);
    assert_string_equal(post(scene, scene->noe, first, ""), "conflict");
}

static void test_parent_elsewhere(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id elsewhere = world_id(world);
    world_must(world, scene->mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Autre','need':'','text':'','themes':[]}",
               world_text(world_id(world)));
    world_must(world, scene->mia, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'2'},'text':'Ici'}",
               world_text(elsewhere));
    assert_string_equal(reply(scene, world_id(world), elsewhere, none), "comment.bad_parent");
    assert_string_equal(
        world_try(world, scene->mia, "comment.post",
                  "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'7'},'text':'x'}",
                  world_text(world_id(world))),
        "proposal.unknown");
    assert_string_equal(
        world_try(world, scene->mia, "comment.post",
                  "{'id':'%s','language':'fr','on':{'kind':'poll','id':'7'},'text':'x'}",
                  world_text(world_id(world))),
        "poll.unknown");
    assert_string_equal(
        world_try(world, scene->mia, "comment.post",
                  "{'id':'%s','language':'fr','on':{'kind':'member','id':'1'},'text':'x'}",
                  world_text(world_id(world))),
        "input.bad_value");
}

static void test_rights(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct caller observer = world_member(world, "Olaf", "observer");
    struct id id = world_id(world);
    assert_string_equal(post(scene, observer, id, ""), "right.missing");
    assert_string_equal(post(scene, world_operator, id, ""), "right.missing");
    assert_string_equal(post(scene, world_nobody, id, ""), "session.none");
    assert_string_equal(post(scene, scene->noe, id, ""), "");
    assert_string_equal(world_try(world, scene->mia, "comment.edit", "{'id':'1','text':'x'}"),
                        "right.missing");
    assert_string_equal(
        world_try(world, scene->facilitator, "comment.edit", "{'id':'1','text':'x'}"),
        "right.missing");
    assert_string_equal(world_try(world, scene->mia, "comment.remove", "{'id':'1','reason':'x'}"),
                        "right.missing");
    assert_string_equal(
        world_try(world, observer, "comment.react", "{'id':'1','reaction':'agree','on':true}"),
        "right.missing");
    assert_string_equal(world_try(world, scene->mia, "comment.edit", "{'id':'5','text':'x'}"),
                        "comment.unknown");
}

static void test_edit_and_react(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id id = world_id(world);
    assert_string_equal(post(scene, scene->noe, id, ""), "");
    world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'À l’ombre.'}");
    world_expect_text(world, DOCUMENT_COMMENT, id, "text", "À l’ombre.");
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'thanks','on':true}");
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'thanks','on':true}");
    world_must(world, scene->facilitator, "comment.react",
               "{'id':'1','reaction':'thanks','on':true}");
    json_t *comment = world_document(world, DOCUMENT_COMMENT, id);
    assert_int_equal(json_array_size(world_at(comment, "reactions.thanks")), 2);
    assert_non_null(world_at(comment, "edited_ms"));
    json_decref(comment);
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'thanks','on':false}");
    world_expect_text(world, DOCUMENT_COMMENT, id, "reactions.thanks.0",
                      world_text(scene->facilitator.member));
    assert_string_equal(
        world_try(world, scene->mia, "comment.react", "{'id':'1','reaction':'boo','on':true}"),
        "input.bad_value");
}

static void test_remove(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id first = world_id(world), second = world_id(world);
    assert_string_equal(post(scene, scene->noe, first, ""), "");
    assert_string_equal(reply(scene, second, first, none), "");
    assert_string_equal(world_try(world, scene->facilitator, "comment.remove", "{'id':'1'}"),
                        "input.missing_field");
    world_must(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'Publicité'}");
    world_expect_text(world, DOCUMENT_COMMENT, first, "text", "");
    world_expect_text(world, DOCUMENT_COMMENT, first, "removed.reason", "Publicité");
    world_expect_text(world, DOCUMENT_COMMENT, first, "removed.by.name", "Flo");
    assert_string_equal(
        world_try(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'x'}"),
        "comment.removed");
    assert_string_equal(world_try(world, scene->noe, "comment.edit", "{'id':'1','text':'x'}"),
                        "comment.removed");
    assert_string_equal(reply(scene, world_id(world), first, none), "comment.removed");
    assert_string_equal(reply(scene, world_id(world), first, second), ""); /* the thread goes on */
    world_must(world, scene->noe, "comment.remove", "{'id':'2','reason':'Je me suis trompé'}");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 3);
}

static void test_import(void **state)
{
    static const char params[] =
        "{'id':'%s','on':{'kind':'proposal','id':'1'},'author':'%s','language':'es','text':'%s',"
        "'source':{'id':'88','at_ms':1442000000000,'orphan':true,'votes':3,'up':2,'down':1}%s}";
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id author = world_id(world), first = world_id(world), empty = world_id(world);
    world_must(world, world_operator, "import.member",
               "{'id':'%s','name':'Author 12','source':{'format':'x','id':'12'}}",
               world_text(author));
    world_must(world, world_operator, "import.comment", params, world_text(first),
               world_text(author), "Hola", "");
    world_must(world, world_operator, "import.comment", params, world_text(empty),
               world_text(author), "", ",'removed':true");
    world_must(world, world_operator, "import.comment", params, world_text(first),
               world_text(author), "Hola", "");
    assert_true(json_is_true(world_at(world->result, "existing")));
    world_expect_text(world, DOCUMENT_COMMENT, first, "author.name", "Author 12");
    world_expect_number(world, DOCUMENT_COMMENT, first, "source.up", 2);
    world_expect_text(world, DOCUMENT_COMMENT, empty, "removed.by", "operator");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 2);
    assert_string_equal(world_try(world, scene->facilitator, "import.comment", params,
                                  world_text(world_id(world)), world_text(author), "x", ""),
                        "right.missing");
    assert_string_equal(world_try(world, world_operator, "import.comment", params,
                                  world_text(world_id(world)), world_text(world_id(world)), "x",
                                  ""),
                        "member.unknown");
}

static void test_author_forgets_a_pause(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    world_must(world, scene->noe, "member.update", "{'id':'2','status':'dormant'}");
    assert_string_equal(post(scene, scene->noe, world_id(world), ""), "");
    world_expect_text(world, DOCUMENT_MEMBER, scene->noe.member, "status", "active");
}

/* ---- discussions elsewhere ---- */

static void test_on_a_task(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id task = world_id(world), id = world_id(world);
    world_must(world, scene->mia, "task.create",
               "{'id':'%s','language':'fr','title':'Un devis','result':'Trois devis',"
               "'from':{'kind':'proposal','id':'1'},'assignees':[]}",
               world_text(task));
    world_must(world, scene->noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'task','id':'1'},'text':'Je demande.'}",
               world_text(id));
    world_expect_text(world, DOCUMENT_COMMENT, id, "on.kind", "task");
    world_expect_text(world, DOCUMENT_COMMENT, id, "on.id", world_text(task));
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 0);
    /* an answer stays in its own discussion */
    assert_string_equal(reply(scene, world_id(world), id, none), "comment.bad_parent");
    assert_string_equal(
        world_try(world, scene->mia, "comment.post",
                  "{'id':'%s','language':'fr','on':{'kind':'task','id':'9'},'text':'x'}",
                  world_text(world_id(world))),
        "task.unknown");
    assert_string_equal(
        world_try(world, scene->mia, "comment.post",
                  "{'id':'%s','language':'fr','on':{'kind':'decision','id':'2026-001'},'text':'x'}",
                  world_text(world_id(world))),
        "decision.unknown");
}

/* ---- recorded for somebody ---- */

static void test_recorded(void **state)
{
    char more[64];
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id id = world_id(world);
    snprintf(more, sizeof more, ",'for':'%s'", world_text(scene->mia.member));
    assert_string_equal(post(scene, scene->noe, id, more), "right.missing");
    assert_string_equal(post(scene, scene->facilitator, id, more), "");
    world_expect_text(world, DOCUMENT_COMMENT, id, "author.name", "Mia");
    world_expect_text(world, DOCUMENT_COMMENT, id, "recorded_by.name", "Flo");
    /* both may mend it, nobody else */
    world_must(world, scene->mia, "comment.edit", "{'id':'1','text':'À l’ombre'}");
    world_must(world, scene->facilitator, "comment.edit", "{'id':'1','text':'À l’ombre.'}");
    assert_string_equal(world_try(world, scene->noe, "comment.edit", "{'id':'1','text':'x'}"),
                        "right.missing");
    struct id own = world_id(world);
    assert_string_equal(post(scene, scene->noe, own, ""), "");
    json_t *comment = world_document(world, DOCUMENT_COMMENT, own);
    assert_null(world_at(comment, "recorded_by"));
    json_decref(comment);
}

/* ---- earlier wordings ---- */

static void test_history(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id id = world_id(world);
    assert_string_equal(post(scene, scene->noe, id, ""), "");
    world_must(world, scene->mia, "comment.history", "{'id':'1'}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 0);
    world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'Deux'}");
    json_t *comment = world_document(world, DOCUMENT_COMMENT, id);
    assert_null(world_at(comment, "edited_after_reactions"));
    json_decref(comment);
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'agree','on':true}");
    for (int i = 3; i <= 25; i++) {
        world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'Texte %d'}", i);
    }
    world_must(world, scene->mia, "comment.history", "{'id':'1'}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 20);
    assert_string_equal(json_string_value(world_at(world->result, "items.0.text")), "Texte 5");
    assert_string_equal(json_string_value(world_at(world->result, "items.19.text")), "Texte 24");
    assert_null(world_at(world->result, "removed"));
    world_expect_number(world, DOCUMENT_COMMENT, id, "edits", 24);
    comment = world_document(world, DOCUMENT_COMMENT, id);
    assert_true(json_is_true(world_at(comment, "edited_after_reactions")));
    json_decref(comment);
    assert_string_equal(world_try(world, scene->mia, "comment.history", "{'id':'7'}"),
                        "comment.unknown");
}

/* ---- taken away and brought back ---- */

static void test_removed_words(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id id = world_id(world);
    assert_string_equal(post(scene, scene->noe, id, ""), "");
    assert_string_equal(world_try(world, scene->noe, "comment.restore", "{'id':'1'}"),
                        "comment.not_removed");
    world_must(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'Publicité'}");
    assert_string_equal(world_try(world, scene->mia, "comment.history", "{'id':'1'}"),
                        "comment.removed");
    world_must(world, scene->noe, "comment.history", "{'id':'1'}");
    assert_string_equal(json_string_value(world_at(world->result, "removed")), "Avec un dossier.");
    /* the author does not undo facilitation, facilitation does */
    assert_string_equal(world_try(world, scene->noe, "comment.restore", "{'id':'1'}"),
                        "right.missing");
    world_must(world, scene->facilitator, "comment.restore", "{'id':'1'}");
    world_expect_text(world, DOCUMENT_COMMENT, id, "text", "Avec un dossier.");
    json_t *comment = world_document(world, DOCUMENT_COMMENT, id);
    assert_null(world_at(comment, "removed"));
    json_decref(comment);
    /* what the author took away is theirs to bring back, without a reason */
    world_must(world, scene->noe, "comment.remove", "{'id':'1'}");
    assert_string_equal(world_try(world, scene->facilitator, "comment.restore", "{'id':'1'}"),
                        "right.missing");
    assert_string_equal(world_try(world, scene->facilitator, "comment.history", "{'id':'1'}"),
                        "comment.removed"); /* nor read by others any longer */
    world_must(world, scene->noe, "comment.restore", "{'id':'1'}");
    world_expect_text(world, DOCUMENT_COMMENT, id, "text", "Avec un dossier.");
}

static void test_taken_back(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id id = world_id(world), answer = world_id(world), late = world_id(world);
    assert_string_equal(post(scene, scene->noe, id, ""), "");
    assert_string_equal(reply(scene, answer, id, none), "");
    assert_string_equal(world_try(world, scene->mia, "comment.withdraw", "{'id':'2'}"),
                        "right.missing");
    assert_string_equal(world_try(world, scene->noe, "comment.withdraw", "{'id':'1'}"),
                        "comment.too_late"); /* it was answered */
    world_must(world, scene->noe, "comment.withdraw", "{'id':'2'}");
    world_expect_text(world, DOCUMENT_COMMENT, answer, "text", "");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 1);
    world_must(world, scene->noe, "comment.withdraw", "{'id':'1'}"); /* nobody answers it now */
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 0);
    assert_string_equal(world_try(world, scene->noe, "comment.restore", "{'id':'1'}"),
                        "comment.unknown");
    assert_string_equal(world_try(world, scene->noe, "comment.history", "{'id':'1'}"),
                        "comment.unknown");
    assert_string_equal(post(scene, scene->noe, late, ""), "");
    world->now_ms += 11 * 60000;
    assert_string_equal(world_try(world, scene->noe, "comment.withdraw", "{'id':'3'}"),
                        "comment.too_late");
}

/* ---- people named ---- */

static void test_mentions(void **state)
{
    char text[1400];
    size_t size = 0;
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id id = world_id(world);
    world_must(world, scene->noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':"
               "'@[Quelqu’un](member:%s) et @[x](member:%s), @Flo, @[Flo](member:nope)'}",
               world_text(id), world_text(scene->mia.member), world_text(world_id(world)));
    world_expect_text(world, DOCUMENT_COMMENT, id, "mentions.0.name", "Mia");
    json_t *comment = world_document(world, DOCUMENT_COMMENT, id);
    assert_int_equal(json_array_size(world_at(comment, "mentions")), 1);
    json_decref(comment);
    world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'Personne'}");
    comment = world_document(world, DOCUMENT_COMMENT, id);
    assert_null(world_at(comment, "mentions"));
    json_decref(comment);
    for (int i = 0; i < 21; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "@[x](member:%s)",
                                 world_text(world_id(world)));
    }
    assert_string_equal(
        world_try(world, scene->noe, "comment.edit", "{'id':'1','text':'%s'}", text),
        "comment.too_many_mentions");
}

/* Unread notifications of this kind that the member has. */
static int64_t heard(struct scene *scene, struct caller caller, const char *what)
{
    size_t i;
    json_t *item;
    int64_t count = 0;
    world_must(&scene->world, caller, "notification.list", "{}");
    json_array_foreach(json_object_get(scene->world.result, "items"), i, item)
    {
        bool same = strcmp(json_string_value(json_object_get(item, "what")), what) == 0;
        count += same ? json_get_integer(item, "count") : 0;
    }
    return count;
}

static void test_a_group_is_told(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id group = world_id(world), id = world_id(world);
    world_must(world, scene->facilitator, "group.create",
               "{'id':'%s','name':'Atelier vélo','purpose':'Réparer','language':'fr'}",
               world_text(group));
    world_must(world, scene->mia, "group.join", "{'id':'%s'}", world_text(group));
    world_must(world, scene->noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':"
               "'@[Vélo](group:%s) et @[Mia](member:%s)'}",
               world_text(id), world_text(group), world_text(scene->mia.member));
    world_expect_text(world, DOCUMENT_COMMENT, id, "mentions.0.name", "Atelier vélo");
    assert_int_equal(heard(scene, scene->facilitator, "mention"), 1);
    assert_int_equal(heard(scene, scene->mia, "mention"), 1); /* named twice, told once */
    world_must(world, scene->noe, "mention.find", "{'text':'ate'}");
    assert_string_equal(json_string_value(world_at(world->result, "items.0.kind")), "group");
    assert_string_equal(
        world_try(world, scene->noe, "comment.post",
                  "{'id':'%s','language':'fr','on':{'kind':'group','id':'1'},'text':'x'}",
                  world_text(world_id(world))),
        "right.missing"); /* he reads it, its members write */
}

/* What a search finds in comments. */
static const char *searched(struct scene *scene, const char *text)
{
    world_must(&scene->world, scene->facilitator, "search.find", "{'text':'%s','language':'fr'}",
               text);
    const char *snippet = json_string_value(world_at(scene->world.result, "items.0.snippet.text"));
    return snippet == NULL ? "" : snippet;
}

static void test_search_reads_what_people_read(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id id = world_id(world);
    world_must(world, scene->noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':"
               "'@[Mia](member:%s) apporte la bétonnière'}",
               world_text(id), world_text(scene->mia.member));
    assert_string_equal(searched(scene, "bétonnière"), "@Mia apporte la bétonnière");
    world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'La brouette suffit'}");
    assert_string_equal(searched(scene, "bétonnière"), ""); /* earlier wordings are not searched */
    assert_string_equal(searched(scene, "brouette"), "La brouette suffit");
    world_must(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'Essai'}");
    assert_string_equal(searched(scene, "brouette"), "");
    world_must(world, scene->facilitator, "comment.restore", "{'id':'1'}");
    assert_string_equal(searched(scene, "brouette"), "La brouette suffit");
    world_must(world, scene->noe, "comment.withdraw", "{'id':'1'}");
    assert_string_equal(searched(scene, "brouette"), "");
}

static size_t found(struct scene *scene, const char *text)
{
    world_must(&scene->world, scene->mia, "mention.find", "{'text':'%s'}", text);
    return json_array_size(world_at(scene->world.result, "items"));
}

static void test_mention_find(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct caller observer = world_member(world, "Élodie De Vos-Núñez", "observer");
    assert_int_equal(found(scene, "noe"), 1);
    assert_string_equal(json_string_value(world_at(world->result, "items.0.name")), "Noé");
    assert_int_equal(found(scene, "NOÉ"), 1);
    assert_int_equal(found(scene, "nunez elo"), 1);
    assert_int_equal(found(scene, "vos"), 1);
    assert_int_equal(found(scene, "zz"), 0);
    assert_int_equal(found(scene, "%"), 0);
    assert_string_equal(world_try(world, observer, "mention.find", "{'text':'noe'}"),
                        "right.missing");
    world_must(world, scene->noe, "member.update", "{'id':'2','name':'Nora'}");
    assert_int_equal(found(scene, "noe"), 0); /* the old name finds nobody */
    assert_int_equal(found(scene, "nor"), 1);
    world_must(world, observer, "mention.names", "{'ids':['%s','%s']}",
               world_text(scene->noe.member), world_text(world_id(world)));
    assert_int_equal(json_array_size(world_at(world->result, "items")), 1);
    assert_string_equal(json_string_value(world_at(world->result, "items.0.name")), "Nora");
}

/* ---- who hears of it ---- */

static void test_telling(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id first = world_id(world), second = world_id(world);
    assert_string_equal(post(scene, scene->noe, first, ""), "");
    assert_int_equal(heard(scene, scene->mia, "comment"), 1); /* it is her proposal */
    world_must(world, scene->mia, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'parent':'%s',"
               "'text':'@[Noé](member:%s) @[Flo](member:%s) @[Mia](member:%s)'}",
               world_text(second), world_text(first), world_text(scene->noe.member),
               world_text(scene->facilitator.member), world_text(scene->mia.member));
    assert_int_equal(heard(scene, scene->noe, "reply"), 1);
    assert_int_equal(heard(scene, scene->noe, "mention"), 0); /* once is enough */
    assert_int_equal(heard(scene, scene->facilitator, "mention"), 1);
    assert_int_equal(heard(scene, scene->mia, "mention"), 0); /* oneself */
    world_must(world, scene->mia, "comment.edit", "{'id':'2','text':'Bonjour'}");
    world_must(world, scene->mia, "comment.edit", "{'id':'2','text':'@[F](member:%s)'}",
               world_text(scene->facilitator.member));
    assert_int_equal(heard(scene, scene->facilitator, "mention"), 1); /* named before */
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'thanks','on':true}");
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'thanks','on':false}");
    assert_int_equal(heard(scene, scene->noe, "reaction"), 1);
    world_must(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'Publicité'}");
    assert_int_equal(heard(scene, scene->noe, "comment_removed"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_two_levels, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_parent_elsewhere, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_rights, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_edit_and_react, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_remove, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_on_a_task, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_recorded, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_history, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_removed_words, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_taken_back, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_mentions, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_telling, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_a_group_is_told, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_search_reads_what_people_read, scene_open,
                                        scene_close),
        cmocka_unit_test_setup_teardown(test_mention_find, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_import, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_author_forgets_a_pause, scene_open, scene_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
