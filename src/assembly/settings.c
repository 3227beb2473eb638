/* Settings: their shapes, their defaults and their values, all made of SETTING_LIST.
 *
 * The document `organisation` shows all of them; what acts on one asks setting_number(), which reads a row of TABLE_INDEX of
 * its own, so that a look at a session or a link does not parse the organisation. No row: the default. `support` and
 * `themes` are objects of their own and are read from the document. Start at SETTING_LIST (settings.h). */
#include "assembly/settings.h"
#include "assembly/parts.h"
#include "base/bytes.h"
#include "base/fatal.h"

#include <string.h>

const char *const setting_majority_words[] = {"simple", "two_thirds", "three_quarters",
                                              "four_fifths", NULL};
const char *const setting_abstain_words[] = {"out", "base", "no", NULL};

/* ---- the table ---- */

struct setting_row {
    const char *name;
    enum field_type type;
    int64_t min, max;
    const char *const *words;
    int64_t otherwise;
    const char *unit, *summary;
};
static const struct setting_row rows[SETTINGS] = {
#define SETTING_ROW(code, name, type, min, max, words, otherwise, unit, summary)                   \
    [SETTING_##code] = {name, type, min, max, words, otherwise, unit, summary},
    SETTING_LIST(SETTING_ROW)
#undef SETTING_ROW
};

static json_t *value_of(const struct setting_row *row, int64_t number)
{
    if (row->type == FIELD_WORD) {
        return json_text(slice_text(row->words[number]));
    }
    return row->type == FIELD_FLAG ? json_boolean(number != 0) : json_integer(number);
}

/* The number of a value of good shape. */
static int64_t number_of(const struct setting_row *row, const json_t *value)
{
    if (row->type == FIELD_WORD) {
        struct slice text = slice_of(json_string_value(value), json_string_length(value));
        int64_t number = 0;
        while (row->words[number] != NULL && !slice_equal(text, slice_text(row->words[number]))) {
            number++;
        }
        return row->words[number] == NULL ? row->otherwise : number;
    }
    return row->type == FIELD_FLAG ? json_is_true(value) : json_integer_value(value);
}

/* ---- shapes ---- */

static const struct field theme_fields[] = {
    {.name = "key", .type = FIELD_LINE, .min = 1, .max = 35, .summary = "letters, digits, hyphens"},
    {.name = "label", .type = FIELD_LABELS, .max = 80},
    {.name = "retired",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "stays on what has it; not offered any more"},
    {0},
};
static const struct field theme_field = {
    .name = "theme", .type = FIELD_OBJECT, .fields = theme_fields};
static const struct field support_fields[] = {
    {.name = "at_least", .type = FIELD_INTEGER, .min = 1, .max = 1000000},
    {.name = "num", .type = FIELD_INTEGER, .min = 0, .max = 1000000},
    {.name = "den", .type = FIELD_INTEGER, .min = 1, .max = 1000000},
    {.name = "at_most", .type = FIELD_INTEGER, .min = 1, .max = 1000000},
    {0},
};

#define SETTING_FIELD(code, field_name, field_type, least, most, list, otherwise, unit, said)      \
    {.name = (field_name),                                                                         \
     .type = (field_type),                                                                         \
     .min = (least),                                                                               \
     .max = (most),                                                                                \
     .words = (list),                                                                              \
     .summary = (said)},
const struct field settings_fields[] = {
    {.name = "support",
     .type = FIELD_OBJECT,
     .fields = support_fields,
     .summary = "supporters an idea needs: max(at_least, num/den of active members), ≤ at_most"},
    {.name = "themes", .type = FIELD_LIST, .item = &theme_field, .max = THEMES_MAX},
    SETTING_LIST(SETTING_FIELD){0},
};
#undef SETTING_FIELD

#define SETTING_FIELD(code, field_name, field_type, least, most, list, otherwise, unit, said)      \
    {.name = (field_name),                                                                         \
     .type = (field_type),                                                                         \
     .min = (least),                                                                               \
     .max = (most),                                                                                \
     .words = (list),                                                                              \
     .optional = true,                                                                             \
     .summary = (said)},
const struct field settings_params[] = {
    {.name = "support",
     .type = FIELD_OBJECT,
     .fields = support_fields,
     .optional = true,
     .summary = "supporters an idea needs: max(at_least, num/den of active members), ≤ at_most"},
    {.name = "themes",
     .type = FIELD_LIST,
     .item = &theme_field,
     .max = THEMES_MAX,
     .optional = true,
     .summary = "the whole list, in the order people read it"},
    SETTING_LIST(SETTING_FIELD){0},
};
#undef SETTING_FIELD

const char *const *settings_names(void)
{
#define SETTING_NAME(code, name, ...) name,
    static const char *const names[] = {"support", "themes", SETTING_LIST(SETTING_NAME) NULL};
#undef SETTING_NAME
    return names;
}

json_t *settings_default(void)
{
    json_t *settings = json_object(), *support = json_object();
    json_put(support, "at_least", json_number(3));
    json_put(support, "num", json_number(1));
    json_put(support, "den", json_number(20));
    json_put(support, "at_most", json_number(15));
    json_put(settings, "support", support);
    json_put(settings, "themes", json_array());
    for (size_t i = 0; i < SETTINGS; i++) {
        json_put(settings, rows[i].name, value_of(&rows[i], rows[i].otherwise));
    }
    return settings;
}

static json_t *row_published(const struct setting_row *row)
{
    json_t *one = json_object();
    const char *type = row->type == FIELD_WORD   ? "word"
                       : row->type == FIELD_FLAG ? "flag"
                                                 : "integer";
    json_put(one, "name", json_text(slice_text(row->name)));
    json_put(one, "type", json_text(slice_text(type)));
    if (row->type == FIELD_INTEGER) {
        json_put(one, "min", json_integer(row->min));
        json_put(one, "max", json_integer(row->max));
    }
    if (row->type == FIELD_WORD) {
        json_t *words = json_array();
        for (const char *const *word = row->words; *word != NULL; word++) {
            json_array_append_new(words, json_text(slice_text(*word)));
        }
        json_put(one, "words", words);
    }
    json_put(one, "default", value_of(row, row->otherwise));
    json_put(one, "unit", json_text(slice_text(row->unit)));
    json_put(one, "summary", json_text(slice_text(row->summary)));
    return one;
}

json_t *settings_published(void)
{
    json_t *list = json_array();
    for (size_t i = 0; i < SETTINGS; i++) {
        json_array_append_new(list, row_published(&rows[i]));
    }
    return list;
}

/* ---- values ---- */

static struct index_key row_key(size_t setting)
{
    struct index_key key = index_key(INDEX_SETTING);
    struct slice name = slice_text(rows[setting].name);
    memcpy(key.bytes + key.size, name.data, name.size);
    key.size += name.size;
    return key;
}

int64_t setting_number(struct store_txn *txn, enum setting setting)
{
    struct slice value;
    struct index_key key = row_key(setting);
    if (!store_get(txn, TABLE_INDEX, index_key_slice(&key), &value) || value.size != ID_SIZE) {
        return rows[setting].otherwise;
    }
    return (int64_t)bytes_get_u64(value.data + ID_SIZE - 8);
}

uint64_t setting_days_ms(struct store_txn *txn, enum setting setting)
{
    return (uint64_t)setting_number(txn, setting) * 24 * 3600 * 1000;
}

const char *setting_word(struct store_txn *txn, enum setting setting)
{
    assert_always(rows[setting].type == FIELD_WORD);
    return rows[setting].words[setting_number(txn, setting)];
}

void settings_apply(struct change *change, const json_t *settings)
{
    for (size_t i = 0; i < SETTINGS; i++) {
        struct id value = {{0}};
        struct index_key key = row_key(i);
        const json_t *given = json_object_get(settings, rows[i].name);
        if (given != NULL) {
            bytes_put_u64(value.bytes + ID_SIZE - 8, (uint64_t)number_of(&rows[i], given));
            change_index(change, index_key_slice(&key), value);
        }
    }
}

/* ---- checks ---- */

static bool key_is_good(struct slice key)
{
    for (size_t i = 0; i < key.size; i++) {
        uint8_t c = key.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '-') {
            return false;
        }
    }
    return key.size > 0;
}

bool keys_are_distinct(const json_t *list, const char *name)
{
    size_t i, j;
    json_t *item, *other;
    json_array_foreach(list, i, item)
    {
        if (!key_is_good(json_get_text(item, "key"))) {
            return false;
        }
        json_array_foreach(list, j, other)
        {
            if (j < i && slice_equal(json_get_text(item, name), json_get_text(other, name))) {
                return false;
            }
        }
    }
    return true;
}

bool settings_are_good(const json_t *settings)
{
    const json_t *support = json_object_get(settings, "support");
    return keys_are_distinct(json_object_get(settings, "themes"), "key") &&
           json_get_integer(support, "num") <= json_get_integer(support, "den") &&
           json_get_integer(support, "at_least") <= json_get_integer(support, "at_most");
}
