/* For src/tally/formats alone: the place in a file, the words about a fault, and ballots as they are put together. */
#ifndef PALABRE_TALLY_FORMATS_PARTS_H
#define PALABRE_TALLY_FORMATS_PARTS_H

#include "tally/formats/election.h"

/* What a file holds decides what its ballots can be made into. */
enum ballot_kind { BALLOTS_RANKED, BALLOTS_SORTED /* into categories */, BALLOTS_GRADED };

struct election_source {
    struct slice bytes;
    size_t at; /* next byte */
    const char *name;
    const struct election_ask *ask;
    struct election *election;
    struct election_fault *fault;
    /* The ballot that is being read. */
    uint8_t choice[1 + 2 * ELECTION_OPTIONS_MAX];
    uint16_t group[ELECTION_OPTIONS_MAX]; /* options of the rank that is being read */
    size_t n_group;
    uint8_t rank;   /* given so far */
    bool is_strict; /* one option a rank */
    bool is_closed; /* an over-vote ended it */
    bool over_voted, skipped, repeated;
    bool seen[ELECTION_OPTIONS_MAX]; /* options that a category holds already */
    uint64_t sum;                    /* of its points */
    /* Of all ballots. */
    uint64_t greatest, greatest_sum; /* value; sum of points */
    uint16_t categories;             /* 0 = the ballots are not sorted into such */
};

/* IMPORT_UNREADABLE, with the place of byte `at` and what is found there. */
enum error source_fault(struct election_source *source, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* −1 at the end. */
static inline int source_peek(const struct election_source *source)
{
    return source->at < source->bytes.size ? source->bytes.data[source->at] : -1;
}
/* The byte after that. */
static inline int source_ahead(const struct election_source *source)
{
    return source->bytes.size - source->at > 1 ? source->bytes.data[source->at + 1] : -1;
}
/* Decimal digits, at least one, at most `max`; `what` says what was expected. */
enum error source_number(struct election_source *source, uint64_t max, const char *what,
                         uint64_t *value);
/* Goes to the next byte that is no space or tab (nor CR before LF). */
void source_blanks(struct election_source *source);
/* A copy without what must not be shown; begins at byte `at`. */
enum error source_text(struct election_source *source, size_t at, struct slice text,
                       struct slice *copy);
/* true = at CR LF, LF or the end. */
bool source_at_line_end(const struct election_source *source);

/* ---- ballots (ballots.c) ---- */

/* Says how many stand (names are then made: numbers until they are set) and what ballots will hold. POLL_METHOD_UNAVAILABLE. */
enum error ballots_begin(struct election_source *source, size_t at, uint64_t options,
                         enum ballot_kind kind);
/* Of the choices of a method; 0 = it is not one that files are read for. */
uint8_t ballots_form_of(uint8_t method);
/* Does the file's number of seats matter? */
bool ballots_fill_seats(const struct election_source *source);
void ballot_begin(struct election_source *source);
/* A rank of its own for one option. */
static inline void ballot_rank(struct election_source *source, uint16_t option)
{
    const bool *withdrawn = source->election->withdrawn;
    if (source->is_closed) {
        return;
    }
    if (source->choice[1 + option] != 0) {
        source->repeated = true;
    } else if (withdrawn == NULL || !withdrawn[option]) {
        source->choice[1 + option] = ++source->rank;
    }
}
/* Options of one rank, from 0; then the rank's end. Or nobody stands on that rank. */
void ballot_name(struct election_source *source, uint16_t option);
void ballot_rank_end(struct election_source *source);
void ballot_rank_skip(struct election_source *source);
/* A cell of a table; NO_VALUE = blank. */
enum { NO_VALUE = 0xFFFF, GRADE_MAX = 99, POINTS_MAX = 9999 };
void ballot_value(struct election_source *source, uint16_t option, uint16_t value);
/* category from 1, the best. */
void ballot_category(struct election_source *source, uint16_t option, uint16_t category);
/* Puts it into the box. */
enum error ballot_end(struct election_source *source, size_t at, uint64_t heads, uint64_t weight);
/* Fills the definition with what is known when all ballots are read. */
enum error ballots_finish(struct election_source *source);

/* ---- readers: one per format ---- */

enum error blt_read(struct election_source *source);
enum error preflib_read(struct election_source *source);
enum error judgment_csv_read(struct election_source *source);
enum error palabre_export_read(struct election_source *source, struct slice scope);
bool preflib_is(struct slice bytes);

#endif
