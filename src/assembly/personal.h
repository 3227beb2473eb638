/* Personal documents: what belongs to one member alone. Drafts, read marks, notifications, preferences.
 *
 * They are no events: nothing of them is in the record, `check` does not compare them, and a rebuild leaves them as they
 * are. They live in TABLE_PERSONAL, numbered by a counter of their member, and reach all connections of that member (and
 * nobody else) through the topic `personal`. See docs/decisions/0007-personal-documents.md.
 *
 * Other concepts need one function of this file: change_notify(). Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_PERSONAL_H
#define PALABRE_ASSEMBLY_PERSONAL_H

#include "assembly/concept.h"

/* ---- Telling a member: for the apply functions of every concept ---- */

/* Tells `member` that something happened: one notification {what, on, by, count, at_ms, read}.
 *
 *   what    one of notification_words (notify.c). A new word: one line there, its sentence `notify-<what>` in
 *           web/locales/notify/{fr,nl,en}.ftl, one line in web/src/notify/kinds.ts.
 *   about   the thing it leads to: {"kind", "id", "number"?, "title"? or "titles"?, "comment"?}; made by
 *           notify_about(). Its reference is taken. Never put words there that the member may not read.
 *
 * To be called after the documents of the event have been put. Callable from any apply function, for it does nothing
 *   - while a folder is rebuilt or checked (so documents stay a function of the record alone),
 *   - for the member who acted (the event's `by`), for nobody (the none id), for somebody who may not act (left,
 *     invited, imported author), and for kinds that the member has switched off.
 * Bounded: a member keeps the newest 200; whoever acts very often pushes away only their own. Unread ones with the same `what` about the same thing become one with a
 * count; it shows who acted last and stands where the newest stands. Example:
 *
 *     change_notify(change, assignee, "task_asked", notify_about(change, DOCUMENT_TASK, task));
 */
void change_notify(struct change *change, struct id member, const char *what, json_t *about);
/* The same, where the one who acted is not the event's `by` (a member for whom somebody recorded it): `actor` is shown,
 * and neither `actor` nor the event's `by` is told. */
void change_notify_by(struct change *change, struct id actor, struct id member, const char *what,
                      json_t *about);
/* The same to each of a list of {"id","name"}. */
void change_notify_people(struct change *change, const json_t *people, const char *what,
                          uint8_t document, struct id thing);
/* Leads to a document (as it is now): its kind as clients know it ("proposal", never "proposal_card"), id, number, and
 * its title (or question, name) in its language or languages. document: DOCUMENT_PROPOSAL_CARD, _POLL_CARD, _DECISION,
 * _TASK, _MEMBER, or any with number and title, question, label or name. New reference. */
json_t *notify_about(struct change *change, uint8_t document, struct id id);
/* The same, to one comment of it: the page opens there. */
json_t *notify_about_comment(struct change *change, uint8_t document, struct id id,
                             uint32_t comment);
/* The kinds of notification; NULL-terminated. */
extern const char *const notification_words[];

/* ---- Keeping personal documents ---- */

/* Whose, and in which transaction; batch NULL while reading. A value. */
struct personal {
    struct store_txn *txn;
    struct batch *batch;
    struct id member;
};
/* Of a request's caller. */
struct personal personal_of(const struct request *request);

/* Parsed copy; NULL = none. New reference. */
json_t *personal_load(struct personal owner, uint8_t kind, struct id id);
/* Stores the document (its reference is taken) as the newest change; "rev" becomes the member's next number. Start new
 * ones with document_new(). */
void personal_put(struct personal owner, uint8_t kind, struct id id, json_t *document);
/* true = it was there; the clients are told that it is gone. */
bool personal_remove(struct personal owner, uint8_t kind, struct id id);
/* Removes the documents of a kind that were changed longest ago until at most max_count with at most max_bytes are left. */
void personal_trim(struct personal owner, uint8_t kind, size_t max_count, size_t max_bytes);
/* Makes room among the member's notifications, at most `max`: the oldest goes, but whoever fills more than a quarter of them
 * loses their own oldest first, so that nobody can push away what others had to say. max ≤ 200. */
void personal_trim_notifications(struct personal owner, size_t max);
/* Documents of a kind, each a new reference in a new list, the one changed last first: at most max with rev < before
 * (0 = all). */
json_t *personal_list(struct personal owner, uint8_t kind, uint64_t before, size_t max);
/* A member who leaves the organisation keeps nothing here. Does nothing while rebuilding or checking. */
void personal_forget(struct change *change, struct id member);

/* Removes every member's notifications of which `about` is true. Last thing a handler does. */
void personal_drop_notifications(struct store_txn *txn, struct batch *batch,
                                 bool (*about)(void *context, const json_t *notification),
                                 void *context);

/* For feed.c. A full answer holds the newest 50 notifications and everything else. */
struct feed_run personal_read(struct store_txn *txn, struct id member, uint64_t since,
                              size_t max_bytes, struct buffer *docs, struct buffer *gone);
bool personal_needs_full(struct store_txn *txn, struct id member, uint64_t since);

#endif
