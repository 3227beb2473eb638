/* A vote by consent that is asked again about a new text (consent_again.c). Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_CONSENT_H
#define PALABRE_ASSEMBLY_CONSENT_H

#include "assembly/concept.h"

/* poll.ask_again: the open vote by consent ends, the new text is put to everybody. */
enum error consent_ask_again(struct request *request);
extern const struct field consent_ask_again_params[];
extern const enum error consent_ask_again_errors[];
/* Of a draft event: what the new vote follows, and the old one is followed by. `poll` is the new document. */
void consent_link(struct change *change, json_t *poll);

#endif
