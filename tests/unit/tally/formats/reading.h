/* For tests of src/tally/formats: a file out of a text, and what came of it. */
#ifndef PALABRE_TESTS_READING_H
#define PALABRE_TESTS_READING_H

#include "tally/formats/election.h"
#include "tests/harness/c/fixture.h"

struct reading {
    struct election election;
    struct election_fault fault;
    enum error error;
};

static inline void reading_of(struct reading *reading, const char *name, struct slice bytes,
                              const struct election_ask *ask)
{
    struct election_file file = {.name = name, .bytes = bytes};
    memset(reading, 0, sizeof *reading);
    reading->error = election_read(&file, ask, &reading->election, &reading->fault);
}

static inline void reading_by(struct reading *reading, const char *name, const char *text,
                              const char *method)
{
    struct election_ask ask = {.method = definition_method_find(slice_text(method))};
    reading_of(reading, name, slice_text(text), &ask);
}

/* The piles in hex with their weights, ascending: "0801 02*5 …" without blanks inside a choice. */
static inline void reading_expect_piles(struct reading *reading, const char *expected)
{
    static const char digits[] = "0123456789abcdef";
    struct buffer said;
    size_t count;
    assert_int_equal(reading->error, ERROR_NONE);
    const struct tally_pile *piles = tally_box_piles(reading->election.box, &count);
    buffer_init(&said, 65536);
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(&said, i == 0 ? "" : " ");
        for (size_t at = 0; at < piles[i].choice.size; at++) {
            buffer_append_u8(&said, (uint8_t)digits[piles[i].choice.data[at] >> 4]);
            buffer_append_u8(&said, (uint8_t)digits[piles[i].choice.data[at] & 15]);
        }
        buffer_format(&said, "*%llu", (unsigned long long)piles[i].weight);
        assert_true(piles[i].choice.size == 1 ||
                    definition_check_choice(&reading->election.definition, piles[i].choice) ==
                        ERROR_NONE);
    }
    buffer_append_u8(&said, 0);
    assert_true(buffer_ok(&said));
    assert_string_equal((const char *)said.data, expected);
    buffer_free(&said);
}

static inline void reading_expect_fault(const struct reading *reading, size_t line, size_t column,
                                        const char *expected)
{
    assert_int_equal(reading->error, ERROR_IMPORT_UNREADABLE);
    assert_string_equal(reading->fault.expected, expected);
    assert_int_equal(reading->fault.line, line);
    assert_int_equal(reading->fault.column, column);
}

#endif
