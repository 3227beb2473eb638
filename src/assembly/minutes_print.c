/* Minutes on paper: a page of HTML that prints on A4, or Markdown, in one of three languages.
 *
 * Each fact is written by one function through the small writer of minutes_page.h, which knows both forms: headings, lines of
 * a label and what follows, tables. Whatever people wrote goes through its put(), which escapes; nothing else reaches the
 * page but words of minutes_words.c. The secretary's texts keep their paragraphs, lists and emphasis, no more. What a fact does not
 * hold is not written. Start at minutes_print(). */
#include "assembly/minutes.h"
#include "assembly/minutes_page.h"
#include "base/memory.h"
#include "rules/words.h"

#include <stdlib.h>

/* ---- pieces ---- */

/* "34 of 60". */
static void put_part(struct page *page, uint64_t part, uint64_t whole)
{
    page_number(page, part);
    page_text(page, " ");
    page_say(page, MINUTES_SAY_OF);
    page_text(page, " ");
    page_number(page, whole);
}

/* ---- heading ---- */

static const struct page_word kinds[] = {
    {"general_assembly", MINUTES_SAY_GENERAL_ASSEMBLY},
    {"board", MINUTES_SAY_BOARD},
    {"group", MINUTES_SAY_GROUP},
    {"work_session", MINUTES_SAY_WORK_SESSION},
    {NULL, MINUTES_SAY_END},
};
static const struct page_word offices[] = {
    {"chair", MINUTES_SAY_CHAIR},
    {"secretary", MINUTES_SAY_SECRETARY},
    {"scrutineer", MINUTES_SAY_SCRUTINEER},
    {NULL, MINUTES_SAY_END},
};

static struct slice organisation_name(const struct page *page, const json_t *heading)
{
    const json_t *organisation = json_object_get(heading, "organisation");
    struct slice name = page_label(page, json_object_get(organisation, "names"));
    return name.size > 0 ? name : json_get_text(organisation, "name");
}

static void print_officers(struct page *page, const json_t *officers)
{
    size_t i;
    json_t *officer;
    json_array_foreach(officers, i, officer)
    {
        page_item(page);
        page_word_of(page, offices, json_get_text(officer, "office"));
        page_say(page, MINUTES_SAY_COLON);
        page_member(page, officer);
        page_end(page);
    }
    page_end_list(page);
}

static void print_call(struct page *page, const json_t *of)
{
    const json_t *notice = json_object_get(of, "notice");
    uint64_t asked =
        notice != NULL ? page_number_in(notice, "asked_days") : page_number_in(of, "notice_days");
    page_line_time(page, MINUTES_SAY_CALLED, page_number_in(of, "called_ms"));
    if (notice != NULL && json_object_get(of, "called_ms") != NULL) {
        page_line(page, MINUTES_SAY_NOTICE);
        page_number(page, page_number_in(notice, "given_days"));
        if (asked > 0) {
            page_text(page, " (");
            page_say(page, MINUTES_SAY_ASKED_DAYS);
            page_say(page, MINUTES_SAY_COLON);
            page_number(page, asked);
            page_text(page, ")");
        }
        page_end(page);
    }
    if (json_object_get(of, "second_of") != NULL) {
        page_line(page, MINUTES_SAY_SECOND);
        page_say(page, MINUTES_SAY_NUMBER);
        page_name_number(page, page_number_in(json_object_get(of, "second_of"), "number"));
        page_end(page);
    }
}

static void print_heading(struct page *page, const json_t *of)
{
    page_heading(page, 1);
    page_put(page, page_label(page, json_object_get(of, "title")));
    page_end(page);
    page_line(page, MINUTES_SAY_MINUTES);
    page_put(page, organisation_name(page, of));
    page_text(page, ", ");
    page_word_of(page, kinds, json_get_text(of, "meeting_kind"));
    page_text(page, " ");
    page_say(page, MINUTES_SAY_NUMBER);
    page_name_number(page, page_number_in(of, "number"));
    page_end(page);
    page_line_text(page, MINUTES_SAY_GROUP, json_get_text(json_object_get(of, "group"), "name"));
    page_line_time(page, MINUTES_SAY_DATE, page_number_in(of, "starts_ms"));
    page_line_text(page, MINUTES_SAY_PLACE, page_label(page, json_object_get(of, "place")));
    if (json_get_flag(of, "remote")) {
        struct slice procedure = page_label(page, json_object_get(of, "procedure"));
        page_line(page, MINUTES_SAY_REMOTE);
        if (procedure.size > 0) {
            page_put(page, procedure);
        } else {
            page_say(page, MINUTES_SAY_POSSIBLE);
        }
        page_end(page);
    }
    print_call(page, of);
    page_line_time(page, MINUTES_SAY_OPENED, page_number_in(of, "started_ms"));
    page_line_time(page, MINUTES_SAY_ENDED, page_number_in(of, "ended_ms"));
    if (json_array_size(json_object_get(of, "officers")) > 0) {
        page_line(page, MINUTES_SAY_OFFICERS);
        page_end(page);
        print_officers(page, json_object_get(of, "officers"));
    }
}

/* ---- attendance ---- */

static const struct page_word hows[] = {
    {"code", MINUTES_SAY_BY_CODE},
    {"desk", MINUTES_SAY_BY_DESK},
    {"list", MINUTES_SAY_BY_LIST},
    {NULL, MINUTES_SAY_END},
};
static const struct page_word checks[] = {
    {"session", MINUTES_SAY_BY_SESSION},
    {"document", MINUTES_SAY_BY_DOCUMENT},
    {"known", MINUTES_SAY_BY_KNOWN},
    {"call", MINUTES_SAY_BY_CALL},
    {NULL, MINUTES_SAY_END},
};

static void put_how(struct page *page, const json_t *stay)
{
    bool remote = json_get_flag(stay, "remote");
    struct slice how = json_get_text(stay, "how"), checked = json_get_text(stay, "checked");
    page_say(page, remote ? MINUTES_SAY_REMOTELY : MINUTES_SAY_IN_HALL);
    if (!slice_equal(how, slice_text("remote"))) {
        page_text(page, ", ");
        page_word_of(page, hows, how);
    }
    if (checked.size > 0) {
        page_text(page, ", ");
        page_say(page, MINUTES_SAY_CHECKED);
        page_text(page, " ");
        page_word_of(page, checks, checked);
    }
}

static void print_stay(struct page *page, const json_t *person, const json_t *stay, bool first)
{
    page_row(page);
    page_cell(page);
    if (first) {
        page_member(page, person);
    }
    page_cell(page);
    if (first) {
        page_class(page, json_get_text(person, "class"));
    }
    page_cell(page);
    page_time(page, page_number_in(stay, "in_ms"));
    page_cell(page);
    if (json_object_get(stay, "out_ms") != NULL) {
        page_time(page, page_number_in(stay, "out_ms"));
    } else {
        page_say(page, MINUTES_SAY_STILL_THERE);
    }
    page_cell(page);
    put_how(page, stay);
    page_end_row(page);
}

static struct slice name_of(const json_t *holder)
{
    return json_get_text(json_object_get(holder, "member"), "name");
}

struct attendee {
    const json_t *person;
};

static int by_name(const void *left, const void *right)
{
    enum { ROOM = 400 };
    uint8_t a[ROOM], b[ROOM];
    const json_t *one = ((const struct attendee *)left)->person;
    const json_t *other = ((const struct attendee *)right)->person;
    int order = slice_compare(slice_of(a, text_folded(name_of(one), a, ROOM)),
                              slice_of(b, text_folded(name_of(other), b, ROOM)));
    return order != 0 ? order
                      : id_compare(json_get_id(json_object_get(one, "member"), "id"),
                                   json_get_id(json_object_get(other, "member"), "id"));
}

static void print_people(struct page *page, const json_t *people)
{
    static const enum minutes_word columns[] = {MINUTES_SAY_NAME, MINUTES_SAY_CLASS, MINUTES_SAY_IN,
                                                MINUTES_SAY_OUT, MINUTES_SAY_HOW};
    size_t count = json_array_size(people), n;
    json_t *stay;
    struct attendee *sorted = memory_new(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        sorted[i].person = json_array_get(people, i);
    }
    qsort(sorted, count, sizeof *sorted, by_name);
    page_table(page, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < count; i++) {
        json_array_foreach(json_object_get(sorted[i].person, "periods"), n, stay)
        {
            print_stay(page, sorted[i].person, stay, n == 0);
        }
    }
    page_end_table(page);
    free(sorted);
}

static void print_attendance(struct page *page, const json_t *of)
{
    page_title(page, MINUTES_SAY_ATTENDANCE);
    page_line(page, MINUTES_SAY_ATTENDED);
    page_number(page, page_number_in(of, "attended"));
    page_text(page, ", ");
    page_say(page, MINUTES_SAY_OF_THEM_REMOTE);
    page_say(page, MINUTES_SAY_COLON);
    page_number(page, page_number_in(of, "remote"));
    page_end(page);
    if (json_array_size(json_object_get(of, "people")) > 0) {
        print_people(page, json_object_get(of, "people"));
    }
}

/* ---- quorum ---- */

static const struct page_word units[] = {
    {"heads", MINUTES_SAY_OF_HEADS},
    {"weight", MINUTES_SAY_OF_WEIGHT},
    {"shares", MINUTES_SAY_OF_SHARES},
    {NULL, MINUTES_SAY_END},
};

/* "at least 1/2 of the members: 34 of 60, 30 needed: reached". */
static void put_quorum(struct page *page, const json_t *quorum)
{
    const struct rule_words *words = rule_words_of(page->language);
    page_text(page, json_get_flag(quorum, "strict") ? words->more_than : words->at_least);
    page_text(page, " ");
    page_number(page, page_number_in(quorum, "num"));
    page_text(page, "/");
    page_number(page, page_number_in(quorum, "den"));
    page_text(page, " ");
    page_word_of(page, units, json_get_text(quorum, "unit"));
    page_say(page, MINUTES_SAY_COLON);
    put_part(page, page_number_in(quorum, "x"), page_number_in(quorum, "n"));
    page_text(page, ", ");
    page_say(page, MINUTES_SAY_NEEDED);
    page_text(page, " ");
    page_number(page, page_number_in(quorum, "least"));
    page_say(page, MINUTES_SAY_COLON);
    page_say(page, json_get_flag(quorum, "met") ? MINUTES_SAY_REACHED : MINUTES_SAY_NOT_REACHED);
}

static void line_count(struct page *page, enum minutes_word label, const json_t *present,
                       const json_t *entitled, const char *unit)
{
    page_line(page, label);
    put_part(page, page_number_in(present, unit), page_number_in(entitled, unit));
    page_end(page);
}

static void print_class_quorum(struct page *page, const json_t *class)
{
    const json_t *quorum = json_object_get(class, "quorum");
    page_item(page);
    page_class(page, json_get_text(class, "code"));
    page_say(page, MINUTES_SAY_COLON);
    if (quorum != NULL) {
        put_quorum(page, quorum);
    } else {
        put_part(page, page_number_in(json_object_get(class, "present"), "heads"),
                 page_number_in(json_object_get(class, "entitled"), "heads"));
    }
    page_end(page);
}

static void print_quorum(struct page *page, const json_t *of)
{
    size_t i;
    json_t *class;
    const json_t *present = json_object_get(of, "present"), *quorum = json_object_get(of, "quorum");
    const json_t *entitled = json_object_get(of, "entitled");
    page_title(page, MINUTES_SAY_QUORUM);
    page_line_time(page, MINUTES_SAY_AT_OPENING, page_number_in(of, "at_ms"));
    if (present != NULL) {
        line_count(page, MINUTES_SAY_PRESENT, present, entitled, "heads");
        line_count(page, MINUTES_SAY_VOTES, present, entitled, "weight");
        if (page_number_in(entitled, "shares") > 0) {
            line_count(page, MINUTES_SAY_SHARES, present, entitled, "shares");
        }
        page_line(page, MINUTES_SAY_GUESTS);
        page_number(page, page_number_in(of, "guests"));
        page_end(page);
    }
    page_line(page, quorum != NULL ? MINUTES_SAY_QUORUM_ASKED : MINUTES_SAY_END);
    if (quorum != NULL) {
        put_quorum(page, quorum);
    } else {
        page_say(page, MINUTES_SAY_NO_QUORUM);
    }
    page_end(page);
    if (json_array_size(json_object_get(of, "classes")) > 1) {
        json_array_foreach(json_object_get(of, "classes"), i, class)
        {
            print_class_quorum(page, class);
        }
        page_end_list(page);
    }
    minutes_print_seen(page, json_object_get(of, "seen"), json_object_get(of, "asked"));
}

/* ---- the agenda ---- */

static void put_place(struct page *page, const json_t *place)
{
    size_t i;
    json_t *number;
    json_array_foreach(place, i, number)
    {
        page_name_number(page, (uint64_t)json_integer_value(number));
        page_text(page, ".");
    }
    page_text(page, " ");
}

static void put_minutes(struct page *page, uint64_t minutes)
{
    page_number(page, minutes);
    page_text(page, " ");
    page_say(page, MINUTES_SAY_MIN);
}

static void print_item_times(struct page *page, const json_t *of)
{
    uint64_t started = page_number_in(of, "started_ms"), ended = page_number_in(of, "ended_ms");
    bool moved = slice_equal(json_get_text(of, "outcome"), slice_text("moved"));
    if (started == 0) {
        page_line(page, MINUTES_SAY_END);
        page_say(page, moved ? MINUTES_SAY_MOVED : MINUTES_SAY_NOT_HELD);
        page_end(page);
        return;
    }
    page_line(page, MINUTES_SAY_TIME);
    page_time(page, started);
    if (ended != 0) {
        page_text(page, " – ");
        page_time(page, ended);
        page_text(page, ", ");
        put_minutes(page, (page_number_in(of, "spent_ms") + 30000) / 60000);
    }
    page_text(page, " (");
    page_say(page, MINUTES_SAY_PLANNED);
    page_text(page, " ");
    put_minutes(page, page_number_in(of, "minutes"));
    page_text(page, ")");
    page_end(page);
    if (moved) {
        page_line(page, MINUTES_SAY_END);
        page_say(page, MINUTES_SAY_MOVED);
        page_end(page);
    }
}

static void print_item(struct page *page, const json_t *of)
{
    page_heading(page, json_array_size(json_object_get(of, "place")) > 1 ? 3 : 2);
    put_place(page, json_object_get(of, "place"));
    page_put(page, page_label(page, json_object_get(of, "title")));
    page_end(page);
    print_item_times(page, of);
    minutes_print_things(page, MINUTES_SAY_PROPOSALS, json_object_get(of, "proposals"));
}

/* ---- incidents, to-dos ---- */

static void print_incident(struct page *page, const json_t *incident)
{
    static const struct page_word names[] = {
        {"connection", MINUTES_SAY_LOST}, {"many", MINUTES_SAY_MANY_LOST},
        {"restart", MINUTES_SAY_RESTART}, {"reported", MINUTES_SAY_REPORTED},
        {NULL, MINUTES_SAY_END},
    };
    const json_t *poll = json_object_get(incident, "poll");
    page_item(page);
    page_time(page, page_number_in(incident, "at_ms"));
    if (json_object_get(incident, "until_ms") != NULL) {
        page_text(page, " – ");
        page_time(page, page_number_in(incident, "until_ms"));
    }
    page_say(page, MINUTES_SAY_COLON);
    page_word_of(page, names, json_get_text(incident, "incident_kind"));
    if (poll != NULL) {
        page_text(page, ", ");
        page_say(page, MINUTES_SAY_VOTE);
        page_text(page, " ");
        page_name_number(page, page_number_in(poll, "number"));
    }
    page_text(page, " (");
    page_say(page, MINUTES_SAY_PEOPLE);
    page_say(page, MINUTES_SAY_COLON);
    page_number(page, page_number_in(incident, "people"));
    page_text(page, ")");
    page_end(page);
}

static void print_none(struct page *page)
{
    page_line(page, MINUTES_SAY_END);
    page_say(page, MINUTES_SAY_NONE);
    page_end(page);
}

static void print_incidents(struct page *page, const json_t *of)
{
    size_t i;
    json_t *item, *items = json_object_get(of, "items");
    page_title(page, MINUTES_SAY_INCIDENTS);
    json_array_foreach(items, i, item)
    {
        print_incident(page, item);
    }
    page_end_list(page);
    if (json_array_size(items) == 0) {
        print_none(page);
    }
}

static void put_people(struct page *page, const json_t *people, bool *first, bool asked)
{
    size_t i;
    json_t *item;
    json_array_foreach(people, i, item)
    {
        page_text(page, *first ? "" : ", ");
        page_member(page, item);
        if (asked) {
            page_text(page, " (");
            page_say(page, MINUTES_SAY_ASKED);
            page_text(page, ")");
        }
        *first = false;
    }
}

static void print_task(struct page *page, const json_t *task)
{
    bool nobody = true;
    page_row(page);
    page_cell(page);
    page_text(page, "#");
    page_name_number(page, page_number_in(task, "number"));
    page_text(page, " ");
    page_put(page, json_get_text(task, "title"));
    page_cell(page);
    put_people(page, json_object_get(task, "assignees"), &nobody, false);
    put_people(page, json_object_get(task, "asked"), &nobody, true);
    if (nobody) {
        page_say(page, MINUTES_SAY_FREE);
    }
    page_cell(page);
    if (json_object_get(task, "due_ms") != NULL) {
        page_date(page, page_number_in(task, "due_ms"));
    }
    page_end_row(page);
}

static void print_tasks(struct page *page, const json_t *of)
{
    static const enum minutes_word columns[] = {MINUTES_SAY_TASK, MINUTES_SAY_WHO, MINUTES_SAY_DUE};
    size_t i;
    json_t *item, *items = json_object_get(of, "items");
    page_title(page, MINUTES_SAY_TASKS);
    if (json_array_size(items) == 0) {
        print_none(page);
        return;
    }
    page_table(page, columns, sizeof columns / sizeof columns[0]);
    json_array_foreach(items, i, item)
    {
        print_task(page, item);
    }
    page_end_table(page);
}

/* ---- the end ---- */

static void print_signatures(struct page *page, const json_t *officers)
{
    size_t i;
    json_t *officer;
    if (json_array_size(officers) == 0) {
        return;
    }
    page_title(page, MINUTES_SAY_SIGNATURES);
    json_array_foreach(officers, i, officer)
    {
        page_signature(page);
        page_word_of(page, offices, json_get_text(officer, "office"));
        page_say(page, MINUTES_SAY_COLON);
        page_member(page, officer);
        page_end(page);
    }
}

static void print_seal(struct page *page, const json_t *of)
{
    page_title(page, MINUTES_SAY_SEAL);
    page_line(page, MINUTES_SAY_SIZE);
    page_number(page, page_number_in(of, "size"));
    page_end(page);
    page_line_text(page, MINUTES_SAY_ROOT, json_get_text(of, "root"));
    page_line_text(page, MINUTES_SAY_FOUR_WORDS, page->seal_words);
    page_line_time(page, MINUTES_SAY_SEALED, page_number_in(page->minutes, "sealed_ms"));
    page_line_text(page, MINUTES_SAY_HASH, json_get_text(page->minutes, "hash"));
    print_signatures(page, json_object_get(of, "officers"));
}

/* ---- all ---- */

static const struct {
    const char *kind;
    void (*print)(struct page *page, const json_t *of);
} printers[] = {
    {"heading", print_heading},   {"attendance", print_attendance},
    {"quorum", print_quorum},     {"item", print_item},
    {"vote", minutes_print_vote}, {"incidents", print_incidents},
    {"tasks", print_tasks},       {"seal", print_seal},
};

static void print_block(struct page *page, const json_t *block)
{
    struct slice kind = json_get_text(block, "block_kind");
    if (slice_equal(kind, slice_text("text"))) {
        page_prose(page, page_label(page, json_object_get(block, "text")));
        return;
    }
    for (size_t i = 0; i < sizeof printers / sizeof printers[0]; i++) {
        if (slice_equal(kind, slice_text(printers[i].kind))) {
            page_fact(page, printers[i].kind);
            printers[i].print(page, json_object_get(block, "facts"));
            page_end_fact(page);
        }
    }
}

/* The facts of the heading; every document has one. */
static const json_t *heading_of(const json_t *minutes)
{
    size_t i;
    json_t *block;
    json_array_foreach(json_object_get(minutes, "blocks"), i, block)
    {
        if (slice_equal(json_get_text(block, "block_kind"), slice_text("heading"))) {
            return json_object_get(block, "facts");
        }
    }
    return NULL;
}

void minutes_print(struct buffer *out, const json_t *minutes, const char *language,
                   enum minutes_format format, struct slice words)
{
    size_t i;
    json_t *block;
    const json_t *heading = heading_of(minutes);
    struct page page = {.out = out,
                        .html = format == MINUTES_HTML,
                        .language = language,
                        .minutes = minutes,
                        .heading = heading,
                        .seal_words = words};
    page_begin(&page, organisation_name(&page, heading),
               page_label(&page, json_object_get(heading, "title")));
    if (slice_equal(json_get_text(minutes, "state"), slice_text("draft"))) {
        page_line(&page, MINUTES_SAY_END);
        page_say(&page, MINUTES_SAY_DRAFT);
        page_end(&page);
    }
    json_array_foreach(json_object_get(minutes, "blocks"), i, block)
    {
        print_block(&page, block);
    }
    page_finish(&page);
}

void minutes_print_block(struct buffer *out, const json_t *minutes, const json_t *block,
                         const char *language, struct slice words)
{
    struct page page = {.out = out,
                        .language = language,
                        .minutes = minutes,
                        .heading = heading_of(minutes),
                        .seal_words = words};
    print_block(&page, block);
}
