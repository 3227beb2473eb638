/* One checker per form. A choice has exactly one encoding: lengths are exact, unused bits are zero, and a
 * ballot that chooses nothing is form 0, never an empty form 5–8. Sums stay within 64 bits because a choice
 * has at most 1,000 options and costs sum below 2^53. Start at choice_check. */
#include "ledger/choice.h"

#include "base/reader.h"

enum { NO_GRADE = 0xFF };

struct choice_rules choice_rules_of(const struct definition *definition)
{
    return (struct choice_rules){
        .form = definition->form,
        .flags = definition->flags,
        .n_option = definition->n_option,
        .min = definition->min,
        .max = definition->max,
        .grades = definition->grades,
        .points = definition->points,
        .cap = definition->cap,
        .budget = definition->budget,
        .options = definition->options,
    };
}

static uint64_t cost_of(const struct choice_rules *rules, size_t option)
{
    if (rules->options != NULL) {
        return rules->options[option].cost;
    }
    struct reader reader = reader_of(
        slice_of(rules->option_bytes.data + option * OPTION_BYTES + ID_SIZE, sizeof(uint64_t)));
    return reader_u64(&reader);
}

static uint16_t u16_at(struct slice body, size_t index)
{
    return (uint16_t)(body.data[2 * index] << 8 | body.data[2 * index + 1]);
}

static bool one_is_good(const struct choice_rules *rules, struct slice body)
{
    return body.size == 2 && u16_at(body, 0) < rules->n_option;
}

static bool set_is_good(const struct choice_rules *rules, struct slice body)
{
    size_t n = rules->n_option;
    if (body.size != (n + 7) / 8) {
        return false;
    }
    uint64_t cost = 0;
    unsigned chosen = 0;
    for (size_t bit = 0; bit < body.size * 8; bit++) {
        if ((body.data[bit / 8] >> (bit % 8) & 1) == 0) {
            continue;
        }
        if (bit >= n) {
            return false; /* an unused bit */
        }
        chosen++;
        if (rules->flags & FLAG_BASKET) {
            cost += cost_of(rules, bit);
        }
    }
    return chosen >= rules->min && chosen <= rules->max && chosen > 0 &&
           (!(rules->flags & FLAG_BASKET) || cost <= rules->budget);
}

static bool grades_are_good(const struct choice_rules *rules, struct slice body)
{
    if (body.size != rules->n_option) {
        return false;
    }
    bool any = false;
    for (size_t i = 0; i < body.size; i++) {
        if (body.data[i] == NO_GRADE) {
            continue;
        }
        if (body.data[i] >= rules->grades) {
            return false;
        }
        any = true;
    }
    return any;
}

static bool points_are_good(const struct choice_rules *rules, struct slice body)
{
    if (body.size != 2 * (size_t)rules->n_option) {
        return false;
    }
    uint64_t spent = 0;
    uint64_t cost = 0;
    for (size_t i = 0; i < rules->n_option; i++) {
        uint16_t points = u16_at(body, i);
        if (points > rules->cap) {
            return false;
        }
        spent += points;
        if (points > 0 && (rules->flags & FLAG_BASKET)) {
            cost += cost_of(rules, i);
        }
    }
    bool fits_budget = !(rules->flags & FLAG_BASKET) || cost <= rules->budget;
    bool all_spent = !(rules->flags & FLAG_ALL_POINTS) || spent == rules->points;
    return spent > 0 && spent <= rules->points && fits_budget && all_spent;
}

/* Ranks are dense; each is given once unless equal ranks are allowed. */
static bool ranks_are_good(const struct choice_rules *rules, struct slice body)
{
    if (body.size != rules->n_option) {
        return false;
    }
    unsigned given[256] = {0};
    unsigned count = 0;
    unsigned greatest = 0;
    for (size_t i = 0; i < body.size; i++) {
        unsigned rank = body.data[i];
        if (rank == 0) {
            continue;
        }
        count++;
        given[rank]++;
        greatest = rank > greatest ? rank : greatest;
    }
    for (unsigned rank = 1; rank <= greatest; rank++) {
        if (given[rank] == 0 || (given[rank] > 1 && !(rules->flags & FLAG_EQUAL_RANKS))) {
            return false;
        }
    }
    return count > 0 && count >= rules->min && count <= rules->max;
}

static bool body_is_good(const struct choice_rules *rules, struct slice body)
{
    switch (rules->form) {
    case FORM_YES_NO:
        return body.size == 1 && (body.data[0] == CHOICE_YES || body.data[0] == CHOICE_NO);
    case FORM_CONSENT:
        return body.size == 1 && body.data[0] >= CHOICE_CONSENT && body.data[0] <= CHOICE_OBJECTION;
    case FORM_ONE:
        return one_is_good(rules, body);
    case FORM_SET:
        return set_is_good(rules, body);
    case FORM_GRADES:
        return grades_are_good(rules, body);
    case FORM_POINTS:
        return points_are_good(rules, body);
    case FORM_RANKS:
        return ranks_are_good(rules, body);
    default:
        return false;
    }
}

enum error choice_check(const struct choice_rules *rules, struct slice choice)
{
    bool good = false;
    if (choice.size == 0) {
        return ERROR_BALLOT_BAD_CHOICE;
    }
    if (choice.data[0] == FORM_BLANK) {
        good = choice.size == 1 && (rules->flags & FLAG_BLANK) != 0;
    } else if (choice.data[0] == FORM_ABSTAIN) {
        good = choice.size == 1 && (rules->flags & FLAG_ABSTAIN) != 0;
    } else if (choice.data[0] == rules->form) {
        good = body_is_good(rules, slice_of(choice.data + 1, choice.size - 1));
    }
    return good ? ERROR_NONE : ERROR_BALLOT_BAD_CHOICE;
}
