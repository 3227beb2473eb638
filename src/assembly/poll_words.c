/* Words of votes: small readers of drafts and documents that several files of this concept share. Pure functions of their
 * arguments. Start at poll_word_is(). */
#include "assembly/poll_parts.h"

struct slice poll_text_of(const json_t *value)
{
    return slice_of(json_string_value(value), json_string_length(value));
}

bool poll_word_is(const json_t *object, const char *key, const char *word)
{
    return slice_equal(json_get_text(object, key), slice_text(word));
}

json_t *poll_word(const char *text)
{
    return json_text(slice_text(text));
}

json_t *poll_given(const json_t *object, const char *key, json_t *otherwise)
{
    json_t *value = json_object_get(object, key);
    if (value == NULL) {
        return otherwise;
    }
    json_decref(otherwise);
    return json_deep_copy(value);
}

/* Position of the word in a NULL-terminated list, from 1; 0 = not there. */
static uint8_t number_of(const char *const *words, struct slice word)
{
    for (uint8_t i = 0; words[i] != NULL; i++) {
        if (slice_equal(slice_text(words[i]), word)) {
            return (uint8_t)(i + 1);
        }
    }
    return 0;
}

/* A draft event calls its kind `kind`, which in a document is the kind of document. */
static struct slice kind_of(const json_t *poll)
{
    struct slice kind = json_get_text(poll, "poll_kind");
    return kind.size > 0 ? kind : json_get_text(poll, "kind");
}

bool poll_decides(const json_t *poll)
{
    struct slice kind = kind_of(poll);
    return slice_equal(kind, slice_text("decision")) || slice_equal(kind, slice_text("election"));
}

bool poll_is_of_persons(const json_t *draft)
{
    return slice_equal(kind_of(draft), slice_text("election"));
}

uint8_t poll_kind_number(struct slice word)
{
    return number_of(poll_kind_words, word);
}

uint8_t poll_mode_number(struct slice word)
{
    return number_of(poll_mode_words, word);
}

uint8_t poll_body_number(struct slice word)
{
    return number_of(poll_body_words, word);
}
