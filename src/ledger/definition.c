/* Writing a definition, its hash, and the names of the methods. The strict reading is in definition_decode.c,
 * the choices in choice.c.
 *
 * Only the server encodes; everybody else decodes the bytes they were given and shows what they decoded.
 * So the encoder checks nothing that the decoder will: the caller decodes its own bytes once before they
 * enter the record, which is the proof that everybody can read them. Start at definition_encode. */
#include "ledger/definition.h"

#include "crypto/crypto.h"
#include "ledger/choice.h"

static const char POLL_TAG[] = "palabre/v1/poll"; /* with its NUL: tag(poll) */

static const char *const method_names[] = {
    NULL,
    "yes-no",
    "consent",
    "single",
    "approval",
    "score",
    "dots",
    "majority-judgment",
    "irv",
    "schulze",
    "ranked-pairs",
    "borda",
    "stv-scottish",
    "stv-meek",
    "pb-greedy",
    "pb-mes",
    "pb-mes-add1",
    "pb-mes-add1e",
    "seq-phragmen",
    "seq-pav",
    "mes-committee",
};
enum { METHOD_COUNT = sizeof method_names / sizeof method_names[0] };

const char *definition_method_name(uint8_t method)
{
    return method < METHOD_COUNT ? method_names[method] : NULL;
}

uint8_t definition_method_find(struct slice name)
{
    for (uint8_t method = 1; method < METHOD_COUNT; method++) {
        if (slice_equal(slice_text(method_names[method]), name)) {
            return method;
        }
    }
    return 0;
}

static void append_fraction(struct buffer *out, uint32_t num, uint32_t den)
{
    buffer_append_u32(out, num);
    buffer_append_u32(out, den);
}

static void append_rule(struct buffer *out, const struct rule *rule)
{
    buffer_append_str(out, rule->name);
    append_fraction(out, rule->majority_num, rule->majority_den);
    buffer_append_u8(out, rule->majority_strict);
    buffer_append_u8(out, rule->majority_base);
    buffer_append_u8(out, rule->abstain);
    buffer_append_u8(out, rule->blank);
    buffer_append_u8(out, rule->void_);
    append_fraction(out, rule->quorum_num, rule->quorum_den);
    buffer_append_u8(out, rule->quorum_strict);
    buffer_append_u8(out, rule->quorum_unit);
    buffer_append_u8(out, rule->quorum_of);
    buffer_append_u8(out, rule->per_class);
    append_fraction(out, rule->cap_num, rule->cap_den);
    buffer_append_u16(out, rule->mandates_max);
    buffer_append_u8(out, rule->mandates_who);
    buffer_append_u8(out, rule->mandates_own);
    buffer_append_u8(out, rule->tie);
}

static void append_numbers(struct buffer *out, const struct definition *definition)
{
    buffer_append_u8(out, definition->mode);
    buffer_append_u8(out, definition->kind);
    buffer_append_u8(out, definition->body);
    buffer_append_u8(out, definition->method);
    buffer_append_u8(out, definition->form);
    buffer_append_u16(out, definition->flags);
    buffer_append_u16(out, definition->opt);
    buffer_append_u16(out, definition->seats);
    buffer_append_u16(out, definition->min);
    buffer_append_u16(out, definition->max);
    buffer_append_u8(out, definition->grades);
    buffer_append_u16(out, definition->points);
    buffer_append_u16(out, definition->cap);
    buffer_append_u64(out, definition->budget);
    buffer_append_u64(out, definition->opens_ms);
    buffer_append_u64(out, definition->closes_ms);
}

static void append_lists(struct buffer *out, const struct definition *definition)
{
    buffer_append_u8(out, definition->n_class);
    for (unsigned i = 0; i < definition->n_class; i++) {
        buffer_append_str(out, definition->classes[i]);
    }
    buffer_append_u8(out, definition->n_about);
    for (unsigned i = 0; i < definition->n_about; i++) {
        buffer_append(out, definition->about[i].id.bytes, ID_SIZE);
        buffer_append(out, definition->about[i].hash.bytes, HASH_SIZE);
    }
    buffer_append_u16(out, definition->n_option);
    for (unsigned i = 0; i < definition->n_option; i++) {
        buffer_append(out, definition->options[i].id.bytes, ID_SIZE);
        buffer_append_u64(out, definition->options[i].cost);
    }
}

static void append_language(struct buffer *out, const struct definition *definition,
                            const struct definition_language *language)
{
    buffer_append_str(out, language->code);
    buffer_append_str(out, language->question);
    buffer_append_long_text(out, language->explanation);
    for (unsigned i = 0; i < definition->n_option; i++) {
        buffer_append_str(out, language->labels[i]);
    }
    for (unsigned i = 0; i < definition->grades && language->grades != NULL; i++) {
        buffer_append_str(out, language->grades[i]);
    }
}

void definition_encode(struct buffer *out, const struct definition *definition)
{
    buffer_append(out, POLL_TAG, sizeof POLL_TAG);
    buffer_append(out, definition->org.bytes, ID_SIZE);
    buffer_append(out, definition->poll.bytes, ID_SIZE);
    buffer_append(out, definition->meeting.bytes, ID_SIZE);
    buffer_append(out, definition->nonce.bytes, ID_SIZE);
    append_numbers(out, definition);
    buffer_append(out, definition->roll_root.bytes, HASH_SIZE);
    buffer_append_u32(out, definition->roll_count);
    buffer_append_u64(out, definition->roll_weight);
    buffer_append(out, definition->lot_commit.bytes, HASH_SIZE);
    append_rule(out, &definition->rule);
    append_lists(out, definition);
    buffer_append_u8(out, definition->n_language);
    for (unsigned i = 0; i < definition->n_language; i++) {
        append_language(out, definition, &definition->languages[i]);
    }
}

struct hash definition_hash(struct slice bytes)
{
    return crypto_hash(bytes);
}

struct hash definition_about_hash(struct id proposal, uint32_t version, struct slice title,
                                  struct slice need, struct slice text)
{
    uint8_t numbers[4 + 2]; /* version, length of the title */
    uint8_t lengths[2][4];  /* of need and text */
    for (unsigned i = 0; i < 4; i++) {
        numbers[i] = (uint8_t)(version >> (24 - 8 * i));
        lengths[0][i] = (uint8_t)(need.size >> (24 - 8 * i));
        lengths[1][i] = (uint8_t)(text.size >> (24 - 8 * i));
    }
    numbers[4] = (uint8_t)(title.size >> 8);
    numbers[5] = (uint8_t)title.size;
    struct slice parts[] = {
        id_slice(&proposal),
        slice_of(numbers, sizeof numbers),
        title,
        slice_of(lengths[0], 4),
        need,
        slice_of(lengths[1], 4),
        text,
    };
    return crypto_hash_tagged("proposal", parts, sizeof parts / sizeof parts[0]);
}

enum error definition_check_choice(const struct definition *definition, struct slice choice)
{
    struct choice_rules rules = choice_rules_of(definition);
    return choice_check(&rules, choice);
}
