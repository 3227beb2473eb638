/* Incidents: what votes and minutes ask of what disturbed a meeting. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_INCIDENT_H
#define PALABRE_ASSEMBLY_INCIDENT_H

#include "assembly/parts.h"

/* The most weight that could still be cast without changing the result of this poll, whoever it went to. false = it has none,
 * or nobody can tell from it (rankings, grades). Pure. */
bool incident_margin(const json_t *poll, uint64_t *margin);
/* Looks again whether the incidents of this vote are enough to offer it once more, and marks them so (incident_offer.c). */
void incident_offer(struct change *change, struct id poll);
/* Key of TABLE_INDEX: of the incidents of a vote; incident NULL = of all. */
struct index_key incident_of_poll(struct id poll, const struct id *incident);
/* The incident's document, in its topics. */
void incident_put(struct change *change, struct id id, json_t *incident);

#endif
