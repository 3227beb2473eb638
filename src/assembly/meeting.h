/* Meetings: what the files of this concept share (meeting.c, meeting_*.c), and what attendance, votes, to-dos and minutes ask
 * of them. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_MEETING_H
#define PALABRE_ASSEMBLY_MEETING_H

#include "assembly/concept.h"
#include "assembly/parts.h"

enum {
    MEETINGS_AHEAD_MAX = 50, /* planned or open at a time */
    MEETING_ITEMS_MAX = 100, /* of one agenda */
    MEETING_LINKS_MAX = 20,  /* of one kind, of one item */
    MEETING_TITLE_MAX = 160, /* characters */
    MEETING_PLACE_MAX = 200, /* characters */
    MEETING_LINK_MAX = 300,  /* characters */
    MEETING_TEXT_MAX = 2000, /* bytes, each language */
    MEETING_MINUTES_MAX = 1440,
    MEETING_SCRUTINEERS_MAX = 2,
    MEETING_CODE_SIZE = 6, /* characters */
    MEETING_POLLS_OPEN_MAX = 5,
};

/* ---- asking ---- */

/* The meeting's state is this word: planned, open, ended, cancelled. */
bool meeting_is(const json_t *meeting, const char *state);
/* The meeting named by a parameter of the request; MEETING_UNKNOWN. *meeting is a new reference. */
enum error meeting_find(struct request *request, const char *parameter, struct id *id,
                        json_t **meeting);
/* The caller leads it: its chair or secretary, a facilitator, and who coordinates the group of a group's meeting. */
bool meeting_may_run(const struct request *request, const json_t *meeting);
/* The caller looks after its door: who leads it, its scrutineers, the secretariat. */
bool meeting_may_record(const struct request *request, const json_t *meeting);

/* The caller looks after the door of this meeting: reads meeting_desk/ID and screen/ID. */
bool meeting_desk_is_readable(struct store_txn *txn, struct id id, const struct caller *caller);

/* ---- shapes (meeting_shape.c) ---- */

extern const struct document_shape meeting_documents[];
extern const struct field meeting_reference_fields[];
extern const char *const meeting_kind_words[],
    *const meeting_state_words[], *const meeting_item_words[], *const meeting_every_words[],
                                                                   *const meeting_shown_words[];

#endif
