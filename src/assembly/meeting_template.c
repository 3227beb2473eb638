/* The agendas that come with the program: an ordinary assembly, a change of statutes, a working group. Data in three
 * languages; an organisation keeps its own beside them (meeting.keep_template). An item with `under` is a part of the item
 * before it that has none. Start at built_in. */
#include "assembly/meeting.h"
#include "rules/preset.h"

struct template_item {
    const char *kind;
    uint8_t minutes;
    bool under;
    const char *titles[RULE_LANGUAGES];
};
struct template
{
    const char *id, *meeting_kind;
    const char *names[RULE_LANGUAGES];
    const struct template_item *items; /* minutes 0 and no kind end the list */
};

/* clang-format off */
static const struct template_item ordinary[] = {
    {"opening", 10, false, {"Accueil, présences, vote d’essai", "Onthaal, aanwezigheden, oefenstemming", "Welcome, attendance, practice vote"}},
    {"information", 10, false, {"Où en sont nos décisions", "Waar staan onze beslissingen", "Where our decisions stand"}},
    {"information", 15, false, {"Rapport d’activité", "Activiteitenverslag", "Report on the year"}},
    {"information", 15, false, {"Comptes annuels et budget", "Jaarrekening en begroting", "Annual accounts and budget"}},
    {"vote", 5, true, {"Approbation des comptes", "Goedkeuring van de jaarrekening", "Approval of the accounts"}},
    {"vote", 5, true, {"Décharge", "Kwijting", "Discharge"}},
    {"discussion", 20, false, {"Propositions des membres", "Voorstellen van leden", "Members’ proposals"}},
    {"election", 10, false, {"Élections", "Verkiezingen", "Elections"}},
    {"work", 15, false, {"À faire tout de suite\u202f: les tâches libres", "Meteen te doen: de vrije taken", "To do at once: the free to-dos"}},
    {"closing", 5, false, {"Tâches données, tour de clôture", "Verdeelde taken, slotronde", "To-dos given out, closing round"}},
    {0},
};
static const struct template_item statutes[] = {
    {"opening", 10, false, {"Accueil, présences, quorum", "Onthaal, aanwezigheden, quorum", "Welcome, attendance, quorum"}},
    {"information", 15, false, {"La modification proposée et ses raisons", "De voorgestelde wijziging en haar redenen", "The change proposed, and why"}},
    {"discussion", 20, false, {"Questions et amendements", "Vragen en amendementen", "Questions and amendments"}},
    {"vote", 10, false, {"Vote de la modification des statuts", "Stemming over de statutenwijziging", "Vote on the change of statutes"}},
    {"vote", 5, false, {"Pouvoirs pour l’acte et la publication", "Volmachten voor akte en bekendmaking", "Powers for the deed and its publication"}},
    {"closing", 5, false, {"Tâches données, clôture", "Verdeelde taken, slot", "To-dos given out, closing"}},
    {0},
};
static const struct template_item working_group[] = {
    {"opening", 5, false, {"Tour d’arrivée", "Aankomstronde", "Arrival round"}},
    {"information", 10, false, {"Tâches depuis la dernière fois", "Taken sinds de vorige keer", "To-dos since last time"}},
    {"discussion", 20, false, {"Propositions du groupe", "Voorstellen van de groep", "The group’s proposals"}},
    {"work", 45, false, {"On fait\u202f: tâches libres", "Doen: vrije taken", "Doing: free to-dos"}},
    {"closing", 10, false, {"Qui fait quoi, prochaine date", "Wie doet wat, volgende datum", "Who does what, next date"}},
    {0},
};
static const struct template built_in[] = {
    {"ordinary", "general_assembly", {"Assemblée générale ordinaire", "Gewone algemene vergadering", "Ordinary general assembly"}, ordinary},
    {"statutes", "general_assembly", {"Modification des statuts", "Statutenwijziging", "Change of statutes"}, statutes},
    {"working_group", "group", {"Groupe de travail", "Werkgroep", "Working group"}, working_group},
};
/* clang-format on */

static json_t *labels(const char *const texts[RULE_LANGUAGES])
{
    json_t *json = json_object();
    for (size_t i = 0; i < RULE_LANGUAGES; i++) {
        json_put(json, rule_languages[i], json_text(slice_text(texts[i])));
    }
    return json;
}

static json_t *items_of(const struct template_item *items)
{
    size_t top = 0;
    json_t *list = json_array();
    for (size_t i = 0; items[i].kind != NULL; i++) {
        json_t *item = json_object();
        json_put(item, "title", labels(items[i].titles));
        json_put(item, "item_kind", json_text(slice_text(items[i].kind)));
        json_put(item, "minutes", json_number(items[i].minutes));
        top = items[i].under ? top : i;
        json_put(item, "under", items[i].under ? json_number(top) : NULL);
        json_array_append_new(list, item);
    }
    return list;
}

json_t *meeting_templates(void)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++) {
        json_t *one = json_object();
        json_put(one, "id", json_text(slice_text(built_in[i].id)));
        json_put(one, "name", labels(built_in[i].names));
        json_put(one, "meeting_kind", json_text(slice_text(built_in[i].meeting_kind)));
        json_put(one, "items", items_of(built_in[i].items));
        json_array_append_new(list, one);
    }
    return list;
}
