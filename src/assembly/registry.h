/* The list of concepts, and look-ups over their tables. */
#ifndef PALABRE_ASSEMBLY_REGISTRY_H
#define PALABRE_ASSEMBLY_REGISTRY_H

#include "assembly/concept.h"

extern const struct concept concept_organisation, concept_member, concept_invitation,
    concept_session, concept_device, concept_group, concept_proposal, concept_comment, concept_file,
    concept_mention, concept_report, concept_poll, concept_practice, concept_ballot,
    concept_consent, concept_decision, concept_task, concept_personal, concept_notification,
    concept_draft, concept_log, concept_wire, concept_search, concept_standing, concept_dormancy,
    concept_joining, concept_directory, concept_invite_file, concept_erasure, concept_token,
    concept_rule, concept_meeting, concept_attendance, concept_incident, concept_minutes,
    concept_screen;

/* NULL = no such code. Static. */
const struct document_shape *registry_document(uint8_t code);
const struct topic_shape *registry_topic(uint8_t code);

/* Calls every apply function of every concept for this event's type, in the order of the registry. */
void registry_apply(struct change *change);

#endif
