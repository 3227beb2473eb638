/* The reference: each rule once, in the order in which its refusals are promised (docs/ledger.md, docs/protocol.md).
 * Values are plain numbers and the whole is one struct, so that taking a transaction back is an assignment.
 * Start at model_do(). */
#include "tests/simulation/model.h"

#include <string.h>

enum { COUNTER_STEP = 100, KEYS_EACH = 100 };

void model_open(struct model *model, uint64_t now_ms)
{
    memset(model, 0, sizeof *model);
    model->now_ms = model->last_ms = now_ms;
}

int model_join(struct model *model, bool observer, bool facilitator, unsigned weight)
{
    int member = model->members++;
    model->active[member] = true;
    model->observer[member] = observer;
    model->facilitator[member] = facilitator;
    model->weight[member] = weight;
    return member;
}

static void wrote(struct model *model)
{
    model->last_ms = model->now_ms;
}

static void close_due(struct model *model)
{
    for (int at = 0; at < MODEL_POLLS; at++) {
        struct model_poll *poll = &model->polls[at];
        if (poll->state == POLL_OPEN && poll->closes_ms != 0 && poll->closes_ms <= model->now_ms) {
            poll->state = POLL_CLOSED;
            wrote(model);
        }
        if (poll->state == POLL_CLOSED) {
            poll->state = POLL_COUNTED;
            wrote(model);
        }
    }
}

void model_begin(struct model *model, uint64_t now_ms)
{
    model->now_ms = now_ms > model->last_ms ? now_ms : model->last_ms;
    close_due(model);
}

void model_end(struct model *model)
{
    close_due(model);
}

/* ---- votes ---- */

static void open_poll(struct model *model, struct model_poll *poll)
{
    poll->state = POLL_OPEN;
    poll->opened = true;
    for (int member = 0; member < model->members; member++) {
        bool votes = model->active[member] && !model->observer[member];
        poll->roll[member] = votes ? model->weight[member] : 0;
    }
}

static const char *manage(struct model *model, const struct model_act *act)
{
    struct model_poll *poll = &model->polls[act->poll];
    bool by_hand = poll->closes_ms == 0;
    if (model->observer[act->caller]) {
        return "right.missing";
    }
    if (act->what != ACT_DEFINE && poll->state == POLL_ABSENT) {
        return "poll.unknown";
    }
    if (!model->facilitator[act->caller]) {
        return "right.missing";
    }
    switch (act->what) {
    case ACT_DEFINE:
        if (poll->state != POLL_ABSENT && poll->state != POLL_DRAFT) {
            return "conflict";
        }
        if (act->closes_ms != 0 && act->closes_ms <= model->now_ms) {
            return "poll.bad_time";
        }
        *poll = (struct model_poll){.state = POLL_DRAFT,
                                    .closes_ms = act->closes_ms,
                                    .revote = act->revote,
                                    .straw = act->straw};
        return "";
    case ACT_OPEN:
        if (poll->state != POLL_DRAFT) {
            return "poll.bad_state";
        }
        if (!by_hand && poll->closes_ms <= model->now_ms) {
            return "poll.bad_time";
        }
        open_poll(model, poll);
        return "";
    case ACT_CLOSE:
        if (poll->state != POLL_OPEN) {
            return "poll.bad_state";
        }
        poll->state = POLL_CLOSED;
        return "";
    case ACT_EXTEND:
        if (poll->state != POLL_OPEN) {
            return "poll.bad_state";
        }
        if (poll->extended) {
            return "poll.extended_twice";
        }
        if (by_hand || act->closes_ms <= poll->closes_ms || act->closes_ms <= model->now_ms) {
            return "poll.bad_time";
        }
        poll->extended = true;
        poll->closes_ms = act->closes_ms;
        return "";
    default: /* ACT_CANCEL */
        if (poll->state == POLL_COUNTED || poll->state == POLL_CANCELLED) {
            return "poll.bad_state";
        }
        poll->state = POLL_CANCELLED;
        return "";
    }
}

/* ---- members and keys ---- */

static const char *leave(struct model *model, const struct model_act *act)
{
    if (act->caller != act->member && !model->facilitator[act->caller]) {
        return "right.missing";
    }
    if (!model->active[act->member]) {
        return "member.bad_state";
    }
    if (model->facilitator[act->member]) {
        return "organisation.last_admin"; /* there is one, who is both */
    }
    model->active[act->member] = false;
    for (int key = 0; key < model->keys; key++) {
        model->revoked[key] |= model->enrolled[key] && model->owner[key] == act->member;
    }
    return "";
}

static const char *enrol(struct model *model, const struct model_act *act, int number, int *as)
{
    int count = 0;
    if (model->observer[act->caller]) {
        return "right.missing";
    }
    if (model->enrolled[act->key]) {
        *as = model->by_key[act->key];
        return model->owner[act->key] == act->caller ? "" : "key.twice";
    }
    for (int key = 0; key < model->keys; key++) {
        count += model->enrolled[key] && !model->revoked[key] && model->owner[key] == act->caller;
    }
    if (count >= KEYS_EACH) {
        return "input.too_big";
    }
    model->enrolled[act->key] = true;
    model->owner[act->key] = act->caller;
    model->by_key[act->key] = number;
    return "";
}

static const char *revoke(struct model *model, const struct model_act *act)
{
    if (model->observer[act->caller] && !model->facilitator[act->caller]) {
        return "right.missing";
    }
    if (!model->enrolled[act->key]) {
        return "key.unknown";
    }
    if (model->revoked[act->key]) {
        return "key.revoked";
    }
    if (model->owner[act->key] != act->caller && !model->facilitator[act->caller]) {
        return "right.missing";
    }
    model->revoked[act->key] = true;
    return "";
}

/* ---- ballots ---- */

static const char *judge(const struct model *model, const struct model_act *act)
{
    const struct model_poll *poll = &model->polls[act->poll];
    unsigned last = poll->counter[act->voter];
    if (act->bad_signature) {
        return "ballot.bad_signature";
    }
    if (act->other_organisation) {
        return "ballot.wrong_org";
    }
    if (act->signed_poll != act->poll) {
        return "ballot.wrong_poll";
    }
    if (!poll->opened) {
        return "poll.not_open";
    }
    if (poll->state != POLL_OPEN) {
        return "poll.closed";
    }
    if (act->other_definition) {
        return "ballot.wrong_definition";
    }
    if (!model->enrolled[act->key]) {
        return "key.unknown";
    }
    if (model->owner[act->key] != act->voter) {
        return "key.wrong_member";
    }
    if (model->revoked[act->key]) {
        return "key.revoked";
    }
    if (poll->roll[act->voter] == 0) {
        return "ballot.not_on_roll";
    }
    if (poll->roll[act->voter] != act->weight) {
        return "ballot.wrong_weight";
    }
    if (last > 0 && !poll->revote) {
        return "ballot.already_cast";
    }
    if (act->counter <= last) {
        return "ballot.stale_counter";
    }
    if (act->counter - last > COUNTER_STEP) {
        return "ballot.counter_jump";
    }
    return act->choice == CHOOSE_NONSENSE ? "ballot.bad_choice" : "";
}

static const char *cast(struct model *model, const struct model_act *act, int number, int *as)
{
    struct model_poll *poll = &model->polls[act->poll];
    if (poll->state == POLL_ABSENT) {
        return "poll.unknown";
    }
    if (poll->by_bytes[act->bytes] != 0) {
        *as = poll->by_bytes[act->bytes] - 1;
        return "";
    }
    const char *reason = judge(model, act);
    if (reason[0] == 0) {
        poll->by_bytes[act->bytes] = 1 + number;
        poll->counter[act->voter] = act->counter;
        poll->choice[act->voter] = act->choice;
    }
    return reason;
}

/* ---- all ---- */

static bool same(const struct model_act *one, const struct model_act *other)
{
    return one->what == other->what && one->poll == other->poll && one->key == other->key &&
           one->member == other->member && one->closes_ms == other->closes_ms &&
           one->revote == other->revote && one->straw == other->straw;
}

static const char *do_keyed(struct model *model, const struct model_act *act, int number, int *as)
{
    int *known = &model->by_command[act->command];
    const char *reason;
    if (*known != 0 && model->commands[act->command].caller == act->caller) {
        *as = *known - 1;
        return same(act, &model->commands[act->command]) ? "" : "conflict";
    }
    if (!model->active[act->caller]) {
        return "right.missing";
    }
    reason = act->what == ACT_LEAVE    ? leave(model, act)
             : act->what == ACT_REVOKE ? revoke(model, act)
                                       : manage(model, act);
    if (reason[0] == 0) {
        *known = 1 + number;
        model->commands[act->command] = *act;
    }
    return reason;
}

const char *model_do(struct model *model, const struct model_act *act, int number, int *as)
{
    const char *reason;
    *as = number;
    if (act->what != ACT_CAST && act->what != ACT_ENROL) {
        reason = do_keyed(model, act, number, as);
    } else if (!model->active[act->caller]) {
        reason = "right.missing";
    } else {
        reason =
            act->what == ACT_CAST ? cast(model, act, number, as) : enrol(model, act, number, as);
    }
    if (reason[0] == 0 && *as == number) {
        wrote(model);
    }
    return reason;
}

struct model_tally model_count(const struct model_poll *poll)
{
    struct model_tally tally = {0};
    for (int member = 0; member < MODEL_MEMBERS; member++) {
        if (poll->counter[member] == 0) {
            continue;
        }
        unsigned weight = poll->roll[member];
        tally.heads++;
        tally.yes += poll->choice[member] == CHOOSE_YES ? weight : 0;
        tally.no += poll->choice[member] == CHOOSE_NO ? weight : 0;
        tally.blank += poll->choice[member] == CHOOSE_BLANK ? weight : 0;
        tally.abstain += poll->choice[member] == CHOOSE_ABSTAIN ? weight : 0;
    }
    tally.adopted = tally.yes > tally.no;
    return tally;
}
