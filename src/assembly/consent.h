/* Consent as a cooperative lives it: objections that stand until their author votes again, and a vote asked again about a
 * new text. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_CONSENT_H
#define PALABRE_ASSEMBLY_CONSENT_H

#include "assembly/concept.h"

/* On the roll of the vote in which this objection was raised, an author of what it asks, or facilitation. */
bool objection_may_read(struct store_txn *txn, struct id objection, const struct caller *caller);
/* Who raised it, whether its document says so or not; none when there is no such objection. */
struct id objection_author(struct store_txn *txn, struct id objection);
/* The vote in which it was raised; none when there is no such objection. */
struct id objection_poll(struct store_txn *txn, struct id objection);

/* poll.ask_again: the open vote by consent ends, the new text is put to everybody (consent_again.c). */
enum error consent_ask_again(struct request *request);
/* Of a draft event: what the new vote follows, and the old one is followed by. `poll` is the new document. */
void consent_link(struct change *change, struct id id, json_t *poll);
extern const struct field consent_ask_again_params[];
extern const enum error consent_ask_again_errors[];

#endif
