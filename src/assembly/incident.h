/* Incidents: what votes and minutes ask of what disturbed a meeting. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_INCIDENT_H
#define PALABRE_ASSEMBLY_INCIDENT_H

#include "assembly/parts.h"

/* The most weight that could still be cast without changing the result of this poll, whoever it went to. false = it has none,
 * or nobody can tell from it (rankings, grades). Pure. */
bool incident_margin(const json_t *poll, uint64_t *margin);
/* A vote of a meeting has just closed: says again, in an event each, how many its incidents kept away, without those who
 * have a ballot now. Nothing where none did. */
void incident_settle(struct request *request, struct id poll);

/* What incidents of a vote kept from it. The weight is for the server and the officers: of one person it may say who. */
struct incident_sum {
    uint64_t people, weight;
};
/* Of one incident; nothing where there is none. */
struct incident_sum incident_sum_of(struct store_txn *txn, struct id id);
/* The event says what those weigh whom its incident kept away. */
void incident_put_weight(struct change *change, struct id id);
/* Looks again whether the incidents of this vote are enough to offer it once more, and marks their names so
 * (incident_offer.c): over all of them, because the vote has changed; or after one of them was written, from the sum that is
 * kept. before: that one, until now. */
void incident_offer(struct change *change, struct id poll);
void incident_offer_changed(struct change *change, struct id id, const struct incident_sum *before);
/* Key of TABLE_INDEX: of the incidents of a vote; incident NULL = of all. */
struct index_key incident_of_poll(struct id poll, const struct id *incident);
/* The document of those whom it touched, in its topic. Takes names. */
void incident_put_names(struct change *change, struct id id, json_t *names);

#endif
