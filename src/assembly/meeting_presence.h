/* Who is at a meeting, counted: what votes, minutes and the start of a meeting ask, and what apply functions of attendance
 * tell. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_MEETING_PRESENCE_H
#define PALABRE_ASSEMBLY_MEETING_PRESENCE_H

#include "assembly/concept.h"
#include "assembly/meeting.h"
#include "assembly/parts.h"
#include "assembly/poll.h"

/* ---- asking ---- */

/* One voting class. */
struct meeting_class {
    struct id id;
    struct slice code; /* borrowed from the organisation's document */
    struct payload_headcount present, entitled;
};
/* Entitled are active and dormant members of voting classes who are no observers; of a group's meeting, those in the group. */
struct meeting_count {
    struct payload_headcount present, entitled;
    uint32_t remote; /* heads, of present */
    uint32_t guests; /* heads: there, and not entitled */
    uint32_t left;   /* heads: were there, and are not now */
    uint8_t n_class; /* in the order of roll_classes_of(), which is that of definitions */
    struct meeting_class classes[32];
};
/* As it is now; zeros of present for a meeting where nobody has come yet, or that is over. Costs the same however many are
 * there (for a group's meeting it looks at each of the group's members). */
void meeting_count(struct store_txn *txn, const json_t *organisation, struct id meeting,
                   struct meeting_count *count);

/* A quorum of those present; den 0 = none. */
struct quorum_rule {
    uint32_t num, den;
    bool strict;
    uint8_t unit; /* 1 heads, 2 weight, 3 shares */
    bool per_class;
};
struct quorum_state {
    uint64_t x, n;           /* there, of those entitled; overall 0 of 0 is not met */
    uint64_t least, missing; /* the least x that is enough; 0 missing = reached */
    bool asked;              /* false = no quorum, or a class without entitled members */
    bool met;
};
struct meeting_quorum {
    struct quorum_rule rule;
    struct quorum_state whole;
    struct quorum_state classes[32]; /* as in meeting_count */
    bool met; /* overall, and in each class that is asked; true without a quorum */
};
/* What the meeting's document watches, and what a rule of a vote asks of presence. */
struct quorum_rule quorum_of_meeting(const json_t *meeting);
struct quorum_rule quorum_of_rule(const struct rule *rule);
/* The word of its unit: heads, weight, shares. Static. */
const char *quorum_unit(const struct quorum_rule *rule);
/* Pure: no store. The arithmetic is that of src/rules. */
void quorum_judge(const struct quorum_rule *rule, const struct meeting_count *count,
                  struct meeting_quorum *quorum);
/* Where it is not met: overall, else the first class that falls short; overall when it is met. */
const struct quorum_state *quorum_shortage(const struct meeting_quorum *quorum);
/* The quorum that a meeting watches (rule NULL), or this one, at this moment. */
void meeting_quorum(struct store_txn *txn, struct id meeting, const json_t *document,
                    const struct rule *rule, struct meeting_quorum *quorum);

/* Fewer were there when the meeting started than this quorum asks. */
bool presence_fell_short(struct store_txn *txn, struct id meeting, const struct quorum_rule *rule);
/* Somebody takes part from elsewhere, guests included. */
bool presence_is_remote(struct store_txn *txn, struct id meeting);

bool meeting_is_present(struct store_txn *txn, struct id meeting, struct id member);
/* Everybody who is there, guests too, ascending by id, until visit returns false. visit must not write. */
void meeting_each_present(struct store_txn *txn, struct id meeting,
                          bool (*visit)(void *context, struct id member), void *context);
/* The key of a member's row; what it holds is this file's. */
struct index_key meeting_present_key(struct id meeting, struct id member);

/* ---- applying (attendance_apply.c) ---- */

/* The meeting counts those present from now on; again for one that does: nothing. */
void presence_open(struct change *change, struct id meeting);
/* It counts nobody any more; `presence` stays as it was last written. */
void presence_close(struct change *change, struct id meeting);
/* The member is there, or is there otherwise than before. first = for the first time. */
void presence_enter(struct change *change, struct id meeting, struct id member, bool remote,
                    bool first);
void presence_leave(struct change *change, struct id meeting, struct id member);
/* The member was never there: that they came was taken back. */
void presence_forget(struct change *change, struct id meeting, struct id member);
/* What the member counts for may have changed: in the organisation, and wherever they are present. */
void presence_follow(struct change *change, struct id member);
/* Who is in a group changed; what a meeting asks changed; what classes there are changed. */
void presence_follow_group(struct change *change, struct id group, struct id member);
void presence_follow_meeting(struct change *change, struct id meeting);
void presence_follow_organisation(struct change *change);
/* Meetings where the member is now; how many. */
size_t presence_meetings_of(struct store_txn *txn, struct id member,
                            struct id into[MEETINGS_AHEAD_MAX]);
/* It counts those present now: from presence_open() to presence_close(). */
bool presence_is_open(struct store_txn *txn, struct id meeting);

/* meeting_quorum.c: what `presence` says at this moment, without kind, id and rev (new reference); it is made again at the
 * end of the transaction; it is written as given, and stays so once nobody is counted any more. */
json_t *presence_now(struct store_txn *txn, struct id meeting);
void presence_show(struct change *change, struct id meeting);
void presence_put(struct change *change, struct id meeting, const json_t *presence);
/* The fields of `presence`. */
extern const struct field presence_fields[];

#endif
