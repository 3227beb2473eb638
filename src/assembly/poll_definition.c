/* From a draft to the definition that the record holds: words become numbers, labels become lists in the order of the
 * options. Opening adds what only it knows (roll, lot, proposals, dates); a draft is tried before that, so that one that
 * stands can be opened. Invariant: what is encoded here decodes. Start at poll_describe(). */
#include "assembly/organisation.h"
#include "assembly/poll_parts.h"
#include "assembly/rule.h"

#include <stdlib.h>
#include <string.h>

static uint16_t flags_of(const json_t *poll)
{
    static const struct {
        const char *word;
        uint16_t flag;
    } table[] = {
        {"blank", FLAG_BLANK}, {"abstain", FLAG_ABSTAIN}, {"equal", FLAG_EQUAL_RANKS},
        {"late", FLAG_LATE},   {"basket", FLAG_BASKET},   {"all_points", FLAG_ALL_POINTS},
    };
    size_t i;
    json_t *item;
    unsigned flags = json_get_flag(poll, "revote") ? FLAG_REVOTE : 0;
    flags |= json_get_flag(poll, "show_live") ? FLAG_RUNNING_TALLY : 0;
    json_array_foreach(json_object_get(json_object_get(poll, "params"), "flags"), i, item)
    {
        for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
            flags |=
                slice_equal(poll_text_of(item), slice_text(table[at].word)) ? table[at].flag : 0;
        }
    }
    return (uint16_t)flags;
}

static void describe_numbers(const json_t *poll, struct definition *definition)
{
    const json_t *params = json_object_get(poll, "params");
    size_t grades = json_array_size(json_object_get(params, "grades"));
    int64_t seats = json_get_integer(params, "seats");
    definition->flags = flags_of(poll);
    definition->opt = (uint16_t)json_get_integer(params, "opt");
    definition->seats = (uint16_t)(seats == 0 ? 1 : seats);
    definition->min = (uint16_t)json_get_integer(params, "min");
    definition->max = (uint16_t)json_get_integer(params, "max");
    definition->grades =
        (uint8_t)(grades > 0 ? (int64_t)grades : json_get_integer(params, "levels"));
    definition->points = (uint16_t)json_get_integer(params, "points");
    definition->cap = (uint16_t)json_get_integer(params, "cap");
}

static void describe_options(const json_t *poll, struct arena *arena, struct definition *definition)
{
    size_t i;
    json_t *option;
    json_t *options = json_object_get(poll, "options");
    definition->n_option = (uint16_t)json_array_size(options);
    definition->options =
        arena_new(arena, json_array_size(options) + 1, sizeof *definition->options);
    json_array_foreach(options, i, option)
    {
        definition->options[i].id = json_get_id(option, "id");
    }
}

/* The texts in one language of a list of {"fr","nl","en"} or of {"label":{…}}. */
static struct slice *labels_in(const json_t *list, const char *key, const char *language,
                               struct arena *arena)
{
    size_t i;
    json_t *item;
    struct slice *labels = arena_new(arena, json_array_size(list) + 1, sizeof *labels);
    json_array_foreach(list, i, item)
    {
        labels[i] = json_get_text(key == NULL ? item : json_object_get(item, key), language);
    }
    return labels;
}

static int language_order(const void *a, const void *b)
{
    const struct definition_language *left = a, *right = b;
    return slice_compare(left->code, right->code);
}

static void describe_languages(const json_t *poll, struct arena *arena,
                               struct definition *definition)
{
    const char *code;
    json_t *text;
    json_t *question = json_object_get(poll, "question");
    const json_t *explanation = json_object_get(poll, "explanation");
    const json_t *grades = json_object_get(json_object_get(poll, "params"), "grades");
    definition->languages =
        arena_new(arena, json_object_size(question) + 1, sizeof *definition->languages);
    json_object_foreach(question, code, text)
    {
        definition->languages[definition->n_language++] = (struct definition_language){
            .code = slice_text(code),
            .question = poll_text_of(text),
            .explanation = json_get_text(explanation, code),
            .labels = labels_in(json_object_get(poll, "options"), "label", code, arena),
            .grades = grades == NULL ? NULL : labels_in(grades, NULL, code, arena),
        };
    }
    qsort(definition->languages, definition->n_language, sizeof *definition->languages,
          language_order);
}

void poll_describe(const json_t *poll, struct arena *arena, struct definition *definition)
{
    struct slice kind = json_get_text(poll, "poll_kind");
    *definition = (struct definition){
        .mode = poll_mode_number(json_get_text(poll, "mode")),
        .kind = poll_kind_number(kind.size > 0 ? kind : json_get_text(poll, "kind")),
        .body = poll_body_number(json_get_text(poll, "body")),
        .method = definition_method_find(json_get_text(poll, "method")),
        .form = poll_form(poll),
    };
    describe_numbers(poll, definition);
    rule_read(json_object_get(poll, "rule"), &definition->rule);
    describe_options(poll, arena, definition);
    describe_languages(poll, arena, definition);
}

enum error poll_write_definition(const struct definition *definition, struct buffer *bytes)
{
    struct arena arena;
    struct definition decoded;
    definition_encode(bytes, definition);
    if (!buffer_ok(bytes)) {
        return ERROR_INPUT_TOO_BIG;
    }
    arena_init(&arena, DEFINITION_ARENA);
    enum error error = definition_decode(buffer_slice(bytes), &arena, &decoded);
    arena_free(&arena);
    return error;
}

enum error poll_try_definition(struct request *request, const json_t *draft, struct buffer *bytes)
{
    struct arena arena;
    struct definition definition;
    struct roll_classes classes;
    json_t *organisation = organisation_load(request_txn(request));
    arena_init(&arena, DEFINITION_ARENA);
    poll_describe(draft, &arena, &definition);
    bool fits = roll_classes_of(organisation, &classes);
    definition.org = request_org(request);
    definition.poll = json_get_id(draft, "id");
    definition.opens_ms = (uint64_t)json_get_integer(draft, "opens");
    definition.closes_ms = (uint64_t)json_get_integer(draft, "closes");
    definition.n_class = classes.count;
    definition.classes = classes.codes;
    definition.lot_commit.bytes[0] = 1; /* any; what is drawn at the opening stands here then */
    enum error error = fits ? poll_write_definition(&definition, bytes) : ERROR_INPUT_TOO_BIG;
    arena_free(&arena);
    json_decref(organisation);
    return error;
}
