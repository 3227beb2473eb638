/* palabre tally --rule PRESET: the verdict of a rule for numbers that were counted by hand, so that a secretary can check one.
 *
 * Numbers come as options, those of classes as --class CODE:yes=4,no=2,… They become the facts of src/rules, which judges
 * and writes the sentence; nothing is decided here. A number that the rule needs and that was not given is asked for by
 * name; what is given twice, for the whole and in classes, must agree. Start at tally_rule(). */
#include "server/commands/tally_rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "rules/preset.h"
#include "rules/rules.h"
#include "server/commands/options.h"

enum { COUNTED = 0, WRONG_USAGE = 2, TIE_OPEN = 3 };
enum { OF_PRESENT = 1, BASE_PRESENT = 2, BASE_ENTITLED = 3, TIE_CHAIR = 2 };
enum { HEADS_MAX = 1000000000, SPEC_MAX = 1000, CODE_MAX = 35, JSON_MAX_SIZE = 1 << 20 };
#define VOTES_MAX ((UINT64_C(1) << 48) - 1)

/* What can be counted. */
enum number {
    YES,
    NO,
    ABSTAIN,
    BLANK,
    VOID,
    CONSENT,
    CONCERN,
    OBJECTION,
    PRESENT,
    REPRESENTED,
    ENTITLED,
    SHARES_PRESENT,
    SHARES_ENTITLED,
    NUMBERS
};
static const char *const names[NUMBERS] = {"yes",
                                           "no",
                                           "abstain",
                                           "blank",
                                           "void",
                                           "consent",
                                           "concern",
                                           "objection",
                                           "present",
                                           "represented",
                                           "entitled",
                                           "shares-present",
                                           "shares-entitled"};

struct numbers {
    bool given[NUMBERS];
    uint64_t value[NUMBERS];
};
struct rule_command {
    const char *preset_name, *language, *tie;
    const char *texts[NUMBERS];
    const char *class_texts[RULE_CLASSES_MAX];
    size_t n_class;
    bool second_call, json;
    /* Read from these: */
    const struct rule_preset *preset;
    struct rule rule;
    struct numbers whole, of_class[RULE_CLASSES_MAX];
    char codes[RULE_CLASSES_MAX][SPEC_MAX];
    struct rule_class classes[RULE_CLASSES_MAX];
    struct rule_facts facts;
    struct rule_verdict verdict;
};

static int wrong(const char *option, const char *given, const char *expected)
{
    fprintf(stderr, "palabre: --%s%s%s: %s\n", option, given == NULL ? "" : " ",
            given == NULL ? "" : given, expected);
    return WRONG_USAGE;
}

/* ---- reading ---- */

static uint64_t most(size_t number)
{
    return number >= PRESENT && number <= ENTITLED ? HEADS_MAX : VOTES_MAX;
}

static int read_numbers(struct rule_command *command)
{
    for (size_t i = 0; i < NUMBERS; i++) {
        if (command->texts[i] == NULL) {
            continue;
        }
        if (!options_number(command->texts[i], most(i), &command->whole.value[i])) {
            return wrong(names[i], command->texts[i], "a whole number is expected");
        }
        command->whole.given[i] = true;
    }
    return COUNTED;
}

static bool read_pair(char *pair, struct numbers *numbers)
{
    char *equals = strchr(pair, '=');
    if (equals == NULL) {
        return false;
    }
    *equals = '\0';
    for (size_t i = 0; i < NUMBERS; i++) {
        if (strcmp(pair, names[i]) == 0) {
            bool first = !numbers->given[i];
            numbers->given[i] = true;
            return first && options_number(equals + 1, most(i), &numbers->value[i]);
        }
    }
    return false;
}

/* As in a definition. */
static bool code_is_good(const char *code)
{
    size_t size = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    return size >= 1 && size <= CODE_MAX && code[size] == '\0';
}

/* CODE:yes=4,no=2 */
static int read_class(struct rule_command *command, size_t index)
{
    static const char *const expected = "CODE:yes=N,no=N,entitled=N… is expected, each once";
    const char *text = command->class_texts[index];
    char *code = command->codes[index], *rest = NULL;
    if (strlen(text) >= SPEC_MAX) {
        return wrong("class", text, expected);
    }
    memcpy(code, text, strlen(text) + 1);
    char *colon = strchr(code, ':');
    if (colon == NULL) {
        return wrong("class", text, expected);
    }
    *colon = '\0';
    if (!code_is_good(code)) {
        return wrong("class", text, "the code is 1 to 35 letters, digits and hyphens");
    }
    for (char *pair = strtok_r(colon + 1, ",", &rest); pair != NULL;
         pair = strtok_r(NULL, ",", &rest)) {
        if (!read_pair(pair, &command->of_class[index])) {
            return wrong("class", text, expected);
        }
    }
    for (size_t i = 0; i < index; i++) {
        if (strcmp(command->codes[i], code) == 0) {
            return wrong("class", text, "this class was given before");
        }
    }
    return COUNTED;
}

/* What classes give together: the whole, where it was not given; else it must be the same. */
static int sum_classes(struct rule_command *command)
{
    for (size_t i = 0; i < NUMBERS; i++) {
        uint64_t sum = 0;
        bool given = false;
        for (size_t at = 0; at < command->n_class; at++) {
            sum += command->of_class[at].value[i];
            given = given || command->of_class[at].given[i];
        }
        char expected[64];
        if (sum > most(i)) {
            snprintf(expected, sizeof expected, "at most %llu in all classes together",
                     (unsigned long long)most(i));
            return wrong(names[i], NULL, expected);
        }
        if (given && command->whole.given[i] && sum != command->whole.value[i]) {
            snprintf(expected, sizeof expected, "the classes have %llu together",
                     (unsigned long long)sum);
            return wrong(names[i], command->texts[i], expected);
        }
        if (given && !command->whole.given[i]) {
            command->whole.given[i] = true;
            command->whole.value[i] = sum;
        }
    }
    return COUNTED;
}

static int read_preset(struct rule_command *command)
{
    command->preset = rule_preset_find(slice_text(command->preset_name));
    if (command->preset == NULL) {
        fprintf(stderr, "palabre: --rule %s: one of", command->preset_name);
        for (const char *const *name = rule_preset_names; *name != NULL; name++) {
            fprintf(stderr, " %s", *name);
        }
        fprintf(stderr, " is expected\n");
        return WRONG_USAGE;
    }
    command->rule = rule_preset_rule(command->preset);
    if (command->tie != NULL && strcmp(command->tie, "chair") == 0) {
        command->rule.tie = TIE_CHAIR;
    } else if (command->tie != NULL && strcmp(command->tie, "not-adopted") != 0) {
        return wrong("tie", command->tie, "not-adopted or chair is expected");
    }
    if (command->n_class > 0) {
        command->rule.per_class =
            (uint8_t)((command->rule.quorum_den > 0 ? RULE_PER_CLASS_QUORUM : 0) |
                      (command->rule.majority_den > 0 ? RULE_PER_CLASS_MAJORITY : 0));
    }
    if (command->second_call && !command->preset->second_call) {
        return wrong("second-call", NULL, "this rule has none");
    }
    if (command->second_call) {
        rule_drop_quorum(&command->rule);
    }
    return COUNTED;
}

/* ---- what the rule needs ---- */

static bool is_needed(const struct rule *rule, uint8_t method, size_t number)
{
    bool presence = rule->quorum_den > 0 && rule->quorum_of == OF_PRESENT;
    bool shares = presence && rule->quorum_unit == UNIT_SHARES;
    switch (number) {
    case YES:
    case NO:
        return method == RULE_YES_NO;
    case CONSENT:
    case OBJECTION:
        return method == RULE_CONSENT;
    case PRESENT:
        return (presence && !shares) || rule->majority_base == BASE_PRESENT;
    case ENTITLED:
        return (rule->quorum_den > 0 && !shares) || rule->majority_base == BASE_ENTITLED;
    case SHARES_PRESENT:
    case SHARES_ENTITLED:
        return shares;
    default:
        return false; /* 0 when it is not given */
    }
}

static int check_needed(const struct rule_command *command)
{
    bool consent = command->preset->method == RULE_CONSENT;
    for (size_t i = 0; i < NUMBERS; i++) {
        bool foreign = consent ? i == YES || i == NO : i >= CONSENT && i <= OBJECTION;
        if (foreign && command->whole.given[i]) {
            return wrong(names[i], command->texts[i], "this rule counts no such answer");
        }
        if (!is_needed(&command->rule, command->preset->method, i)) {
            continue;
        }
        if (!command->whole.given[i]) {
            return wrong(names[i], NULL, "this rule needs the number");
        }
        for (size_t at = 0; at < command->n_class; at++) {
            if (!command->of_class[at].given[i]) {
                fprintf(stderr, "palabre: --class %s: %s=N is expected too\n", command->codes[at],
                        names[i]);
                return WRONG_USAGE;
            }
        }
    }
    return COUNTED;
}

static int check_presence(const struct numbers *numbers)
{
    const uint64_t *value = numbers->value;
    if (numbers->given[ENTITLED] && value[PRESENT] + value[REPRESENTED] > value[ENTITLED]) {
        return wrong("present", NULL, "with those represented, no more than --entitled");
    }
    if (numbers->given[SHARES_ENTITLED] && value[SHARES_PRESENT] > value[SHARES_ENTITLED]) {
        return wrong("shares-present", NULL, "no more than --shares-entitled");
    }
    return COUNTED;
}

/* ---- judging ---- */

static struct result_count count_of(uint64_t value)
{
    return (struct result_count){.heads = value < HEADS_MAX ? (uint32_t)value : HEADS_MAX,
                                 .weight = value};
}

static struct rule_numbers facts_of(const struct numbers *numbers)
{
    const uint64_t *value = numbers->value;
    uint64_t votes = value[YES] + value[NO];
    uint64_t answers = votes + value[CONSENT] + value[CONCERN] + value[OBJECTION];
    uint64_t present = value[PRESENT] + value[REPRESENTED];
    struct rule_presence presence = {
        .kept = numbers->given[PRESENT] || numbers->given[SHARES_PRESENT],
        .of = {.heads = (uint32_t)present, .weight = present, .shares = value[SHARES_PRESENT]},
    };
    return (struct rule_numbers){
        .entitled = {.heads = numbers->given[ENTITLED] ? (uint32_t)value[ENTITLED] : 1,
                     .weight = value[ENTITLED]},
        .entitled_shares = value[SHARES_ENTITLED],
        .took_part = count_of(answers + value[ABSTAIN] + value[BLANK] + value[VOID]),
        .abstain = count_of(value[ABSTAIN]),
        .blank = count_of(value[BLANK]),
        .void_ = count_of(value[VOID]),
        .at_opening = presence,
        .at_close = presence,
        .support = value[YES],
        .votes = votes,
    };
}

static void judge(struct rule_command *command)
{
    for (size_t i = 0; i < command->n_class; i++) {
        command->classes[i].code = slice_text(command->codes[i]);
        command->classes[i].numbers = facts_of(&command->of_class[i]);
    }
    command->facts = (struct rule_facts){
        .rule = &command->rule,
        .method = command->preset->method,
        .seats = 1,
        .whole = facts_of(&command->whole),
        .classes = command->classes,
        .n_class = command->n_class,
        .consent = command->whole.value[CONSENT],
        .concern = command->whole.value[CONCERN],
        .objection = command->whole.value[OBJECTION],
        .second_call = command->second_call,
    };
    command->verdict = rule_judge(&command->facts);
}

/* ---- telling ---- */

static const char *const verdicts[] = {"none", "adopted", "not_adopted", "no_quorum", "tie_open"};

static void append_asks(const struct rule_command *command, const char *language,
                        struct buffer *out)
{
    struct rule_second_call second_call = {.allowed = command->preset->second_call,
                                           .gap_days = command->preset->gap_days};
    rule_asks(out, language, command->preset->method, &command->rule, second_call);
}

static const char *title_of(const struct rule_preset *preset, const char *language)
{
    for (size_t i = 0; i < RULE_LANGUAGES; i++) {
        if (strcmp(rule_languages[i], language) == 0) {
            return preset->titles[i];
        }
    }
    return preset->titles[RULE_LANGUAGES - 1];
}

static const char *unchecked_in(const char *language)
{
    return strcmp(language, "fr") == 0
               ? "Règle non vérifiée par un juriste\u202f: comparez avec vos statuts."
           : strcmp(language, "nl") == 0
               ? "Regel niet nagekeken door een jurist: vergelijk met je statuten."
               : "Rule not checked by a lawyer: compare with your statutes.";
}

static void print_text(const struct rule_command *command, const char *language)
{
    struct buffer out;
    const struct rule_preset *preset = command->preset;
    buffer_init(&out, 4 * RULE_SENTENCE_MAX);
    append_asks(command, language, &out);
    printf("%s (%s%s%s)\n%.*s\n", title_of(preset, language), preset->name,
           preset->article == NULL ? "" : ", ", preset->article == NULL ? "" : preset->article,
           (int)out.size, (const char *)out.data);
    if (preset->from_statutes) {
        printf("%s\n", unchecked_in(language));
    }
    buffer_free(&out);
    buffer_init(&out, RULE_SENTENCE_MAX);
    rule_sentence(&out, language, &command->facts, &command->verdict, NULL);
    printf("\n%.*s\n", (int)out.size, (const char *)out.data);
    buffer_free(&out);
}

static json_t *comparison_json(const struct rule_comparison *comparison)
{
    if (comparison->den == 0) {
        return json_null();
    }
    json_t *json = json_object();
    json_put(json, "num", json_number(comparison->num));
    json_put(json, "den", json_number(comparison->den));
    json_put(json, "strict", json_boolean(comparison->strict));
    json_put(json, "x", json_number(comparison->x));
    json_put(json, "n", json_number(comparison->n));
    json_put(json, "least",
             json_number(
                 rule_least(comparison->num, comparison->den, comparison->strict, comparison->n)));
    json_put(json, "met", json_boolean(comparison->met));
    return json;
}

static json_t *classes_json(const struct rule_command *command)
{
    json_t *list = json_array();
    for (size_t i = 0; i < command->verdict.n_class; i++) {
        const struct rule_class_verdict *class = &command->verdict.classes[i];
        json_t *one = json_object();
        json_put(one, "code", json_text(command->classes[i].code));
        json_put(one, "asked", json_boolean(class->asked));
        json_put(one, "agreed", json_boolean(class->agreed));
        json_put(one, "quorum", comparison_json(&class->quorum));
        json_put(one, "majority", comparison_json(&class->majority));
        json_array_append_new(list, one);
    }
    return list;
}

static void add_sentences(const struct rule_command *command, json_t *json)
{
    json_t *asks = json_object(), *sentences = json_object();
    for (size_t i = 0; i < RULE_LANGUAGES; i++) {
        struct buffer out;
        buffer_init(&out, RULE_SENTENCE_MAX);
        append_asks(command, rule_languages[i], &out);
        json_put(asks, rule_languages[i], json_text(buffer_slice(&out)));
        buffer_free(&out);
        buffer_init(&out, RULE_SENTENCE_MAX);
        rule_sentence(&out, rule_languages[i], &command->facts, &command->verdict, NULL);
        json_put(sentences, rule_languages[i], json_text(buffer_slice(&out)));
        buffer_free(&out);
    }
    json_put(json, "asks", asks);
    json_put(json, "sentence", sentences);
}

static void print_json(const struct rule_command *command)
{
    const struct rule_preset *preset = command->preset;
    struct buffer out;
    json_t *json = json_object();
    json_put(json, "rule", json_text(slice_text(preset->name)));
    json_put(json, "checked", json_boolean(!preset->from_statutes));
    json_put(json, "article",
             preset->article == NULL ? json_null() : json_text(slice_text(preset->article)));
    json_put(json, "second_call", json_boolean(command->second_call));
    json_put(json, "verdict", json_text(slice_text(verdicts[command->verdict.verdict])));
    json_put(json, "quorum", comparison_json(&command->verdict.quorum));
    json_put(json, "majority", comparison_json(&command->verdict.majority));
    json_put(json, "classes", classes_json(command));
    add_sentences(command, json);
    buffer_init(&out, JSON_MAX_SIZE);
    json_write(&out, json);
    printf("%.*s\n", (int)out.size, (const char *)out.data);
    buffer_free(&out);
    json_decref(json);
}

/* ---- the command ---- */

static int read_options(struct rule_command *command, int argc, char **argv)
{
    const char **numbers = command->texts;
    struct option_line options[] = {
        {"rule", "PRESET", "the rule; a name that is none lists them", NULL, &command->preset_name,
         1, NULL},
        {"yes", "N", "votes for", NULL, &numbers[YES], 1, NULL},
        {"no", "N", "votes against", NULL, &numbers[NO], 1, NULL},
        {"abstain", "N", "abstentions; 0", NULL, &numbers[ABSTAIN], 1, NULL},
        {"blank", "N", "blank votes; 0", NULL, &numbers[BLANK], 1, NULL},
        {"void", "N", "void votes; 0", NULL, &numbers[VOID], 1, NULL},
        {"consent", "N", "of the rule consent: who consents", NULL, &numbers[CONSENT], 1, NULL},
        {"concern", "N", "who consents with a concern; 0", NULL, &numbers[CONCERN], 1, NULL},
        {"objection", "N", "who objects", NULL, &numbers[OBJECTION], 1, NULL},
        {"present", "N", "voters who were there", NULL, &numbers[PRESENT], 1, NULL},
        {"represented", "N", "voters who were represented; 0", NULL, &numbers[REPRESENTED], 1,
         NULL},
        {"entitled", "N", "voters there are", NULL, &numbers[ENTITLED], 1, NULL},
        {"shares-present", "N", "shares of those there or represented", NULL,
         &numbers[SHARES_PRESENT], 1, NULL},
        {"shares-entitled", "N", "shares there are", NULL, &numbers[SHARES_ENTITLED], 1, NULL},
        {"class", "CODE:yes=N,…", "the same within a class, which must agree too; may be repeated",
         NULL, command->class_texts, RULE_CLASSES_MAX, &command->n_class},
        {"second-call", NULL, "the meeting was called again", &command->second_call, NULL, 0, NULL},
        {"tie", "T", "not-adopted (the preset's) or chair", NULL, &command->tie, 1, NULL},
        {"language", "L", "fr, nl or en; left out, that of LANG", NULL, &command->language, 1,
         NULL},
        {"json", NULL, "one JSON object", &command->json, NULL, 0, NULL},
        {0},
    };
    struct usage usage = {
        .line = "tally --rule PRESET --yes N --no N [options]",
        .about =
            "Says what a rule makes of numbers that were counted by hand, with the arithmetic.",
        .exits = "0 judged, 2 wrong usage, 3 a tie is left to the chair",
        .options = options,
    };
    return options_read(&usage, argc, argv, NULL);
}

/* Judged, or the exit code of what is wrong. */
static int read_all(struct rule_command *command)
{
    int code = read_numbers(command);
    for (size_t i = 0; code == COUNTED && i < command->n_class; i++) {
        code = read_class(command, i);
    }
    code = code == COUNTED ? sum_classes(command) : code;
    code = code == COUNTED ? read_preset(command) : code;
    code = code == COUNTED ? check_needed(command) : code;
    code = code == COUNTED ? check_presence(&command->whole) : code;
    for (size_t i = 0; code == COUNTED && i < command->n_class; i++) {
        code = check_presence(&command->of_class[i]);
    }
    return code;
}

/* "fr_BE.UTF-8" is "fr". */
static const char *language_of(const struct rule_command *command)
{
    const char *given = command->language != NULL ? command->language : getenv("LANG");
    for (size_t i = 0; given != NULL && i < RULE_LANGUAGES; i++) {
        size_t size = strlen(rule_languages[i]);
        if (strncmp(given, rule_languages[i], size) == 0 &&
            (command->language != NULL ? given[size] == '\0'
                                       : strchr("_.@", given[size]) != NULL /* or the end */)) {
            return rule_languages[i];
        }
    }
    return command->language != NULL ? NULL : "en";
}

static int run(struct rule_command *command)
{
    int code = read_all(command);
    const char *language = language_of(command);
    if (code == COUNTED && language == NULL) {
        code = wrong("language", command->language, "fr, nl or en is expected");
    }
    if (code != COUNTED) {
        return code;
    }
    judge(command);
    if (command->json) {
        print_json(command);
    } else {
        print_text(command, language);
    }
    return command->verdict.verdict == VERDICT_TIE_OPEN ? TIE_OPEN : COUNTED;
}

int tally_rule(int argc, char **argv)
{
    struct rule_command *command = memory_new(1, sizeof *command);
    int code = read_options(command, argc, argv);
    code = code == OPTIONS_GO_ON ? run(command) : code;
    free(command);
    return code;
}
