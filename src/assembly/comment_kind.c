/* On what people comment: one line for each kind of thing with a discussion of its own.
 *
 * The table says how such a thing is found, in which topic its comments stand, who may write, and where comments are
 * counted. Everything else about comments is the same everywhere. To give another kind a discussion: one line here, its
 * word in comment_kind_words, and the discussion on its page. Invariant: both lists hold the same words in the same
 * order. Start at comment_kinds. */
#include "assembly/comment.h"
#include "assembly/group.h"
#include "assembly/objection.h"
#include "assembly/proposal.h"

/* Everybody reads the discussion of a group, its members write. */
static bool writes_in_group(const struct request *request, struct id group)
{
    return group_may_write(request_txn(request), group, request->caller.member);
}

/* Whoever reads it. */
static bool answers_objection(const struct request *request, struct id objection)
{
    return objection_may_read(request_txn(request), objection, &request->caller);
}

const char *const comment_kind_words[] = {"proposal", "poll",    "decision",  "task",
                                          "group",    "meeting", "objection", NULL};
const struct comment_kind comment_kinds[] = {
    {"proposal", DOCUMENT_PROPOSAL_CARD, TOPIC_PROPOSAL, NUMBER_PROPOSAL, ERROR_PROPOSAL_UNKNOWN,
     NULL, proposal_comment_counted},
    {"poll", DOCUMENT_POLL, TOPIC_POLL, NUMBER_POLL, ERROR_POLL_UNKNOWN, NULL, NULL},
    {"decision", DOCUMENT_DECISION, TOPIC_DECISION, NUMBER_DECISION, ERROR_DECISION_UNKNOWN, NULL,
     NULL},
    {"task", DOCUMENT_TASK, TOPIC_TASK, NUMBER_TASK, ERROR_TASK_UNKNOWN, NULL, NULL},
    {"group", DOCUMENT_GROUP, TOPIC_GROUP, NUMBER_GROUP, ERROR_GROUP_UNKNOWN, writes_in_group,
     NULL},
    {"meeting", DOCUMENT_MEETING, TOPIC_MEETING, NUMBER_MEETING, ERROR_MEETING_UNKNOWN, NULL, NULL},
    {"objection", DOCUMENT_OBJECTION, TOPIC_OBJECTION, NUMBER_NONE, ERROR_OBJECTION_UNKNOWN,
     answers_objection, NULL},
    {0},
};

const struct comment_kind *comment_kind_find(struct slice word)
{
    for (const struct comment_kind *kind = comment_kinds; kind->word != NULL; kind++) {
        if (slice_equal(word, slice_text(kind->word))) {
            return kind;
        }
    }
    return NULL;
}

void comment_page(struct store_txn *txn, struct slice *word, struct id *thing)
{
    if (slice_equal(*word, slice_text("objection"))) {
        *word = slice_text("poll");
        *thing = objection_poll(txn, *thing);
    }
}

struct topic comment_topic(const json_t *comment)
{
    const json_t *on = json_object_get(comment, "on");
    const struct comment_kind *kind = comment_kind_find(json_get_text(on, "kind"));
    return topic_of(kind == NULL ? TOPIC_PROPOSAL : kind->topic, json_get_id(on, "id"));
}
