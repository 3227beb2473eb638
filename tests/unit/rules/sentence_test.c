/* The sentence of a verdict, word by word, in each language. */
#include "tests/harness/c/fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "rules/rules.h"

static struct rule two_thirds(void)
{
    return (struct rule){.name = slice_text("x"),
                         .majority_num = 2,
                         .majority_den = 3,
                         .majority_base = 1,
                         .tie = 1};
}

static struct rule_facts facts_of(const struct rule *rule, uint64_t yes, uint64_t no)
{
    return (struct rule_facts){
        .rule = rule,
        .method = RULE_YES_NO,
        .whole.entitled = {.heads = 38, .weight = 1400},
        .whole.entitled_shares = 2500000,
        .whole.took_part = {.heads = 18, .weight = 1000},
        .whole.support = yes,
        .whole.votes = yes + no,
    };
}

static const struct rule_labels *labels; /* of the test that runs */

static void expect(const struct rule_facts *facts, const char *language, const char *sentence)
{
    struct buffer text;
    struct rule_verdict verdict = rule_judge(facts);
    buffer_init(&text, RULE_SENTENCE_MAX);
    rule_sentence(&text, language, facts, &verdict, labels);
    assert_true(utf8_is_clean(buffer_slice(&text), false));
    buffer_append_u8(&text, 0);
    assert_true(buffer_ok(&text));
    assert_string_equal((const char *)text.data, sentence);
    buffer_free(&text);
}

static void test_majority(void **state)
{
    struct rule rule = two_thirds();
    struct rule_facts facts = facts_of(&rule, 34, 17);
    (void)state;
    expect(&facts, "en",
           "34 yes of 51 yes + no: at least 2/3 needed; 34/51 is exactly 2/3: adopted");
    expect(&facts, "fr",
           "34 pour sur 51 pour + contre\u202f: il faut au moins 2/3\u202f; 34/51 vaut exactement "
           "2/3\u202f: adopté");
    expect(&facts, "nl",
           "34 voor van 51 voor + tegen: minstens 2/3 nodig; 34/51 is precies 2/3: aangenomen");
    expect(&facts, "eo",
           "34 yes of 51 yes + no: at least 2/3 needed; 34/51 is exactly 2/3: adopted");
    facts = facts_of(&rule, 33, 18);
    expect(&facts, "en",
           "33 yes of 51 yes + no: at least 2/3 needed; 33/51 is less than 2/3: not adopted");
    rule.majority_num = 1;
    rule.majority_den = 2;
    rule.majority_strict = 1;
    facts = facts_of(&rule, 25, 25);
    expect(&facts, "en",
           "25 yes of 50 yes + no: more than 1/2 needed; 25/50 is exactly 1/2: not adopted");
    expect(
        &facts, "nl",
        "25 voor van 50 voor + tegen: meer dan 1/2 nodig; 25/50 is precies 1/2: niet aangenomen");
    rule.tie = 2;
    expect(&facts, "fr",
           "25 pour sur 50 pour + contre\u202f: il faut plus de 1/2\u202f; 25/50 vaut exactement "
           "1/2\u202f: "
           "égalité des voix, la "
           "présidence de séance décide");
    facts = facts_of(&rule, 0, 0);
    expect(&facts, "en",
           "0 yes of 0 yes + no: more than 1/2 needed, nothing to count: not adopted");
}

static void test_bases(void **state)
{
    struct rule rule = two_thirds();
    (void)state;
    rule.abstain = 1;
    rule.blank = 2;
    rule.void_ = 1;
    struct rule_facts facts = facts_of(&rule, 1200000, 300000);
    facts.whole.abstain.weight = 1;
    expect(&facts, "en",
           "1,200,000 yes of 1,500,001 yes + no + abstain + blank + void: at least 2/3 needed; "
           "1,200,000/1,500,001 is "
           "more than 2/3: adopted");
    expect(&facts, "nl",
           "1.200.000 voor van 1.500.001 voor + tegen + onthouding + blanco + ongeldig: minstens "
           "2/3 nodig; "
           "1.200.000/1.500.001 is meer dan 2/3: aangenomen");
    expect(&facts, "fr",
           "1\u202f200\u202f000 pour sur 1\u202f500\u202f001 pour + contre + abstention + blanc + "
           "nul\u202f: il faut au "
           "moins 2/3\u202f; 1\u202f200\u202f000/1\u202f500\u202f001 dépasse 2/3\u202f: adopté");
    rule.majority_base = 3;
    facts = facts_of(&rule, 1000, 2);
    expect(&facts, "en",
           "1,000 yes of 1,400 votes on the roll: at least 2/3 needed; 1,000/1,400 is more than "
           "2/3: adopted");
    rule.majority_base = 2;
    expect(&facts, "en",
           "1,000 yes: at least 2/3 of the votes present or represented needed, presence was not "
           "recorded: not adopted");
}

static void test_quorum(void **state)
{
    struct rule rule = two_thirds();
    (void)state;
    rule.quorum_num = 1;
    rule.quorum_den = 2;
    rule.quorum_unit = 1;
    rule.quorum_of = 2;
    struct rule_facts facts = facts_of(&rule, 13, 3);
    expect(&facts, "en",
           "18 of 38 on the roll took part, at least 1/2 (19) needed: quorum not reached, no "
           "decision");
    expect(&facts, "fr",
           "18 sur 38 de la liste des votants ont participé, il en faut au moins 1/2 (19)\u202f: "
           "quorum "
           "de présence non "
           "atteint, pas de décision");
    facts.whole.took_part.heads = 19;
    expect(&facts, "nl",
           "19 van 38 op de stemlijst namen deel, minstens 1/2 (19) nodig: aanwezigheidsquorum "
           "gehaald. 13 voor van 16 "
           "voor + tegen: minstens 2/3 nodig; 13/16 is meer dan 2/3: aangenomen");
    rule.quorum_unit = 3;
    rule.quorum_of = 1;
    expect(&facts, "en",
           "presence was not recorded, at least 1/2 (1,250,000) needed: quorum not reached, no "
           "decision");
    facts.whole.at_opening = facts.whole.at_close =
        (struct rule_presence){.kept = true, .of = {.shares = 1250000}};
    expect(&facts, "en",
           "1,250,000 of 2,500,000 shares present or represented, at least 1/2 (1,250,000) needed: "
           "quorum reached. 13 "
           "yes of 16 yes + no: at least 2/3 needed; 13/16 is more than 2/3: adopted");
}

static void test_no_rule(void **state)
{
    struct rule rule = {.name = slice_text("opinion"), .tie = 1};
    struct rule_facts facts = facts_of(&rule, 7, 5);
    (void)state;
    expect(&facts, "en", "7 yes, 5 no: no majority was asked, nothing is decided");
    expect(&facts, "fr",
           "7 pour, 5 contre\u202f: aucune majorité n’était demandée, rien n’est décidé");
    expect(&facts, "nl", "7 voor, 5 tegen: er werd geen meerderheid gevraagd, er is niets beslist");
}

static void test_consent(void **state)
{
    struct rule rule = {.name = slice_text("consent"), .tie = 1};
    struct rule_facts facts = {.rule = &rule, .method = RULE_CONSENT, .consent = 12, .concern = 1};
    (void)state;
    expect(&facts, "en", "12 consent, 1 concern, 0 objections: adopted");
    expect(&facts, "fr", "12 consentements, 1 réserve, 0 objection\u202f: adopté");
    expect(&facts, "nl", "12 instemmingen, 1 bedenking, 0 bezwaren: aangenomen");
    facts.concern = 0;
    facts.objection = 1;
    expect(&facts, "en", "12 consent, 0 concerns, 1 objection: not adopted");
    facts.consent = facts.objection = 0;
    expect(&facts, "en", "0 consent, 0 concerns, 0 objections, nobody consents: not adopted");
    expect(&facts, "fr",
           "0 consentement, 0 réserve, 0 objection, personne ne consent\u202f: non adopté");
}

static const struct slice *names(void)
{
    static struct slice list[25];
    const char *const texts[] = {"Garden", "Café", "Library"};
    for (size_t i = 0; i < 25; i++) {
        list[i] = slice_text(texts[i % 3]);
    }
    return list;
}

static void test_first_with_a_majority(void **state)
{
    struct rule rule = two_thirds();
    uint16_t first = 1;
    struct rule_facts facts = facts_of(&rule, 34, 17);
    struct rule_labels with_names = {.options = names()};
    (void)state;
    labels = &with_names;
    facts.method = RULE_APPROVAL;
    facts.seats = 1;
    facts.elected = &first;
    facts.n_elected = 1;
    expect(&facts, "en",
           "Café: 34 of 51 valid votes: at least 2/3 needed; 34/51 is exactly 2/3: adopted");
    expect(&facts, "fr",
           "Café\u202f: 34 sur 51 voix valables\u202f: il faut au moins 2/3\u202f; 34/51 vaut "
           "exactement 2/3\u202f: "
           "adopté");
    facts.election = true;
    expect(&facts, "nl",
           "Café: 34 van 51 geldige stemmen: minstens 2/3 nodig; 34/51 is precies 2/3: verkozen");
    labels = NULL;
    expect(&facts, "en",
           "option 2: 34 of 51 valid votes: at least 2/3 needed; 34/51 is exactly 2/3: elected");
    facts.n_elected = 0;
    facts.whole.support = 0;
    facts.tied = (const uint16_t[]){0, 2};
    facts.n_tied = 2;
    expect(&facts, "en",
           "no option is first alone: not elected; equal, without a place: option 1, option 3");
}

static void test_who_is_chosen(void **state)
{
    struct rule rule = {.name = slice_text("x"), .tie = 3};
    const uint16_t elected[] = {2, 0}, tied[] = {0, 1};
    const uint64_t scores[] = {4, 4, 1234};
    struct rule_labels with_names = {.options = names()};
    struct rule_facts facts = {.rule = &rule,
                               .method = RULE_SINGLE,
                               .seats = 2,
                               .elected = elected,
                               .n_elected = 2,
                               .scores = scores,
                               .whole.votes = 1242,
                               .election = true};
    (void)state;
    labels = &with_names;
    expect(&facts, "en", "1,242 valid votes. Elected by most votes: Library (1,234), Garden (4)");
    facts.decided = DECIDED_LOT;
    facts.tied = tied;
    facts.n_tied = 2;
    expect(&facts, "en",
           "1,242 valid votes. Elected by most votes: Library (1,234), Garden (4); equal, drawn "
           "by lot: Garden, Café");
    facts.decided = DECIDED_OPEN;
    facts.n_elected = 1;
    rule.tie = 2;
    expect(&facts, "fr",
           "1\u202f242 voix valables. Élection par le plus grand nombre de voix\u202f: Library "
           "(1\u202f234)\u202f; à égalité, la présidence de séance décide\u202f: Garden, Café");
    rule.tie = 4;
    expect(&facts, "nl",
           "1.242 geldige stemmen. Verkozen met de meeste stemmen: Library (1.234); gelijk, open "
           "gelaten, geen beslissing: Garden, Café");
    rule.tie = 1;
    facts.decided = DECIDED_NO_TIE;
    facts.election = false;
    expect(&facts, "en",
           "1,242 valid votes. Chosen by most votes: Library (1,234); places left empty: 1; "
           "equal, without a place: Garden, Café");
    facts.decided = DECIDED_CHAIR;
    facts.n_elected = 2;
    expect(&facts, "en",
           "1,242 valid votes. Chosen by most votes: Library (1,234), Garden (4); equal, the "
           "chair decided: Garden, Café");
    facts = (struct rule_facts){.rule = &rule, .method = RULE_SINGLE, .seats = 1};
    expect(&facts, "en", "0 valid votes. No option is chosen");
    expect(&facts, "fr", "0 voix valable. Aucune option n’est choisie");
    facts.election = true;
    expect(&facts, "nl", "0 geldige stemmen. Niemand is verkozen");
    labels = NULL;
}

/* Every method has its way; a method without one is "the count". */
static void test_each_method(void **state)
{
    static const struct {
        uint8_t method;
        const char *fr, *nl, *en;
    } cases[] = {
        {5, "par les notes", "met de cijfers", "grades"},
        {6, "par les points", "met de punten", "points"},
        {7, "par jugement majoritaire", "met het meerderheidsoordeel", "majority judgment"},
        {8, "par éliminations", "door eliminatie", "elimination"},
        {9, "par duels", "door duels", "duels"},
        {12, "par classement proportionnel", "met de evenredige rangschikking",
         "proportional ranking"},
        {16, "par le dépouillement", "door de telling", "the count"},
    };
    struct rule rule = {.name = slice_text("x"), .tie = 1};
    uint16_t first = 0;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[200];
        struct rule_facts facts = {.rule = &rule,
                                   .method = cases[i].method,
                                   .seats = 1,
                                   .elected = &first,
                                   .n_elected = 1,
                                   .whole.votes = 1};
        snprintf(text, sizeof text, "1 valid vote. Chosen by %s: option 1", cases[i].en);
        expect(&facts, "en", text);
        snprintf(text, sizeof text, "1 voix valable. Choix %s\u202f: option 1", cases[i].fr);
        expect(&facts, "fr", text);
        snprintf(text, sizeof text, "1 geldige stem. Gekozen %s: optie 1", cases[i].nl);
        expect(&facts, "nl", text);
    }
}

static struct rule_class class_of(const char *code, uint32_t entitled, uint64_t yes, uint64_t no)
{
    return (struct rule_class){
        .code = slice_text(code),
        .numbers = {.entitled = {.heads = entitled, .weight = entitled},
                    .took_part = {.heads = (uint32_t)(yes + no), .weight = yes + no},
                    .support = yes,
                    .votes = yes + no},
    };
}

static void test_classes(void **state)
{
    struct rule rule = two_thirds();
    struct rule_class classes[] = {class_of("members", 30, 33, 3), class_of("workers", 4, 1, 3),
                                   class_of("friends", 0, 0, 0)};
    struct rule_facts facts = facts_of(&rule, 34, 6);
    (void)state;
    facts.classes = classes;
    facts.n_class = 3;
    rule.per_class = RULE_PER_CLASS_MAJORITY;
    expect(&facts, "en",
           "Together: 34 yes of 40 yes + no: at least 2/3 needed; 34/40 is more than 2/3: agreed; "
           "members: 33 yes of 36: agreed; workers: 1 yes of 4: not agreed; friends: nobody may "
           "vote there, not asked; each class must agree: not adopted");
    classes[1].withheld = true;
    expect(&facts, "nl",
           "Samen: 34 voor van 40 voor + tegen: minstens 2/3 nodig; 34/40 is meer dan 2/3: "
           "akkoord; members: 33 voor van 36: akkoord; workers: niet akkoord; friends: niemand mag "
           "er stemmen, niet gevraagd; elke categorie moet akkoord gaan: niet aangenomen");
    rule.majority_base = 2;
    facts.whole.at_close = (struct rule_presence){.kept = true, .of = {.weight = 51}};
    classes[1].withheld = false;
    facts.n_class = 2;
    expect(&facts, "fr",
           "Ensemble\u202f: 34 pour sur 51 voix présentes ou représentées\u202f: il faut au moins "
           "2/3\u202f; 34/51 "
           "vaut exactement 2/3\u202f: d’accord\u202f; members\u202f: 33, la présence n’a pas été "
           "relevée\u202f: pas "
           "d’accord\u202f; workers\u202f: 1, la présence n’a pas été relevée\u202f: pas "
           "d’accord\u202f; chaque "
           "catégorie doit être d’accord\u202f: non adopté");
}

static void test_quorum_of_classes(void **state)
{
    struct rule rule = two_thirds();
    struct rule_class classes[] = {class_of("members", 30, 33, 3), class_of("workers", 4, 1, 0)};
    const struct slice in_english[] = {slice_text("Members"), slice_text("Staff")};
    struct rule_labels with_names = {.classes = in_english};
    struct rule_facts facts = facts_of(&rule, 34, 3);
    (void)state;
    labels = &with_names;
    facts.classes = classes;
    facts.n_class = 2;
    rule.per_class = RULE_PER_CLASS_QUORUM;
    rule.quorum_num = 1;
    rule.quorum_den = 3;
    rule.quorum_unit = 1;
    rule.quorum_of = 2;
    expect(&facts, "en",
           "18 of 38 on the roll took part, at least 1/3 (13) needed: quorum reached. Members: 36 "
           "of 30 on the roll took part, at least 1/3 (10) needed: quorum reached. Staff: 1 of 4 "
           "on the roll took part, at least 1/3 (2) needed: quorum not reached, no decision");
    classes[0].withheld = classes[1].withheld = true;
    expect(&facts, "fr",
           "18 sur 38 de la liste des votants ont participé, il en faut au moins 1/3 (13)\u202f: "
           "quorum "
           "de présence atteint. Members\u202f: quorum de présence atteint. Staff\u202f: quorum de "
           "présence "
           "non atteint, pas de décision");
    labels = NULL;
}

static void test_second_call_and_cap(void **state)
{
    struct rule rule = two_thirds();
    struct rule_facts facts = facts_of(&rule, 3, 3);
    (void)state;
    facts.second_call = true;
    rule.cap_num = 1;
    rule.cap_den = 3;
    facts.cap = (struct rule_cap_effect){.cast = 9, .limit = 3, .people = 1, .lost = 3};
    expect(&facts, "en",
           "Second call: decided whatever the attendance. Nobody counts for more than 1/3 of 9 "
           "votes cast (3): 3 left out. 3 yes of 6 yes + no: at least 2/3 needed; 3/6 is less "
           "than 2/3: not adopted");
    facts.cap.lost = 0; /* reached by nobody: nothing to say */
    expect(&facts, "nl",
           "Tweede oproeping: beslist ongeacht het aantal aanwezigen. 3 voor van 6 voor + tegen: "
           "minstens 2/3 nodig; 3/6 is minder dan 2/3: niet aangenomen");
}

static void test_chair(void **state)
{
    struct rule rule = two_thirds();
    struct rule_facts facts = facts_of(&rule, 5, 5);
    (void)state;
    rule.majority_num = 1;
    rule.majority_den = 2;
    rule.majority_strict = 1;
    rule.tie = 2;
    facts.decided = DECIDED_CHAIR;
    facts.chair_says_yes = true;
    expect(&facts, "en",
           "5 yes of 10 yes + no: more than 1/2 needed; 5/10 is exactly 1/2: a tie, the chair "
           "decided: adopted");
    facts.chair_says_yes = false;
    expect(&facts, "fr",
           "5 pour sur 10 pour + contre\u202f: il faut plus de 1/2\u202f; 5/10 vaut exactement "
           "1/2\u202f: égalité "
           "des voix, la présidence de séance a tranché\u202f: non adopté");
}

/* A label of any length, and any number of places, fit into RULE_SENTENCE_MAX; characters stay whole. */
static void test_long_labels_are_cut(void **state)
{
    static char long_label[60000];
    static struct slice options[1000];
    static uint16_t elected[1000];
    struct rule rule = {.name = slice_text("x"), .tie = 1};
    struct rule_labels with_names = {.options = options};
    struct buffer text;
    (void)state;
    for (size_t i = 0; i + 3 < sizeof long_label; i += 3) {
        memcpy(long_label + i, "€", 3);
    }
    long_label[0] = 'a';
    long_label[1] = long_label[2] = 'b';
    for (size_t i = 0; i < 1000; i++) {
        options[i] = slice_text(long_label);
        elected[i] = (uint16_t)i;
    }
    struct rule_facts facts = {.rule = &rule,
                               .method = 12,
                               .seats = 1000,
                               .elected = elected,
                               .n_elected = 1000,
                               .tied = elected,
                               .n_tied = 1000};
    struct rule_verdict verdict = rule_judge(&facts);
    buffer_init(&text, RULE_SENTENCE_MAX);
    rule_sentence(&text, "fr", &facts, &verdict, &with_names);
    assert_true(buffer_ok(&text));
    assert_true(utf8_is_clean(buffer_slice(&text), false));
    buffer_append_u8(&text, 0);
    assert_non_null(strstr((const char *)text.data, "… et 980 de plus\u202f; à égalité"));
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_majority),
        cmocka_unit_test(test_bases),
        cmocka_unit_test(test_quorum),
        cmocka_unit_test(test_no_rule),
        cmocka_unit_test(test_consent),
        cmocka_unit_test(test_first_with_a_majority),
        cmocka_unit_test(test_who_is_chosen),
        cmocka_unit_test(test_each_method),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_quorum_of_classes),
        cmocka_unit_test(test_second_call_and_cap),
        cmocka_unit_test(test_chair),
        cmocka_unit_test(test_long_labels_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
