/* The strict reader of a definition: every field in the order of ledger.md, Definition, every value in its range.
 *
 * It reads hostile bytes, so three things hold everywhere: fields come through the reader (which stops at the
 * end and refuses bad text), a count is compared with the bytes left before an array is made for it, and no
 * value is believed before the checks below have passed. The checks are split by subject: method and numbers,
 * rule, lists, languages. Offsets of the parts that others read in place (options) are noted on the way.
 * Start at definition_decode_parts. */
#include "ledger/definition.h"

#include <stdlib.h>

#include "base/reader.h"
#include "ledger/choice.h"
#include "ledger/definition_parts.h"

enum {
    CLASS_MAX = 32,
    CLASS_CODE_MAX = 35,
    OPTION_MAX = 1000,
    OPTION_RANKED_MAX = 255,
    LANGUAGE_MAX = 16,
    LANGUAGE_CODE_MAX = 35,
    GRADE_MAX = 100,
    GRADE_TABLE_MAX = 65535, /* options × grades */
    FRACTION_MAX = 1000000,
    METHOD_YES_NO = 1,
    METHOD_CONSENT = 2,
    METHOD_SINGLE = 3,
    METHOD_APPROVAL = 4,
    METHOD_JUDGMENT = 7,
    METHOD_BUDGET_FIRST = 14,
    METHOD_BUDGET_LAST = 17,
    METHOD_LAST = 20,
};
static const uint64_t NUMBER_MAX = (UINT64_C(1) << 53) - 1;
static const char POLL_TAG[] = "palabre/v1/poll"; /* with its NUL: tag(poll) */

#define FORM_BIT(form) (1U << (form))
/* Per method: the forms it admits, its counting options. */
static const struct {
    uint16_t forms, opt;
} methods[METHOD_LAST + 1] = {
    [1] = {FORM_BIT(FORM_YES_NO), 0},
    [2] = {FORM_BIT(FORM_CONSENT), 0},
    [3] = {FORM_BIT(FORM_ONE), 0},
    [4] = {FORM_BIT(FORM_SET), 0},
    [5] = {FORM_BIT(FORM_GRADES), 1},
    [6] = {FORM_BIT(FORM_POINTS), 0},
    [7] = {FORM_BIT(FORM_GRADES), 1},
    [8] = {FORM_BIT(FORM_RANKS), 1},
    [9] = {FORM_BIT(FORM_RANKS), 0},
    [10] = {FORM_BIT(FORM_RANKS), 0},
    [11] = {FORM_BIT(FORM_RANKS), 0},
    [12] = {FORM_BIT(FORM_RANKS), 0},
    [13] = {FORM_BIT(FORM_RANKS), 0},
    [14] = {FORM_BIT(FORM_SET) | FORM_BIT(FORM_POINTS), 1},
    [15] = {FORM_BIT(FORM_SET) | FORM_BIT(FORM_POINTS), 1},
    [16] = {FORM_BIT(FORM_SET) | FORM_BIT(FORM_POINTS), 1},
    [17] = {FORM_BIT(FORM_SET) | FORM_BIT(FORM_POINTS), 1},
    [18] = {FORM_BIT(FORM_SET), 0},
    [19] = {FORM_BIT(FORM_SET), 0},
    [20] = {FORM_BIT(FORM_SET), 0},
};

static bool method_has_budget(uint8_t method)
{
    return method >= METHOD_BUDGET_FIRST && method <= METHOD_BUDGET_LAST;
}

static bool code_is_good(struct slice code, size_t min, size_t max, bool capitals)
{
    for (size_t i = 0; i < code.size; i++) {
        uint8_t c = code.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (capitals && c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '-') {
            return false;
        }
    }
    return code.size >= min && code.size <= max;
}

/* fields before the rule */

static void read_numbers(struct reader *reader, struct definition *definition)
{
    definition->org = reader_id(reader);
    definition->poll = reader_id(reader);
    definition->meeting = reader_id(reader);
    definition->nonce = reader_id(reader);
    definition->mode = reader_u8(reader);
    definition->kind = reader_u8(reader);
    definition->body = reader_u8(reader);
    definition->method = reader_u8(reader);
    definition->form = reader_u8(reader);
    definition->flags = reader_u16(reader);
    definition->opt = reader_u16(reader);
    definition->seats = reader_u16(reader);
    definition->min = reader_u16(reader);
    definition->max = reader_u16(reader);
    definition->grades = reader_u8(reader);
    definition->points = reader_u16(reader);
    definition->cap = reader_u16(reader);
    definition->budget = reader_u64(reader);
    definition->opens_ms = reader_u64(reader);
    definition->closes_ms = reader_u64(reader);
    definition->roll_root = reader_hash(reader);
    definition->roll_count = reader_u32(reader);
    definition->roll_weight = reader_u64(reader);
    definition->lot_commit = reader_hash(reader);
}

static bool method_is_good(const struct definition *d)
{
    if (d->method < 1 || d->method > METHOD_LAST || d->form > FORM_RANKS ||
        !(methods[d->method].forms & FORM_BIT(d->form)) || (d->opt & ~methods[d->method].opt)) {
        return false;
    }
    unsigned allowed = FLAG_REVOTE | FLAG_BLANK | FLAG_ABSTAIN | FLAG_LATE | FLAG_RUNNING_TALLY;
    allowed |= d->form == FORM_RANKS ? FLAG_EQUAL_RANKS : 0U;
    allowed |= method_has_budget(d->method) ? FLAG_BASKET : 0U;
    allowed |= d->form == FORM_POINTS ? FLAG_ALL_POINTS : 0U;
    return (d->flags & ~allowed) == 0;
}

static bool numbers_are_good(const struct definition *d)
{
    bool kinds = (d->mode == MODE_NAMED || d->mode == MODE_CONFIDENTIAL) &&
                 d->kind >= POLL_DECISION && d->kind <= POLL_PRACTICE && d->body >= BODY_MEMBERS &&
                 d->body <= BODY_ASSEMBLY;
    bool times = d->opens_ms == 0 || d->closes_ms == 0 || d->opens_ms < d->closes_ms;
    bool grades =
        d->form == FORM_GRADES ? d->grades >= 2 && d->grades <= GRADE_MAX : d->grades == 0;
    bool points =
        d->form == FORM_POINTS ? d->cap >= 1 && d->cap <= d->points : d->points == 0 && d->cap == 0;
    bool budget = method_has_budget(d->method) || d->budget == 0;
    return kinds && times && grades && points && budget && !hash_is_none(d->lot_commit);
}

/* the rule */

static void read_rule(struct reader *reader, struct rule *rule)
{
    rule->name = reader_str(reader);
    rule->majority_num = reader_u32(reader);
    rule->majority_den = reader_u32(reader);
    rule->majority_strict = reader_u8(reader);
    rule->majority_base = reader_u8(reader);
    rule->abstain = reader_u8(reader);
    rule->blank = reader_u8(reader);
    rule->void_ = reader_u8(reader);
    rule->quorum_num = reader_u32(reader);
    rule->quorum_den = reader_u32(reader);
    rule->quorum_strict = reader_u8(reader);
    rule->quorum_unit = reader_u8(reader);
    rule->quorum_of = reader_u8(reader);
    rule->per_class = reader_u8(reader);
    rule->cap_num = reader_u32(reader);
    rule->cap_den = reader_u32(reader);
    rule->mandates_max = reader_u16(reader);
    rule->mandates_who = reader_u8(reader);
    rule->mandates_own = reader_u8(reader);
    rule->tie = reader_u8(reader);
}

static bool fraction_is_good(uint32_t num, uint32_t den)
{
    return num <= den && den <= FRACTION_MAX && (num == 0) == (den == 0);
}

static bool majority_is_good(const struct definition *d)
{
    const struct rule *r = &d->rule;
    if (!fraction_is_good(r->majority_num, r->majority_den) || r->abstain > 2 || r->blank > 2 ||
        r->void_ > 2) {
        return false;
    }
    if (r->majority_den == 0) {
        return r->majority_strict == 0 && r->majority_base == 0 && r->abstain == 0 &&
               r->blank == 0 && r->void_ == 0;
    }
    bool fits = d->method == METHOD_YES_NO ||
                ((d->method == METHOD_SINGLE || d->method == METHOD_APPROVAL) && d->seats == 1);
    return fits && r->majority_strict <= 1 && r->majority_base >= 1 && r->majority_base <= 3;
}

static bool quorum_is_good(const struct rule *r)
{
    if (!fraction_is_good(r->quorum_num, r->quorum_den)) {
        return false;
    }
    if (r->quorum_den == 0) {
        return r->quorum_strict == 0 && r->quorum_unit == 0 && r->quorum_of == 0;
    }
    bool shares_of_present = r->quorum_unit != 3 || r->quorum_of == 1;
    return r->quorum_strict <= 1 && r->quorum_unit >= 1 && r->quorum_unit <= 3 &&
           r->quorum_of >= 1 && r->quorum_of <= 2 && shares_of_present;
}

static bool mandates_are_good(const struct rule *r)
{
    if (r->mandates_max == 0) {
        return r->mandates_who == 0 && r->mandates_own == 0;
    }
    return r->mandates_who >= 1 && r->mandates_who <= 3 && r->mandates_own <= 1;
}

static bool rule_is_good(const struct definition *d)
{
    const struct rule *r = &d->rule;
    bool per_class = r->per_class <= 3 && (!(r->per_class & 1) || r->quorum_den != 0) &&
                     (!(r->per_class & 2) || r->majority_den != 0) &&
                     (r->per_class == 0 || d->n_class > 0);
    bool cap = fraction_is_good(r->cap_num, r->cap_den) &&
               (r->cap_den == 0 || d->method != METHOD_CONSENT);
    return r->name.size > 0 && majority_is_good(d) && quorum_is_good(r) && per_class && cap &&
           mandates_are_good(r) && r->tie >= 1 && r->tie <= 4;
}

/* lists */

/* An array for `count` items of at least `least` bytes each; marks the reader bad when they cannot be there. */
static void *room_for(struct reader *reader, struct arena *arena, size_t count, size_t least,
                      size_t size)
{
    if (reader->bad || count > reader->left.size / least) {
        reader->bad = true;
        return NULL;
    }
    return arena_new(arena, count > 0 ? count : 1, size);
}

static void read_classes(struct reader *reader, struct arena *arena, struct definition *d)
{
    d->n_class = reader_u8(reader);
    d->classes = room_for(reader, arena, d->n_class, 3, sizeof *d->classes);
    if (d->n_class > CLASS_MAX) {
        reader->bad = true;
    }
    for (unsigned i = 0; !reader->bad && i < d->n_class; i++) {
        d->classes[i] = reader_str(reader);
        if (!code_is_good(d->classes[i], 1, CLASS_CODE_MAX, true) ||
            (i > 0 && slice_compare(d->classes[i - 1], d->classes[i]) >= 0)) {
            reader->bad = true;
        }
    }
}

static void read_about(struct reader *reader, struct arena *arena, struct definition *d)
{
    d->n_about = reader_u8(reader);
    d->about = room_for(reader, arena, d->n_about, ID_SIZE + HASH_SIZE, sizeof *d->about);
    for (unsigned i = 0; !reader->bad && i < d->n_about; i++) {
        d->about[i].id = reader_id(reader);
        d->about[i].hash = reader_hash(reader);
        if (i > 0 && id_compare(d->about[i - 1].id, d->about[i].id) >= 0) {
            reader->bad = true;
        }
    }
}

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, ID_SIZE);
}

static bool ids_differ(struct arena *arena, const struct definition_option *options, size_t count)
{
    struct id *sorted = arena_new(arena, count > 0 ? count : 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = options[i].id;
    }
    qsort(sorted, count, sizeof *sorted, compare_ids);
    for (size_t i = 0; i < count; i++) {
        if (id_is_none(sorted[i]) || (i > 0 && id_equal(sorted[i - 1], sorted[i]))) {
            return false;
        }
    }
    return true;
}

static void read_options(struct reader *reader, struct arena *arena, struct definition *d)
{
    d->n_option = reader_u16(reader);
    d->options = room_for(reader, arena, d->n_option, OPTION_BYTES, sizeof *d->options);
    uint64_t total = 0;
    for (unsigned i = 0; !reader->bad && i < d->n_option; i++) {
        d->options[i].id = reader_id(reader);
        d->options[i].cost = reader_u64(reader);
        total += d->options[i].cost; /* at most 65,535 × 2^53: fits */
    }
    if (reader->bad || total > (method_has_budget(d->method) ? NUMBER_MAX : 0) ||
        !ids_differ(arena, d->options, d->n_option)) {
        reader->bad = true;
    }
}

static bool counts_are_good(const struct definition *d)
{
    unsigned n = d->n_option;
    if (d->method == METHOD_YES_NO || d->method == METHOD_CONSENT) {
        return n == 0 && d->seats == 1 && d->min == 0 && d->max == 0;
    }
    bool marks = d->form == FORM_SET || d->form == FORM_RANKS
                     ? d->min >= 1 && d->min <= d->max && d->max <= n
                     : d->min == 0 && d->max == 0;
    return n <= (d->form == FORM_RANKS ? OPTION_RANKED_MAX : OPTION_MAX) && d->seats >= 1 &&
           d->seats <= n && marks && n * d->grades <= GRADE_TABLE_MAX;
}

/* languages */

static struct slice *read_labels(struct reader *reader, struct arena *arena, size_t count)
{
    struct slice *labels = room_for(reader, arena, count, 3, sizeof *labels);
    for (size_t i = 0; !reader->bad && i < count; i++) {
        labels[i] = reader_str(reader);
        if (labels[i].size == 0) {
            reader->bad = true;
        }
    }
    return labels;
}

static void read_languages(struct reader *reader, struct arena *arena, struct definition *d)
{
    d->n_language = reader_u8(reader);
    d->languages = room_for(reader, arena, d->n_language, 11, sizeof *d->languages);
    if (d->n_language < 1 || d->n_language > LANGUAGE_MAX) {
        reader->bad = true;
    }
    for (unsigned i = 0; !reader->bad && i < d->n_language; i++) {
        struct definition_language *language = &d->languages[i];
        language->code = reader_str(reader);
        language->question = reader_str(reader);
        language->explanation = reader_text(reader);
        language->labels = read_labels(reader, arena, d->n_option);
        if (d->method == METHOD_JUDGMENT) {
            language->grades = read_labels(reader, arena, d->grades);
        }
        if (language->question.size == 0 ||
            !code_is_good(language->code, 2, LANGUAGE_CODE_MAX, false) ||
            (i > 0 && slice_compare(d->languages[i - 1].code, language->code) >= 0)) {
            reader->bad = true;
        }
    }
}

enum error definition_decode_parts(struct slice bytes, struct arena *arena,
                                   struct definition *definition, size_t *options_at)
{
    *definition = (struct definition){.n_option = 0};
    *options_at = 0;
    if (bytes.size > DEFINITION_MAX) {
        return ERROR_POLL_DEFINED_MALFORMED;
    }
    struct reader reader = reader_of(bytes);
    reader_expect(&reader, slice_of(POLL_TAG, sizeof POLL_TAG));
    read_numbers(&reader, definition);
    read_rule(&reader, &definition->rule);
    if (reader.bad || !method_is_good(definition) || !numbers_are_good(definition)) {
        return ERROR_POLL_DEFINED_MALFORMED;
    }
    read_classes(&reader, arena, definition);
    read_about(&reader, arena, definition);
    *options_at = bytes.size - reader.left.size + 2;
    read_options(&reader, arena, definition);
    if (reader.bad || !counts_are_good(definition) || !rule_is_good(definition)) {
        return ERROR_POLL_DEFINED_MALFORMED;
    }
    read_languages(&reader, arena, definition);
    return reader_done(&reader) ? ERROR_NONE : ERROR_POLL_DEFINED_MALFORMED;
}

enum error definition_decode(struct slice bytes, struct arena *arena, struct definition *definition)
{
    size_t options_at;
    return definition_decode_parts(bytes, arena, definition, &options_at);
}
