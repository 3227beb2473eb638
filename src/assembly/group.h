/* Groups: what group.c and group_apply.c share, and what other concepts ask: who is in, who may write, who coordinates. */
#ifndef PALABRE_ASSEMBLY_GROUP_H
#define PALABRE_ASSEMBLY_GROUP_H

#include "assembly/concept.h"
#include "assembly/parts.h"

enum {
    GROUPS_MAX = 500,         /* of an organisation, archived ones included */
    GROUPS_A_DAY = 10,        /* that one member may start; facilitation any number */
    GROUP_DEPTH_MAX = 5,      /* a group without a parent is at depth 1 */
    GROUP_MEMBERS_MAX = 1000, /* of one group */
    GROUP_ASKED_MAX = 100,    /* invitations of one group that wait for an answer */
    GROUP_COORDINATORS_MAX = 20,
    GROUP_NAME_MAX = 80,      /* characters */
    GROUP_PURPOSE_MAX = 4000, /* bytes */
};

/* ---- asking ---- */

/* The member is in this very group (not only in one below it). */
bool group_has(struct store_txn *txn, struct id group, struct id member);
/* The member is in this group or in one of those below it, at any depth. */
bool group_has_nested(struct store_txn *txn, struct id group, struct id member);
/* The group above it; id_none() at the top. */
struct id group_parent(struct store_txn *txn, struct id group);
/* Its document says that it is open. */
bool group_is_open(const json_t *group);
/* May this member write in the group's discussion, and bring a proposal to it: in the group, which is open. */
bool group_may_write(struct store_txn *txn, struct id group, struct id member);
/* One of the group's coordinators. */
bool group_coordinates(struct store_txn *txn, struct id group, struct id member);
/* Groups that this member has started since this time, at most GROUPS_A_DAY counted. */
size_t group_started_since(struct store_txn *txn, struct id member, uint64_t since_ms);
/* {"id","number","name"} and "names" where there are translations; NULL = no such group. New reference. */
json_t *group_reference(struct store_txn *txn, struct id group);
/* Every member of the group, or of it and those below it (then a member may be visited twice), until visit returns false. */
void group_each_member(struct store_txn *txn, struct id group, bool nested,
                       bool (*visit)(void *context, struct id member), void *context);

/* ---- shared by the files of this concept ---- */

/* INDEX_GROUP_MEMBER: group ‖ member → member. INDEX_GROUP_OF_MEMBER: member ‖ group → group. */
struct index_key group_member_key(struct id group, struct id member);
struct index_key group_of_member_key(struct id member, struct id group);
/* Groups by number; groups under a parent (none: at the top). */
struct index_key group_number_key(uint32_t number);
struct index_key group_child_key(struct id parent, struct id group);
/* Invitations that wait for an answer: member ‖ group. */
struct index_key group_asked_key(struct id member, struct id group);
/* Prefixes of the same keys. */
struct index_key group_members_prefix(struct id group);
struct index_key group_groups_prefix(struct id member);
struct index_key group_numbers_prefix(void);
struct index_key group_children_prefix(struct id parent);
struct index_key group_asked_prefix(struct id member);

extern const struct document_shape group_documents[];
extern const struct field group_reference_fields[];
void group_apply(struct change *change);
/* A member event: whoever left the organisation leaves its groups. */
void group_apply_member(struct change *change);

#endif
