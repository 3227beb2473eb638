/* The register of decisions: what votes and to-dos need of it. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_DECISION_H
#define PALABRE_ASSEMBLY_DECISION_H

#include "assembly/concept.h"

/* A poll has one decision, whose id is derived from the poll's. */
struct id decision_of_poll(struct id poll);
/* Emits the decision of a poll that was counted, with the next number of the request's year; of one counted before, its new
 * result. */
void decision_emit(struct request *request, struct id poll, const json_t *document,
                   const json_t *result);
/* Emits that the decision of this poll is withdrawn, if it has one: the poll is open again. */
void decision_emit_withdrawn(struct request *request, struct id poll, struct slice reason);

/* Between the files of the concept. */

/* Stores it in the topics that follow from it. */
void decision_put(struct change *change, struct id id, json_t *decision);
/* decision_review.c: the date at which it is looked at again, and what is told of it since. */
enum error decision_review(struct request *request);
enum error decision_report(struct request *request);
enum error decision_recall(struct request *request);
void decision_apply_review(struct change *change, struct id id);

#endif
