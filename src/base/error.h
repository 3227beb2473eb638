/* The one error idiom: a function returns an `enum error`, 0 = done. Each value has a stable reason that
 * clients translate and never parse out of messages. One table, published in the OpenRPC document. */
#ifndef PALABRE_BASE_ERROR_H
#define PALABRE_BASE_ERROR_H

/* name, reason, English sentence for logs and scripts. The only X-macro of the program. */
#define ERROR_LIST(X)                                                                              \
    X(INPUT_TOO_BIG, "input.too_big", "more bytes than allowed")                                   \
    X(INPUT_BAD_UTF8, "input.bad_utf8", "not valid UTF-8")                                         \
    X(INPUT_BAD_JSON, "input.bad_json", "not valid JSON")                                          \
    X(INPUT_TOO_DEEP, "input.too_deep", "JSON nested deeper than allowed")                         \
    X(INPUT_DUPLICATE_KEY, "input.duplicate_key", "a key stands twice in an object")               \
    X(INPUT_BAD_REQUEST, "input.bad_request", "not a JSON-RPC 2.0 request")                        \
    X(INPUT_UNKNOWN_FIELD, "input.unknown_field", "a field the method does not know")              \
    X(INPUT_MISSING_FIELD, "input.missing_field", "a field the method needs is missing")           \
    X(INPUT_BAD_VALUE, "input.bad_value", "a value out of its range or of another type")           \
    X(METHOD_UNKNOWN, "method.unknown", "no such method")                                          \
    X(SESSION_NONE, "session.none", "no session")                                                  \
    X(SESSION_EXPIRED, "session.expired", "the session is over")                                   \
    X(ORIGIN_REFUSED, "origin.refused", "this origin may not call")                                \
    X(CSRF_MISSING, "csrf.missing", "the header X-Palabre-CSRF is missing")                        \
    X(RIGHT_MISSING, "right.missing", "your roles do not allow this")                              \
    X(CONFLICT, "conflict", "the same id or command with another content")                         \
    X(RATE_LIMITED, "rate.limited", "too many commands; wait retry_after_ms")                      \
    X(TOKEN_UNKNOWN, "token.unknown", "no such access token")                                      \
    X(TOKEN_TOO_MANY, "token.too_many", "at most 20 access tokens in use")                         \
    X(TOKEN_OUT_OF_SCOPE, "token.out_of_scope", "the access token does not reach this far")        \
    X(FEED_FULL, "feed.full", "as many polls are held as may be; ask with wait=0")                 \
    X(STORAGE_FULL, "storage.full", "no space left for writing; reading goes on")                  \
    X(STORAGE_FAILED, "storage.failed", "the store could not be read or written")                  \
    X(STORAGE_NEWER, "storage.newer", "the folder was written by a newer version")                 \
    X(STORAGE_LOCKED, "storage.locked", "another process serves this folder")                      \
    X(STORAGE_CORRUPT, "storage.corrupt", "the store holds what cannot be")                        \
    X(SERVER_STOPPING, "server.stopping", "the server is stopping; try again in a moment")         \
    X(ORGANISATION_LAST_ADMIN, "organisation.last_admin",                                          \
      "at least one administrator must remain")                                                    \
    X(INVITE_UNKNOWN, "invite.unknown", "this link is not known")                                  \
    X(INVITE_USED, "invite.used", "this link has been used")                                       \
    X(INVITE_EXPIRED, "invite.expired", "this link is too old")                                    \
    X(INVITE_NAME_NEEDED, "invite.name_needed", "give a name when joining")                        \
    X(MEMBER_UNKNOWN, "member.unknown", "no such member")                                          \
    X(MEMBER_BAD_STATE, "member.bad_state", "the member's status does not allow this")             \
    X(CLASS_UNKNOWN, "class.unknown", "no such class of members")                                  \
    X(CLASS_IN_USE, "class.in_use", "members belong to this class")                                \
    X(RULE_UNKNOWN, "rule.unknown", "no such preset, and no such rule of the organisation")        \
    X(RULE_BAD_STATE, "rule.bad_state",                                                            \
      "the rule does not allow this: retired, not confirmed, or without a second call")            \
    X(RULE_FULL, "rule.full", "an organisation has at most 100 rules of its own")                  \
    X(PROPOSAL_UNKNOWN, "proposal.unknown", "no such proposal")                                    \
    X(PROPOSAL_BAD_STATE, "proposal.bad_state", "the proposal's state does not allow this")        \
    X(PROPOSAL_STALE, "proposal.stale", "the text changed since the version you revised")          \
    X(PROPOSAL_REASON_NEEDED, "proposal.reason_needed", "this step needs a reason")                \
    X(PROPOSAL_VERSION_UNKNOWN, "proposal.version_unknown", "no such version, or it was erased")   \
    X(PROPOSAL_TOO_MANY_AUTHORS, "proposal.too_many_authors", "at most 20 write one proposal")     \
    X(PROPOSAL_LAST_AUTHOR, "proposal.last_author", "its only author cannot leave")                \
    X(PROPOSAL_NOT_ASKED, "proposal.not_asked", "nobody asked this, or it is answered")            \
    X(PROPOSAL_NOT_SILENT, "proposal.not_silent", "its authors are not silent")                    \
    X(PROPOSAL_TOO_MANY_RELATED, "proposal.too_many_related",                                      \
      "related to more proposals than allowed")                                                    \
    X(COMMENT_UNKNOWN, "comment.unknown", "no such comment")                                       \
    X(COMMENT_BAD_PARENT, "comment.bad_parent", "the comment answered is not in this discussion")  \
    X(COMMENT_REMOVED, "comment.removed", "the comment was removed")                               \
    X(COMMENT_TOO_LATE, "comment.too_late",                                                        \
      "answered by now, or posted too long ago to be taken back unseen")                           \
    X(COMMENT_NOT_REMOVED, "comment.not_removed",                                                  \
      "the comment stands; there is nothing to restore")                                           \
    X(COMMENT_TOO_MANY_MENTIONS, "comment.too_many_mentions",                                      \
      "more than 20 people and groups are named")                                                  \
    X(OBJECTION_UNKNOWN, "objection.unknown", "no such objection")                                 \
    X(REPORT_UNKNOWN, "report.unknown", "nobody reported this")                                    \
    X(REPORT_TWICE, "report.twice", "you have reported this already")                              \
    X(REPORT_BAD_STATE, "report.bad_state", "facilitation has dealt with this report")             \
    X(REPORT_FULL, "report.full", "reported often enough: facilitation knows")                     \
    X(SCREEN_UNKNOWN, "screen.unknown", "not the code of a screen, or its meeting is over")        \
    X(SCREEN_SIGNED_IN, "screen.signed_in",                                                        \
      "this browser has a session of a member who does not look after the meeting")                \
    X(INCIDENT_TWICE, "incident.twice", "you have reported this already")                          \
    X(MEETING_UNKNOWN, "meeting.unknown", "no such meeting")                                       \
    X(MEETING_BAD_STATE, "meeting.bad_state", "the meeting's state does not allow this")           \
    X(MEETING_BAD_AGENDA, "meeting.bad_agenda", "an item of the agenda is unknown, or misplaced")  \
    X(MEETING_FULL, "meeting.full", "as many meetings are planned as there may be")                \
    X(MEETING_BELOW_QUORUM, "meeting.below_quorum",                                                \
      "the quorum is not met: the chair has to say that this was seen")                            \
    X(MINUTES_UNKNOWN, "minutes.unknown", "this meeting has no minutes that you may read")         \
    X(MINUTES_SEALED, "minutes.sealed", "the minutes are sealed")                                  \
    X(MINUTES_STALE, "minutes.stale",                                                              \
      "the record says more than these minutes: make their facts again")                           \
    X(MINUTES_TIE_OPEN, "minutes.tie_open", "a tie of the meeting waits for the chair's word")     \
    X(MINUTES_FACT_ALTERED, "minutes.fact_altered",                                                \
      "a fact from the record is missing, moved or altered")                                       \
    X(ATTENDANCE_BAD_CODE, "attendance.bad_code", "not the code of this meeting")                  \
    X(ATTENDANCE_NOT_PRESENT, "attendance.not_present", "this member is not there")                \
    X(GROUP_UNKNOWN, "group.unknown", "no such group")                                             \
    X(GROUP_BAD_STATE, "group.bad_state", "the group is archived, or it is not")                   \
    X(GROUP_TOO_DEEP, "group.too_deep", "groups nest at most five deep, and never in a circle")    \
    X(GROUP_FULL, "group.full", "no room for one more")                                            \
    X(GROUP_TOO_MANY, "group.too_many", "you have started ten groups since yesterday")             \
    X(GROUP_NOT_MEMBER, "group.not_member", "this person is not in the group")                     \
    X(DECISION_UNKNOWN, "decision.unknown", "no such decision")                                    \
    X(NOTIFICATION_UNKNOWN, "notification.unknown", "no such notification")                        \
    X(TASK_UNKNOWN, "task.unknown", "no such to-do")                                               \
    X(TASK_BAD_STATE, "task.bad_state", "the to-do's state does not allow this")                   \
    X(TASK_SEVERAL_NAMES, "task.several_names",                                                    \
      "several members may be meant by a name in the line: choose among them")                     \
    X(TASK_REASON_NEEDED, "task.reason_needed", "this step needs a reason")                        \
    X(FILE_UNKNOWN, "file.unknown", "no such file, or its bytes have not been sent")               \
    X(FILE_EMPTY, "file.empty", "the file holds nothing")                                          \
    X(FILE_TOO_BIG, "file.too_big", "a file has at most 10 MiB")                                   \
    X(FILE_UNKNOWN_TYPE, "file.unknown_type", "files of this kind cannot be attached")             \
    X(FILE_BROKEN, "file.broken", "the file is cut or damaged")                                    \
    X(FILE_BAD_TEXT, "file.bad_text", "a text file must be UTF-8")                                 \
    X(FILE_BAD_NAME, "file.bad_name", "a name without folders and control characters is needed")   \
    X(FILE_TOO_MANY_PIXELS, "file.too_many_pixels", "a picture has at most 50 megapixels")         \
    X(FILE_TOO_MANY, "file.too_many", "at most 20 files are attached to one thing")                \
    X(FILE_FULL, "file.full", "the organisation's room for files is used up")                      \
    X(FILE_BUSY, "file.busy", "too many files are being sent; try again in a moment")              \
    X(TOPIC_UNKNOWN, "topic.unknown", "no such topic")                                             \
    X(POLL_UNKNOWN, "poll.unknown", "no such vote")                                                \
    X(POLL_NOT_OPEN, "poll.not_open", "the vote has not opened")                                   \
    X(POLL_CLOSED, "poll.closed", "the vote is closed")                                            \
    X(POLL_BAD_STATE, "poll.bad_state", "the vote's state does not allow this")                    \
    X(POLL_BAD_TIME, "poll.bad_time", "the time given does not fit the vote")                      \
    X(POLL_WRONG_DEFINITION, "poll.wrong_definition", "another definition of the vote")            \
    X(POLL_WRONG_ROLL, "poll.wrong_roll", "the roll does not fit the definition")                  \
    X(POLL_EMPTY_ROLL, "poll.empty_roll", "nobody may vote")                                       \
    X(POLL_MODE_UNAVAILABLE, "poll.mode_unavailable",                                              \
      "this secrecy mode is not offered; vote on paper")                                           \
    X(POLL_METHOD_UNAVAILABLE, "poll.method_unavailable", "this counting method is not offered")   \
    X(POLL_TOO_FEW_FOR_CONFIDENTIAL, "poll.too_few_for_confidential",                              \
      "fewer than 5 voters: a confidential vote would show who voted what")                        \
    X(POLL_NO_EXTENSION, "poll.no_extension", "votes are not extended here")                       \
    X(POLL_EXTENDED_TWICE, "poll.extended_twice", "a vote is extended once at most")               \
    X(POLL_NO_LOT_LEFT, "poll.no_lot_left", "no committed lot secret is left")                     \
    X(POLL_TOO_MANY_OPEN, "poll.too_many_open", "five votes are open in this meeting already")     \
    X(POLL_NO_SHARES, "poll.no_shares",                                                            \
      "the rule asks for a quorum of shares, and nobody on the roll has any")                      \
    X(POLL_SHOWN, "poll.shown", "its result was shown: ask again by a new vote")                   \
    X(BALLOT_NOT_PRESENT, "ballot.not_present",                                                    \
      "a vote of a meeting is for those who were there when it opened, and still are")             \
    X(BALLOT_MALFORMED, "ballot.malformed", "not a ballot")                                        \
    X(BALLOT_BAD_SIGNATURE, "ballot.bad_signature", "the signature is not good")                   \
    X(BALLOT_WRONG_ORG, "ballot.wrong_org", "a ballot of another organisation")                    \
    X(BALLOT_WRONG_POLL, "ballot.wrong_poll", "a ballot of another vote")                          \
    X(BALLOT_WRONG_DEFINITION, "ballot.wrong_definition", "a ballot for another definition")       \
    X(BALLOT_NOT_ON_ROLL, "ballot.not_on_roll", "not on the roll of this vote")                    \
    X(BALLOT_WRONG_WEIGHT, "ballot.wrong_weight", "another weight than on the roll")               \
    X(BALLOT_STALE_COUNTER, "ballot.stale_counter", "a later ballot is recorded")                  \
    X(BALLOT_COUNTER_JUMP, "ballot.counter_jump", "the counter jumps too far")                     \
    X(BALLOT_ALREADY_CAST, "ballot.already_cast", "ballots of this vote cannot be changed")        \
    X(BALLOT_UNKNOWN_HISTORY, "ballot.unknown_history",                                            \
      "the record this device saw is not this one")                                                \
    X(BALLOT_BAD_CHOICE, "ballot.bad_choice", "not a choice of this vote")                         \
    X(BALLOT_NOTE_MISSING, "ballot.note_missing", "an objection needs its reason")                 \
    X(BALLOT_BAD_NOTE, "ballot.bad_note", "the reason does not fit the ballot")                    \
    X(KEY_UNKNOWN, "key.unknown", "this device's key is not in the record")                        \
    X(KEY_WRONG_MEMBER, "key.wrong_member", "the key belongs to another member")                   \
    X(KEY_REVOKED, "key.revoked", "the key was revoked")                                           \
    X(KEY_WRONG_SCOPE, "key.wrong_scope", "the card belongs to another meeting")                   \
    X(KEY_CARD_USED, "key.card_used", "the card has voted in this vote")                           \
    X(KEY_BAD_POINT, "key.bad_point", "not a usable public key")                                   \
    X(KEY_TWICE, "key.twice", "the key is or was in the record")                                   \
    X(KEY_BAD_PROOF, "key.bad_proof", "the proof of possession is not good")                       \
    X(KEY_ADDED_MALFORMED, "key-added.malformed", "not a key enrolment")                           \
    X(KEY_REVOKED_MALFORMED, "key-revoked.malformed", "not a key revocation")                      \
    X(GENESIS_MALFORMED, "genesis.malformed", "not a genesis event")                               \
    X(MEMBER_MALFORMED, "member.malformed", "not a member event")                                  \
    X(ROLL_MALFORMED, "roll.malformed", "not a roll")                                              \
    X(ROLL_ADDED_MALFORMED, "roll-added.malformed", "not an addition to a roll")                   \
    X(POLL_DEFINED_MALFORMED, "poll-defined.malformed", "not a definition of a vote")              \
    X(POLL_OPENED_MALFORMED, "poll-opened.malformed", "not an opening")                            \
    X(POLL_CLOSED_MALFORMED, "poll-closed.malformed", "not a closing")                             \
    X(POLL_EXTENDED_MALFORMED, "poll-extended.malformed", "not an extension")                      \
    X(POLL_REOPENED_MALFORMED, "poll-reopened.malformed", "not a reopening")                       \
    X(POLL_CANCELLED_MALFORMED, "poll-cancelled.malformed", "not a cancellation")                  \
    X(MANDATE_MALFORMED, "mandate.malformed", "not a proxy")                                       \
    X(MANDATE_BAD_PARTIES, "mandate.bad_parties", "giver and holder must be two members")          \
    X(MANDATE_BAD_SIGNATURE, "mandate.bad_signature", "a signature on the proxy is not good")      \
    X(MANDATE_BAD_SIGNER, "mandate.bad_signer", "these keys may not sign the proxy")               \
    X(MANDATE_TWICE, "mandate.twice", "this proxy is or was in the record")                        \
    X(MANDATE_BAD_NOTE, "mandate.bad_note", "the instructions do not fit the proxy")               \
    X(MANDATE_UNKNOWN, "mandate.unknown", "no such proxy, or it has ended")                        \
    X(MANDATE_ACTIVE, "mandate.active", "a proxy is active: end it first")                         \
    X(MANDATE_NOT_ALLOWED, "mandate.not_allowed", "this vote does not allow the proxy")            \
    X(MANDATE_NOT_ACTIVE, "mandate.not_active", "the proxy is not active")                         \
    X(MANDATE_WRONG_HOLDER, "mandate.wrong_holder", "another member holds the proxy")              \
    X(MANDATE_GIVER_VOTED, "mandate.giver_voted", "the member represented has voted")              \
    X(MANDATE_TOO_MANY, "mandate.too_many", "more members represented than allowed")               \
    X(RESULT_MALFORMED, "result.malformed", "not a result")                                        \
    X(RESULT_BAD_LOT, "result.bad_lot", "the lot secret does not fit the commitment")              \
    X(RESULT_DIFFERS, "result.differs", "the recount gives another result")                        \
    X(ERASURE_BAD, "erasure.bad", "not an erasure")                                                \
    X(ERASURE_NOT_DONE, "erasure.not_done", "something is shown that was erased")                  \
    X(EPOCH_MALFORMED, "epoch.malformed", "not an epoch event")                                    \
    X(EPOCH_BAD, "epoch.bad", "the epoch does not follow the one before it")                       \
    X(BATCH_MALFORMED, "batch.malformed", "not a paper batch")                                     \
    X(BATCH_BAD_SIGNATURE, "batch.bad_signature", "a signature on the batch is not good")          \
    X(BATCH_BAD_SIGNER, "batch.bad_signer", "these keys may not sign the batch")                   \
    X(BATCH_WRONG_POLL, "batch.wrong_poll", "a batch of another vote")                             \
    X(BATCH_STALE_VERSION, "batch.stale_version", "not the next version of this batch")            \
    X(BATCH_BAD_VOTERS, "batch.bad_voters",                                                        \
      "the voters listed do not fit the roll or are in another batch")                             \
    X(BATCH_BAD_CHOICE, "batch.bad_choice", "not a choice of this vote")                           \
    X(BATCH_WRONG_SUM, "batch.wrong_sum", "the papers do not add up to the voters listed")         \
    X(EVENT_BAD_LEAF, "event.bad_leaf", "not a leaf of the record")                                \
    X(EVENT_TIME_ORDER, "event.time_order", "an event older than the one before it")               \
    X(EVENT_BAD_COMMITMENT, "event.bad_commitment", "the opening does not fit the leaf")           \
    X(CHECKPOINT_BAD, "checkpoint.bad", "not a checkpoint of this record")                         \
    X(RECEIPT_MALFORMED, "receipt.malformed", "not a receipt")                                     \
    X(RECEIPT_WRONG_LOG, "receipt.wrong_log", "a receipt of another record")                       \
    X(RECEIPT_BAD_CHECKPOINT, "receipt.bad_checkpoint", "the receipt's seal is not good")          \
    X(RECEIPT_BAD_COMMITMENT, "receipt.bad_commitment",                                            \
      "the receipt's ballot does not fit its leaf")                                                \
    X(RECEIPT_NOT_MINE, "receipt.not_mine", "a receipt for another ballot")                        \
    X(RECEIPT_NOT_INCLUDED, "receipt.not_included", "the ballot is not under the receipt's seal")  \
    X(IMPORT_UNREADABLE, "import.unreadable", "the source cannot be read")                         \
    X(LOG_BAD_RANGE, "log.bad_range", "no such sizes of the record")

enum error {
    ERROR_NONE = 0,
#define ERROR_ENUM(name, reason, sentence) ERROR_##name,
    ERROR_LIST(ERROR_ENUM)
#undef ERROR_ENUM
        ERROR_COUNT /* number of values, not an error */
};

/* The stable reason, e.g. "poll.closed"; "" for ERROR_NONE. Static. Any thread. */
const char *error_reason(enum error error);
/* One English sentence without a full stop. Static. Any thread. */
const char *error_sentence(enum error error);
/* The error with this reason, or ERROR_COUNT. Any thread. */
enum error error_find(const char *reason);

#endif
