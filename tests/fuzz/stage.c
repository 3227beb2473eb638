/* Fills a world with one thing of each kind, so that random commands find something to act on.
 *
 * Things are called by number ("1") where the protocol takes one, else by a word of two characters in the input, "@a" and
 * so on, which is replaced by an id before the input is read: an id of 36 characters is nothing that chance finds. Start at
 * stage_fill(). */
#include "tests/fuzz/stage.h"

#include <stdio.h>

#include "base/encoding.h"

/* The word of a letter; NULL = there is none. */
static const char *word_of(const struct stage *stage, char letter)
{
    return letter >= 'a' && letter < 'a' + STAGE_LETTERS ? stage->words[letter - 'a']
           : letter >= 'A' && letter < 'A' + STAGE_CAPITALS
               ? stage->words[STAGE_LETTERS + letter - 'A']
               : NULL;
}

static void set_word(struct stage *stage, char letter, const char *text)
{
    snprintf((char *)(uintptr_t)word_of(stage, letter), STAGE_WORD_SIZE, "%s", text);
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

/* @A: an assembly under way, with the items @B and @C, a vote that is open (@D), one that is closed and not shown (@E), people,
 * an incident, a to-do and a draft of its minutes; @F: a work session of the member, soon. */
static void add_meetings(struct stage *stage)
{
    struct world *world = &stage->world;
    struct caller first = stage->callers[STAGE_FACILITATOR], member = stage->callers[STAGE_MEMBER];
    char rest[120];
    struct id none = {{0}}, ids[] = {world_id(world), world_id(world), world_id(world)};
    world_must(world, first, "meeting.plan",
               "{'id':'%s','kind':'general_assembly','title':{'fr':'AG'},'starts':%llu,"
               "'minutes':60,'remote':true,'rule':'asbl-statutes','place':{'fr':'Ici'},'agenda':["
               "{'id':'%s','title':{'fr':'Un'},'item_kind':'opening','minutes':5},"
               "{'id':'%s','title':{'fr':'Deux'},'item_kind':'vote','minutes':5,'proposals':['1'],"
               "'tasks':['1']}]}",
               world_text(ids[0]), (unsigned long long)world->now_ms + 60000, world_text(ids[1]),
               world_text(ids[2]));
    world_must(world, first, "meeting.offices", "{'id':'1','chair':'%s','scrutineers':['%s']}",
               world_text(member.member), world_text(stage->callers[STAGE_OTHER].member));
    for (unsigned at = STAGE_FACILITATOR; at < STAGE_OTHER; at++) {
        world_must(world, first, "attendance.record",
                   "{'meeting':'1','member':'%s','present':true}",
                   world_text(stage->callers[at].member));
    }
    world_must(world, first, "meeting.start", "{'id':'1','seen':true}");
    world_must(world, first, "meeting.item", "{'id':'1','item':'%s'}", world_text(ids[1]));
    snprintf(rest, sizeof rest, ",'meeting':'1','item':'%s'", world_text(ids[2]));
    struct id open = voting_draft(world, first, "decision", none, rest);
    struct id closed = voting_draft(world, first, "straw", none, ",'meeting':'1'");
    world_must(world, first, "poll.open", "{'id':'%s','seen':true}", world_text(open));
    world_must(world, first, "poll.open", "{'id':'%s','seen':true}", world_text(closed));
    world_must(world, first, "poll.close", "{'id':'%s'}", world_text(closed));
    world_must(world, member, "incident.report", "{'meeting':'1','poll':'%s'}", world_text(open));
    world_must(world, member, "task.line",
               "{'id':'%s','meeting':'1','language':'fr','line':'ranger !+2d'}",
               world_text(world_id(world)));
    world_must(world, first, "minutes.draft", "{'meeting':'1'}");
    struct id work = world_id(world);
    world_must(world, member, "meeting.plan",
               "{'id':'%s','kind':'work_session','title':{'fr':'Jeudi'},'starts':%llu,'minutes':60,"
               "'series':'month','template':'working_group'}",
               world_text(work), (unsigned long long)world->now_ms + 60000);
    const struct id words[] = {ids[0], ids[1], ids[2], open, closed, work};
    for (size_t at = 0; at < sizeof words / sizeof words[0]; at++) {
        set_id(stage, (char)('A' + (char)at), words[at]);
    }
}

void stage_set_newest(struct stage *stage)
{
    char number[24];
    uint64_t next = ledger_next(assembly_ledger(stage->world.assembly));
    snprintf(number, sizeof number, "%llu", (unsigned long long)(next - 1));
    set_word(stage, 'G', number);
}

void stage_fill(struct stage *stage)
{
    add_people(stage);
    add_things(stage);
    add_votes(stage);
    add_meetings(stage);
    stage_set_newest(stage);
}

void stage_expand(const struct stage *stage, struct slice text, struct buffer *out)
{
    for (size_t at = 0; at < text.size; at++) {
        const char *word = at + 1 < text.size ? word_of(stage, (char)text.data[at + 1]) : NULL;
        if (text.data[at] == '@' && word != NULL) {
            buffer_append_text(out, word);
            at++;
        } else {
            buffer_append_u8(out, text.data[at]);
        }
    }
}
