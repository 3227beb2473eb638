/* Objections in votes by consent: what comments, notifications and the demo ask of them (consent.c). */
#ifndef PALABRE_ASSEMBLY_OBJECTION_H
#define PALABRE_ASSEMBLY_OBJECTION_H

#include "assembly/assembly.h"

/* On the roll of the vote in which this objection was raised, an author of what it asks, or facilitation. */
bool objection_may_read(struct store_txn *txn, struct id objection, const struct caller *caller);
/* The one raised in this vote for this member; none when there is none. */
struct id objection_for(struct store_txn *txn, struct id poll, struct id member);
/* Who raised it, whether its document says so or not; none when there is no such objection. */
struct id objection_author(struct store_txn *txn, struct id objection);
/* The vote in which it was raised; none when there is no such objection. */
struct id objection_poll(struct store_txn *txn, struct id objection);

#endif
