/* The facts of the record and how TABLE_RECORD keeps them.
 *
 * Keys are one prefix byte and fixed parts; values are fixed, big-endian, in the order written here.
 *  O                              org ‖ epoch u32 ‖ origin
 *  M member                       status u8 ‖ roles u16 ‖ seq u64
 *  K pk                           member ‖ kind u8 ‖ scope ‖ added_seq u64 ‖ added_ms u64 ‖ revoked_seq u64 ‖ via u8
 *                                 ‖ reason u8
 *  k member ‖ pk                  (nothing): the keys of a member
 *  P poll                         its fields in the order of read_poll and add_poll
 *  R poll ‖ member                weight u32 ‖ shares u32 ‖ class u8, then, once a ballot on their behalf is
 *                                 recorded, the last one: counter u32 ‖ seq u64 ‖ voter ‖ H(tbs) ‖ own u8;
 *                                 weight 0 = not on a roll that could be seen
 *  T poll ‖ H(tbs)                seq u64: of a ballot that a later one has replaced (records made by earlier versions:
 *                                 of every ballot)
 *  C poll ‖ pk                    (nothing): a card that has voted
 *  D mandate id                   giver ‖ holder ‖ kind u8 ‖ scope ‖ from u64 ‖ until u64 ‖ seq u64 ‖ ended u64 ‖ previous
 *  d giver                        id of the giver's newest mandate; the others hang on it by `previous`
 *  A                              u32: mandates whose opening was absent
 *  V poll ‖ voter ‖ giver         (nothing): the voter has recorded a ballot for the giver
 *  W poll ‖ voter                 u32: how many givers
 *  Q poll ‖ batch id              version u16 ‖ seq u64 ‖ voters u32 (record_paper.c)
 *  q poll ‖ voter                 id of the batch in force that lists the voter
 * Judging a ballot takes a handful of these by key and no walk; what it needs of the definition is kept with
 * the poll. Everything can be dropped and made again by replaying the log through record_apply.
 * Start at record_poll. */
#include "ledger/record.h"

#include "base/fatal.h"
#include "base/reader.h"
#include "ledger/ledger.h"
#include "ledger/ledger_keys.h"
#include "ledger/record_state.h"

/* names */

struct record_name record_name_of(enum record_prefix prefix, struct slice a, struct slice b,
                                  struct slice c)
{
    struct record_name name = {.bytes = {(uint8_t)prefix}, .size = 1};
    struct slice parts[] = {a, b, c};
    for (size_t i = 0; i < 3 && parts[i].size > 0; i++) {
        assert_always(name.size + parts[i].size <= sizeof name.bytes);
        memcpy(name.bytes + name.size, parts[i].data, parts[i].size);
        name.size += parts[i].size;
    }
    return name;
}

static const struct slice nothing = {NULL, 0};

static struct record_name name_by_id(enum record_prefix prefix, const struct id *id)
{
    return record_name_of(prefix, id_slice(id), nothing, nothing);
}

static struct record_name name_by_ids(enum record_prefix prefix, const struct id *a,
                                      const struct id *b)
{
    return record_name_of(prefix, id_slice(a), id_slice(b), nothing);
}

bool record_get(struct store_txn *txn, const struct record_name *name, struct slice *value)
{
    return store_get(txn, TABLE_RECORD, record_name_slice(name), value);
}

void record_put(struct store_txn *txn, const struct record_name *name, struct slice value)
{
    store_put(txn, TABLE_RECORD, record_name_slice(name), value);
}

uint32_t record_number(struct store_txn *txn, const struct record_name *name)
{
    struct slice value;
    if (!record_get(txn, name, &value)) {
        return 0;
    }
    struct reader reader = reader_of(value);
    return reader_u32(&reader);
}

/* A value being written: fields in a row into a fixed array. */
struct value {
    uint8_t bytes[512];
    size_t size;
};

static void add_number(struct value *value, uint64_t number, size_t size)
{
    assert_always(value->size + size <= sizeof value->bytes);
    for (size_t i = size; i-- > 0; number >>= 8) {
        value->bytes[value->size + i] = (uint8_t)number;
    }
    value->size += size;
}

static void add_bytes(struct value *value, const void *bytes, size_t size)
{
    assert_always(value->size + size <= sizeof value->bytes);
    memcpy(value->bytes + value->size, bytes, size);
    value->size += size;
}

static void put_value(struct store_txn *txn, struct record_name name, const struct value *value)
{
    record_put(txn, &name, slice_of(value->bytes, value->size));
}

void record_put_number(struct store_txn *txn, const struct record_name *name, uint32_t number)
{
    struct value value = {.size = 0};
    add_number(&value, number, 4);
    put_value(txn, *name, &value);
}

/* the log's own facts */

bool record_log(struct store_txn *txn, struct record_log *log)
{
    struct record_name name = record_name_of(RECORD_ORG, nothing, nothing, nothing);
    struct slice value;
    *log = (struct record_log){.epoch = 0};
    if (!record_get(txn, &name, &value)) {
        return false;
    }
    struct reader reader = reader_of(value);
    log->org = reader_id(&reader);
    log->epoch = reader_u32(&reader);
    log->origin = reader.left;
    return !reader.bad;
}

void record_put_log(struct store_txn *txn, const struct record_log *log)
{
    struct value value = {.size = 0};
    add_bytes(&value, log->org.bytes, ID_SIZE);
    add_number(&value, log->epoch, 4);
    add_bytes(&value, log->origin.data, log->origin.size);
    put_value(txn, record_name_of(RECORD_ORG, nothing, nothing, nothing), &value);
}

struct id record_org(struct store_txn *txn)
{
    struct record_log log;
    record_log(txn, &log);
    return log.org;
}

/* members */

static struct record_member read_member(struct slice value)
{
    struct reader reader = reader_of(value);
    struct record_member member;
    member.status = (enum member_status)reader_u8(&reader);
    member.roles = reader_u16(&reader);
    member.seq = reader_u64(&reader);
    return member;
}

bool record_member(struct store_txn *txn, struct id member, struct record_member *value)
{
    struct record_name name = name_by_id(RECORD_MEMBER, &member);
    struct slice bytes;
    if (!record_get(txn, &name, &bytes)) {
        return false;
    }
    *value = read_member(bytes);
    return true;
}

void record_put_member(struct store_txn *txn, struct id member, const struct record_member *value)
{
    struct value bytes = {.size = 0};
    add_number(&bytes, (uint64_t)value->status, 1);
    add_number(&bytes, value->roles, 2);
    add_number(&bytes, value->seq, 8);
    put_value(txn, name_by_id(RECORD_MEMBER, &member), &bytes);
}

bool record_is_officer(struct store_txn *txn, struct id member)
{
    struct record_member value;
    return record_member(txn, member, &value) &&
           (value.status == MEMBER_ACTIVE || value.status == MEMBER_DORMANT) &&
           (value.roles & (ROLE_CHAIR | ROLE_FACILITATOR | ROLE_SECRETARY | ROLE_SCRUTINEER)) != 0;
}

/* keys */

bool record_key(struct store_txn *txn, const struct hash *pk, struct record_key *value)
{
    struct record_name name = record_name_of(RECORD_KEY, hash_slice(pk), nothing, nothing);
    struct slice bytes;
    if (!record_get(txn, &name, &bytes)) {
        return false;
    }
    struct reader reader = reader_of(bytes);
    value->member = reader_id(&reader);
    value->kind = (enum key_kind)reader_u8(&reader);
    value->scope = reader_id(&reader);
    value->added_seq = reader_u64(&reader);
    value->added_ms = reader_u64(&reader);
    value->revoked_seq = reader_u64(&reader);
    value->via = reader_u8(&reader);
    value->reason = reader_u8(&reader);
    return true;
}

void record_put_key(struct store_txn *txn, const struct hash *pk, const struct record_key *value)
{
    struct value bytes = {.size = 0};
    add_bytes(&bytes, value->member.bytes, ID_SIZE);
    add_number(&bytes, (uint64_t)value->kind, 1);
    add_bytes(&bytes, value->scope.bytes, ID_SIZE);
    add_number(&bytes, value->added_seq, 8);
    add_number(&bytes, value->added_ms, 8);
    add_number(&bytes, value->revoked_seq, 8);
    add_number(&bytes, value->via, 1);
    add_number(&bytes, value->reason, 1);
    put_value(txn, record_name_of(RECORD_KEY, hash_slice(pk), nothing, nothing), &bytes);
    struct record_name of_member =
        record_name_of(RECORD_KEY_OF_MEMBER, id_slice(&value->member), hash_slice(pk), nothing);
    record_put(txn, &of_member, nothing);
}

/* voters: entry of the roll and last recorded ballot in one value, since every ballot needs both */

static struct record_voter read_voter(struct id member, struct slice value)
{
    struct reader reader = reader_of(value);
    struct record_voter voter = {.entry.member = member};
    voter.entry.weight = reader_u32(&reader);
    voter.entry.shares = reader_u32(&reader);
    voter.entry.class_index = reader_u8(&reader);
    voter.on_roll = voter.entry.weight > 0;
    voter.has_ballot = reader.left.size > 0;
    if (voter.has_ballot) {
        voter.ballot.counter = reader_u32(&reader);
        voter.ballot.seq = reader_u64(&reader);
        voter.ballot.voter = reader_id(&reader);
        voter.ballot.tbs_hash = reader_hash(&reader);
        voter.ballot.own = reader_u8(&reader) != 0;
    }
    return voter;
}

struct record_voter record_voter(struct store_txn *txn, struct id poll, struct id member)
{
    struct record_name name = name_by_ids(RECORD_VOTER, &poll, &member);
    struct slice value;
    if (!record_get(txn, &name, &value)) {
        return (struct record_voter){.entry.member = member};
    }
    return read_voter(member, value);
}

static void put_voter(struct store_txn *txn, struct id poll, const struct record_voter *voter)
{
    struct value value = {.size = 0};
    add_number(&value, voter->entry.weight, 4);
    add_number(&value, voter->entry.shares, 4);
    add_number(&value, voter->entry.class_index, 1);
    if (voter->has_ballot) {
        add_number(&value, voter->ballot.counter, 4);
        add_number(&value, voter->ballot.seq, 8);
        add_bytes(&value, voter->ballot.voter.bytes, ID_SIZE);
        add_bytes(&value, voter->ballot.tbs_hash.bytes, HASH_SIZE);
        add_number(&value, voter->ballot.own ? 1 : 0, 1);
    }
    put_value(txn, name_by_ids(RECORD_VOTER, &poll, &voter->entry.member), &value);
}

bool record_roll_entry(struct store_txn *txn, struct id poll, struct id member,
                       struct roll_entry *entry)
{
    struct record_voter voter = record_voter(txn, poll, member);
    *entry = voter.entry;
    return voter.on_roll;
}

void record_put_roll_entry(struct store_txn *txn, struct id poll, const struct roll_entry *entry)
{
    struct record_voter voter = record_voter(txn, poll, entry->member);
    voter.entry = *entry;
    put_voter(txn, poll, &voter);
}

bool record_ballot(struct store_txn *txn, struct id poll, struct id on_behalf_of,
                   struct record_ballot *value)
{
    struct record_voter voter = record_voter(txn, poll, on_behalf_of);
    *value = voter.ballot;
    return voter.has_ballot;
}

static struct record_name name_of_tbs(const struct id *poll, const struct hash *tbs_hash)
{
    return record_name_of(RECORD_BALLOT_TBS, id_slice(poll), hash_slice(tbs_hash), nothing);
}

void record_put_ballot(struct store_txn *txn, struct id poll, struct record_voter *voter,
                       const struct record_ballot *value)
{
    if (voter->has_ballot) {
        struct value seq = {.size = 0};
        add_number(&seq, voter->ballot.seq, 8);
        put_value(txn, name_of_tbs(&poll, &voter->ballot.tbs_hash), &seq);
    }
    voter->has_ballot = true;
    voter->ballot = *value;
    put_voter(txn, poll, voter);
}

bool record_ballot_by_tbs(struct store_txn *txn, struct id poll, struct id on_behalf_of,
                          struct hash tbs_hash, uint64_t *seq)
{
    struct record_name name = name_of_tbs(&poll, &tbs_hash);
    struct record_ballot last;
    struct slice value;
    if (record_ballot(txn, poll, on_behalf_of, &last) && hash_equal(last.tbs_hash, tbs_hash)) {
        *seq = last.seq;
        return true;
    }
    if (!record_get(txn, &name, &value) || value.size != 8) {
        return false;
    }
    *seq = bytes_get_u64(value.data);
    return true;
}

/* mandates */

bool record_mandate(struct store_txn *txn, const struct hash *id, struct record_mandate *value)
{
    struct record_name name = record_name_of(RECORD_MANDATE, hash_slice(id), nothing, nothing);
    struct slice bytes;
    if (!record_get(txn, &name, &bytes)) {
        return false;
    }
    struct reader reader = reader_of(bytes);
    value->giver = reader_id(&reader);
    value->holder = reader_id(&reader);
    value->kind = reader_u8(&reader);
    value->scope = reader_id(&reader);
    value->from_ms = reader_u64(&reader);
    value->until_ms = reader_u64(&reader);
    value->seq = reader_u64(&reader);
    value->ended_seq = reader_u64(&reader);
    value->previous = reader_hash(&reader);
    return true;
}

void record_put_mandate(struct store_txn *txn, const struct hash *id,
                        const struct record_mandate *value)
{
    struct value bytes = {.size = 0};
    add_bytes(&bytes, value->giver.bytes, ID_SIZE);
    add_bytes(&bytes, value->holder.bytes, ID_SIZE);
    add_number(&bytes, value->kind, 1);
    add_bytes(&bytes, value->scope.bytes, ID_SIZE);
    add_number(&bytes, value->from_ms, 8);
    add_number(&bytes, value->until_ms, 8);
    add_number(&bytes, value->seq, 8);
    add_number(&bytes, value->ended_seq, 8);
    add_bytes(&bytes, value->previous.bytes, HASH_SIZE);
    put_value(txn, record_name_of(RECORD_MANDATE, hash_slice(id), nothing, nothing), &bytes);
}

static bool mandate_covers(const struct record_mandate *mandate, struct id poll, struct id meeting,
                           uint64_t time_ms)
{
    switch ((enum mandate_kind)mandate->kind) {
    case MANDATE_POLL:
        return id_equal(mandate->scope, poll);
    case MANDATE_MEETING:
        return id_equal(mandate->scope, meeting);
    case MANDATE_PERIOD:
        return mandate->from_ms <= time_ms && time_ms < mandate->until_ms;
    }
    return false;
}

bool record_active_mandate(struct store_txn *txn, struct id giver, struct id poll,
                           const struct record_poll *value, uint64_t time_ms, struct hash *id,
                           struct record_mandate *mandate)
{
    struct record_name newest = name_by_id(RECORD_NEWEST_MANDATE, &giver);
    struct slice bytes;
    if (!record_get(txn, &newest, &bytes) || bytes.size != HASH_SIZE) {
        return false;
    }
    memcpy(id->bytes, bytes.data, HASH_SIZE);
    while (!hash_is_none(*id) && record_mandate(txn, id, mandate)) {
        if (mandate_covers(mandate, poll, value->meeting, time_ms)) {
            return mandate->ended_seq == 0;
        }
        *id = mandate->previous;
    }
    return false;
}

bool record_mandates_are_absent(struct store_txn *txn)
{
    struct record_name name = record_name_of(RECORD_MANDATES_ABSENT, nothing, nothing, nothing);
    return record_number(txn, &name) > 0;
}

/* polls */

/* The fields in the order stored; add_poll writes them in the same order. */
static void read_poll(struct reader *reader, struct record_poll *poll)
{
    poll->state = (enum record_poll_state)reader_u8(reader);
    poll->org = reader_id(reader);
    poll->poll_hash = reader_hash(reader);
    poll->defined_seq = reader_u64(reader);
    poll->roll_seq = reader_u64(reader);
    poll->opened_seq = reader_u64(reader);
    poll->opened_ms = reader_u64(reader);
    poll->closed_seq = reader_u64(reader);
    poll->closed_ms = reader_u64(reader);
    poll->result_seq = reader_u64(reader);
    poll->closes_ms = reader_u64(reader);
    poll->extensions = reader_u32(reader);
    poll->ballots = reader_u64(reader);
    poll->voted = reader_u32(reader);
    poll->voted_weight = reader_u64(reader);
    poll->last_ballot_seq = reader_u64(reader);
    poll->lot_secret = reader_hash(reader);
    poll->verdict = reader_u8(reader);
    poll->decided = reader_u8(reader);
    poll->roll_root = reader_hash(reader);
    poll->roll_count = reader_u32(reader);
    poll->added_count = reader_u32(reader);
    poll->roll_weight = reader_u64(reader);
    poll->added_weight = reader_u64(reader);
    poll->roll_class = reader_u8(reader);
    poll->meeting = reader_id(reader);
    poll->mode = reader_u8(reader);
    poll->method = reader_u8(reader);
    poll->form = reader_u8(reader);
    poll->grades = reader_u8(reader);
    poll->n_class = reader_u8(reader);
    poll->tie = reader_u8(reader);
    poll->flags = reader_u16(reader);
    poll->n_option = reader_u16(reader);
    poll->seats = reader_u16(reader);
    poll->min = reader_u16(reader);
    poll->max = reader_u16(reader);
    poll->points = reader_u16(reader);
    poll->cap = reader_u16(reader);
    poll->budget = reader_u64(reader);
    poll->opens_ms = reader_u64(reader);
    poll->mandates_max = reader_u16(reader);
    poll->mandates_who = reader_u8(reader);
    poll->mandates_own = reader_u8(reader);
    poll->options_at = reader_u32(reader);
    poll->roll_absent = reader_u8(reader) != 0;
    poll->definition_absent = reader_u8(reader) != 0;
    poll->ballots_absent = reader_u8(reader) != 0;
    poll->batches_absent = reader_u8(reader) != 0;
    poll->closes_known = reader_u8(reader) != 0;
    poll->lot_known = reader_u8(reader) != 0;
}

static void add_poll(struct value *value, const struct record_poll *poll)
{
    add_number(value, (uint64_t)poll->state, 1);
    add_bytes(value, poll->org.bytes, ID_SIZE);
    add_bytes(value, poll->poll_hash.bytes, HASH_SIZE);
    add_number(value, poll->defined_seq, 8);
    add_number(value, poll->roll_seq, 8);
    add_number(value, poll->opened_seq, 8);
    add_number(value, poll->opened_ms, 8);
    add_number(value, poll->closed_seq, 8);
    add_number(value, poll->closed_ms, 8);
    add_number(value, poll->result_seq, 8);
    add_number(value, poll->closes_ms, 8);
    add_number(value, poll->extensions, 4);
    add_number(value, poll->ballots, 8);
    add_number(value, poll->voted, 4);
    add_number(value, poll->voted_weight, 8);
    add_number(value, poll->last_ballot_seq, 8);
    add_bytes(value, poll->lot_secret.bytes, HASH_SIZE);
    add_number(value, poll->verdict, 1);
    add_number(value, poll->decided, 1);
    add_bytes(value, poll->roll_root.bytes, HASH_SIZE);
    add_number(value, poll->roll_count, 4);
    add_number(value, poll->added_count, 4);
    add_number(value, poll->roll_weight, 8);
    add_number(value, poll->added_weight, 8);
    add_number(value, poll->roll_class, 1);
    add_bytes(value, poll->meeting.bytes, ID_SIZE);
    add_number(value, poll->mode, 1);
    add_number(value, poll->method, 1);
    add_number(value, poll->form, 1);
    add_number(value, poll->grades, 1);
    add_number(value, poll->n_class, 1);
    add_number(value, poll->tie, 1);
    add_number(value, poll->flags, 2);
    add_number(value, poll->n_option, 2);
    add_number(value, poll->seats, 2);
    add_number(value, poll->min, 2);
    add_number(value, poll->max, 2);
    add_number(value, poll->points, 2);
    add_number(value, poll->cap, 2);
    add_number(value, poll->budget, 8);
    add_number(value, poll->opens_ms, 8);
    add_number(value, poll->mandates_max, 2);
    add_number(value, poll->mandates_who, 1);
    add_number(value, poll->mandates_own, 1);
    add_number(value, poll->options_at, 4);
    add_number(value, poll->roll_absent ? 1 : 0, 1);
    add_number(value, poll->definition_absent ? 1 : 0, 1);
    add_number(value, poll->ballots_absent ? 1 : 0, 1);
    add_number(value, poll->batches_absent ? 1 : 0, 1);
    add_number(value, poll->closes_known ? 1 : 0, 1);
    add_number(value, poll->lot_known ? 1 : 0, 1);
}

bool record_poll(struct store_txn *txn, struct id poll, struct record_poll *value)
{
    struct record_name name = name_by_id(RECORD_POLL, &poll);
    struct slice bytes;
    *value = (struct record_poll){.state = RECORD_POLL_NONE};
    if (!record_get(txn, &name, &bytes)) {
        return false;
    }
    struct reader reader = reader_of(bytes);
    read_poll(&reader, value);
    return true;
}

void record_put_poll(struct store_txn *txn, struct id poll, const struct record_poll *value)
{
    struct value bytes = {.size = 0};
    add_poll(&bytes, value);
    put_value(txn, name_by_id(RECORD_POLL, &poll), &bytes);
}

bool record_poll_is_overdue(const struct record_poll *poll, uint64_t time_ms)
{
    return poll->state == RECORD_POLL_OPEN && poll->closes_known && poll->closes_ms != 0 &&
           time_ms >= poll->closes_ms;
}

bool record_weight_fits(uint64_t weight, uint16_t points, uint8_t grades)
{
    uint64_t factor = 1;
    factor = points > factor ? points : factor;
    factor = grades > factor + 1 ? (uint64_t)grades - 1 : factor;
    return weight <= ((UINT64_C(1) << 53) - 1) / factor;
}

bool record_definition(struct store_txn *txn, struct id poll, struct slice *bytes)
{
    struct record_poll value;
    struct ledger_entry entry;
    if (!record_poll(txn, poll, &value) || value.defined_seq == 0 ||
        !ledger_read(txn, value.defined_seq, &entry) || entry.event.payload.size == 0) {
        return false;
    }
    *bytes = entry.event.payload;
    return true;
}

/* walking */

struct walk {
    struct store_txn *txn;
    void *context;
    bool (*on_member)(void *context, struct id id, const struct record_member *member);
    bool (*on_key)(void *context, const struct hash *pk, const struct record_key *key);
    bool (*on_ballot)(void *context, struct id on_behalf_of, const struct record_ballot *ballot);
    bool (*on_roll_entry)(void *context, const struct roll_entry *entry);
};

/* The last `size` bytes of a key. */
static void key_tail(struct slice key, void *into, size_t size)
{
    assert_always(key.size >= size);
    memcpy(into, key.data + key.size - size, size);
}

static bool visit_member(void *context, struct slice key, struct slice value)
{
    struct walk *walk = context;
    struct id id;
    struct record_member member = read_member(value);
    key_tail(key, id.bytes, ID_SIZE);
    return walk->on_member(walk->context, id, &member);
}

static bool visit_key(void *context, struct slice key, struct slice value)
{
    struct walk *walk = context;
    struct hash pk;
    struct record_key record;
    (void)value;
    key_tail(key, pk.bytes, HASH_SIZE);
    return !record_key(walk->txn, &pk, &record) || walk->on_key(walk->context, &pk, &record);
}

static bool visit_ballot(void *context, struct slice key, struct slice value)
{
    struct walk *walk = context;
    struct id id;
    key_tail(key, id.bytes, ID_SIZE);
    struct record_voter voter = read_voter(id, value);
    return !voter.has_ballot || walk->on_ballot(walk->context, id, &voter.ballot);
}

static bool visit_roll_entry(void *context, struct slice key, struct slice value)
{
    struct walk *walk = context;
    struct id id;
    key_tail(key, id.bytes, ID_SIZE);
    struct record_voter voter = read_voter(id, value);
    return !voter.on_roll || walk->on_roll_entry(walk->context, &voter.entry);
}

static void scan(struct walk *walk, struct record_name prefix, store_visit visit)
{
    store_scan(walk->txn, TABLE_RECORD, record_name_slice(&prefix), visit, walk);
}

void record_each_member(struct store_txn *txn,
                        bool (*visit)(void *context, struct id id,
                                      const struct record_member *member),
                        void *context)
{
    struct walk walk = {.txn = txn, .context = context, .on_member = visit};
    scan(&walk, record_name_of(RECORD_MEMBER, nothing, nothing, nothing), visit_member);
}

void record_each_key(struct store_txn *txn, struct id member,
                     bool (*visit)(void *context, const struct hash *pk,
                                   const struct record_key *key),
                     void *context)
{
    struct walk walk = {.txn = txn, .context = context, .on_key = visit};
    scan(&walk, name_by_id(RECORD_KEY_OF_MEMBER, &member), visit_key);
}

void record_each_ballot(struct store_txn *txn, struct id poll,
                        bool (*visit)(void *context, struct id on_behalf_of,
                                      const struct record_ballot *ballot),
                        void *context)
{
    struct walk walk = {.txn = txn, .context = context, .on_ballot = visit};
    scan(&walk, name_by_id(RECORD_VOTER, &poll), visit_ballot);
}

void record_each_roll_entry(struct store_txn *txn, struct id poll,
                            bool (*visit)(void *context, const struct roll_entry *entry),
                            void *context)
{
    struct walk walk = {.txn = txn, .context = context, .on_roll_entry = visit};
    scan(&walk, name_by_id(RECORD_VOTER, &poll), visit_roll_entry);
}
