/* Settings of the organisation: what each is called, what it may be, what it is when nobody has said, and its value now.
 *
 * One line of SETTING_LIST is one setting. Its shape in `org.update` and in the document `organisation`, its default, its
 * bounds in the description of the protocol and the client's page all follow from that line. Whoever adds one writes the
 * line, asks setting_number() where it acts, and gives it a sentence in web/locales/settings/. */
#ifndef PALABRE_ASSEMBLY_SETTINGS_H
#define PALABRE_ASSEMBLY_SETTINGS_H

#include "assembly/concept.h"

enum { THEMES_MAX = 40 };

extern const char *const setting_majority_words[], *const setting_abstain_words[];

/* name of the enumerator, name in JSON, FIELD_INTEGER | FIELD_FLAG | FIELD_WORD, least, most, words, default (a number, 0 or
 * 1, the position of the word), unit, what it does. */
#define SETTING_LIST(X)                                                                            \
    X(ANSWER_OWED_DAYS, "answer_owed_days", FIELD_INTEGER, 1, 3650, NULL, 30, "days",              \
      "days within which a ready proposal is owed a vote or an answer")                            \
    X(SILENT_DAYS, "silent_days", FIELD_INTEGER, 1, 3650, NULL, 30, "days",                        \
      "days without a word from its authors after which a facilitator may act for them")           \
    X(VOTE_DAYS, "vote_days", FIELD_INTEGER, 1, 365, NULL, 7, "days",                              \
      "days that a new vote stays open, unless its form says otherwise")                           \
    X(VOTE_CLOSE_HOUR, "vote_close_hour", FIELD_INTEGER, 0, 23, NULL, 20, "hour",                  \
      "hour, local to the organisation, at which a new vote closes")                               \
    X(VOTE_EXTENSION, "vote_extension", FIELD_FLAG, 0, 1, NULL, 1, "",                             \
      "an open vote may be extended, once")                                                        \
    X(VOTE_REVOTE, "vote_revote", FIELD_FLAG, 0, 1, NULL, 1, "",                                   \
      "ballots of a new vote may be changed until it closes")                                      \
    X(VOTE_SHOW_LIVE, "vote_show_live", FIELD_FLAG, 0, 1, NULL, 0, "",                             \
      "a new vote with named ballots shows its running result")                                    \
    X(VOTE_MAJORITY, "vote_majority", FIELD_WORD, 0, 3, setting_majority_words, 0, "",             \
      "what a new decision needs to be adopted")                                                   \
    X(VOTE_ABSTAIN, "vote_abstain", FIELD_WORD, 0, 2, setting_abstain_words, 0, "",                \
      "abstentions: left out, counted in the base, or counted against")                            \
    X(VOTE_QUORUM_PERCENT, "vote_quorum_percent", FIELD_INTEGER, 0, 100, NULL, 0, "percent",       \
      "share of the voters who must take part in a new decision; 0: none")                         \
    X(REVIEW_MONTHS, "review_months", FIELD_INTEGER, 1, 120, NULL, 12, "months",                   \
      "months after which a decision is looked at again")                                          \
    X(LINK_DAYS, "link_days", FIELD_INTEGER, 1, 365, NULL, 30, "days",                             \
      "days that a link to join can be used")                                                      \
    X(SESSION_IDLE_DAYS, "session_idle_days", FIELD_INTEGER, 1, 365, NULL, 14, "days",             \
      "days without use after which a session ends")                                               \
    X(SESSION_DAYS, "session_days", FIELD_INTEGER, 1, 365, NULL, 90, "days",                       \
      "days after which a session ends, used or not")                                              \
    X(DORMANT_AFTER_DAYS, "dormant_after_days", FIELD_INTEGER, 0, 3650, NULL, 180, "days",         \
      "days without an act after which a member is paused; 0: never")                              \
    X(NEWCOMER_WEEKS, "newcomer_weeks", FIELD_INTEGER, 0, 52, NULL, 2, "weeks",                    \
      "weeks during which home welcomes a new member")

enum setting {
#define SETTING_NUMBER(name, ...) SETTING_##name,
    SETTING_LIST(SETTING_NUMBER)
#undef SETTING_NUMBER
        SETTINGS
};

/* The value in force at this point of the record: an integer, 0 or 1, or the position of a word. One look-up. */
int64_t setting_number(struct store_txn *txn, enum setting setting);
/* The same in milliseconds, of a setting in days. */
uint64_t setting_days_ms(struct store_txn *txn, enum setting setting);
/* The word in force, of a setting that is one. Static. */
const char *setting_word(struct store_txn *txn, enum setting setting);

/* Shapes: of org.update (everything optional), of the document. They hold `support` and `themes` too. */
extern const struct field settings_params[], settings_fields[];
/* {"answer_owed_days":30,…}: every setting at its default. New reference. */
json_t *settings_default(void);
/* [{"name","type","min","max","words","default","unit","summary"}] for the description of the protocol. New reference. */
json_t *settings_published(void);
/* Beyond their shapes: distinct keys of themes, a threshold that can be reached. */
bool settings_are_good(const json_t *settings);
/* Every item has a key of letters, digits and hyphens, and no two have the same text under `name`. */
bool keys_are_distinct(const json_t *list, const char *name);
/* Their names, with support and themes; NULL-terminated. */
const char *const *settings_names(void);
/* Apply: settings changed; setting_number() follows. */
void settings_apply(struct change *change, const json_t *settings);

/* The newest changes of the organisation, with what was before, so that any can be taken back (settings_history.c). */
extern const struct field settings_history_fields[];
/* Apply: adds the named values that differ between before and after (NULL-terminated names). */
void settings_history_add(struct change *change, const json_t *before, const json_t *after,
                          const char *const *names);
/* org.history */
enum error settings_history_get(struct request *request);

#endif
