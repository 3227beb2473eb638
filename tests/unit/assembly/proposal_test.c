/* Proposals: texts, versions, translations, supports and the threshold, lists, import. */
#include "assembly/concept.h"
#include "assembly/proposal.h"
#include "ledger/definition.h"
#include "tests/harness/c/world.h"

#include <string.h>

static struct id submit(struct world *world, struct caller author, const char *title)
{
    struct id id = world_id(world);
    world_must(world, author, "proposal.submit",
               "{'id':'%s','language':'fr','title':'%s','need':'Nulle part où "
               "s’asseoir','text':'Deux bancs.','themes':[]}",
               world_text(id), title);
    return id;
}

static void test_submit(void **state)
{
    static const char params[] =
        "{'id':'%s','language':'fr','title':'%s','need':'','text':'','themes':[]}";
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct id id = submit(&world, mia, "Un banc dans la cour");
    assert_int_equal(json_integer_value(world_at(world.result, "number")), 1);
    assert_string_equal(json_string_value(world_at(world.result, "id")), world_text(id));
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "state", "idea");
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "authors.0.name", "Mia");
    world_expect_number(&world, DOCUMENT_PROPOSAL, id, "version", 1);
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "threshold", 3);
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "tasks.total", 0);
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "proposals", 1);
    assert_string_equal(world_try(&world, mia, "proposal.submit", params, world_text(id), "Autre"),
                        "conflict");
    assert_string_equal(
        world_try(&world, mia, "proposal.submit", params, world_text(world_id(&world)), "a\\nb"),
        "input.bad_value");
    struct caller observer = world_member(&world, "Olaf", "observer");
    assert_string_equal(
        world_try(&world, observer, "proposal.submit", params, world_text(world_id(&world)), "X"),
        "right.missing");
    assert_string_equal(world_try(&world, world_operator, "proposal.submit", params,
                                  world_text(world_id(&world)), "X"),
                        "right.missing");
    world_close(&world);
}

static void test_limits(void **state)
{
    struct world world;
    char need[4 * 1001 + 1];
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    for (size_t i = 0; i < 1001; i++) {
        memcpy(need + 2 * i, "é", 2);
    }
    need[2 * 1001] = 0;
    assert_string_equal(
        world_try(&world, mia, "proposal.submit",
                  "{'id':'%s','language':'fr','title':'X','need':'%s','text':'','themes':[]}",
                  world_text(world_id(&world)), need),
        "input.too_big");
    assert_string_equal(world.field, "need");
    need[2 * 1000] = 0;
    struct id id = world_id(&world);
    world_must(&world, mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'X','need':'%s','text':'','themes':[]}",
               world_text(id), need);
    json_t *card = world_document(&world, DOCUMENT_PROPOSAL_CARD, id);
    assert_int_equal(json_string_length(world_at(card, "need")), 560); /* 280 characters */
    json_decref(card);
    assert_string_equal(
        world_try(
            &world, mia, "proposal.submit",
            "{'id':'%s','language':'fr','title':'X','need':'','text':'','themes':['nothing']}",
            world_text(world_id(&world))),
        "input.bad_value");
    assert_string_equal(world.field, "themes");
    world_close(&world);
}

static void test_revise(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct caller noe = world_member(&world, "Noé", "facilitator");
    struct id id = submit(&world, mia, "Un banc");
    assert_string_equal(world_try(&world, noe, "proposal.revise", "{'id':'1','base':1,'text':'X'}"),
                        "right.missing");
    world_must(&world, mia, "proposal.revise", "{'id':'1','base':1,'text':'Trois bancs.'}");
    assert_string_equal(world_try(&world, mia, "proposal.revise", "{'id':'1','base':1,'text':'X'}"),
                        "proposal.stale");
    assert_string_equal(world_try(&world, mia, "proposal.revise", "{'id':'1','base':2}"),
                        "input.missing_field");
    assert_string_equal(world_try(&world, mia, "proposal.revise", "{'id':'9','base':1,'text':'X'}"),
                        "proposal.unknown");
    world_expect_number(&world, DOCUMENT_PROPOSAL, id, "version", 2);
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "title", "Un banc");
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "text", "Trois bancs.");
    world_expect_number(&world, DOCUMENT_PROPOSAL, id, "versions.1.version", 2);
    world_must(&world, noe, "proposal.mark", "{'id':'1','state':'discussed'}");
    world_must(&world, mia, "proposal.revise", "{'id':'1','base':2,'title':'Trois bancs'}");
    world_expect_text(&world, DOCUMENT_PROPOSAL_CARD, id, "title", "Trois bancs");
    world_must(&world, mia, "proposal.mark", "{'id':'1','state':'ready'}");
    assert_string_equal(world_try(&world, mia, "proposal.revise", "{'id':'1','base':3,'text':'X'}"),
                        "proposal.bad_state");
    json_t *proposal = world_document(&world, DOCUMENT_PROPOSAL, id);
    assert_non_null(world_at(proposal, "ready_ms"));
    json_decref(proposal);
    world_close(&world);
}

static void test_about(void **state)
{
    struct world world;
    struct store_txn *txn;
    uint32_t version;
    struct hash hash;
    (void)state;
    world_open(&world);
    struct id id = submit(&world, world_member(&world, "Mia", ""), "Un banc");
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    assert_true(proposal_about(txn, id, &version, &hash));
    assert_int_equal(version, 1);
    struct hash expected =
        definition_about_hash(id, 1, slice_text("Un banc"), slice_text("Nulle part où s’asseoir"),
                              slice_text("Deux bancs."));
    assert_true(hash_equal(hash, expected));
    assert_int_equal(proposal_state(txn, id), PROPOSAL_IDEA);
    assert_false(proposal_about(txn, world_id(&world), &version, &hash));
    assert_int_equal(proposal_state(txn, world_id(&world)), PROPOSAL_NONE);
    store_abort(txn);
    world_close(&world);
}

static void test_translate(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct caller noe = world_member(&world, "Noé", "");
    struct id id = submit(&world, mia, "Un banc");
    static const char params[] =
        "{'id':'1','version':%d,'language':'%s','title':'%s','need':'','text':'Twee banken.'}";
    world_must(&world, noe, "proposal.translate", params, 1, "nl", "Een bank");
    world_expect_text(&world, DOCUMENT_PROPOSAL_CARD, id, "titles.nl", "Een bank");
    world_must(&world, mia, "proposal.translate", params, 1, "nl", "De bank");
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "translations.0.title", "De bank");
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "translations.0.by.name", "Mia");
    assert_string_equal(world_try(&world, noe, "proposal.translate", params, 1, "fr", "Un banc"),
                        "input.bad_value");
    assert_string_equal(world_try(&world, noe, "proposal.translate", params, 2, "en", "A bench"),
                        "proposal.stale");
    world_must(&world, mia, "proposal.revise", "{'id':'1','base':1,'title':'Deux bancs'}");
    json_t *proposal = world_document(&world, DOCUMENT_PROPOSAL, id);
    json_t *card = world_document(&world, DOCUMENT_PROPOSAL_CARD, id);
    assert_true(json_is_true(world_at(proposal, "translations.0.stale")));
    assert_null(world_at(card, "titles"));
    json_decref(proposal);
    json_decref(card);
    world_must(&world, noe, "proposal.translate", params, 2, "nl", "Twee banken");
    world_expect_text(&world, DOCUMENT_PROPOSAL_CARD, id, "titles.nl", "Twee banken");
    world_close(&world);
}

static void test_support(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct caller others[3];
    for (size_t i = 0; i < 3; i++) {
        others[i] = world_member(&world, "Other", "");
    }
    struct id id = submit(&world, mia, "Un banc");
    assert_string_equal(world_try(&world, mia, "proposal.support", "{'id':'1','on':true}"),
                        "right.missing");
    world_must(&world, others[0], "proposal.support",
               "{'id':'1','on':true,'help':'scie et clous'}");
    world_expect_text(&world, DOCUMENT_SUPPORTERS, id, "items.0.help", "scie et clous");
    world_must(&world, others[0], "proposal.support",
               "{'id':'1','on':true}"); /* once more counts once */
    world_must(&world, others[1], "proposal.support", "{'id':'1','on':true}");
    world_must(&world, others[1], "proposal.support", "{'id':'1','on':false}");
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "supports", 1);
    world_must(&world, others[1], "proposal.support", "{'id':'1','on':true}");
    world_expect_text(&world, DOCUMENT_PROPOSAL_CARD, id, "state", "idea");
    world_must(&world, others[2], "proposal.support", "{'id':'1','on':true}");
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "supports", 3);
    world_expect_text(&world, DOCUMENT_PROPOSAL_CARD, id, "state", "discussed");
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "history.0.by", "system");
    world_must(&world, mia, "proposal.mark", "{'id':'1','state':'withdrawn'}");
    assert_string_equal(world_try(&world, others[0], "proposal.support", "{'id':'1','on':false}"),
                        "proposal.bad_state");
    assert_string_equal(world_try(&world, others[0], "proposal.support", "{'id':'8','on':true}"),
                        "proposal.unknown");
    world_close(&world);
}

static void test_repeated_command(void **state)
{
    static const char params[] =
        "{'id':'1','on':%s,'command':'019a0000-0000-7000-8000-0000000000c1'}";
    struct world world;
    (void)state;
    world_open(&world);
    struct id id = submit(&world, world_member(&world, "Mia", ""), "Un banc");
    struct caller noe = world_member(&world, "Noé", "");
    world_must(&world, noe, "proposal.support", params, "true");
    uint64_t seq = world.seq;
    world_must(&world, noe, "proposal.support", params, "true");
    assert_int_equal(world.seq, seq);
    assert_string_equal(world_try(&world, noe, "proposal.support", params, "false"), "conflict");
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "supports", 1);
    world_close(&world);
}

static size_t count_items(struct world *world, struct caller caller, const char *params)
{
    world_must(world, caller, "proposal.list", "%s", params);
    return json_array_size(world_at(world->result, "items"));
}

static void test_list(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_must(&world, world_operator, "org.update",
               "{'settings':{'themes':[{'key':'welcome','label':{'fr':'Accueil'}},{'key':'tools','"
               "label':{'fr':'Outils'}}]}}");
    struct caller mia = world_member(&world, "Mia", "facilitator");
    struct caller observer = world_member(&world, "Olaf", "observer");
    for (int i = 0; i < 3; i++) {
        (void)submit(&world, mia, i == 1 ? "Une scie" : "Un banc");
    }
    world_must(&world, mia, "proposal.revise", "{'id':'2','base':1,'themes':['welcome','tools']}");
    world_must(&world, mia, "proposal.revise", "{'id':'2','base':2,'themes':['tools']}");
    world_must(&world, mia, "proposal.mark", "{'id':'3','state':'discussed'}");
    assert_int_equal(count_items(&world, observer, "{}"), 3);
    assert_int_equal(json_integer_value(world_at(world.result, "items.0.number")),
                     3); /* newest first */
    assert_int_equal(count_items(&world, mia, "{'theme':'welcome'}"), 0);
    assert_int_equal(count_items(&world, mia, "{'theme':'tools'}"), 1);
    assert_int_equal(count_items(&world, mia, "{'state':'idea'}"), 2);
    assert_int_equal(count_items(&world, mia, "{'state':'discussed'}"), 1);
    assert_int_equal(count_items(&world, mia, "{'state':'discussed','theme':'tools'}"), 0);
    assert_int_equal(count_items(&world, mia, "{'text':'SCIE'}"), 1);
    assert_int_equal(count_items(&world, mia, "{'limit':2}"), 2);
    char next[64];
    strncpy(next, json_string_value(world_at(world.result, "next")), sizeof next - 1);
    next[sizeof next - 1] = 0;
    world_must(&world, mia, "proposal.list", "{'limit':2,'after':'%s'}", next);
    assert_int_equal(json_integer_value(world_at(world.result, "items.0.number")), 1);
    assert_true(json_is_null(world_at(world.result, "next")));
    world_must(&world, observer, "proposal.get", "{'id':'2'}");
    assert_string_equal(json_string_value(world_at(world.result, "doc.title")), "Une scie");
    assert_string_equal(world_try(&world, mia, "proposal.get", "{'id':'99'}"), "proposal.unknown");
    world_close(&world);
}

static void test_theme(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_must(&world, world_operator, "org.update",
               "{'settings':{'themes':[{'key':'tools','label':{'fr':'Outils'}}]}}");
    struct caller mia = world_member(&world, "Mia", ""), noe = world_member(&world, "Noé", "");
    (void)submit(&world, mia, "Une scie");
    (void)submit(&world, noe, "Un banc");
    world_must(&world, mia, "proposal.revise", "{'id':'1','base':1,'themes':['tools']}");
    world_must(&world, noe, "proposal.support", "{'id':'1','on':true}");
    world_must(&world, mia, "proposal.support", "{'id':'2','on':true}");
    world_must(&world, noe, "theme.get", "{'theme':'tools'}");
    assert_int_equal(json_array_size(world_at(world.result, "people")), 2);
    assert_string_equal(json_string_value(world_at(world.result, "people.0.member.name")), "Mia");
    assert_int_equal(json_integer_value(world_at(world.result, "people.0.wrote")), 1);
    assert_int_equal(json_integer_value(world_at(world.result, "people.0.supports")), 0);
    assert_int_equal(json_integer_value(world_at(world.result, "people.1.supports")), 1);
    world_must(&world, noe, "theme.get", "{'theme':'nothing'}");
    assert_int_equal(json_array_size(world_at(world.result, "people")), 0);
    world_close(&world);
}

static void test_import(void **state)
{
    static const char params[] =
        "{'id':'%s','language':'es','title':'Un "
        "banco','need':'Sentarse','text':'','author':'%s','state':'discussed',"
        "'source':{'format':'decide-madrid','id':'9','url':'https://decide.example/"
        "9','at_ms':1442000000000,"
        "'supports':6560,'comments':592,'author':'12'}}";
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "facilitator");
    struct id author = world_id(&world), id = world_id(&world);
    assert_string_equal(world_try(&world, world_operator, "import.proposal", params, world_text(id),
                                  world_text(author)),
                        "member.unknown");
    world_must(&world, world_operator, "import.member",
               "{'id':'%s','name':'Author 12','source':{'format':'decide-madrid','id':'12'}}",
               world_text(author));
    world_must(&world, world_operator, "import.proposal", params, world_text(id),
               world_text(author));
    assert_int_equal(json_integer_value(world_at(world.result, "number")), 1);
    world_must(&world, world_operator, "import.proposal", params, world_text(id),
               world_text(author));
    assert_true(json_is_true(world_at(world.result, "existing")));
    assert_int_equal(json_integer_value(world_at(world.result, "number")), 1);
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "state", "discussed");
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "source.url", "https://decide.example/9");
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "source.supports", 6560);
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "supports", 0);
    assert_string_equal(
        world_try(&world, mia, "import.proposal", params, world_text(id), world_text(author)),
        "right.missing");
    world_must(&world, mia, "proposal.support", "{'id':'1','on':true}");
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "supports", 1);
    world_close(&world);
}

static void test_versions(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    (void)submit(&world, mia, "Un banc");
    world_must(&world, mia, "proposal.revise", "{'id':'1','base':1,'text':'Trois bancs.'}");
    world_must(&world, mia, "proposal.version", "{'id':'1','version':1}");
    assert_string_equal(json_string_value(world_at(world.result, "doc.text")), "Deux bancs.");
    assert_string_equal(json_string_value(world_at(world.result, "doc.by.name")), "Mia");
    world_must(&world, mia, "proposal.version", "{'id':'1','version':2}");
    assert_string_equal(json_string_value(world_at(world.result, "doc.text")), "Trois bancs.");
    assert_string_equal(world_try(&world, mia, "proposal.version", "{'id':'1','version':3}"),
                        "proposal.version_unknown");
    assert_string_equal(world.field, "version");
    assert_string_equal(world_try(&world, mia, "proposal.version", "{'id':'9','version':1}"),
                        "proposal.unknown");
    world_close(&world);
}

static void test_asks(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct id id = world_id(&world);
    world_must(&world, mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'X','need':'Y','text':'','themes':[],"
               "'asks':{'money':24050,'people':3,'skills':['souder']}}",
               world_text(id));
    (void)submit(&world, mia, "Un banc");
    world_expect_number(&world, DOCUMENT_PROPOSAL, id, "asks.money", 24050);
    world_expect_text(&world, DOCUMENT_PROPOSAL_CARD, id, "asks.currency", "EUR");
    world_expect_text(&world, DOCUMENT_PROPOSAL_CARD, id, "asks.skills.0", "souder");
    json_t *card = world_document(&world, DOCUMENT_PROPOSAL_CARD, id);
    assert_true(json_is_true(world_at(card, "empty"))); /* a need looking for ideas */
    json_decref(card);
    assert_int_equal(count_items(&world, mia, "{'asks':'people'}"), 1);
    assert_int_equal(count_items(&world, mia, "{'asks':'hours'}"), 0);
    assert_string_equal(
        world_try(&world, mia, "proposal.revise", "{'id':'1','base':1,'asks':{'money':0}}"),
        "input.bad_value");
    world_must(&world, mia, "proposal.revise", "{'id':'1','base':1,'text':'Tout.'}");
    world_expect_number(&world, DOCUMENT_PROPOSAL, id, "asks.people", 3); /* kept */
    world_must(&world, mia, "proposal.revise",
               "{'id':'1','base':2,'asks':{'hours':2,'currency':'EUR'}}");
    json_t *proposal = world_document(&world, DOCUMENT_PROPOSAL, id);
    assert_int_equal(json_object_size(world_at(proposal, "asks")), 1);
    json_decref(proposal);
    world_must(&world, mia, "proposal.revise", "{'id':'1','base':3,'asks':{}}");
    card = world_document(&world, DOCUMENT_PROPOSAL_CARD, id);
    assert_null(world_at(card, "asks"));
    assert_null(world_at(card, "empty"));
    json_decref(card);
    world_close(&world);
}

static void test_recorded_for(void **state)
{
    static const char params[] =
        "{'id':'%s','language':'fr','title':'X','need':'Y','text':'','themes':[],'for':'%s'}";
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", "");
    struct caller noe = world_member(&world, "Noé", "secretary");
    struct caller observer = world_member(&world, "Olaf", "observer");
    struct id id = world_id(&world);
    world_must(&world, noe, "proposal.submit", params, world_text(id), world_text(mia.member));
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "authors.0.name", "Mia");
    world_expect_text(&world, DOCUMENT_PROPOSAL, id, "recorded_by.name", "Noé");
    assert_string_equal(world_try(&world, mia, "proposal.submit", params,
                                  world_text(world_id(&world)), world_text(noe.member)),
                        "right.missing");
    assert_string_equal(world_try(&world, noe, "proposal.submit", params,
                                  world_text(world_id(&world)), world_text(observer.member)),
                        "member.bad_state");
    /* Noé supports for themselves; for Mia it is refused: it is hers. */
    world_must(&world, noe, "proposal.support", "{'id':'1','on':true}");
    assert_string_equal(world_try(&world, noe, "proposal.support",
                                  "{'id':'1','on':true,'for':'%s'}", world_text(mia.member)),
                        "right.missing");
    struct caller lou = world_member(&world, "Lou", "");
    world_must(&world, noe, "proposal.support", "{'id':'1','on':true,'help':'pain','for':'%s'}",
               world_text(lou.member));
    world_expect_text(&world, DOCUMENT_SUPPORTERS, id, "items.1.member.name", "Lou");
    world_expect_text(&world, DOCUMENT_SUPPORTERS, id, "items.1.recorded_by.name", "Noé");
    world_expect_number(&world, DOCUMENT_SUPPORTERS, id, "items.1.version", 1);
    json_t *supporters = world_document(&world, DOCUMENT_SUPPORTERS, id);
    assert_null(world_at(supporters, "items.0.recorded_by"));
    json_decref(supporters);
    world_must(&world, lou, "proposal.support", "{'id':'1','on':false}"); /* hers to take back */
    world_expect_number(&world, DOCUMENT_PROPOSAL_CARD, id, "supports", 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_submit),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_revise),
        cmocka_unit_test(test_about),
        cmocka_unit_test(test_translate),
        cmocka_unit_test(test_support),
        cmocka_unit_test(test_repeated_command),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_import),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_theme),
        cmocka_unit_test(test_asks),
        cmocka_unit_test(test_recorded_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
