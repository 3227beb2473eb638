/* Votes in printed minutes: question, times, who was there, what disturbed it, numbers and the sentence of the verdict.
 *
 * What is printed is what the fact holds, in the order in which it happened: opening, presence, what was seen below the
 * quorum, extension, reopening, the result. Numbers of a confidential vote are those that its document shows to all.
 * Start at minutes_print_vote(). */
#include "assembly/minutes.h"
#include "assembly/minutes_page.h"

static const struct page_word counted[] = {
    {"heads", MINUTES_SAY_MEMBERS},
    {"weight", MINUTES_SAY_VOICES},
    {"shares", MINUTES_SAY_OWNED},
    {NULL, MINUTES_SAY_END},
};

void minutes_print_seen(struct page *page, const json_t *seen, const json_t *quorum)
{
    size_t i;
    json_t *item;
    json_array_foreach(seen, i, item)
    {
        const json_t *counted_by = json_object_get(item, "unit") != NULL ? item : quorum;
        page_line(page, MINUTES_SAY_SEEN);
        page_member(page, item);
        page_text(page, ", ");
        page_time(page, page_number_in(item, "at_ms"));
        page_text(page, " (");
        page_word_of(page, counted, json_get_text(counted_by, "unit"));
        page_text(page, " ");
        page_number(page, page_number_in(item, "x"));
        page_text(page, ", ");
        page_say(page, MINUTES_SAY_NEEDED);
        page_text(page, " ");
        page_number(page, page_number_in(item, "least"));
        page_text(page, ")");
        page_end(page);
    }
}

void minutes_print_things(struct page *page, enum minutes_word label, const json_t *things)
{
    size_t i;
    json_t *thing;
    if (json_array_size(things) == 0) {
        return;
    }
    page_line(page, label);
    json_array_foreach(things, i, thing)
    {
        const json_t *number = json_object_get(thing, "number");
        page_text(page, i > 0 ? ", " : "");
        page_text(page, "#");
        if (json_is_string(number)) {
            page_put(page, json_get_text(thing, "number"));
        } else {
            page_name_number(page, (uint64_t)json_integer_value(number));
        }
        page_text(page, " ");
        page_put(page, json_get_text(thing, "title"));
    }
    page_end(page);
}

/* "members 34 · votes 51": as one and as none it is the same sentence. */
static void line_presence(struct page *page, enum minutes_word label, const json_t *count,
                          const char *heads)
{
    if (count == NULL) {
        return;
    }
    page_line(page, label);
    page_say(page, MINUTES_SAY_MEMBERS);
    page_text(page, " ");
    page_number(page, page_number_in(count, heads));
    page_text(page, " · ");
    page_say(page, MINUTES_SAY_VOICES);
    page_text(page, " ");
    page_number(page, page_number_in(count, "weight"));
    page_end(page);
}

static void print_numbers(struct page *page, const json_t *result)
{
    static const struct {
        const char *key;
        enum minutes_word say;
        bool heads; /* {"heads","weight"} */
    } numbers[] = {
        {"yes", MINUTES_SAY_YES, false},
        {"no", MINUTES_SAY_NO, false},
        {"consent", MINUTES_SAY_CONSENT, false},
        {"concern", MINUTES_SAY_CONCERN, false},
        {"objection", MINUTES_SAY_OBJECTION, false},
        {"abstain", MINUTES_SAY_ABSTAIN, true},
        {"blank", MINUTES_SAY_BLANK, true},
        {"void", MINUTES_SAY_VOID, true},
    };
    page_line(page, MINUTES_SAY_VOTES);
    bool first = true;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const json_t *value = json_object_get(result, numbers[i].key);
        if (value != NULL) {
            page_text(page, first ? "" : " · ");
            page_say(page, numbers[i].say);
            page_text(page, " ");
            page_number(page, numbers[i].heads ? page_number_in(value, "weight")
                                               : (uint64_t)json_integer_value(value));
            first = false;
        }
    }
    page_end(page);
}

static void print_chosen(struct page *page, const json_t *chosen)
{
    size_t i;
    json_t *label;
    if (json_array_size(chosen) == 0) {
        return;
    }
    page_line(page, MINUTES_SAY_CHOSEN);
    json_array_foreach(chosen, i, label)
    {
        page_text(page, i > 0 ? ", " : "");
        page_put(page, page_label(page, label));
    }
    page_end(page);
}

static void print_result(struct page *page, const json_t *of)
{
    const json_t *result = json_object_get(of, "result");
    if (result == NULL) {
        if (json_object_get(of, "cancelled") == NULL) {
            page_line(page, MINUTES_SAY_RESULT);
            page_say(page, MINUTES_SAY_NOT_REVEALED);
            page_end(page);
        }
        return;
    }
    line_presence(page, MINUTES_SAY_TOOK_PART, json_object_get(result, "took_part"), "heads");
    print_numbers(page, result);
    print_chosen(page, json_object_get(of, "chosen"));
    page_line_text(page, MINUTES_SAY_RESULT, page_label(page, json_object_get(result, "sentence")));
    page_line_text(page, MINUTES_SAY_DECISION,
                   json_get_text(json_object_get(of, "decision"), "number"));
}

/* A time, and why. */
static void line_reason(struct page *page, enum minutes_word label, const json_t *act)
{
    struct slice reason = json_get_text(act, "reason");
    if (act == NULL) {
        return;
    }
    page_line(page, label);
    page_time(page, page_number_in(act, "at_ms"));
    if (json_object_get(act, "closes_ms") != NULL) {
        page_text(page, " → ");
        page_time(page, page_number_in(act, "closes_ms"));
    }
    if (reason.size > 0) {
        page_text(page, ", ");
        page_put(page, reason);
    }
    page_end(page);
}

static void line_other(struct page *page, enum minutes_word label, const json_t *other)
{
    if (other != NULL) {
        page_line(page, label);
        page_name_number(page, page_number_in(other, "number"));
        page_end(page);
    }
}

/* In a meeting that was called again. */
static void line_call(struct page *page, const json_t *rule)
{
    const json_t *second = json_object_get(rule, "second_call");
    if (second != NULL) {
        page_line(page, MINUTES_SAY_CALL);
        page_say(page, json_is_true(second) ? MINUTES_SAY_CALL_SECOND : MINUTES_SAY_CALL_FIRST);
        page_end(page);
    }
}

void minutes_print_vote(struct page *page, const json_t *of)
{
    static const struct page_word modes[] = {
        {"named", MINUTES_SAY_NAMED}, {"confidential", MINUTES_SAY_CONFIDENTIAL}, {NULL, 0}};
    const json_t *presence = json_object_get(of, "presence");
    page_heading(page, 3);
    page_say(page, MINUTES_SAY_VOTE);
    page_text(page, " ");
    page_name_number(page, page_number_in(of, "number"));
    page_say(page, MINUTES_SAY_COLON);
    page_put(page, page_label(page, json_object_get(of, "question")));
    page_end(page);
    page_line(page, MINUTES_SAY_OPEN_FROM_TO);
    page_time(page, page_number_in(of, "opened_ms"));
    if (json_object_get(of, "closed_ms") != NULL) {
        page_text(page, " – ");
        page_time(page, page_number_in(of, "closed_ms"));
    }
    page_text(page, ", ");
    page_word_of(page, modes, json_get_text(of, "mode"));
    page_end(page);
    minutes_print_things(page, MINUTES_SAY_PROPOSALS, json_object_get(of, "about"));
    line_presence(page, MINUTES_SAY_ROLL, json_object_get(of, "roll"), "count");
    line_presence(page, MINUTES_SAY_PRESENT_OPENING, json_object_get(presence, "opening"), "heads");
    line_presence(page, MINUTES_SAY_PRESENT_CLOSE, json_object_get(presence, "close"), "heads");
    minutes_print_seen(page, json_object_get(of, "seen"),
                       json_object_get(json_object_get(of, "rule"), "quorum"));
    line_call(page, json_object_get(of, "rule"));
    line_other(page, MINUTES_SAY_FOLLOWS, json_object_get(of, "follows"));
    line_reason(page, MINUTES_SAY_EXTENDED, json_object_get(of, "extended"));
    line_reason(page, MINUTES_SAY_REOPENED, json_object_get(of, "reopened"));
    line_reason(page, MINUTES_SAY_CANCELLED, json_object_get(of, "cancelled"));
    line_reason(page, MINUTES_SAY_CHAIR_SAID, json_object_get(of, "chair"));
    print_result(page, of);
    line_other(page, MINUTES_SAY_FOLLOWED, json_object_get(of, "followed_by"));
}
