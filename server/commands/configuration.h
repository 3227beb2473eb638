/* What `palabre serve` can be told: one table of settings, and reading them from a file, the environment and options.
 *
 * One thread: the caller's. */
#ifndef PALABRE_SERVER_COMMANDS_CONFIGURATION_H
#define PALABRE_SERVER_COMMANDS_CONFIGURATION_H

#include "base/buffer.h"

enum configuration_name {
    CONFIGURATION_LISTEN,
    CONFIGURATION_ORIGIN,
    CONFIGURATION_WEB,
    CONFIGURATION_HALL,
    CONFIGURATION_COMMAND_RATE,
    CONFIGURATION_BALLOT_RATE,
    CONFIGURATION_PERSONAL_RATE,
    CONFIGURATION_STRANGER_RATE,
    CONFIGURATION_SIGN_IN_RATE,
    CONFIGURATION_REPORTS_PER_DAY,
    CONFIGURATION_UPLOADS_PER_DAY,
    CONFIGURATION_UPLOAD_MIB_PER_DAY,
    CONFIGURATION_WORKERS,
    CONFIGURATION_FILES,
    CONFIGURATION_TRUSTED_PROXY,
    CONFIGURATION_CONNECTIONS,
    CONFIGURATION_CONNECTIONS_PER_ADDRESS,
    CONFIGURATION_RESERVE,
    CONFIGURATION_LOST_SECONDS,
    CONFIGURATION_ADMIN_LISTEN,
    CONFIGURATION_MAP_SIZE,
    CONFIGURATION_LOG_FORMAT,
    CONFIGURATION_LOG_LEVEL,
    CONFIGURATION_LOG_FILE,
    CONFIGURATION_AUDIT_FILE,
    CONFIGURATION_COUNT
};

enum configuration_type {
    CONFIGURATION_TEXT,
    CONFIGURATION_FLAG,   /* yes, no; as an option without a value */
    CONFIGURATION_NUMBER, /* decimal, min to max */
    CONFIGURATION_CHOICE  /* one of the words of `argument`, separated by | */
};

enum {
    CONFIGURATION_LIST_MAX = 16,       /* values of one setting */
    CONFIGURATION_LINE_MAX = 1024,     /* bytes of a line of a file */
    CONFIGURATION_FILE_MAX = 64 << 10, /* bytes of a file */
    CONFIGURATION_COMPLAINTS_MAX = 64 << 10
};

struct configuration_line {
    const char *name;     /* as an option and in a file; PALABRE_ and capitals in the environment */
    const char *argument; /* what stands for the value in the help; NULL = a flag */
    const char *help;     /* one line */
    const char *
        otherwise; /* the value when nobody says one; NULL = none, then `absent` says what that means */
    const char *absent;
    const char *expected;           /* of a text: what it should have been, for an error */
    bool (*good)(const char *text); /* of a text; NULL = any */
    uint64_t min, max;              /* of a number */
    size_t room;                    /* values; 1 = given once */
    enum configuration_type type;
    bool reloads; /* SIGHUP changes it; else a restart does */
    bool secret;  /* is never printed */
};
extern const struct configuration_line configuration_lines[CONFIGURATION_COUNT];

/* Where a value came from: a later one takes the place of an earlier one's, lists as a whole. */
enum configuration_source { SOURCE_DEFAULT, SOURCE_FILE, SOURCE_ENVIRONMENT, SOURCE_OPTION };
struct configuration_value {
    char *texts[CONFIGURATION_LIST_MAX]; /* owned */
    unsigned lines[CONFIGURATION_LIST_MAX];
    size_t count; /* 0 = nobody said one */
    enum configuration_source source;
};
struct configuration {
    struct configuration_value values[CONFIGURATION_COUNT];
    char *file; /* owned; the file that was read, NULL = none */
};
/* What the program was started with; kept for reading everything again. Borrowed. */
struct configuration_given {
    const char *dir;
    const char *file; /* --config; NULL = DIR/palabre.conf if there is one */
    char **environment;
    const char *options[CONFIGURATION_COUNT][CONFIGURATION_LIST_MAX];
    size_t counts[CONFIGURATION_COUNT];
    bool flags[CONFIGURATION_COUNT];
};

/* Reads everything into *configuration, which the caller frees in either case. false = something is wrong: complaints holds
 * a line for each error, "WHERE: what; what was expected". */
bool configuration_load(const struct configuration_given *given,
                        struct configuration *configuration, struct buffer *complaints);
void configuration_free(struct configuration *configuration);
/* Reads the bytes of a file into a configuration (zeroed before its first source). Pure: file only names it in complaints,
 * which are added for each line that is wrong. */
void configuration_read(struct configuration *configuration, const char *file, struct slice bytes,
                        struct buffer *complaints);
/* The variables PALABRE_… among these; list values are separated by spaces. Others are not looked at. */
void configuration_read_environment(struct configuration *configuration, char *const *environment,
                                    struct buffer *complaints);
/* A line for each variable PALABRE_… that is no setting. */
void configuration_name_strangers(char *const *environment, struct buffer *notes);

/* Values in force; borrowed until configuration_free. */
size_t configuration_list(const struct configuration *configuration, enum configuration_name name,
                          const char *texts[CONFIGURATION_LIST_MAX]);
/* The one value; NULL = none. */
const char *configuration_text(const struct configuration *configuration,
                               enum configuration_name name);
/* false = nobody said one and there is no default; then *value stays. */
bool configuration_number(const struct configuration *configuration, enum configuration_name name,
                          uint64_t *value);
bool configuration_flag(const struct configuration *configuration, enum configuration_name name);
/* Which word of the table's `argument` it is, from 0. */
unsigned configuration_choice(const struct configuration *configuration,
                              enum configuration_name name);
/* Both say the same of this setting. */
bool configuration_same(const struct configuration *one, const struct configuration *other,
                        enum configuration_name name);

/* The configuration in force as a file that reads the same, each line below a comment with its origin. */
void configuration_print(const struct configuration *configuration, struct buffer *out);
/* One setting of it. */
void configuration_print_line(const struct configuration *configuration,
                              const struct configuration_line *line,
                              const struct configuration_value *value, struct buffer *out);

#endif
