/* The rows of the index: what is kept of a document, what is found compared with a plain look at all documents, who may see
 * it, and that nothing is left of what has gone. Closing each world compares the index with that of a replay. */
#include "assembly/search.h"
#include "assembly/work.h"
#include "base/memory.h"
#include "tests/harness/c/searching.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows ---- */

/* The words that a row knows of a text are those of the text, where they are. */
static void check_words(const struct search_text *text)
{
    struct fold_reader reader = fold_reader_of(text->text);
    struct fold_word word;
    size_t at = 0, entry = 0;
    while (fold_next(&reader, &word)) {
        const uint8_t *bytes;
        do {
            assert_in_range(entry, 0, text->words.size - SEARCH_WORD_SIZE);
            bytes = text->words.data + entry;
            at += bytes[2];
            entry += SEARCH_WORD_SIZE;
        } while (bytes[1] == 0);
        assert_int_equal(bytes[0], search_hash_of(word.text, word.size));
        assert_int_equal(bytes[1], word.text[0]);
        assert_int_equal(at, word.from);
    }
    assert_int_equal(entry, text->words.size);
}

static void expect_row(const struct search_kind *kind, const char *single_quoted,
                       const char *expected)
{
    char json[2000];
    struct buffer bytes, read;
    struct search_terms terms = {0};
    struct search_text text;
    struct topic topics[2] = {{.kind = TOPIC_PROPOSALS}, {.kind = TOPIC_ORG}};
    struct id id = {{7}};
    json_t *document;
    size_t size = strlen(single_quoted);
    for (size_t i = 0; i <= size; i++) {
        json[i] = single_quoted[i] == '\'' ? '"' : single_quoted[i];
    }
    assert_int_equal(json_parse(slice_text(json), &document), ERROR_NONE);
    buffer_init(&bytes, 10000);
    buffer_init(&read, 10000);
    search_row_write(&bytes, NULL, &terms, kind, id, document, topics, 2);
    struct search_row row = search_row_of(buffer_slice(&bytes));
    assert_int_equal(row.kind, kind->document);
    assert_true(id_equal(row.id, id));
    assert_int_equal(row.topics.size, kind->open ? 0 : 2 * TOPIC_KEY_SIZE);
    buffer_format(&read, "%d %.*s\n", row.on_kind, (int)row.number.size,
                  (const char *)row.number.data);
    while (search_row_next(&row, &text)) {
        buffer_format(&read, "%d%s %.*s: %.*s\n", (int)text.class, text.number ? "n" : "",
                      (int)text.language.size, (const char *)text.language.data,
                      (int)text.text.size, (const char *)text.text.data);
        check_words(&text);
    }
    buffer_append_u8(&read, 0);
    assert_string_equal((const char *)read.data, expected);
    json_decref(document);
    free(terms.items);
    buffer_free(&bytes);
    buffer_free(&read);
}

static void test_rows(void **state)
{
    (void)state;
    char far[1100], text[1060], expected[1100];
    expect_row(
        search_kind_of(DOCUMENT_PROPOSAL),
        "{'number':12,'language':'fr','title':'Un \\'banc\\'','need':'','text':'a\\nb l’été',"
        "'translations':[{'language':'nl','title':'Een bank','text':'\\\\'},"
        "{'title':null,'need':'x'}],'mentions_':1}",
        "0 12\n0 fr: Un \"banc\"\n0n fr: 12\n0 nl: Een bank\n1 : x\n"
        "2 fr: a\nb l’été\n2 nl: \\\n");
    expect_row(search_kind_of(DOCUMENT_POLL),
               "{'question':{'fr':'Oui ?','nl':'Ja?','no':7},'number':'2026-1',"
               "'options':[{'key':1,'label':{'fr':'A','en':''}},{'label':'B'},{}],'explanation':0}",
               "0 2026-1\n0 fr: Oui ?\n0 nl: Ja?\n0n : 2026-1\n1 fr: A\n1 : B\n");
    expect_row(search_kind_of(DOCUMENT_DECISION),
               "{'question':'Q','proposals':{'title':'T','language':'en'},'reports':[]}",
               "0 0\n0 : Q\n1 en: T\n");
    expect_row(search_kind_of(DOCUMENT_COMMENT),
               "{'text':'@ à @[Noé](member:39cd9ad0-9806-8f9d-bbe6-9dd1fa656105) \\n.@',"
               "'on':{'kind':'task','id':'39cd9ad0-9806-8f9d-bbe6-9dd1fa656105'}}",
               "14 0\n3 : @ à @[Noé](member:39cd9ad0-9806-8f9d-bbe6-9dd1fa656105) \n.@\n");
    expect_row(search_kind_of(DOCUMENT_COMMENT),
               "{'text':'@ à @[Noé](member:39cd9ad0-9806-8f9d-bbe6-9dd1fa656105) \\n.@',"
               "'mentions':[],'number':3}",
               "0 3\n3 : @ à @Noé \n.@\n");
    expect_row(search_kind_of(DOCUMENT_MEMBER), "{'name':'Noé','status':'left','number':2}",
               "0 2\n");
    snprintf(text, sizeof text, "Un%*smot", 1000, "-"); /* words far from each other */
    snprintf(far, sizeof far, "{'text':'%s'}", text);
    snprintf(expected, sizeof expected, "0 0\n3 : %s\n", text);
    expect_row(search_kind_of(DOCUMENT_COMMENT), far, expected);
}

/* ---- what is found is what a plain look at all documents finds ---- */

struct plain_hit {
    uint32_t number, score;
    uint8_t class;
    struct id id;
};
struct plain {
    struct store_txn *txn;
    const struct caller *caller;
    struct stemmer *stemmer;
    struct fold_word words[SEARCH_WORDS_MAX];
    size_t count;
    uint32_t best[SEARCH_WORDS_MAX];
    uint8_t class;
    struct plain_hit hits[600];
    size_t hit_count;
};

static enum search_quality plain_quality(struct plain *plain, size_t i,
                                         const struct fold_word *word)
{
    const struct fold_word *wanted = &plain->words[i];
    bool begins = word->size >= wanted->size && memcmp(word->text, wanted->text, wanted->size) == 0;
    if (begins && word->size == wanted->size) {
        return QUALITY_EXACT;
    }
    for (size_t language = 0; language < STEM_LANGUAGES && wanted->size >= 3; language++) {
        uint8_t a[FOLD_WORD_MAX], b[FOLD_WORD_MAX];
        size_t size = stem_word(plain->stemmer, language, slice_of(wanted->text, wanted->size), a);
        size_t other = stem_word(plain->stemmer, language, slice_of(word->text, word->size), b);
        if (size >= 3 && size == other && memcmp(a, b, size) == 0) {
            return QUALITY_STEM;
        }
    }
    return begins && i + 1 == plain->count ? QUALITY_PREFIX : QUALITY_NONE;
}

static void plain_text(void *context, const char *field, enum search_class class,
                       struct slice language, struct slice text)
{
    struct plain *plain = context;
    struct fold_reader reader = fold_reader_of(text);
    struct fold_word word;
    (void)field;
    (void)language;
    while (fold_next(&reader, &word)) {
        if (word.size == 1 && word.text[0] > '9') {
            continue; /* not in the index */
        }
        for (size_t i = 0; i < plain->count; i++) {
            uint32_t score = search_score_of(plain_quality(plain, i, &word), (uint8_t) class);
            plain->best[i] = score > plain->best[i] ? score : plain->best[i];
            plain->class = score > 0 && class < plain->class ? (uint8_t) class : plain->class;
        }
    }
}

static bool plain_document(void *context, struct slice key, struct slice value)
{
    struct plain *plain = context;
    const struct search_kind *kind = search_kind_of(key.data[0]);
    struct plain_hit hit = {.score = 0};
    if (kind == NULL) {
        return true;
    }
    json_t *document = json_parse_own(value);
    memset(plain->best, 0, sizeof plain->best);
    plain->class = SEARCH_CLASSES;
    if (kind->keep == NULL || kind->keep(document)) {
        search_texts(kind, document, plain_text, plain);
    }
    json_decref(document);
    memcpy(hit.id.bytes, key.data + 1, ID_SIZE);
    hit.class = plain->class;
    for (size_t i = 0; i < plain->count; i++) {
        hit.score += plain->best[i];
        if (plain->best[i] == 0) {
            return true;
        }
    }
    if (kind->open || document_is_readable(plain->txn, key.data[0], hit.id, plain->caller)) {
        assert_true(search_number_of(plain->txn, key.data[0], hit.id, &hit.number));
        assert_in_range(plain->hit_count, 0, 599);
        plain->hits[plain->hit_count++] = hit;
    }
    return true;
}

static int compare_plain(const void *left, const void *right)
{
    const struct plain_hit *a = left, *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->number > b->number ? -1 : 1;
}

static void look_plainly(struct searching *scene, struct caller *caller, const char *text,
                         struct plain *plain)
{
    struct fold_reader reader = fold_reader_of(slice_text(text));
    *plain = (struct plain){.caller = caller, .stemmer = stemmer_new()};
    while (fold_next(&reader, &plain->words[plain->count])) {
        const struct fold_word *word = &plain->words[plain->count];
        bool says_nothing = word->size == 1 && word->to < strlen(text) && word->text[0] > '9';
        plain->count += !says_nothing; /* a letter alone, but for the last */
    }
    assert_int_equal(store_begin(scene->world.store, STORE_READ, &plain->txn), ERROR_NONE);
    store_scan(plain->txn, TABLE_DOCUMENT, slice_text(""), plain_document, plain);
    store_abort(plain->txn);
    stemmer_free(plain->stemmer);
    qsort(plain->hits, plain->hit_count, sizeof plain->hits[0], compare_plain);
}

/* All pages of an answer, item by item. */
static void compare_answers(struct searching *scene, struct caller *caller, const char *text)
{
    static struct plain plain;
    static const char *const places[] = {"title", "need", "text", "comment"};
    char after[80] = "";
    size_t at = 0;
    look_plainly(scene, caller, text, &plain);
    do {
        world_must(&scene->world, *caller, "search.find", "{'text':'%s','limit':7%s}", text, after);
        const json_t *items = world_at(scene->world.result, "items");
        for (size_t i = 0; i < json_array_size(items); i++, at++) {
            const json_t *item = json_array_get(items, i);
            const struct plain_hit *hit = &plain.hits[at];
            if (at >= plain.hit_count || !id_equal(json_get_id(item, "id"), hit->id)) {
                fail_msg("'%s', %zu: another document", text, at);
            }
            assert_int_equal(json_get_integer(item, "score"), hit->score);
            assert_string_equal(json_string_value(json_object_get(item, "where")),
                                places[hit->class]);
        }
        const char *next = json_string_value(world_at(scene->world.result, "next"));
        snprintf(after, sizeof after, next == NULL ? "" : ",'after':'%s'", next);
    } while (after[0] != 0);
    if (at != plain.hit_count) {
        fail_msg("'%s': %zu documents of %zu", text, at, plain.hit_count);
    }
}

static const char *const made_words[] = {
    "vélo",   "vélos",   "fiets", "fietsen", "garden", "gardens",   "banc",    "bancs",
    "le",     "la",      "de",    "des",     "lent",   "lentement", "réparer", "réparation",
    "maison", "maisons", "huis",  "huizen",  "2026",   "20",        "l’été",   "été",
};

static void make_text(uint32_t *seed, size_t most, const char *last, char text[400])
{
    enum { WORDS = sizeof made_words / sizeof made_words[0] };
    size_t count = (*seed >> 8) % (most + 1), size = 0;
    for (size_t i = 0; i < count; i++) {
        *seed = *seed * 1664525 + 1013904223;
        size += (size_t)snprintf(text + size, 400 - size, "%s%s", made_words[(*seed >> 16) % WORDS],
                                 i % 3 == 0 ? "  " : ", ");
    }
    snprintf(text + size, 400 - size, "%s", last);
}

static void test_finds_what_a_plain_look_finds(void **state)
{
    struct searching *scene = *state;
    char texts[3][400];
    uint32_t seed = 9;
    for (size_t i = 0; i < 90; i++) {
        for (size_t part = 0; part < 3; part++) {
            seed = seed * 1664525 + 1013904223;
            make_text(&seed, part == 0 ? 4 : 9, part == 0 ? "x" : "y", texts[part]);
        }
        if (i % 3 == 0) {
            searching_propose(scene, "fr", texts[0], texts[1], texts[2]);
        } else {
            searching_comment(scene, "1", texts[1]);
        }
    }
    world_must(&scene->world, scene->noe, "comment.edit", "{'id':'4','text':'vélos des gardens'}");
    world_must(&scene->world, scene->mia, "group.create",
               "{'id':'%s','language':'fr','name':'Maisons du vélo','purpose':'Été'}",
               world_text(world_id(&scene->world)));
    static const char *const questions[] = {"velo",
                                            "d",
                                            "l",
                                            "de la",
                                            "velos des",
                                            "la maison",
                                            "huizen",
                                            "2",
                                            "2026",
                                            "lent",
                                            "reparer v",
                                            "garden h",
                                            "ete",
                                            "le la de des d",
                                            "bancs banc",
                                            "fiets fietsen huis",
                                            "maison velo banc le",
                                            "dubœuf",
                                            "y",
                                            "x l",
                                            "rep",
                                            "olaf",
                                            "noe m"};
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        compare_answers(scene, i % 2 == 0 ? &scene->noe : &scene->observer, questions[i]);
    }
}

/* Puts a document of the index into one topic alone. */
static void move_to_topic(struct searching *scene, struct id comment, uint8_t kind)
{
    uint32_t number;
    struct slice bytes;
    struct store_txn *txn;
    enum { TOPICS_AT = 1 + ID_SIZE + 2 };
    assert_int_equal(store_begin(scene->world.store, STORE_WRITE, &txn), ERROR_NONE);
    assert_true(search_number_of(txn, DOCUMENT_COMMENT, comment, &number));
    assert_true(search_row_bytes(txn, number, &bytes));
    struct index_key key = search_row_key(number);
    size_t topics = search_row_of(bytes).topics.size, size = bytes.size;
    uint8_t *row = memory_copy(bytes.data, size);
    assert_in_range(topics, TOPIC_KEY_SIZE, 20 * TOPIC_KEY_SIZE);
    for (size_t at = 0; at < topics; at += TOPIC_KEY_SIZE) {
        topic_key(topic_plain(kind), row + TOPICS_AT + at);
    }
    store_put(txn, TABLE_INDEX, index_key_slice(&key), slice_of(row, size));
    assert_int_equal(store_commit(txn), ERROR_NONE);
    free(row);
}

static void test_who_may_see(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    searching_propose(scene, "fr", "Un banc vert", "", "");
    struct id id = searching_comment(scene, "1", "En vert clair");
    assert_int_equal(searching_find(scene, "vert"), 2);
    assert_int_equal(searching_find(scene, "vert clair"), 1);
    move_to_topic(scene, id, TOPIC_MODERATION); /* facilitators read it */
    assert_int_equal(searching_find(scene, "vert"), 1);
    assert_int_equal(searching_find(scene, "vert clair"), 0);
    world_must(world, scene->mia, "search.find", "{'text':'vert clair'}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 1);
    world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'En vert foncé'}");
    assert_int_equal(searching_find(scene, "vert"), 2); /* written anew, with its topics */
}

/* ---- nothing is left of a text that has gone ---- */

static bool has_no_zebra(void *context, struct slice key, struct slice value)
{
    size_t *rows = context;
    ++*rows;
    assert_null(memmem(key.data, key.size, "zebr", 4));
    assert_null(memmem(value.data, value.size, "zebr", 4));
    return true;
}

static void expect_no_zebra(struct searching *scene)
{
    struct store_txn *txn;
    size_t rows = 0;
    assert_int_equal(searching_find(scene, "zebrure"), 0);
    assert_int_equal(store_begin(scene->world.store, STORE_READ, &txn), ERROR_NONE);
    store_scan(txn, TABLE_INDEX, slice_text(""), has_no_zebra, &rows);
    assert_in_range(rows, 10, 10000);
    store_abort(txn);
}

static void test_nothing_is_left(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    searching_propose(scene, "fr", "Un banc", "", "");
    searching_comment(scene, "1", "Des zebrures vertes");
    assert_int_equal(searching_find(scene, "zebrure"), 1); /* a form of it */
    world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'Des rayures vertes'}");
    expect_no_zebra(scene);
    searching_comment(scene, "1", "zebrures");
    searching_comment(scene, "1", "zebrures, zebra");
    world_must(world, scene->noe, "comment.withdraw", "{'id':'3'}");
    assert_int_equal(searching_find(scene, "zebrure"), 1); /* the other one has the word still */
    world_must(world, scene->mia, "comment.remove", "{'id':'2','reason':'x'}");
    expect_no_zebra(scene);
    world_must(world, scene->mia, "comment.restore", "{'id':'2'}");
    assert_int_equal(searching_find(scene, "zebrure"), 1);
    world_must(world, scene->noe, "comment.edit", "{'id':'2','text':'y'}");
    expect_no_zebra(scene);
    assert_int_equal(searching_find(scene, "vert"), 1);
}

/* From 128 documents on a word has bits instead of a list, and a list again when they become fewer. */
static void test_many_have_the_word(void **state)
{
    struct searching *scene = *state;
    struct world *world = &scene->world;
    searching_propose(scene, "fr", "Un banc", "", "");
    for (size_t i = 1; i <= 135; i++) {
        searching_comment(scene, "1", "tulipe");
        if (i >= 126 && i <= 131) {
            compare_answers(scene, &scene->noe, "tulipe");
        }
    }
    for (size_t i = 0; i < 16; i++) {
        char params[80];
        snprintf(params, sizeof params, "{'id':'%zu','text':'rose'}", 130 - 7 * i);
        world_must(world, scene->noe, "comment.edit", "%s", params);
        compare_answers(scene, &scene->noe, "tulipe");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test_setup_teardown(test_finds_what_a_plain_look_finds, searching_open,
                                        searching_close),
        cmocka_unit_test_setup_teardown(test_who_may_see, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_nothing_is_left, searching_open, searching_close),
        cmocka_unit_test_setup_teardown(test_many_have_the_word, searching_open, searching_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
