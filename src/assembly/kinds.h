/* The codes that stand in keys of the store: documents, topics, short numbers, index and secret prefixes.
 * A code is never given another meaning. */
#ifndef PALABRE_ASSEMBLY_KINDS_H
#define PALABRE_ASSEMBLY_KINDS_H

enum document_code {
    DOCUMENT_ORGANISATION = 1,
    DOCUMENT_MEMBER = 2,         /* what every member may see of a member */
    DOCUMENT_MEMBER_PRIVATE = 3, /* e-mail, shares, weight: admin and secretary, and the member */
    DOCUMENT_DEVICE = 4,
    DOCUMENT_PROPOSAL = 5,
    DOCUMENT_PROPOSAL_CARD = 6,
    DOCUMENT_SUPPORTERS = 7,
    DOCUMENT_COMMENT = 8,
    DOCUMENT_POLL = 9,
    DOCUMENT_POLL_CARD = 10,
    DOCUMENT_TURNOUT = 11,
    DOCUMENT_TALLY = 12, /* running counts, only of polls that show them */
    DOCUMENT_DECISION = 13,
    DOCUMENT_TASK = 14,
    DOCUMENT_TASK_VERSIONS = 20,    /* earlier texts of a to-do */
    DOCUMENT_PROPOSAL_VERSION = 16, /* one state of a text; in no topic, read on demand */
    DOCUMENT_ASKED = 26,            /* of a member: what they are asked about proposals */
    DOCUMENT_GROUP = 15,
    DOCUMENT_GROUP_MEMBERS = 27,    /* who is in a group, and who was asked */
    DOCUMENT_SETTINGS_HISTORY = 25, /* who changed what of the organisation; in no topic */
    /* Personal: in TABLE_PERSONAL (personal.h). */
    DOCUMENT_DRAFT = 32,
    DOCUMENT_READ_MARK = 33,
    DOCUMENT_NOTIFICATION = 34,
    DOCUMENT_PREFERENCES = 35,
    DOCUMENT_NEWCOMERS = 36,        /* of the organisation: who came lately and said who they are */
    DOCUMENT_COMMENT_VERSIONS = 17, /* in no topic: earlier wordings, and words that were removed */
    DOCUMENT_REPORT = 18,           /* of a reported thing, by its id */
    DOCUMENT_FILE = 19,             /* one attachment */
    DOCUMENT_MEMBER_HISTORY = 23,   /* who gave which role, who paused or left, when */
    DOCUMENT_RULE = 39,             /* a decision rule of the organisation, copied from a preset */
    DOCUMENT_OBJECTION = 41, /* of a ballot by consent: its reason, while it stands and after */
    DOCUMENT_MEETING = 43,
    DOCUMENT_MEETING_CARD = 44,
    DOCUMENT_PRESENCE = 45,       /* of a meeting: how many are there, and its quorum; no names */
    DOCUMENT_ATTENDANCE = 46,     /* of a member at a meeting: when they came and went */
    DOCUMENT_INCIDENT = 47,       /* what disturbed a meeting, and how many people */
    DOCUMENT_INCIDENT_NAMES = 48, /* of an incident: whom; for the officers */
    DOCUMENT_MINUTES = 49,        /* of a meeting */
    DOCUMENT_MEETING_CODE = 50,   /* of an open meeting: what those in the hall check in with */
    DOCUMENT_AGENDA_TEMPLATE = 51,
    DOCUMENT_MEETING_NOW =
        52, /* where a meeting stands, when that is newer than the meeting as sent */
    DOCUMENT_AGENDA_ITEM = 56, /* likewise of an item: its times, its outcome, its votes */
    DOCUMENT_ERASURE = 38, /* of an erased member: what went, and texts by others that name them */
};
enum topic_code {
    TOPIC_ORG = 1,       /* organisation, poll_card of drafts and open votes */
    TOPIC_PROPOSALS = 2, /* proposal_card, windowed */
    TOPIC_TASKS = 3,     /* task, windowed */
    TOPIC_DECISIONS = 4, /* decision, windowed */
    TOPIC_PROPOSAL =
        5, /* one: proposal, proposal_card, supporters, comments, its poll_cards, decisions, tasks */
    TOPIC_POLL = 6, /* one: poll, poll_card, turnout, tally, its decision, its proposals' cards */
    TOPIC_DECISION = 7,        /* one: decision, its tasks */
    TOPIC_ME = 8,              /* of a member: member, member_private, devices, asked */
    TOPIC_MEMBERS_PRIVATE = 9, /* member_private of all: admin, secretary */
    TOPIC_TASK = 10,           /* one task */
    TOPIC_GROUPS = 11,         /* group */
    TOPIC_GROUP = 12, /* one: group, group_members, its proposals' and votes' cards, its comments */
    TOPIC_PERSONAL = 14,   /* of a member: draft, read_mark, notification, preferences */
    TOPIC_MODERATION = 13, /* report, windowed; reported comments: facilitators */
    TOPIC_MEMBER = 17,     /* one: member, member_history; not for observers */
    TOPIC_ERASURES = 20,   /* erasure: administration, secretariat */
    TOPIC_MEETINGS = 21,   /* meeting_card, windowed */
    TOPIC_MEETING =
        22, /* one: meeting, meeting_now, agenda_items, presence, incidents, minutes once
                           sealed, its poll_cards, decisions, tasks */
    TOPIC_MEETING_DESK = 23, /* one: attendance, code, minutes; who runs it */
    TOPIC_SCREEN = 24,       /* one: meeting, meeting_now, agenda_items, presence, code, its polls,
                                turnouts, tallies, tasks */
    TOPIC_MEETING_OFFICE = 25, /* one: incident_names; its chair, secretary, scrutineers */
    TOPIC_OBJECTIONS = 41,     /* of a vote: its objections; for its roll, authors, facilitators */
    TOPIC_OBJECTION = 42,      /* one: objection, its comments; for the same */
    TOPIC_REVIEWS = 19, /* decisions whose date of review has come: facilitators, secretariat */
};
enum number_kind {
    NUMBER_NONE = 0,
    NUMBER_MEMBER = 1,
    NUMBER_PROPOSAL = 2,
    NUMBER_POLL = 3,
    NUMBER_DECISION = 4,
    NUMBER_TASK = 5,
    NUMBER_COMMENT = 6,
    NUMBER_GROUP = 7,
    NUMBER_MEETING = 8,
};

/* First byte of TABLE_INDEX keys. */
enum index_prefix {
    INDEX_DUE = 1,                /* at_ms u64 ‖ method NUL ‖ id */
    INDEX_DUE_OF = 2,             /* method NUL ‖ id → at_ms (as an id-sized value) */
    INDEX_MEMBER_BY_NUMBER = 3,   /* number u32 */
    INDEX_PROPOSAL_BY_NUMBER = 4, /* (2^32 − 1 − number) u32: newest first */
    INDEX_PROPOSAL_BY_STATE = 5,  /* state u8 ‖ inverse number u32 */
    INDEX_PROPOSAL_BY_THEME = 6,  /* hash8 of the theme ‖ inverse number u32 */
    INDEX_COMMENT_OF = 7,         /* kind u8 ‖ thing id ‖ seq u64 */
    INDEX_POLL_BY_NUMBER = 8,     /* inverse number u32 */
    INDEX_POLL_OF = 9,            /* proposal id ‖ poll id */
    INDEX_DECISION_BY_SEQ = 10,   /* inverse seq u64 */
    INDEX_TASK_BY_NUMBER = 11,    /* inverse number u32 */
    INDEX_TASK_FREE = 12,         /* inverse number u32 */
    INDEX_TASK_OF_MEMBER = 13,    /* member id ‖ inverse number u32 */
    INDEX_TASK_OF = 14,           /* kind u8 ‖ id ‖ task id */
    INDEX_TASK_BY_DUE = 15,       /* due_ms u64 ‖ task id: those not done */
    INDEX_TASK_BY_THEME = 37,     /* hash8 of the theme ‖ inverse number u32 */
    INDEX_TASK_MADE_BY = 38,      /* member id ‖ inverse number u32 */
    INDEX_TASK_BY_STATE = 39,     /* state u8 ‖ inverse number u32 */
    INDEX_TASK_ENDED = 40,        /* inverse ended_ms u64 ‖ task id: done and dropped ones */
    INDEX_MEMBER_OF_CLASS = 16,   /* class id ‖ member id */
    INDEX_ADMIN = 17,             /* member id: active or dormant admins */
    INDEX_SUPPORT = 18,           /* proposal id ‖ member id */
    INDEX_MEMBER_EXTERNAL = 19,   /* member id: authors of imported texts, who have no number */
    INDEX_RUNNING = 20,           /* poll id → u64 weights (abstain, blank, each option), and
                                     poll id ‖ member id → weight u64 ‖ choice */
    INDEX_POLL_WISH = 66,         /* poll id ‖ member id: asked for confidential ballots */
    INDEX_SETTING = 21,           /* name → value u64, as the end of an id */
    INDEX_THRESHOLD = 56,    /* → u32: supports a proposal needs, of the organisation document */
    INDEX_GROUP_MEMBER = 22, /* group id ‖ member id */
    INDEX_GROUP_OF_MEMBER = 23, /* member id ‖ group id */
    INDEX_GROUP = 24, /* 1 ‖ number u32; 2 ‖ parent id ‖ group id; 3 ‖ member id asked ‖ group id */
    INDEX_PROPOSAL_OF_AUTHOR = 25, /* member id ‖ inverse number u32 of a proposal */
    INDEX_PROPOSAL_RELATED = 26,   /* proposal id ‖ proposal id, a row each way */
    INDEX_COMMENT_ANSWER = 30,     /* comment id ‖ id of an answer to it */
    INDEX_REPORT_BY = 31,          /* thing id ‖ member id: who reported it */
    INDEX_REPORT = 32,             /* open u8 ‖ inverse ms u64 ‖ thing id */
    INDEX_NAME_WORD = 33,          /* word of a name, folded ‖ 0 ‖ member id; old names stay */
    /* 41 and 42 were words and documents of the index in an earlier form. */
    INDEX_SEARCHED_OF = 43, /* kind u8 ‖ id → search number u32 */
    INDEX_VOCABULARY = 57,  /* folded word → its stems (search_words.c) */
    INDEX_WORD = 58, /* class u8 ‖ folded word ‖ 0 ‖ inverse block u32 → its documents, likewise */
    INDEX_SEARCHED = 59,     /* search number u32 → what is searched and shown (search_row.c) */
    INDEX_ALIKE = 44,        /* search number u32 → proposal id ‖ hashes (search_alike.c) */
    INDEX_FILE_BY_HASH = 34, /* SHA-256 ‖ file id */
    INDEX_FILE_OF = 35,      /* kind u8 ‖ thing id ‖ file id */
    INDEX_MEMBER_BY_EMAIL = 51,   /* id from the hash of the address ‖ member id */
    INDEX_MEMBER_BY_NAME = 52,    /* folded name NUL ‖ member id: imported authors are not here */
    INDEX_MEMBER_ACTED = 53,      /* member id → u64 ms: their last act, to the day */
    INDEX_RESIDUE = 54,           /* seq u64 → JSON: what stays of an erased event (residue.c) */
    INDEX_ERASURE = 55,           /* member id: erased members */
    INDEX_MEETING_BY_NUMBER = 70, /* inverse number u32 */
    INDEX_PRESENT = 71,           /* meeting id ‖ member id: who is there now */
    INDEX_ATTENDANCE_OF = 72,     /* meeting id ‖ member id → attendance id */
    INDEX_HEADCOUNT = 73,         /* meeting id → sums of those present (meeting_presence.c) */
    INDEX_MEETING_OPEN = 74,      /* meeting id: meetings under way */
    INDEX_POLL_OF_MEETING = 75,   /* meeting id ‖ poll id */
    INDEX_PRESENT_AT_OPENING = 76, /* poll id ‖ member id: who was there when it opened */
    INDEX_INCIDENT_OF = 77,        /* meeting id ‖ ms u64 ‖ incident id */
    INDEX_INCIDENT_OF_POLL = 90,   /* poll id ‖ incident id */
    INDEX_INCIDENT_PERSON = 91,    /* poll id ‖ member id → incident id that counted them */
    INDEX_INCIDENT_REPORTED = 94,  /* poll id, else meeting id ‖ member id → incident id */
    INDEX_INCIDENT_SUM = 95,       /* poll id → people u64 ‖ weight u64 ‖ offered u8 */
    INDEX_INCIDENT_WEIGHT = 96,    /* incident id → u64: of those it kept from its vote */
    INDEX_TASK_OF_ITEM = 78,       /* meeting id ‖ item id ‖ task id */
    INDEX_AGENDA_TEMPLATE = 79,    /* template id */
    INDEX_MEETING_AHEAD = 80,      /* meeting id: planned and open ones */
    INDEX_MEETING_SECRETARY = 92,  /* member id ‖ meeting id: the role is theirs from it alone */
    INDEX_RULE = 61,               /* rule id: rules of the organisation */
    INDEX_OBJECTION = 63,          /* poll id ‖ member id for whom it was cast → objection */
    INDEX_OBJECTION_BY = 64,       /* objection id → member id who raised it */
};
/* First byte of TABLE_SECRET keys. */
enum secret_prefix {
    SECRET_SERVER = 1,          /* → 32 random bytes: from it link tokens are derived */
    SECRET_INVITE = 2,          /* hash of a link token → invitation */
    SECRET_SESSION = 3,         /* hash of a session token → session */
    SECRET_SESSION_OF = 4,      /* member id ‖ hash → empty */
    SECRET_LOT = 5,             /* poll id → s₁₆ ‖ next link u8 */
    SECRET_INVITE_OF = 6,       /* member id ‖ hash → empty */
    SECRET_TOKEN = 7,           /* hash of an access token → member id ‖ token id */
    SECRET_TOKEN_OF = 8,        /* member id ‖ token id → token */
    SECRET_SCREEN = 21,         /* hash of a screen's code → meeting id */
    SECRET_SCREEN_OF = 22,      /* meeting id → ids of commands that made its codes */
    SECRET_SCREEN_SESSION = 23, /* hash of a session token → hash of the code, opened_ms */
    SECRET_ANSWER = 24, /* caller id ‖ command id, of a command that changed nothing → digest */
    SECRET_ANSWER_ORDER = 25, /* number u64 → caller id ‖ command id: which of them goes first */
    SECRET_UPLOAD = 20,       /* SHA-256 ‖ member id → until_ms, size, type, width, height */
};

#endif
