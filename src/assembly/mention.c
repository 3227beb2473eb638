/* People and groups named in a text: @[Name](member:UUID).
 *
 * The id in the text decides who is meant; the name in it is what the writer saw. Documents list those who exist and can
 * read the text, so a name that leads nowhere stays words. mention.find answers while somebody types after "@": words of
 * names stand in an index, folded (no capitals, no accents), so that a large membership costs no scan. Rows of an old name
 * stay and are passed over when the present name does not fit. Invariant: parsing is a pure function of the text; what is
 * not exactly this form is no mention. Start at mention_parse(). */
#include "assembly/comment.h"
#include "assembly/group.h"
#include "assembly/member.h"
#include "base/fatal.h"

#include <string.h>

enum {
    NAME_WORDS = 8, /* words of a name that are indexed */
    WORD_MAX = 24,  /* bytes of a word that count */
    GROUPS_OFFERED = 3,
    FOUND_MAX = 8,                               /* names offered */
    SCAN_MAX = 400,                              /* rows looked at for one answer */
    NAMES_MAX = 100,                             /* ids in one mention.names */
    MARK_NAME_MAX = 4 * NAME_MAX_CHARACTERS * 2, /* bytes between the brackets, each escaped */
};

/* ---- shapes ---- */

static const char *const kind_words[] = {"member", "group", NULL};
const struct field mention_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = kind_words},
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_TEXT, .max = 4 * NAME_MAX_CHARACTERS},
    {0},
};
static const struct field item = {
    .name = "mention", .type = FIELD_OBJECT, .fields = mention_fields};
static const struct field find_params[] = {
    {.name = "text",
     .type = FIELD_LINE,
     .min = 1,
     .max = 80,
     .summary = "beginnings of the words of a name, in any order"},
    {0},
};
static const struct field find_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &item, .max = FOUND_MAX},
    {0},
};
static const struct field asked_id = {.name = "id", .type = FIELD_ID};
static const struct field names_params[] = {
    {.name = "ids", .type = FIELD_LIST, .item = &asked_id, .min = 1, .max = NAMES_MAX},
    {0},
};
static const struct field names_result[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &item,
     .max = NAMES_MAX,
     .summary = "those that exist, with the names they have now"},
    {0},
};

/* ---- in a text ---- */

static bool take_text(struct slice *text, const char *expected)
{
    struct slice begin = slice_text(expected);
    if (text->size < begin.size || memcmp(text->data, begin.data, begin.size) != 0) {
        return false;
    }
    *text = slice_of(text->data + begin.size, text->size - begin.size);
    return true;
}

/* Past the name and its closing bracket. */
static bool take_name(struct slice *text)
{
    for (size_t at = 0; at < text->size && at < MARK_NAME_MAX; at++) {
        uint8_t byte = text->data[at];
        if (byte == ']') {
            *text = slice_of(text->data + at + 1, text->size - at - 1);
            return at > 0;
        }
        if (byte == '\n' || byte == '[') {
            return false;
        }
        at += byte == '\\';
    }
    return false;
}

/* Reads one mention at the beginning of the text. */
static bool take_mention(struct slice *text, struct mention *mention)
{
    struct slice rest = *text;
    if (!take_text(&rest, "@[") || !take_name(&rest) || !take_text(&rest, "(")) {
        return false;
    }
    bool member = take_text(&rest, "member:");
    if ((!member && !take_text(&rest, "group:")) || rest.size < ID_TEXT_SIZE ||
        !id_parse(slice_of(rest.data, ID_TEXT_SIZE - 1), &mention->id) ||
        rest.data[ID_TEXT_SIZE - 1] != ')') {
        return false;
    }
    mention->kind = member ? DOCUMENT_MEMBER : DOCUMENT_GROUP;
    *text = slice_of(rest.data + ID_TEXT_SIZE, rest.size - ID_TEXT_SIZE);
    return true;
}

static bool is_known(const struct mention *found, size_t count, const struct mention *mention)
{
    for (size_t i = 0; i < count; i++) {
        if (found[i].kind == mention->kind && id_equal(found[i].id, mention->id)) {
            return true;
        }
    }
    return false;
}

size_t mention_parse(struct slice text, struct mention *found, size_t max)
{
    struct mention distinct[MENTIONS_MAX + 1], mention;
    size_t count = 0;
    while (text.size > 0 && count <= MENTIONS_MAX) {
        if (text.data[0] != '@' || !take_mention(&text, &mention)) {
            text = slice_of(text.data + 1, text.size - 1);
        } else if (!is_known(distinct, count, &mention)) {
            distinct[count++] = mention;
        }
    }
    size_t given = count < max ? count : max;
    if (given > 0) {
        memcpy(found, distinct, given * sizeof *found);
    }
    return count;
}

struct slice mention_plain(struct slice text, struct buffer *out)
{
    size_t from = out->size;
    while (text.size > 0) {
        struct mention mention;
        struct slice before = text;
        const uint8_t *at = memchr(text.data, '@', text.size);
        size_t words = at == NULL ? text.size : (size_t)(at - text.data);
        if (words > 0) {
            buffer_append_slice(out, slice_of(text.data, words));
            text = slice_of(text.data + words, text.size - words);
        } else if (take_mention(&text, &mention)) {
            /* "@", then what stood between the brackets */
            size_t size = before.size - text.size - (ID_TEXT_SIZE - 1) - strlen("@[](:)") -
                          strlen(mention.kind == DOCUMENT_MEMBER ? "member" : "group");
            buffer_append_slice(out, slice_text("@"));
            buffer_append_slice(out, slice_of(before.data + strlen("@["), size));
        } else {
            buffer_append_u8(out, '@');
            text = slice_of(text.data + 1, text.size - 1);
        }
    }
    return slice_of(out->data + from, out->size - from);
}

/* ---- names ---- */

static json_t *named(const char *kind, struct id id, const json_t *document)
{
    json_t *person = json_object();
    json_put(person, "kind", json_text(slice_text(kind)));
    json_put(person, "id", json_id(id));
    json_put(person, "name", json_text(json_get_text(document, "name")));
    return person;
}

/* An active or paused member: somebody who is there to read. */
static bool reads(const json_t *member)
{
    enum member_status status = member_status_find(json_get_text(member, "status"));
    return status == MEMBER_ACTIVE || status == MEMBER_DORMANT;
}

json_t *mention_people(struct change *change, struct slice text)
{
    struct mention found[MENTIONS_MAX];
    json_t *people = json_array();
    size_t count = mention_parse(text, found, MENTIONS_MAX);
    for (size_t i = 0; i < count && i < MENTIONS_MAX; i++) {
        json_t *document = change_load(change, found[i].kind, found[i].id);
        bool member = found[i].kind == DOCUMENT_MEMBER;
        if (document != NULL && (!member || reads(document))) {
            json_array_append_new(people, named(kind_words[member ? 0 : 1], found[i].id, document));
        }
        json_decref(document);
    }
    return people;
}

/* ---- the index of words ---- */

/* The next word of a folded name, cut to WORD_MAX; size 0 = no more. */
static struct slice next_word(struct slice *folded)
{
    while (folded->size > 0 && folded->data[0] == ' ') {
        *folded = slice_of(folded->data + 1, folded->size - 1);
    }
    size_t size = 0;
    while (size < folded->size && folded->data[size] != ' ') {
        size++;
    }
    struct slice word = slice_of(folded->data, size < WORD_MAX ? size : WORD_MAX);
    *folded = slice_of(folded->data + size, folded->size - size);
    return word;
}

static struct index_key word_key(struct slice word)
{
    struct index_key key = index_key(INDEX_NAME_WORD);
    for (size_t i = 0; i < word.size; i++) {
        index_key_u8(&key, word.data[i]);
    }
    return key;
}

static void apply_profile(struct change *change)
{
    uint8_t room[4 * NAME_MAX_CHARACTERS];
    struct id id = json_get_id(change->json, "member");
    struct slice folded = text_fold(json_get_text(change->json, "name"), room, sizeof room);
    for (size_t i = 0; i < NAME_WORDS; i++) {
        struct slice word = next_word(&folded);
        if (word.size == 0) {
            return;
        }
        struct index_key key = word_key(word);
        index_key_u8(&key, 0);
        index_key_id(&key, id);
        change_index(change, index_key_slice(&key), id);
    }
}

/* Each word typed begins a word of the name. */
static bool name_fits(struct slice name, struct slice typed)
{
    uint8_t room[4 * NAME_MAX_CHARACTERS];
    struct slice folded = text_fold(name, room, sizeof room);
    for (struct slice wanted = next_word(&typed); wanted.size > 0; wanted = next_word(&typed)) {
        bool fits = false;
        struct slice rest = folded;
        for (struct slice word = next_word(&rest); word.size > 0; word = next_word(&rest)) {
            fits = fits ||
                   (word.size >= wanted.size && memcmp(word.data, wanted.data, wanted.size) == 0);
        }
        if (!fits) {
            return false;
        }
    }
    return true;
}

/* ---- mention.find ---- */

static void offer_group(struct request *request, json_t *items, struct id id, struct slice typed)
{
    json_t *group = document_load(request_txn(request), DOCUMENT_GROUP, id);
    if (slice_equal(json_get_text(group, "state"), slice_text("open")) &&
        name_fits(json_get_text(group, "name"), typed)) {
        json_array_append_new(items, named(kind_words[1], id, group));
    }
    json_decref(group);
}

/* There are few groups: each is looked at. */
static void find_groups(struct request *request, json_t *items, struct slice typed)
{
    struct slice key, value;
    struct index_key prefix = group_numbers_prefix();
    struct slice from = index_key_slice(&prefix);
    struct store_cursor *cursor = store_cursor_open(request_txn(request), TABLE_INDEX);
    bool found = store_cursor_seek(cursor, from, &key, &value);
    while (found && json_array_size(items) < GROUPS_OFFERED && key.size >= from.size &&
           memcmp(key.data, from.data, from.size) == 0) {
        struct id id;
        assert_always(value.size == ID_SIZE);
        memcpy(id.bytes, value.data, ID_SIZE);
        offer_group(request, items, id, typed);
        found = store_cursor_next(cursor, &key, &value);
    }
    store_cursor_close(cursor);
}

static void offer(struct request *request, json_t *items, struct id id, struct slice typed)
{
    json_t *member = document_load(request_txn(request), DOCUMENT_MEMBER, id);
    if (member != NULL && reads(member) && !people_have(items, id) &&
        name_fits(json_get_text(member, "name"), typed)) {
        json_array_append_new(items, named(kind_words[0], id, member));
    }
    json_decref(member);
}

static void find_members(struct request *request, json_t *items, struct slice typed)
{
    struct slice rest = typed, key, value;
    struct index_key prefix = word_key(next_word(&rest));
    struct slice from = index_key_slice(&prefix);
    struct store_cursor *cursor = store_cursor_open(request_txn(request), TABLE_INDEX);
    bool found = store_cursor_seek(cursor, from, &key, &value);
    for (size_t i = 0; found && i < SCAN_MAX && json_array_size(items) < FOUND_MAX; i++) {
        if (key.size < from.size || memcmp(key.data, from.data, from.size) != 0) {
            break;
        }
        struct id id;
        assert_always(value.size == ID_SIZE);
        memcpy(id.bytes, value.data, ID_SIZE);
        offer(request, items, id, typed);
        found = store_cursor_next(cursor, &key, &value);
    }
    store_cursor_close(cursor);
}

json_t *mention_members(struct request *request, struct slice text)
{
    uint8_t room[4 * NAME_MAX_CHARACTERS];
    struct slice typed = text_fold(text, room, sizeof room), rest = typed;
    json_t *items = json_array();
    if (next_word(&rest).size > 0) {
        find_members(request, items, typed);
    }
    return items;
}

static enum error find(struct request *request)
{
    uint8_t room[4 * NAME_MAX_CHARACTERS];
    struct slice typed = text_fold(request_text(request, "text"), room, sizeof room);
    struct slice rest = typed;
    json_t *items = json_array();
    request->result = json_object();
    json_put(request->result, "items", items);
    if (next_word(&rest).size > 0) {
        find_groups(request, items, typed);
        find_members(request, items, typed);
    }
    return ERROR_NONE;
}

/* ---- mention.names ---- */

static enum error names(struct request *request)
{
    size_t i;
    json_t *text;
    json_t *items = json_array();
    json_array_foreach(json_object_get(request->params, "ids"), i, text)
    {
        struct id id = {{0}};
        assert_always(id_parse(slice_of(json_string_value(text), json_string_length(text)), &id));
        json_t *member = document_load(request_txn(request), DOCUMENT_MEMBER, id);
        json_t *group =
            member != NULL ? NULL : document_load(request_txn(request), DOCUMENT_GROUP, id);
        if (member != NULL || group != NULL) {
            json_array_append_new(items, named(kind_words[member != NULL ? 0 : 1], id,
                                               member != NULL ? member : group));
        }
        json_decref(member);
        json_decref(group);
    }
    request->result = json_object();
    json_put(request->result, "items", items);
    return ERROR_NONE;
}

/* ---- tables ---- */

static const struct command commands[] = {
    {.method = "mention.find",
     .who = WHO_MEMBER,
     .flags = COMMAND_READ,
     .params = find_params,
     .result = find_result,
     .handle = find,
     .summary = "People and groups whose names fit what was typed after @",
     .example = "{\"text\":\"mi\"}"},
    {.method = "mention.names",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = names_params,
     .result = names_result,
     .handle = names,
     .summary = "The present names of members and groups",
     .example = "{\"ids\":[\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b701\"]}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_MEMBER_PROFILE, apply_profile},
    {0},
};
const struct concept concept_mention = {
    .name = "mention",
    .commands = commands,
    .applies = applies,
};
