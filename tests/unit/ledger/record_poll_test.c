#include "tests/unit/ledger/ledger_fixture.h"

#include "ledger/record_state.h"

/* Small records made here, event by event, for what the worked ones do not show. Signatures of ballots are taken as
 * checked: what is tested is where an event may stand. */

enum { MEMBERS = 4, START = 1000 };

struct hall {
    struct scratch scratch;
    struct id org, poll, meeting;
    struct key_pair keys[MEMBERS];
    struct definition definition;
    struct definition_option options[3];
    struct slice labels[3];
    struct definition_language language;
    struct hash links[LOT_CHAIN + 1];
    struct hash poll_hash;
    struct buffer payload; /* of the event being made */
    uint64_t now;
};

static struct id member_id(unsigned index)
{
    return (struct id){{(uint8_t)(index + 1)}};
}

static enum error judge_as(struct hall *hall, uint8_t type, struct slice payload)
{
    const struct event_kind *kind = event_kind_of(type);
    struct event event = {.type = type, .payload = payload};
    event.poll = kind->has_poll ? hall->poll : event.poll;
    struct record_at at = {.seq = ledger_next(hall->scratch.ledger),
                           .time_ms = hall->now,
                           .signature_known_good = true};
    return record_judge(hall->scratch.txn, &event, &at);
}

/* The event takes its place; absent = its opening is not there. */
static void add_as(struct hall *hall, uint8_t type, struct slice payload, bool absent)
{
    static const uint8_t salt[SALT_SIZE] = {1};
    const struct event_kind *kind = event_kind_of(type);
    struct event event = {.type = type, .payload = payload};
    event.poll = kind->has_poll ? hall->poll : event.poll;
    struct record_at at = {.seq = ledger_next(hall->scratch.ledger), .time_ms = hall->now};
    struct event seen = event;
    ledger_set_time(hall->scratch.ledger, hall->now);
    ledger_append(hall->scratch.ledger, hall->scratch.txn, &event, salt);
    seen.payload = absent ? slice_of(NULL, 0) : payload;
    record_apply(hall->scratch.txn, &seen, &at);
}

static void add(struct hall *hall, uint8_t type)
{
    struct slice payload = buffer_slice(&hall->payload);
    assert_reason(judge_as(hall, type, payload), "");
    add_as(hall, type, payload, false);
}

static enum error judge(struct hall *hall, uint8_t type)
{
    return judge_as(hall, type, buffer_slice(&hall->payload));
}

static void hall_open(struct hall *hall)
{
    static const uint8_t salt[SALT_SIZE] = {0};
    *hall = (struct hall){.org = {{1}}, .poll = {{9}}, .meeting = {{8}}, .now = START};
    scratch_open(&hall->scratch);
    buffer_init(&hall->payload, 1U << 20);
    struct scratch *scratch = &hall->scratch;
    scratch_begin(scratch);
    assert_reason(ledger_create(scratch->txn, hall->org, slice_text("a.example/1"), &scratch->key,
                                START, salt),
                  "");
    assert_reason(ledger_open(scratch->txn, &scratch->key, &scratch->ledger), "");
    ledger_begin(scratch->ledger, START);
    for (unsigned i = 0; i < MEMBERS; i++) {
        struct payload_member member = {member_id(i), MEMBER_ACTIVE, ROLE_MEMBER};
        uint8_t seed[SEED_SIZE] = {(uint8_t)(i + 1)};
        hall->keys[i] = crypto_key_pair(seed);
        buffer_clear(&hall->payload);
        payload_encode_member(&hall->payload, &member);
        add(hall, EVENT_MEMBER);
        struct payload_key_added key = {.org = hall->org,
                                        .member = member_id(i),
                                        .pk = hall->keys[i].public_key,
                                        .kind = KEY_DEVICE,
                                        .via = VIA_INVITATION};
        buffer_clear(&hall->payload);
        payload_key_body(&hall->payload, &key);
        crypto_sign(&hall->keys[i], buffer_slice(&hall->payload), key.proof);
        buffer_clear(&hall->payload);
        payload_encode_key_added(&hall->payload, &key);
        add(hall, EVENT_KEY_ADDED);
    }
    const struct hash last = {{5}};
    lot_chain(&last, hall->links);
    for (unsigned i = 0; i < 3; i++) {
        hall->options[i].id.bytes[0] = (uint8_t)(i + 1);
        hall->labels[i] = slice_text("x");
    }
    hall->language = (struct definition_language){
        .code = slice_text("nl"), .question = slice_text("?"), .labels = hall->labels};
    hall->definition = (struct definition){
        .org = hall->org,
        .poll = hall->poll,
        .meeting = hall->meeting,
        .mode = MODE_NAMED,
        .kind = 1,
        .body = 1,
        .method = 1,
        .form = FORM_YES_NO,
        .flags = FLAG_REVOTE | FLAG_LATE,
        .seats = 1,
        .lot_commit = hall->links[0],
        .rule = {.name = slice_text("r"), .tie = 2},
        .options = hall->options,
        .n_language = 1,
        .languages = &hall->language,
    };
}

static void hall_close(struct hall *hall)
{
    buffer_free(&hall->payload);
    scratch_close(&hall->scratch);
}

/* The first `count` members, each with this weight. */
static void add_roll(struct hall *hall, unsigned count, uint32_t weight)
{
    struct roll_entry entries[MEMBERS];
    for (unsigned i = 0; i < count; i++) {
        entries[i] = (struct roll_entry){.member = member_id(i), .weight = weight};
    }
    buffer_clear(&hall->payload);
    roll_encode(&hall->payload, entries, count);
    add(hall, EVENT_ROLL);
    struct roll_summary summary = roll_summarise(entries, count);
    hall->definition.roll_root = summary.root;
    hall->definition.roll_count = summary.count;
    hall->definition.roll_weight = summary.weight;
}

static void write_definition(struct hall *hall)
{
    buffer_clear(&hall->payload);
    definition_encode(&hall->payload, &hall->definition);
    hall->poll_hash = definition_hash(buffer_slice(&hall->payload));
}

static void write_opened(struct hall *hall)
{
    struct payload_poll_opened opened = {.poll_hash = hall->poll_hash};
    buffer_clear(&hall->payload);
    payload_encode_poll_opened(&hall->payload, &opened);
}

static void write_closed(struct hall *hall, enum close_why why)
{
    struct payload_poll_closed closed = {.poll_hash = hall->poll_hash, .why = why};
    buffer_clear(&hall->payload);
    payload_encode_poll_closed(&hall->payload, &closed);
}

static void open_poll(struct hall *hall, unsigned count)
{
    add_roll(hall, count, 1);
    write_definition(hall);
    add(hall, EVENT_POLL_DEFINED);
    write_opened(hall);
    add(hall, EVENT_POLL_OPENED);
}

static void write_ballot(struct hall *hall, unsigned voter, uint32_t counter, const char *choice)
{
    struct buffer bytes = fixture_bytes(choice);
    struct ballot ballot = {
        .org = hall->org,
        .poll = hall->poll,
        .poll_hash = hall->poll_hash,
        .voter = member_id(voter),
        .on_behalf_of = member_id(voter),
        .device_pk = hall->keys[voter].public_key,
        .counter = counter,
        .weight = 1,
        .choice = buffer_slice(&bytes),
    };
    buffer_clear(&hall->payload);
    ballot_encode_tbs(&hall->payload, &ballot);
    buffer_append(&hall->payload, ballot.signature, SIGNATURE_SIZE);
    buffer_free(&bytes);
}

static void weights_have_a_limit(void **state)
{
    (void)state;
    static const uint64_t most = (UINT64_C(1) << 53) - 1;
    struct hall hall;
    assert_true(record_weight_fits(most, 0, 0) && record_weight_fits(most, 1, 2));
    assert_true(record_weight_fits(most / 65535, 65535, 0));
    assert_false(record_weight_fits(most / 65535 + 1, 65535, 0));
    assert_true(record_weight_fits(most / 99, 0, 100));
    assert_false(record_weight_fits(most / 99 + 1, 0, 100));
    assert_false(record_weight_fits(most + 1, 0, 0));
    hall_open(&hall);
    hall.definition.method = 6;
    hall.definition.form = FORM_POINTS;
    hall.definition.n_option = 3;
    hall.definition.points = 65535;
    hall.definition.cap = 1;
    add_roll(&hall, 3, UINT32_MAX); /* × 65,535 points is below 2^53 */
    write_definition(&hall);
    add(&hall, EVENT_POLL_DEFINED);
    write_opened(&hall);
    add(&hall, EVENT_POLL_OPENED);
    struct roll_entry late = {.member = member_id(3), .weight = UINT32_MAX};
    buffer_clear(&hall.payload);
    roll_encode(&hall.payload, &late, 1);
    add(&hall, EVENT_ROLL_ADDED);
    assert_reason(judge(&hall, EVENT_ROLL_ADDED), "roll-added.malformed"); /* on it already */
    hall_close(&hall);
}

static void late_arrivals(void **state)
{
    (void)state;
    struct hall hall;
    struct roll_entry late = {.member = member_id(2), .weight = 1, .class_index = 1};
    struct record_poll poll;
    hall_open(&hall);
    open_poll(&hall, 2);
    buffer_clear(&hall.payload);
    roll_encode(&hall.payload, &late, 1);
    assert_reason(judge(&hall, EVENT_ROLL_ADDED), "roll-added.malformed"); /* no such class */
    late.class_index = 0;
    late.member = (struct id){{77}};
    buffer_clear(&hall.payload);
    roll_encode(&hall.payload, &late, 1);
    assert_reason(judge(&hall, EVENT_ROLL_ADDED), "member.unknown");
    late.member = member_id(2);
    write_ballot(&hall, 2, 1, "0201");
    assert_reason(judge(&hall, EVENT_BALLOT), "ballot.not_on_roll");
    buffer_clear(&hall.payload);
    roll_encode(&hall.payload, &late, 1);
    add(&hall, EVENT_ROLL_ADDED);
    write_ballot(&hall, 2, 1, "0201");
    add(&hall, EVENT_BALLOT);
    assert_true(record_poll(hall.scratch.txn, hall.poll, &poll));
    assert_int_equal(poll.added_count, 1);
    assert_int_equal(poll.voted, 1);
    hall_close(&hall);
}

static void times_of_opening_and_closing(void **state)
{
    (void)state;
    struct hall hall;
    hall_open(&hall);
    hall.definition.opens_ms = START + 10;
    hall.definition.closes_ms = START + 20;
    add_roll(&hall, 2, 1);
    write_opened(&hall);
    assert_reason(judge(&hall, EVENT_POLL_OPENED), "poll.bad_state");
    write_definition(&hall);
    add(&hall, EVENT_POLL_DEFINED);
    assert_reason(judge(&hall, EVENT_POLL_DEFINED), "poll.bad_state");
    write_opened(&hall);
    assert_reason(judge(&hall, EVENT_POLL_OPENED), "poll.bad_time");
    hall.now = START + 20;
    assert_reason(judge(&hall, EVENT_POLL_OPENED), "poll.bad_time");
    hall.now = START + 10;
    add(&hall, EVENT_POLL_OPENED);
    write_closed(&hall, CLOSED_BY_DATE);
    assert_reason(judge(&hall, EVENT_POLL_CLOSED), "poll.bad_time");
    hall.now = START + 20;
    write_ballot(&hall, 0, 1, "0201");
    assert_reason(judge(&hall, EVENT_BALLOT), "poll.closed");
    assert_reason(judge_as(&hall, EVENT_BALLOT, slice_of(NULL, 0)), "poll.closed"); /* absent too */
    buffer_clear(&hall.payload);
    payload_encode_poll_extended(&hall.payload, &(struct payload_poll_extended){START + 99});
    assert_reason(judge(&hall, EVENT_POLL_EXTENDED), "poll.bad_time");
    write_closed(&hall, CLOSED_BY_DATE);
    add(&hall, EVENT_POLL_CLOSED);
    write_ballot(&hall, 0, 1, "0201");
    assert_reason(judge(&hall, EVENT_BALLOT), "poll.closed");
    buffer_clear(&hall.payload);
    payload_encode_poll_reopened(
        &hall.payload, &(struct payload_poll_reopened){START + 20, slice_text("power cut")});
    assert_reason(judge(&hall, EVENT_POLL_REOPENED), "poll.bad_time");
    buffer_clear(&hall.payload);
    payload_encode_poll_reopened(
        &hall.payload, &(struct payload_poll_reopened){START + 30, slice_text("power cut")});
    add(&hall, EVENT_POLL_REOPENED);
    write_ballot(&hall, 0, 1, "0201");
    add(&hall, EVENT_BALLOT);
    hall_close(&hall);
}

static void no_date_no_closing_by_date(void **state)
{
    (void)state;
    struct hall hall;
    hall_open(&hall);
    open_poll(&hall, 2);
    write_closed(&hall, CLOSED_BY_DATE);
    assert_reason(judge(&hall, EVENT_POLL_CLOSED), "poll.bad_time");
    buffer_clear(&hall.payload);
    payload_encode_poll_extended(&hall.payload, &(struct payload_poll_extended){START + 99});
    assert_reason(judge(&hall, EVENT_POLL_EXTENDED),
                  "poll.bad_time"); /* never when it is by hand */
    hall.poll_hash.bytes[0] ^= 1;
    write_closed(&hall, CLOSED_BY_HAND);
    assert_reason(judge(&hall, EVENT_POLL_CLOSED), "poll.wrong_definition");
    hall.poll_hash.bytes[0] ^= 1;
    write_closed(&hall, CLOSED_BY_HAND);
    add(&hall, EVENT_POLL_CLOSED);
    hall_close(&hall);
}

static void write_result(struct hall *hall, uint64_t closed, enum verdict verdict,
                         enum decided decided, unsigned link)
{
    struct result result = {
        .poll_hash = hall->poll_hash,
        .closed = closed,
        .verdict = verdict,
        .decided = decided,
        .lot_secret = hall->links[link],
    };
    buffer_clear(&hall->payload);
    result_encode(&hall->payload, &result);
}

static void results_and_their_lot(void **state)
{
    (void)state;
    struct hall hall;
    hall_open(&hall);
    open_poll(&hall, 2);
    uint64_t closed = ledger_next(hall.scratch.ledger);
    write_closed(&hall, CLOSED_BY_HAND);
    add(&hall, EVENT_POLL_CLOSED);
    write_result(&hall, closed - 1, VERDICT_TIE_OPEN, DECIDED_OPEN, 1);
    assert_reason(judge(&hall, EVENT_RESULT), "poll.bad_state"); /* of another closing */
    write_result(&hall, closed, VERDICT_TIE_OPEN, DECIDED_OPEN, 2);
    assert_reason(judge(&hall, EVENT_RESULT), "result.bad_lot");
    write_result(&hall, closed, VERDICT_TIE_OPEN, DECIDED_OPEN, 1);
    add(&hall, EVENT_RESULT);
    assert_reason(judge(&hall, EVENT_RESULT), "poll.bad_state"); /* only the chair's may follow */
    write_result(&hall, closed, VERDICT_ADOPTED, DECIDED_CHAIR, 2);
    assert_reason(judge(&hall, EVENT_RESULT), "result.bad_lot"); /* the open tie's secret again */
    write_result(&hall, closed, VERDICT_ADOPTED, DECIDED_CHAIR, 1);
    add(&hall, EVENT_RESULT);
    assert_reason(judge(&hall, EVENT_RESULT), "poll.bad_state"); /* once */
    buffer_clear(&hall.payload);
    payload_encode_poll_cancelled(&hall.payload,
                                  &(struct payload_poll_cancelled){slice_text("no")});
    assert_reason(judge(&hall, EVENT_POLL_CANCELLED), "poll.bad_state");
    buffer_clear(&hall.payload);
    payload_encode_poll_reopened(&hall.payload, &(struct payload_poll_reopened){0, slice_text("")});
    add(&hall, EVENT_POLL_REOPENED);
    closed = ledger_next(hall.scratch.ledger);
    write_closed(&hall, CLOSED_BY_HAND);
    add(&hall, EVENT_POLL_CLOSED);
    write_result(&hall, closed, VERDICT_NONE, DECIDED_NO_TIE, 1);
    assert_reason(judge(&hall, EVENT_RESULT),
                  "result.bad_lot"); /* a new drawing takes the next link */
    write_result(&hall, closed, VERDICT_NONE, DECIDED_NO_TIE, 2);
    add(&hall, EVENT_RESULT);
    hall_close(&hall);
}

static void a_cancelled_poll_stays_so(void **state)
{
    (void)state;
    struct hall hall;
    hall_open(&hall);
    open_poll(&hall, 2);
    buffer_clear(&hall.payload);
    payload_encode_poll_cancelled(&hall.payload,
                                  &(struct payload_poll_cancelled){slice_text("withdrawn")});
    add(&hall, EVENT_POLL_CANCELLED);
    assert_reason(judge(&hall, EVENT_POLL_CANCELLED), "poll.bad_state");
    write_ballot(&hall, 0, 1, "0201");
    assert_reason(judge(&hall, EVENT_BALLOT), "poll.closed");
    write_opened(&hall);
    assert_reason(judge(&hall, EVENT_POLL_OPENED), "poll.bad_state");
    hall_close(&hall);
}

static void a_basket_reads_its_costs_from_the_definition(void **state)
{
    (void)state;
    struct hall hall;
    hall_open(&hall);
    hall.definition.method = 14;
    hall.definition.form = FORM_SET;
    hall.definition.flags |= FLAG_BASKET;
    hall.definition.n_option = 3;
    hall.definition.min = 1;
    hall.definition.max = 3;
    hall.definition.budget = 100;
    hall.options[0].cost = 60;
    hall.options[1].cost = 40;
    hall.options[2].cost = 41;
    open_poll(&hall, 3);
    write_ballot(&hall, 0, 1, "0507");
    assert_reason(judge(&hall, EVENT_BALLOT), "ballot.bad_choice");
    write_ballot(&hall, 0, 1, "0505");
    assert_reason(judge(&hall, EVENT_BALLOT), "ballot.bad_choice");
    write_ballot(&hall, 0, 1, "0503");
    add(&hall, EVENT_BALLOT);
    write_ballot(&hall, 1, 101, "0506");
    assert_reason(judge(&hall, EVENT_BALLOT), "ballot.counter_jump");
    write_ballot(&hall, 1, 100, "0506");
    add(&hall, EVENT_BALLOT);
    hall_close(&hall);
}

/* Roll and definition absent: states move, hash and lot are taken from what is there, checks are skipped. */
static void a_poll_whose_openings_are_absent(void **state)
{
    (void)state;
    struct hall hall;
    struct record_poll poll;
    struct event ballot = {.type = EVENT_BALLOT};
    hall_open(&hall);
    add_as(&hall, EVENT_ROLL, slice_text("erased"), true);
    assert_reason(judge_as(&hall, EVENT_ROLL, slice_of(NULL, 0)), "poll.bad_state");
    hall.poll_hash = (struct hash){{7}};
    assert_reason(judge_as(&hall, EVENT_POLL_DEFINED, slice_of(NULL, 0)), "");
    add_as(&hall, EVENT_POLL_DEFINED, slice_text("erased"), true);
    write_opened(&hall);
    add(&hall, EVENT_POLL_OPENED);
    write_ballot(&hall, 3, 1, "0804"); /* on no roll, of no form that could be seen */
    ballot.payload = buffer_slice(&hall.payload);
    ballot.poll = hall.poll;
    assert_true(record_is_unjudged(hall.scratch.txn, &ballot));
    add(&hall, EVENT_BALLOT);
    assert_reason(judge(&hall, EVENT_BALLOT), "ballot.stale_counter");
    add_as(&hall, EVENT_BALLOT, slice_text("erased"), true);
    assert_reason(judge(&hall, EVENT_BALLOT), ""); /* the counter cannot be judged any more */
    assert_true(record_poll(hall.scratch.txn, hall.poll, &poll));
    assert_int_equal(poll.ballots, 2);
    assert_int_equal(poll.state, RECORD_POLL_OPEN);
    uint64_t closed = ledger_next(hall.scratch.ledger);
    write_closed(&hall, CLOSED_BY_DATE);
    add(&hall, EVENT_POLL_CLOSED);
    write_result(&hall, closed, VERDICT_NONE, DECIDED_NO_TIE, 3);
    add(&hall, EVENT_RESULT);
    hall_close(&hall);
}

/* A mandate for a period is in force from `from` on and not at `until`. */
static void a_mandate_for_a_period(void **state)
{
    (void)state;
    struct hall hall;
    struct record_poll poll;
    struct record_mandate found;
    struct hash id;
    hall_open(&hall);
    struct mandate mandate = {
        .org = hall.org,
        .giver = member_id(0),
        .holder = member_id(1),
        .kind = MANDATE_PERIOD,
        .from_ms = START + 5,
        .until_ms = START + 10,
        .signers = {.form = MANDATE_BY_GIVER, .pk = {hall.keys[0].public_key}}};
    uint8_t signature[SIGNATURE_SIZE];
    buffer_clear(&hall.payload);
    mandate_encode_body(&hall.payload, &mandate);
    struct hash expected = mandate_id(buffer_slice(&hall.payload));
    crypto_sign(&hall.keys[0], buffer_slice(&hall.payload), signature);
    buffer_append(&hall.payload, signature, SIGNATURE_SIZE);
    add(&hall, EVENT_MANDATE);
    assert_reason(judge(&hall, EVENT_MANDATE), "mandate.twice");
    hall.definition.rule.mandates_max = 1;
    hall.definition.rule.mandates_who = 1;
    open_poll(&hall, 2);
    assert_true(record_poll(hall.scratch.txn, hall.poll, &poll));
    static const struct {
        uint64_t at;
        bool active;
    } cases[] = {{START + 4, false}, {START + 5, true}, {START + 9, true}, {START + 10, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        hall.now = cases[i].at;
        assert_int_equal(record_active_mandate(hall.scratch.txn, member_id(0), hall.poll, &poll,
                                               hall.now, &id, &found),
                         cases[i].active);
        write_ballot(&hall, 0, 1, "0201");
        assert_reason(judge(&hall, EVENT_BALLOT), cases[i].active ? "mandate.active" : "");
        if (cases[i].active) {
            assert_true(hash_equal(id, expected));
        }
    }
    hall_close(&hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_have_a_limit),
        cmocka_unit_test(late_arrivals),
        cmocka_unit_test(times_of_opening_and_closing),
        cmocka_unit_test(no_date_no_closing_by_date),
        cmocka_unit_test(results_and_their_lot),
        cmocka_unit_test(a_cancelled_poll_stays_so),
        cmocka_unit_test(a_basket_reads_its_costs_from_the_definition),
        cmocka_unit_test(a_poll_whose_openings_are_absent),
        cmocka_unit_test(a_mandate_for_a_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
