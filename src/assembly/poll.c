/* Votes: one question put to a roll of voters, from the draft to the result.
 *
 *   draft ──poll.open──▶ open ──poll.close──▶ closed ──poll.count──▶ counted ──poll.reopen──▶ open
 *     └──────────────────┴─────poll.cancel────┘ ▶ cancelled
 *
 * In a meeting (poll_meeting.c) a closed vote waits for poll.reveal, and is opened again only before that.
 * Opening freezes roll and definition (poll_open.c); a date opens or closes it through the same commands, given by the
 * system; closing leaves the count due at once, and counting writes result, decision and the steps of the proposals
 * (poll_count.c). Ballots are in ballot.c. Invariant: the state of the document is the state of the record. */
#include "assembly/poll_parts.h"
#include "assembly/member.h"
#include "base/fatal.h"

bool poll_is(const json_t *poll, const char *state)
{
    return slice_equal(json_get_text(poll, "state"), slice_text(state));
}

enum error poll_find(struct request *request, const char *parameter, struct id *id, json_t **poll)
{
    *id = request_ref(request, parameter, NUMBER_POLL);
    *poll = id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_POLL, *id);
    return *poll == NULL ? request_fault(request, parameter, ERROR_POLL_UNKNOWN) : ERROR_NONE;
}

bool poll_may_manage(const struct request *request, const json_t *poll)
{
    struct slice kind = json_get_text(poll, "poll_kind");
    struct id meeting = poll_meeting(poll);
    if (request_is(request, WHO_FACILITATOR | WHO_SYSTEM) ||
        (!id_is_none(meeting) && poll_meeting_is_run(request, meeting))) {
        return true;
    }
    if (slice_equal(kind, slice_text("election"))) {
        return request_is(request, WHO_ADMIN);
    }
    if (!id_is_none(meeting)) {
        return false;
    }
    if (!request_is(request, WHO_MEMBER)) {
        return false;
    }
    if (slice_equal(kind, slice_text("decision"))) {
        return electorate_is_led_by(request_txn(request), json_object_get(poll, "electorate"),
                                    request->caller.member);
    }
    return slice_equal(kind, slice_text("straw")) &&
           id_equal(json_get_id(json_object_get(poll, "by"), "id"), request->caller.member);
}

bool poll_definition(struct store_txn *txn, struct id poll, struct arena *arena,
                     struct definition *definition)
{
    struct slice bytes;
    return record_definition(txn, poll, &bytes) && bytes.size > 0 &&
           definition_decode(bytes, arena, definition) == ERROR_NONE;
}

void poll_mark_proposals(struct request *request, const json_t *poll, struct id id,
                         enum proposal_state from, enum proposal_state to)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(poll, "about"), i, item)
    {
        struct id proposal = json_get_id(item, "id");
        if (proposal_state(request_txn(request), proposal) == from) {
            proposal_emit_mark(request, proposal, to, NULL, id);
        }
    }
}

/* ---- answers ---- */

/* {definition, poll_hash}, from the opening on: the same bytes whenever they are asked for. */
static void answer_definition(struct request *request)
{
    struct slice bytes;
    struct record_poll record;
    struct id id = request_ref(request, "id", NUMBER_POLL);
    if (record_poll(request_txn(request), id, &record) &&
        record_definition(request_txn(request), id, &bytes)) {
        json_put(request->result, "definition", json_base64url(bytes));
        json_put(request->result, "poll_hash", json_base64url(hash_slice(&record.poll_hash)));
    }
}

static enum error get(struct request *request)
{
    enum error error = request_answer_document(
        request, DOCUMENT_POLL, request_ref(request, "id", NUMBER_POLL), ERROR_POLL_UNKNOWN);
    if (error == ERROR_NONE) {
        answer_definition(request);
    }
    return error;
}

/* ---- tables ---- */

enum {
    REASON_MAX = 4000, /* bytes: 1,000 characters of any script */
    DEFINITION_TEXT = 262144,
    SECONDS_MAX = 86400,
};

static const struct field id_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_POLL},
    {0},
};
static const struct field open_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_POLL},
    {.name = "seconds",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = SECONDS_MAX,
     .optional = true,
     .summary = "in a meeting: closes by itself so long after the opening"},
    {.name = "seen",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "in a meeting: who opens it saw that a quorum is not met"},
    {0},
};
static const struct field extend_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_POLL},
    {.name = "closes",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "later than before; in a meeting any time to come, or 0: by hand"},
    {.name = "seconds",
     .type = FIELD_INTEGER,
     .min = -SECONDS_MAX,
     .max = SECONDS_MAX,
     .optional = true,
     .summary = "in a meeting, instead: so much later or earlier than planned, or from now on"},
    {.name = "reason",
     .type = FIELD_TEXT,
     .min = 1,
     .max = REASON_MAX,
     .optional = true,
     .summary = "needed outside a meeting"},
    {0},
};
static const struct field cancel_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_POLL},
    {.name = "reason", .type = FIELD_TEXT, .min = 1, .max = REASON_MAX},
    {0},
};
static const struct field option_item = {.name = "option", .type = FIELD_INTEGER, .max = 999};
static const struct field decide_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_POLL},
    {.name = "winners",
     .type = FIELD_LIST,
     .item = &option_item,
     .min = 1,
     .max = 1000,
     .optional = true,
     .summary = "options, ascending: the sure winners and some of the tied, as many as seats"},
    {.name = "adopted", .type = FIELD_FLAG, .optional = true, .summary = "instead, of a yes-no"},
    {.name = "reason", .type = FIELD_TEXT, .min = 1, .max = REASON_MAX},
    {0},
};
static const struct field reopen_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_POLL},
    {.name = "closes",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "closes by itself; left out: by hand"},
    {.name = "seconds",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = SECONDS_MAX,
     .optional = true,
     .summary = "in a meeting, instead: closes by itself so long from now on"},
    {.name = "reason", .type = FIELD_TEXT, .min = 1, .max = REASON_MAX},
    {0},
};
static const struct field awaited_result[] = {
    {.name = "present",
     .type = FIELD_INTEGER,
     .max = INT64_MAX,
     .summary = "members who may cast now: of the roll, there at the opening and still there"},
    {.name = "voted", .type = FIELD_INTEGER, .max = INT64_MAX, .summary = "who left included"},
    {.name = "awaited", .type = FIELD_INTEGER, .max = INT64_MAX, .summary = "present, not voted"},
    {0},
};
static const struct field wish_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_POLL},
    {.name = "on", .type = FIELD_FLAG},
    {0},
};
static const struct field open_result[] = {
    {.name = "definition",
     .type = FIELD_BYTES,
     .max = DEFINITION_TEXT,
     .summary = "the bytes that ballots sign for"},
    {.name = "poll_hash", .type = FIELD_BYTES, .max = 32},
    {0},
};
static const struct field preview_result[] = {
    {.name = "body", .type = FIELD_WORD, .words = poll_body_words},
    {.name = "mode", .type = FIELD_WORD, .words = poll_mode_words},
    {.name = "params", .type = FIELD_OBJECT, .fields = poll_params_fields},
    {.name = "rule", .type = FIELD_OBJECT, .fields = poll_rule_shown_fields},
    {.name = "revote", .type = FIELD_FLAG},
    {.name = "show_live", .type = FIELD_FLAG},
    {.name = "definition",
     .type = FIELD_BYTES,
     .max = DEFINITION_TEXT,
     .summary = "as it would be if it opened now, without roll, proposals and lot"},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_POLL},
    {.name = "definition", .type = FIELD_BYTES, .max = DEFINITION_TEXT, .optional = true},
    {.name = "poll_hash", .type = FIELD_BYTES, .max = 32, .optional = true},
    {0},
};

static const enum error define_errors[] = {
    ERROR_PROPOSAL_UNKNOWN,      ERROR_MEMBER_UNKNOWN,
    ERROR_CLASS_UNKNOWN,         ERROR_GROUP_UNKNOWN,
    ERROR_GROUP_BAD_STATE,       ERROR_POLL_METHOD_UNAVAILABLE,
    ERROR_POLL_MODE_UNAVAILABLE, ERROR_POLL_BAD_TIME,
    ERROR_RULE_UNKNOWN,          ERROR_RULE_BAD_STATE,
    ERROR_MEETING_UNKNOWN,       ERROR_MEETING_BAD_STATE,
    ERROR_MEETING_BAD_AGENDA,    ERROR_POLL_UNKNOWN,
    ERROR_POLL_BAD_STATE,        ERROR_NONE,
};
static const enum error open_errors[] = {
    ERROR_POLL_UNKNOWN,
    ERROR_POLL_BAD_STATE,
    ERROR_POLL_BAD_TIME,
    ERROR_POLL_EMPTY_ROLL,
    ERROR_POLL_TOO_FEW_FOR_CONFIDENTIAL,
    ERROR_PROPOSAL_BAD_STATE,
    ERROR_MEETING_BAD_STATE,
    ERROR_MEETING_BELOW_QUORUM,
    ERROR_POLL_NO_SHARES,
    ERROR_RULE_BAD_STATE,
    ERROR_POLL_TOO_MANY_OPEN,
    ERROR_NONE,
};
static const enum error extend_errors[] = {
    ERROR_POLL_UNKNOWN,        ERROR_POLL_BAD_STATE,    ERROR_POLL_BAD_TIME,
    ERROR_POLL_EXTENDED_TWICE, ERROR_POLL_NO_EXTENSION, ERROR_NONE,
};
static const enum error state_errors[] = {ERROR_POLL_UNKNOWN, ERROR_POLL_BAD_STATE, ERROR_NONE};
static const enum error count_errors[] = {ERROR_POLL_UNKNOWN, ERROR_POLL_BAD_STATE,
                                          ERROR_POLL_NO_LOT_LEFT, ERROR_NONE};
static const enum error decide_errors[] = {ERROR_POLL_UNKNOWN, ERROR_POLL_BAD_STATE,
                                           ERROR_MINUTES_SEALED, ERROR_NONE};
static const enum error reopen_errors[] = {
    ERROR_POLL_UNKNOWN,      ERROR_POLL_BAD_STATE,     ERROR_POLL_BAD_TIME,
    ERROR_POLL_NO_LOT_LEFT,  ERROR_PROPOSAL_BAD_STATE, ERROR_POLL_SHOWN,
    ERROR_MEETING_BAD_STATE, ERROR_POLL_TOO_MANY_OPEN, ERROR_NONE};
static const enum error get_errors[] = {ERROR_POLL_UNKNOWN, ERROR_NONE};

enum { WHO_MANAGES = WHO_MEMBER | WHO_FACILITATOR | WHO_ADMIN };

static const struct command commands[] = {
    {.method = "poll.define",
     .who = WHO_MANAGES,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = poll_define_params,
     .handle = poll_define,
     .creates = DOCUMENT_POLL,
     .errors = define_errors,
     .summary =
         "Draft a vote, or replace a draft: a facilitator; who leads a meeting its votes; an "
         "admin elections; a member straw polls on their own proposals or of their groups; "
         "who coordinates a group its decisions",
     .example =
         "{\"id\":\"6a9e3c0e-8a0b-4d5e-9d55-0c6a5f8f3a10\",\"kind\":\"decision\",\"about\":[\"42\"]"
         ","
         "\"question\":{\"fr\":\"Oui ?\",\"nl\":\"Ja?\",\"en\":\"Yes?\"},\"method\":\"yes-no\","
         "\"mode\":\"named\"}"},
    {.method = "poll.preview",
     .who = WHO_MANAGES,
     .flags = COMMAND_READ,
     .params = poll_define_params,
     .result = preview_result,
     .handle = poll_preview,
     .errors = define_errors,
     .summary = "What poll.define would make of these parameters; nothing is recorded",
     .example =
         "{\"id\":\"6a9e3c0e-8a0b-4d5e-9d55-0c6a5f8f3a10\",\"kind\":\"straw\","
         "\"question\":{\"fr\":\"Oui ?\",\"nl\":\"Ja?\",\"en\":\"Yes?\"},\"method\":\"yes-no\"}"},
    {.method = "poll.open",
     .who = WHO_MANAGES | WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = open_params,
     .result = open_result,
     .handle = poll_open,
     .answer = answer_definition,
     .errors = open_errors,
     .summary = "Open a draft: roll and definition are frozen",
     .example = "{\"id\":\"17\"}"},
    {.method = "poll.extend",
     .who = WHO_MANAGES,
     .flags = COMMAND_WRITE,
     .params = extend_params,
     .handle = poll_extend,
     .errors = extend_errors,
     .summary = "Close later than said, once; in a meeting as often as it takes, earlier too",
     .example = "{\"id\":\"17\",\"closes\":1900000000000,\"reason\":\"…\"}"},
    {.method = "poll.close",
     .who = WHO_MANAGES | WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = id_params,
     .handle = poll_close,
     .errors = state_errors,
     .summary = "Close an open vote; it is counted at once, or, in a meeting, once revealed",
     .example = "{\"id\":\"17\"}"},
    {.method = "poll.reveal",
     .who = WHO_MANAGES,
     .flags = COMMAND_WRITE,
     .params = id_params,
     .handle = poll_reveal,
     .errors = count_errors,
     .summary = "Count a closed vote of a meeting: from now on everybody sees its result",
     .example = "{\"id\":\"17\"}"},
    {.method = "poll.awaited",
     .who = WHO_MANAGES,
     .flags = COMMAND_READ | COMMAND_VOTING,
     .params = id_params,
     .result = awaited_result,
     .handle = poll_awaited,
     .errors = state_errors,
     .summary = "How many ballots an open vote of a meeting waits for, for who leads it",
     .example = "{\"id\":\"17\"}"},
    {.method = "poll.cancel",
     .who = WHO_MANAGES,
     .flags = COMMAND_WRITE,
     .params = cancel_params,
     .handle = poll_cancel,
     .errors = state_errors,
     .summary = "Cancel a vote that has no result yet",
     .example = "{\"id\":\"17\",\"reason\":\"…\"}"},
    {.method = "poll.decide",
     .who = WHO_MANAGES,
     .flags = COMMAND_WRITE,
     .params = decide_params,
     .handle = poll_decide,
     .errors = decide_errors,
     .summary = "Record what the chair made of a tie that a result left open",
     .example = "{\"id\":\"17\",\"winners\":[2],\"reason\":\"…\"}"},
    {.method = "poll.reopen",
     .who = WHO_MANAGES,
     .flags = COMMAND_WRITE,
     .params = reopen_params,
     .handle = poll_reopen,
     .errors = reopen_errors,
     .summary =
         "Open a counted vote again: its result and decision are withdrawn, ballots stay; of a "
         "meeting a closed one, while its result was shown to nobody",
     .example = "{\"id\":\"17\",\"closes\":1900000000000,\"reason\":\"…\"}"},
    {.method = "poll.ask_confidential",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = wish_params,
     .handle = poll_ask_confidential,
     .errors = state_errors,
     .summary = "Ask, as one of its voters, that a draft be opened with confidential ballots",
     .example = "{\"id\":\"17\",\"on\":true}"},
    {.method = "poll.count",
     .who = WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = id_params,
     .handle = poll_count,
     .errors = count_errors,
     .summary = "Count a closed vote (the system alone)",
     .example = "{\"id\":\"17\"}"},
    {.method = "poll.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ | COMMAND_VOTING,
     .params = id_params,
     .result = get_result,
     .handle = get,
     .errors = get_errors,
     .summary = "One vote, with its definition from the opening on",
     .example = "{\"id\":\"17\"}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_POLL_DRAFT, poll_apply},
    {EVENT_POLL_DEFINED, poll_apply},
    {EVENT_ROLL_ADDED, poll_apply},
    {EVENT_POLL_OPENED, poll_apply},
    {EVENT_POLL_CLOSED, poll_apply},
    {EVENT_POLL_EXTENDED, poll_apply},
    {EVENT_POLL_CANCELLED, poll_apply},
    {EVENT_RESULT, poll_apply},
    {EVENT_BALLOT, poll_apply},
    {EVENT_POLL_REOPENED, poll_apply},
    {EVENT_POLL_WISH, poll_apply},
    {EVENT_MEETING, poll_apply_meeting},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_POLL, "poll", poll_fields},
    {DOCUMENT_POLL_CARD, "poll_card", poll_card_fields},
    {DOCUMENT_TURNOUT, "turnout", turnout_fields},
    {DOCUMENT_TALLY, "tally", tally_fields},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_POLL,
     .name = "poll",
     .has_id = true,
     .number = NUMBER_POLL,
     .readers = WHO_READERS},
    {0},
};

const struct concept concept_poll = {.name = "poll",
                                     .commands = commands,
                                     .applies = applies,
                                     .documents = documents,
                                     .topics = topics};
