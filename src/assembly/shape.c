/* Parameters against their tables. Hostile input stops here: unknown, missing and ill-formed fields are refused by name, so
 * handlers see only values of the right type and size. A pure function of the table and the value: any thread.
 * Start at assembly_check_shape(). */
#include "assembly/shape.h"
#include "base/encoding.h"
#include "base/utf8.h"

#include <string.h>

enum { LANGUAGES_MAX = 16, MAP_KEY_MAX = 64, REFERENCE_MAX = 40 };

struct walk {
    const char *field; /* the field at fault: static or inside the value */
};

static enum error check_value(struct walk *walk, const struct field *field, const json_t *value);

static struct slice text_of(const json_t *value)
{
    return slice_of(json_string_value(value), json_string_length(value));
}

static bool is_language(struct slice code)
{
    if (code.size < 2 || code.size > 35) {
        return false;
    }
    for (size_t i = 0; i < code.size; i++) {
        uint8_t byte = code.data[i];
        if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-')) {
            return false;
        }
    }
    return true;
}

/* A UUID, a number, or a year and a number. */
static bool is_reference(struct slice text)
{
    struct id id;
    if (id_parse(text, &id)) {
        return true;
    }
    if (text.size == 0 || text.size > 10) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if ((text.data[i] < '0' || text.data[i] > '9') && text.data[i] != '-') {
            return false;
        }
    }
    return true;
}

static enum error check_line(const struct field *field, struct slice text)
{
    if (text.size == 0 || !utf8_is_clean(text, false)) {
        return ERROR_INPUT_BAD_VALUE;
    }
    return utf8_length(text) > (size_t)field->max ? ERROR_INPUT_TOO_BIG : ERROR_NONE;
}

static enum error check_text(const struct field *field, struct slice text)
{
    if (text.size > (size_t)field->max) {
        return ERROR_INPUT_TOO_BIG;
    }
    return text.size < (size_t)field->min || !utf8_is_clean(text, true) ? ERROR_INPUT_BAD_VALUE
                                                                        : ERROR_NONE;
}

static enum error check_bytes(const struct field *field, struct slice text)
{
    struct buffer bytes;
    if (text.size > ((size_t)field->max * 4 + 2) / 3) {
        return ERROR_INPUT_TOO_BIG;
    }
    buffer_init(&bytes, (size_t)field->max + 1);
    bool good = encoding_from_base64url(text, &bytes) && bytes.size >= (size_t)field->min &&
                bytes.size <= (size_t)field->max;
    buffer_free(&bytes);
    return good ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
}

static enum error check_string(const struct field *field, struct slice text)
{
    struct id id;
    switch (field->type) {
    case FIELD_ID:
        return id_parse(text, &id) ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
    case FIELD_REF:
        return is_reference(text) ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
    case FIELD_LINE:
        return check_line(field, text);
    case FIELD_TEXT:
        return check_text(field, text);
    case FIELD_LANGUAGE:
        return is_language(text) ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
    case FIELD_BYTES:
        return check_bytes(field, text);
    case FIELD_WORD:
        for (const char *const *word = field->words; *word != NULL; word++) {
            if (slice_equal(text, slice_text(*word))) {
                return ERROR_NONE;
            }
        }
        return ERROR_INPUT_BAD_VALUE;
    default:
        return ERROR_INPUT_BAD_VALUE;
    }
}

static enum error check_integer(const struct field *field, const json_t *value)
{
    json_int_t number = json_integer_value(value);
    int64_t max = field->type == FIELD_TIME ? INT64_C(9007199254740991) : field->max;
    int64_t min = field->type == FIELD_TIME ? 0 : field->min;
    return number < min || number > max ? ERROR_INPUT_BAD_VALUE : ERROR_NONE;
}

static enum error check_languages(struct walk *walk, const struct field *field, const json_t *value)
{
    const char *key;
    json_t *item;
    size_t count = json_object_size(value);
    if (count > LANGUAGES_MAX || (count == 0 && !field->optional)) {
        return ERROR_INPUT_BAD_VALUE;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, item)
    {
        enum error error = ERROR_INPUT_BAD_VALUE;
        if (is_language(slice_text(key)) && json_is_string(item)) {
            error = field->type == FIELD_LABELS ? check_line(field, text_of(item))
                                                : check_text(field, text_of(item));
        }
        if (error != ERROR_NONE) {
            walk->field = key;
            return error;
        }
    }
    return ERROR_NONE;
}

static enum error check_list(struct walk *walk, const struct field *field, const json_t *value)
{
    size_t index;
    json_t *item;
    if (json_array_size(value) < (size_t)field->min ||
        json_array_size(value) > (size_t)field->max) {
        return ERROR_INPUT_BAD_VALUE;
    }
    json_array_foreach(value, index, item)
    {
        enum error error = check_value(walk, field->item, item);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    return ERROR_NONE;
}

static enum error check_map(struct walk *walk, const struct field *field, const json_t *value)
{
    const char *key;
    json_t *item;
    if (json_object_size(value) < (size_t)field->min ||
        json_object_size(value) > (size_t)field->max) {
        return ERROR_INPUT_BAD_VALUE;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, item)
    {
        struct slice name = slice_text(key);
        if (name.size == 0 || name.size > MAP_KEY_MAX || !utf8_is_clean(name, false)) {
            return ERROR_INPUT_BAD_VALUE;
        }
        enum error error = check_value(walk, field->item, item);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    return ERROR_NONE;
}

static const struct field *field_named(const struct field *fields, const char *name)
{
    for (; fields != NULL && fields->name != NULL; fields++) {
        if (strcmp(fields->name, name) == 0) {
            return fields;
        }
    }
    return NULL;
}

static enum error check_object(struct walk *walk, const struct field *fields,
                               const struct field *also, const json_t *value)
{
    const char *key;
    json_t *item;
    json_object_foreach((json_t *)(uintptr_t)value, key, item)
    {
        const struct field *field = field_named(fields, key);
        if (field == NULL && also != NULL && strcmp(also->name, key) == 0) {
            field = also;
        }
        walk->field = key;
        if (field == NULL) {
            return ERROR_INPUT_UNKNOWN_FIELD;
        }
        enum error error = check_value(walk, field, item);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    for (; fields != NULL && fields->name != NULL; fields++) {
        if (!fields->optional && json_object_get(value, fields->name) == NULL) {
            walk->field = fields->name;
            return ERROR_INPUT_MISSING_FIELD;
        }
    }
    if (also != NULL && json_object_get(value, also->name) == NULL) {
        walk->field = also->name;
        return ERROR_INPUT_MISSING_FIELD;
    }
    return ERROR_NONE;
}

const struct field shape_person_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_TEXT, .max = 320},
    {.name = "representative",
     .type = FIELD_TEXT,
     .max = 320,
     .optional = true,
     .summary = "who acts for a member that is an organisation"},
    {0},
};

static enum error check_by(struct walk *walk, const json_t *value)
{
    if (json_is_object(value)) {
        return check_object(walk, shape_person_fields, NULL, value);
    }
    bool word = json_is_string(value) && (slice_equal(text_of(value), slice_text("system")) ||
                                          slice_equal(text_of(value), slice_text("operator")));
    return word ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
}

static enum error check_value(struct walk *walk, const struct field *field, const json_t *value)
{
    if (json_is_null(value)) {
        return field->nullable ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
    }
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_TIME:
        return json_is_integer(value) ? check_integer(field, value) : ERROR_INPUT_BAD_VALUE;
    case FIELD_FLAG:
        return json_is_boolean(value) ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
    case FIELD_LABELS:
    case FIELD_TEXTS:
        return json_is_object(value) ? check_languages(walk, field, value) : ERROR_INPUT_BAD_VALUE;
    case FIELD_OBJECT:
        return json_is_object(value) ? check_object(walk, field->fields, NULL, value)
                                     : ERROR_INPUT_BAD_VALUE;
    case FIELD_LIST:
        return json_is_array(value) ? check_list(walk, field, value) : ERROR_INPUT_BAD_VALUE;
    case FIELD_MAP:
        return json_is_object(value) ? check_map(walk, field, value) : ERROR_INPUT_BAD_VALUE;
    case FIELD_BY:
        return check_by(walk, value);
    case FIELD_ANY:
        return ERROR_NONE;
    default:
        return json_is_string(value) ? check_string(field, text_of(value)) : ERROR_INPUT_BAD_VALUE;
    }
}

const struct field shape_command_field = {
    .name = "command",
    .type = FIELD_ID,
    .summary = "UUID made by the client for this act; repeating it answers the same"};

bool shape_takes_command(const struct command *command)
{
    return (command->flags & COMMAND_WRITE) != 0 && (command->flags & COMMAND_SELF_KEYED) == 0;
}

enum error assembly_check_shape(struct request *request)
{
    struct walk walk = {0};
    const struct field *also = shape_takes_command(request->command) ? &shape_command_field : NULL;
    if (!json_is_object(request->params)) {
        return ERROR_INPUT_BAD_VALUE;
    }
    enum error error = check_object(&walk, request->command->params, also, request->params);
    if (error == ERROR_NONE) {
        request->shape_checked = true;
        return ERROR_NONE;
    }
    request->field = walk.field;
    return error;
}

enum error shape_check(const struct field *fields, const json_t *object, const char **field)
{
    struct walk walk = {0};
    enum error error =
        json_is_object(object) ? check_object(&walk, fields, NULL, object) : ERROR_INPUT_BAD_VALUE;
    *field = error == ERROR_NONE ? NULL : walk.field;
    return error;
}
