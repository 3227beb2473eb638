/* Fills a world with one thing of each kind, so that random commands find something to act on.
 *
 * Things are called by number ("1") where the protocol takes one, else by a word of two characters in the input, "@a" and
 * so on, which is replaced by an id before the input is read: an id of 36 characters is nothing that chance finds. Start at
 * stage_fill(). */
#include "tests/fuzz/stage.h"

#include <stdio.h>

#include "base/encoding.h"

static void set_word(struct stage *stage, char letter, const char *text)
{
    snprintf(stage->words[letter - 'a'], STAGE_WORD_SIZE, "%s", text);
}

static void set_id(struct stage *stage, char letter, struct id id)
{
    set_word(stage, letter, world_text(id));
}

static void set_bytes(struct stage *stage, char letter, struct slice bytes)
{
    struct buffer out;
    buffer_init(&out, STAGE_WORD_SIZE);
    encoding_base64url(&out, bytes);
    buffer_append_u8(&out, 0);
    set_word(stage, letter, (const char *)out.data);
    buffer_free(&out);
}

static void add_people(struct stage *stage)
{
    static const char *const names[STAGE_CALLERS] = {
        NULL, NULL, "Ana Bogaert", "Piet Claes", "Kim Diaz", "Lou Evrard", "Max Fabre"};
    static const char *const roles[STAGE_CALLERS] = {NULL, NULL, "facilitator admin", "secretary",
                                                     "",   "",   "observer auditor"};
    struct world *world = &stage->world;
    stage->callers[STAGE_OPERATOR] = world_operator;
    stage->callers[STAGE_NOBODY] = world_nobody;
    for (unsigned at = STAGE_FACILITATOR; at < STAGE_CALLERS; at++) {
        stage->callers[at] = world_member(world, names[at], roles[at]);
        set_id(stage, (char)('a' + at), stage->callers[at].member);
        if (at == STAGE_FACILITATOR) {
            set_bytes(stage, 'a', slice_of(world->session_token, sizeof world->session_token));
        }
    }
    stage->voters[0] = (struct voter){.caller = stage->callers[STAGE_FACILITATOR], .weight = 1};
    stage->voters[1] = (struct voter){.caller = stage->callers[STAGE_MEMBER], .weight = 1};
    voting_enrol(world, &stage->voters[0], 1);
    voting_enrol(world, &stage->voters[1], 2);
}

static void add_things(struct stage *stage)
{
    struct world *world = &stage->world;
    struct caller first = stage->callers[STAGE_FACILITATOR], member = stage->callers[STAGE_MEMBER];
    struct id proposal = voting_ready_proposal(world, member, first);
    struct id second = world_id(world), comment = world_id(world), group = world_id(world),
              task = world_id(world);
    world_must(world, first, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'S asseoir','text':'Un banc "
               "dans la cour.','themes':[]}",
               world_text(second));
    world_must(world, first, "comment.post",
               "{'id':'%s','on':{'kind':'proposal','id':'1'},'language':'fr',"
               "'text':'Bonne idée'}",
               world_text(comment));
    world_must(world, member, "group.create",
               "{'id':'%s','language':'fr','name':'Jardin','purpose':'Un but.'}",
               world_text(group));
    world_must(world, first, "task.create",
               "{'id':'%s','language':'fr','title':'Acheter du bois','result':'',"
               "'from':{'kind':'proposal','id':'1'}}",
               world_text(task));
    set_id(stage, 'h', proposal);
    set_id(stage, 'i', second);
    set_id(stage, 'j', comment);
    set_id(stage, 'k', group);
    set_id(stage, 'l', task);
    set_id(stage, 'm', world->org);
    for (char letter = 'n'; letter <= 'r'; letter++) {
        set_id(stage, letter, world_id(world)); /* not used yet */
    }
}

/* The letters from `letter` on: a ballot's signed bytes and its signature. */
static void add_ballot(struct stage *stage, char letter, struct id poll, struct voter *voter,
                       uint8_t value)
{
    uint8_t choice[2];
    struct buffer tbs;
    struct ballot ballot = voting_ballot(&stage->world, poll, voter, FORM_YES_NO, value, choice);
    buffer_init(&tbs, 512);
    ballot_encode_tbs(&tbs, &ballot);
    crypto_sign(&voter->key, buffer_slice(&tbs), ballot.signature);
    set_bytes(stage, letter, buffer_slice(&tbs));
    set_bytes(stage, (char)(letter + 1), slice_of(ballot.signature, SIGNATURE_SIZE));
    buffer_free(&tbs);
}

static void add_votes(struct stage *stage)
{
    struct caller first = stage->callers[STAGE_FACILITATOR];
    struct id none = {{0}};
    struct id open = voting_open(&stage->world, first, "decision", none, "");
    struct id draft = voting_draft(&stage->world, first, "straw", none, "");
    set_id(stage, 's', open);
    set_id(stage, 't', draft);
    add_ballot(stage, 'u', open, &stage->voters[0], CHOICE_YES);
    add_ballot(stage, 'w', open, &stage->voters[1], CHOICE_NO);
    add_ballot(stage, 'y', open, &stage->voters[1], CHOICE_YES);
}

void stage_fill(struct stage *stage)
{
    add_people(stage);
    add_things(stage);
    add_votes(stage);
}

void stage_expand(const struct stage *stage, struct slice text, struct buffer *out)
{
    for (size_t at = 0; at < text.size; at++) {
        char next = at + 1 < text.size ? (char)text.data[at + 1] : 0;
        if (text.data[at] == '@' && next >= 'a' && next <= 'z') {
            buffer_append_text(out, stage->words[next - 'a']);
            at++;
        } else {
            buffer_append_u8(out, text.data[at]);
        }
    }
}
