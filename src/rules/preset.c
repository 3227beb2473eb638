/* The table of presets. Sources: the Belgian code of companies and associations (CSA/WVV), French law, and the common
 * readings of statutes; what a source does not settle is left to the organisation, which adapts its own copy.
 *
 * Invariant: every rule here is one that a definition may hold, with its method and its classes. Article numbers that were
 * not verified are not printed. One entry of `presets` is one preset. */
#include "rules/preset.h"

#include "rules/rules.h"

enum { HEADS = 1, SHARES = 3, PRESENT = 1, BASE_VOTES = 1, BASE_PRESENT = 2 };
enum { STATUS_QUO = 1 };

const char *const rule_languages[RULE_LANGUAGES] = {"fr", "nl", "en"};

#define MORE_THAN_HALF                                                                             \
    .majority_num = 1, .majority_den = 2, .majority_strict = 1, .majority_base = BASE_VOTES
#define AT_LEAST(num, den) .majority_num = (num), .majority_den = (den), .majority_base = BASE_VOTES
#define QUORUM_PRESENT(num, den, unit)                                                             \
    .quorum_num = (num), .quorum_den = (den), .quorum_unit = (unit), .quorum_of = PRESENT
/* One proxy, given to another member, which the giver's own ballot replaces. */
#define ONE_PROXY .mandates_max = 1, .mandates_who = 1, .mandates_own = 1

static const struct rule_preset presets[] = {
    {
        .name = "simple-majority",
        .titles = {"Majorité simple", "Gewone meerderheid", "Simple majority"},
        .method = RULE_YES_NO,
        .rule = {MORE_THAN_HALF, .tie = STATUS_QUO},
    },
    {
        .name = "consent",
        .titles = {"Consentement", "Instemming", "Consent"},
        .method = RULE_CONSENT,
        .rule = {.tie = STATUS_QUO},
    },
    {
        .name = "sc-ordinary",
        .titles = {"SC\u202f: assemblée ordinaire", "CV: gewone vergadering",
                   "SC/CV: ordinary assembly"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .rule = {MORE_THAN_HALF, ONE_PROXY, .tie = STATUS_QUO},
    },
    {
        .name = "sc-statutes",
        .titles = {"SC\u202f: modifier les statuts", "CV: statuten wijzigen",
                   "SC/CV: change of the statutes"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .second_call = true,
        .gap_days = 15,
        .rule = {AT_LEAST(3, 4), QUORUM_PRESENT(1, 2, SHARES), ONE_PROXY, .tie = STATUS_QUO},
    },
    {
        .name = "sc-purpose",
        .titles = {"SC\u202f: modifier l’objet, les buts ou les valeurs",
                   "CV: voorwerp, doelen of waarden wijzigen",
                   "SC/CV: change of object, purpose or values"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .second_call = true,
        .gap_days = 15,
        .rule = {AT_LEAST(4, 5), QUORUM_PRESENT(1, 2, SHARES), ONE_PROXY, .tie = STATUS_QUO},
    },
    {
        .name = "asbl-ordinary-a",
        .titles = {"ASBL\u202f: assemblée ordinaire, abstentions non comptées",
                   "Vzw: gewone vergadering, onthoudingen tellen niet mee",
                   "ASBL/vzw: ordinary assembly, abstentions left out"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .rule = {MORE_THAN_HALF, ONE_PROXY, .tie = STATUS_QUO},
    },
    {
        .name = "asbl-ordinary-b",
        .titles = {"ASBL\u202f: assemblée ordinaire, abstentions comptées contre",
                   "Vzw: gewone vergadering, onthoudingen tellen als tegen",
                   "ASBL/vzw: ordinary assembly, abstentions counted as no"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .rule = {MORE_THAN_HALF, .abstain = 2, .blank = 2, .void_ = 2, ONE_PROXY,
                 .tie = STATUS_QUO},
    },
    {
        .name = "asbl-statutes",
        .titles = {"ASBL\u202f: modifier les statuts", "Vzw: statuten wijzigen",
                   "ASBL/vzw: change of the statutes"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .second_call = true,
        .gap_days = 15,
        .article = "CSA/WVV 9:21",
        .rule = {AT_LEAST(2, 3), QUORUM_PRESENT(2, 3, HEADS), ONE_PROXY, .tie = STATUS_QUO},
    },
    {
        .name = "asbl-purpose",
        .titles = {"ASBL\u202f: modifier l’objet ou le but désintéressé",
                   "Vzw: voorwerp of belangeloos doel wijzigen",
                   "ASBL/vzw: change of object or disinterested purpose"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .second_call = true,
        .gap_days = 15,
        .article = "CSA/WVV 9:21",
        .rule = {AT_LEAST(4, 5), QUORUM_PRESENT(2, 3, HEADS), ONE_PROXY, .tie = STATUS_QUO},
    },
    {
        /* Whether a second call may do without the quorum was not verified: it is not offered. */
        .name = "asbl-exclusion",
        .titles = {"ASBL\u202f: exclure un membre", "Vzw: een lid uitsluiten",
                   "ASBL/vzw: exclusion of a member"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .confidential = true,
        .article = "CSA/WVV 9:23",
        .rule = {AT_LEAST(2, 3), QUORUM_PRESENT(2, 3, HEADS), ONE_PROXY, .tie = STATUS_QUO},
    },
    {
        .name = "loi1901",
        .titles = {"Association loi 1901\u202f: majorité des présents ou représentés",
                   "Franse vereniging (wet 1901): meerderheid van wie aanwezig of vertegenwoordigd "
                   "is",
                   "French association (law of 1901): majority of those present or represented"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .article = "CA Colmar, 16.10.2013, 12/02507",
        .rule = {.majority_num = 1,
                 .majority_den = 2,
                 .majority_strict = 1,
                 .majority_base = BASE_PRESENT,
                 ONE_PROXY,
                 .tie = STATUS_QUO},
    },
    {
        .name = "scop",
        .titles = {"SCOP\u202f: assemblée ordinaire",
                   "SCOP (Franse werknemerscoöperatie): gewone "
                   "vergadering",
                   "SCOP (French workers' cooperative): ordinary assembly"},
        .method = RULE_YES_NO,
        .from_statutes = true,
        .assembly = true,
        .article = "loi 78-763",
        .rule = {MORE_THAN_HALF, ONE_PROXY, .tie = STATUS_QUO},
    },
};
enum { PRESETS = sizeof presets / sizeof presets[0] };

const char *const rule_preset_names[] = {"simple-majority",
                                         "consent",
                                         "sc-ordinary",
                                         "sc-statutes",
                                         "sc-purpose",
                                         "asbl-ordinary-a",
                                         "asbl-ordinary-b",
                                         "asbl-statutes",
                                         "asbl-purpose",
                                         "asbl-exclusion",
                                         "loi1901",
                                         "scop",
                                         NULL};

const struct rule_preset *rule_presets(size_t *count)
{
    *count = PRESETS;
    return presets;
}

const struct rule_preset *rule_preset_find(struct slice name)
{
    for (size_t i = 0; i < PRESETS; i++) {
        if (slice_equal(slice_text(presets[i].name), name)) {
            return &presets[i];
        }
    }
    return NULL;
}

struct rule rule_preset_rule(const struct rule_preset *preset)
{
    struct rule rule = preset->rule;
    rule.name = slice_text(preset->name);
    return rule;
}
