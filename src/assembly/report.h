/* Reports: what other concepts tell moderation. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_REPORT_H
#define PALABRE_ASSEMBLY_REPORT_H

#include "assembly/concept.h"

/* Handlers: this comment was removed just now. By facilitation it settles what was reported of it; its author's own
 * removal leaves the report to be looked at. */
void report_settle_removed(struct request *request, struct id comment, bool by_its_author);

#endif
