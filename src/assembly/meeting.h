/* Meetings: what the files of this concept share (meeting.c, meeting_*.c), and what attendance, votes, to-dos and minutes ask
 * of them. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_MEETING_H
#define PALABRE_ASSEMBLY_MEETING_H

#include "assembly/concept.h"
#include "assembly/parts.h"

enum {
    MEETINGS_AHEAD_MAX = 50,        /* planned or open at a time */
    MEETING_ITEMS_MAX = 100,        /* of one agenda */
    MEETING_LINKS_MAX = 20,         /* of one kind, of one item */
    MEETING_AGENDA_LINKS_MAX = 200, /* of one agenda: every phone of a hall gets it */
    MEETING_TITLE_MAX = 160,        /* characters */
    MEETING_PLACE_MAX = 200,        /* characters */
    MEETING_LINK_MAX = 300,         /* characters */
    MEETING_TEXT_MAX = 2000,        /* bytes, each language */
    MEETING_MINUTES_MAX = 1440,
    MEETING_SCRUTINEERS_MAX = 2,
    MEETING_CODE_SIZE = 6, /* characters */
    MEETING_POLLS_OPEN_MAX = 5,
    MEETING_TEMPLATES_MAX = 50, /* kept by an organisation */
    MEETING_DAYS_MAX = 365,     /* of notice */
    MEETING_GAVE_MAX = 8,       /* roles that one meeting gives */
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

/* The caller holds an office of it, or leads it: reads meeting_office/ID. */
bool meeting_office_is_readable(struct store_txn *txn, struct id id, const struct caller *caller);

/* ---- shapes (meeting_shape.c) ---- */
/* The caller prepares it: who leads it, the secretariat, administration. */
bool meeting_may_prepare(const struct request *request, const json_t *meeting);
/* The item of its agenda with this id; NULL = none. Borrowed. */
json_t *meeting_item(const json_t *meeting, struct id item);

/* The member has the role of secretary in the record from meetings alone: it opens nothing outside of them. */
bool meeting_lends_secretary(struct store_txn *txn, struct id member);

/* ---- applying (meeting_apply.c) ---- */

void meeting_apply(struct change *change);
/* The check-in code was drawn. */
void meeting_apply_code(struct change *change);
/* Stores it and sends it whole (meeting_put.c); takes the reference. */
void meeting_put(struct change *change, struct id id, json_t *meeting);
/* Stores it after nothing changed but where it stands (current item, what is shown, who leads, `revs`) and its items' times,
 * outcomes and votes; sends these alone. Takes the reference. before: its agenda until now, the same items in the same order;
 * borrowed. */
void meeting_put_step(struct change *change, struct id id, json_t *meeting, const json_t *before);
/* A draft of a vote: the item that it is for names it. */
void meeting_apply_poll(struct change *change);
/* The draft is no longer for an item of this meeting: none names it. */
void meeting_forget_poll(struct change *change, struct id id, struct id poll);

/* ---- shared by the handlers of this concept ---- */

/* {"what","id"}. New reference. */
json_t *meeting_event(const char *what, struct id id);
/* The meeting of the parameter `id`, which the caller may run (or prepare), in this state; NULL = any, "ahead" = planned or
 * open. Without error *meeting is a new reference. MEETING_UNKNOWN, RIGHT_MISSING, MEETING_BAD_STATE. */
enum error meeting_to_run(struct request *request, const char *state, struct id *id,
                          json_t **meeting);
enum error meeting_to_prepare(struct request *request, const char *state, struct id *id,
                              json_t **meeting);
/* CONFLICT on `base` when this part of the meeting (plan, agenda, offices, current) changed after the revision that the
 * caller saw. No base: no objection. */
enum error meeting_check_base(struct request *request, const json_t *meeting, const char *part);
/* One more vote can be named at this item: no item and no agenda names more than may be saved (MEETING_LINKS_MAX). */
bool meeting_has_room(const json_t *meeting, const json_t *item);
/* Items as a parameter gives them → as the event has them, all they name found. meeting NULL = a new one. *agenda is a new
 * reference. MEETING_BAD_AGENDA and the refusals of what is named. */
enum error meeting_agenda_of(struct request *request, const json_t *items, const json_t *meeting,
                             json_t **agenda);
/* The same of a template: one of the built-in words, or the id of a kept one. MEETING_BAD_AGENDA. */
enum error meeting_agenda_of_template(struct request *request, json_t **agenda);
/* The agenda of another meeting with new ids and without what its items name, for the next of a series. New reference. */
json_t *meeting_agenda_next(struct request *request, const json_t *meeting);
/* The same agenda, for a meeting that is called again: points with their ids, and what they name. New reference. */
json_t *meeting_agenda_again(const json_t *meeting);
/* Built-in templates: {"id" (a word), "name", "meeting_kind", "items"} each; items as in documents. New reference. */
json_t *meeting_templates(void);
/* Of a plan ("kind", "starts", "notice_days", "rule", "called", "second_of"): {"asked_days", "given_days", "enough"} and
 * for a second call the gap, and whether the first missed its quorum where that can be told. New reference. */
json_t *meeting_notice(struct request *request, const json_t *plan);
/* A meeting that is over missed a quorum: that of the rule of this name (empty or unknown = none), or one that somebody saw. */
bool meeting_fell_short(struct request *request, struct id first, struct slice named);
/* When the meeting of a series takes place that follows `meeting`, after now, at the same local time. */
uint64_t meeting_next_start(struct request *request, const json_t *meeting);
/* It belongs to a monthly series that takes place on the last such weekday of the month: it began on a fifth one. */
bool meeting_keeps_last(const struct request *request, const json_t *meeting);
/* Emits the next of a series, unless there is none, or no room for it. */
void meeting_emit_next(struct request *request, struct id id, const json_t *meeting);
/* Offices in the record: emits the member events that lead from `before` (NULL = nothing given yet) to those that these
 * offices ask (NULL = none), and returns what the meeting then has given: [{"id", "role"}]. New reference. */
json_t *meeting_emit_roles(struct request *request, struct id id, const json_t *meeting,
                           const json_t *offices);

enum error meeting_handle_plan(struct request *request);
enum error meeting_handle_revise(struct request *request);
enum error meeting_handle_call(struct request *request);
enum error meeting_handle_cancel(struct request *request);
enum error meeting_handle_agenda(struct request *request);
enum error meeting_handle_templates(struct request *request);
enum error meeting_handle_keep_template(struct request *request);
enum error meeting_handle_forget_template(struct request *request);
enum error meeting_handle_offices(struct request *request);
enum error meeting_handle_start(struct request *request);
enum error meeting_handle_item(struct request *request);
enum error meeting_handle_move(struct request *request);
enum error meeting_handle_show(struct request *request);
enum error meeting_handle_end(struct request *request);

/* ---- shapes (meeting_shape.c, meeting_params.c) ---- */

extern const struct command meeting_commands[];

extern const struct document_shape meeting_documents[];
extern const struct field meeting_reference_fields[];
extern const struct field meeting_template_fields[]; /* "id" first, which documents have anyway */
extern const char *const meeting_kind_words[],
    *const meeting_state_words[], *const meeting_item_words[], *const meeting_every_words[],
                                                                   *const meeting_shown_words[];

#endif
