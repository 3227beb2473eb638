/* Files of ballots from elsewhere and our own export, read for one method: who stands, and a box that can be counted.
 *
 * Read are BLT, PrefLib (soc, soi, toc, toi, cat), tables of grades (CSV) and the folder that `palabre export` writes
 * (docs/commands.md, tally). Input is hostile: sizes are bounded, and whatever is refused is named with its line and column.
 * No file is opened here. Any thread. */
#ifndef PALABRE_TALLY_FORMATS_ELECTION_H
#define PALABRE_TALLY_FORMATS_ELECTION_H

#include "base/error.h"
#include "tally/tally.h"

enum {
    ELECTION_BYTES_MAX = 256 * 1024 * 1024, /* of a file */
    ELECTION_BOX_MAX = 1024 * 1024 * 1024,  /* bytes that different ballots take */
    ELECTION_OPTIONS_MAX = 1000,
    ELECTION_RANKED_MAX = 255, /* candidates that are ranked, or stand in a table */
    ELECTION_NAME_MAX = 1000,  /* bytes */
    ELECTION_DECIMALS_MAX = 6, /* of a weight */
    ELECTION_EXPECTED_SIZE = 200,
    ELECTION_FOUND_SIZE = 48,
};
/* Greatest sum of weights: every number stays exact in JSON, and in the parts of a vote that stages count in. */
#define ELECTION_WEIGHT_MAX (INT64_C(9007199254740991) / 100000)

enum election_format {
    ELECTION_UNKNOWN,
    ELECTION_BLT,
    ELECTION_PREFLIB,
    ELECTION_TABLE, /* of grades */
    ELECTION_EXPORT,
};

/* How to read and count. Zeros: the file's seats where the method fills several, over-votes exhaust, a blank grade is the
 * worst, ties are reported. */
struct election_ask {
    uint8_t method; /* ledger.md, Definition; 0 = that of an export's vote */
    uint16_t opt;   /* counting options of the method */
    uint16_t seats; /* 0 = as many as the file says */
    bool
        skip_over_votes; /* several options on one rank of a ballot that may hold one: go on with the next rank */
    bool blank_is_none; /* a blank grade is no grade, instead of the worst */
    uint8_t tie;        /* as in a rule; 0 = reported, or as an export's vote says */
    struct id poll;     /* of an export; none = the only one */
};

struct election {
    enum election_format format;
    struct arena arena; /* of all slices and arrays */
    struct slice title;
    struct slice *names; /* of definition.n_option candidates: clean text, never empty */
    bool *withdrawn;     /* per candidate; NULL = nobody */
    struct definition
        definition; /* what is counted; made up but for an export's, and has no ids, costs or labels */
    struct tally_box *box;
    struct result_count void_papers;
    struct hash lot_seed; /* of an export whose result shows its secret */
    bool has_lot_seed;
    uint8_t decimals; /* weights are in 10^-decimals of a vote */
    /* Ballots of the file, and among them, for whatever reason each is counted once under each: */
    struct result_count ballots;
    struct result_count empty; /* name nobody who stands; in the box they are blank */
    struct result_count over_voted, skipped,
        repeated; /* equal where it is not allowed; a rank left out; somebody twice */
};

/* Where and why reading ended; counted from 1, the column in bytes. Line 0: the file as a whole. */
struct election_fault {
    enum election_format format; /* as which it was read */
    size_t line, column;
    char expected[ELECTION_EXPECTED_SIZE]; /* English, after "expected " */
    char found[ELECTION_FOUND_SIZE];       /* printable; empty = say nothing */
};

struct election_file {
    const char *name;   /* for its ending; "" = none */
    struct slice bytes; /* the file; events.ndjson of an export */
    struct slice scope; /* the file `scope` of an export; data NULL = it is none */
};

/* Content decides, the name only where content does not tell. */
enum election_format election_format_of(const struct election_file *file);
/* "BLT", "PrefLib", "a table of grades", "an export", "an unknown format". Static. */
const char *election_format_name(enum election_format format);
/* Zero *election first. IMPORT_UNREADABLE: *fault says where. POLL_METHOD_UNAVAILABLE: the file is good, but not for this
 * method; fault->expected is a whole sentence. election_free() in every case. */
enum error election_read(const struct election_file *file, const struct election_ask *ask,
                         struct election *election, struct election_fault *fault);
void election_free(struct election *election);

/* What is counted of an election that was read; seed NULL = its own, or none. Borrows both. */
struct tally_terms election_terms(const struct election *election, const struct hash *seed);

/* The events of an export, in order, as far as they are whole lines; false from visit ends it. For whoever must find a vote by
 * what JSON events say. */
struct election_event {
    uint8_t type;
    struct id poll;
    struct slice payload; /* size 0 = its opening is absent */
};
void election_each_event(struct slice bytes,
                         bool (*visit)(void *context, const struct election_event *event),
                         void *context);

#endif
