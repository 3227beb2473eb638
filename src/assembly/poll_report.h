/* A count in JSON: the account that goes into the result document and the result's details (protocol.md, Results). */
#ifndef PALABRE_ASSEMBLY_POLL_REPORT_H
#define PALABRE_ASSEMBLY_POLL_REPORT_H

#include "base/json.h"
#include "tally/tally.h"

/* Adds to `into`: scores and winners; yes and no, or consent, concern and objection; of methods that elect also elected and ties,
 * and where the method has them graders, quota, scale, stages, pairwise, ranks and condorcet_winner. Options are
 * numbered from 0. */
void poll_report(json_t *into, const struct tally_terms *terms, const struct tally_counts *counts);

#endif
