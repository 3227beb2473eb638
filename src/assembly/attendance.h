/* Attendance: what the files of this concept share, and what the start and the end of a meeting ask of it. Included by
 * src/assembly only. */
#ifndef PALABRE_ASSEMBLY_ATTENDANCE_H
#define PALABRE_ASSEMBLY_ATTENDANCE_H

#include "assembly/concept.h"
#include "assembly/meeting_presence.h"

enum {
    ATTENDANCE_PERIODS_MAX = 100,             /* kept in a document: the newest */
    ATTENDANCE_DOORS_MS = 3 * 60 * 60 * 1000, /* people come in so long before the start */
};

/* People may come in: it is open, or planned to begin within ATTENDANCE_DOORS_MS. */
bool attendance_doors_are_open(const json_t *meeting, uint64_t now_ms);
/* Somebody who can be at a meeting: who was invited but has not joined yet is a guest; who left the organisation is not there. */
bool attendance_may_come(struct store_txn *txn, struct id member);
/* The document of a member at a meeting: an id computed from the two, whoever records it. */
struct id attendance_id(struct id meeting, struct id member);
/* Its row in the list of the meeting: who is or was there. */
struct index_key attendance_key(struct id meeting, struct id member);

/* The member is or was there; not who was recorded by an import that was taken back. */
bool attendance_is_known(struct store_txn *txn, struct id meeting, struct id member);
/* What the document says was last changed by this import. */
bool attendance_is_of_import(const json_t *document, struct id import);
/* The member is there now, and where. */
bool attendance_is_there(struct store_txn *txn, struct id meeting, struct id member, bool *remote);

/* Handlers. Who is there goes into the record as numbers: at = "start" or "end". With "end" everybody's stay ends, so the
 * handler that ends a meeting emits it just before the end itself. */
void attendance_emit_count(struct request *request, struct id meeting, const char *at);
/* The member comes in, or goes: emits nothing when that is so already. checked "" = nobody asked. The request's parameter
 * "import", where its command has one, goes with it. */
void attendance_emit(struct request *request, struct id meeting, struct id member, bool present,
                     const char *how, bool remote, struct slice checked);

/* attendance_list.c */
enum error attendance_list(struct request *request);
enum error attendance_preview(struct request *request);
enum error attendance_import(struct request *request);
void attendance_answer_import(struct request *request);
extern const struct field attendance_list_params[], attendance_list_result[],
    attendance_import_params[], attendance_preview_result[], attendance_import_result[];

/* attendance_apply.c */
extern const struct applies attendance_applies[];
extern const struct document_shape attendance_documents[];
extern const char *const attendance_how_words[], *const attendance_checked_words[];

#endif
