/* What printed minutes say, in French, Dutch and English: one table of words, and how each language writes dates and numbers.
 *
 * Words are labels and short phrases that stand alone, so none depends on a number or a gender; the terms are those of the
 * pages. Dates are in full, as in a call: "jeudi 8 juin 2028", times as read there ("18 h 30", "18.30 uur", "18:30").
 * Start at minutes_word(). */
#include "assembly/minutes_words.h"

#include "base/calendar.h"
#include "rules/words.h"

#include <stdio.h>
#include <string.h>

enum { FRENCH, DUTCH, ENGLISH, LANGUAGES };

static const char *const words[MINUTES_SAY_END][LANGUAGES] = {
    [MINUTES_SAY_MINUTES] = {"Procès-verbal", "Notulen", "Minutes"},
    [MINUTES_SAY_DRAFT] = {"Projet\u202f: ce procès-verbal n’est pas encore scellé.",
                           "Ontwerp: deze notulen zijn nog niet verzegeld.",
                           "Draft: these minutes are not sealed yet."},
    [MINUTES_SAY_GENERAL_ASSEMBLY] = {"Assemblée générale", "Algemene vergadering",
                                      "General assembly"},
    [MINUTES_SAY_BOARD] = {"Organe d’administration", "Bestuursorgaan", "Board"},
    [MINUTES_SAY_GROUP] = {"Groupe de travail", "Werkgroep", "Working group"},
    [MINUTES_SAY_WORK_SESSION] = {"Séance de travail", "Werksessie", "Work session"},
    [MINUTES_SAY_NUMBER] = {"n°\u00a0", "nr. ", "no. "},
    [MINUTES_SAY_DATE] = {"Date", "Datum", "Date"},
    [MINUTES_SAY_PLACE] = {"Lieu", "Plaats", "Place"},
    [MINUTES_SAY_REMOTE] = {"Participation à distance", "Deelname op afstand",
                            "Taking part remotely"},
    [MINUTES_SAY_POSSIBLE] = {"possible", "mogelijk", "possible"},
    [MINUTES_SAY_CALLED] = {"Convocation envoyée", "Oproeping verstuurd", "Call sent"},
    [MINUTES_SAY_NOTICE] = {"Délai de convocation en jours", "Oproepingstermijn in dagen",
                            "Notice period in days"},
    [MINUTES_SAY_ASKED_DAYS] = {"demandé", "gevraagd", "asked"},
    [MINUTES_SAY_SECOND] = {"Seconde convocation, après la réunion",
                            "Tweede oproeping, na de vergadering",
                            "Second call, after the meeting"},
    [MINUTES_SAY_OPENED] = {"Ouverture", "Opening", "Opened"},
    [MINUTES_SAY_ENDED] = {"Fin", "Einde", "Ended"},
    [MINUTES_SAY_OFFICERS] = {"Bureau de l’assemblée", "Bureau van de vergadering",
                              "Meeting officers"},
    [MINUTES_SAY_CHAIR] = {"Présidence de séance", "Voorzitter van de vergadering", "Chair"},
    [MINUTES_SAY_SECRETARY] = {"Secrétariat", "Secretariaat", "Secretary"},
    [MINUTES_SAY_SCRUTINEER] = {"Scrutateur, scrutatrice", "Stemopnemer", "Scrutineer"},
    [MINUTES_SAY_ATTENDANCE] = {"Liste de présence", "Aanwezigheidslijst", "Attendance list"},
    [MINUTES_SAY_ATTENDED] = {"Personnes présentes", "Aanwezige personen", "People present"},
    [MINUTES_SAY_OF_THEM_REMOTE] = {"dont à distance", "van wie op afstand", "of whom remote"},
    [MINUTES_SAY_NAME] = {"Nom", "Naam", "Name"},
    [MINUTES_SAY_CLASS] = {"Catégorie", "Categorie", "Class"},
    [MINUTES_SAY_IN] = {"Arrivée", "Aankomst", "In"},
    [MINUTES_SAY_OUT] = {"Départ", "Vertrek", "Out"},
    [MINUTES_SAY_HOW] = {"Comment", "Hoe", "How"},
    [MINUTES_SAY_IN_HALL] = {"dans la salle", "in de zaal", "in the hall"},
    [MINUTES_SAY_REMOTELY] = {"à distance", "op afstand", "remote"},
    [MINUTES_SAY_BY_CODE] = {"par code", "met code", "by code"},
    [MINUTES_SAY_BY_DESK] = {"à l’accueil", "aan het onthaal", "at the desk"},
    [MINUTES_SAY_BY_LIST] = {"par liste", "via een lijst", "by a list"},
    [MINUTES_SAY_CHECKED] = {"identité vérifiée", "identiteit nagegaan", "identity checked"},
    [MINUTES_SAY_BY_SESSION] = {"par la session", "via de sessie", "by the session"},
    [MINUTES_SAY_BY_DOCUMENT] = {"par un document", "met een document", "by a document"},
    [MINUTES_SAY_BY_KNOWN] = {"connue du bureau", "gekend door het bureau",
                              "known to the officers"},
    [MINUTES_SAY_BY_CALL] = {"par un appel", "via een oproep", "by a call"},
    [MINUTES_SAY_STILL_THERE] = {"encore là", "nog aanwezig", "still there"},
    [MINUTES_SAY_QUORUM] = {"Quorum de présence", "Aanwezigheidsquorum", "Quorum"},
    [MINUTES_SAY_AT_OPENING] = {"À l’ouverture", "Bij de opening", "At the opening"},
    [MINUTES_SAY_PRESENT] = {"Membres présents avec droit de vote", "Aanwezige leden met stemrecht",
                             "Members present with a vote"},
    [MINUTES_SAY_VOTES] = {"Nombre de voix", "Aantal stemmen", "Number of votes"},
    [MINUTES_SAY_SHARES] = {"Parts", "Aandelen", "Shares"},
    [MINUTES_SAY_GUESTS] = {"Personnes sans droit de vote", "Personen zonder stemrecht",
                            "People without a vote"},
    [MINUTES_SAY_OF] = {"sur", "van", "of"},
    [MINUTES_SAY_QUORUM_ASKED] = {"Quorum demandé", "Gevraagd quorum", "Quorum asked"},
    [MINUTES_SAY_OF_HEADS] = {"des membres", "van de leden", "of the members"},
    [MINUTES_SAY_OF_WEIGHT] = {"des voix", "van de stemmen", "of the votes"},
    [MINUTES_SAY_OF_SHARES] = {"des parts", "van de aandelen", "of the shares"},
    [MINUTES_SAY_NEEDED] = {"il en faut", "nodig", "needed"},
    [MINUTES_SAY_REACHED] = {"atteint", "bereikt", "reached"},
    [MINUTES_SAY_NOT_REACHED] = {"non atteint", "niet bereikt", "not reached"},
    [MINUTES_SAY_NO_QUORUM] = {"Aucun quorum n’est demandé à l’ouverture.",
                               "Bij de opening wordt geen quorum gevraagd.",
                               "No quorum is asked at the opening."},
    [MINUTES_SAY_SEEN] = {"Quorum non atteint, constaté par",
                          "Quorum niet bereikt, vastgesteld door", "Quorum not reached, noted by"},
    [MINUTES_SAY_TIME] = {"Temps", "Tijd", "Time"},
    [MINUTES_SAY_PLANNED] = {"prévu", "voorzien", "planned"},
    [MINUTES_SAY_MIN] = {"min", "min", "min"},
    [MINUTES_SAY_MOVED] = {"Continue par écrit, hors séance.",
                           "Gaat schriftelijk verder, buiten de vergadering.",
                           "Goes on in writing, outside the meeting."},
    [MINUTES_SAY_NOT_HELD] = {"Point non abordé.", "Punt niet behandeld.", "Not taken up."},
    [MINUTES_SAY_PROPOSALS] = {"Propositions", "Voorstellen", "Proposals"},
    [MINUTES_SAY_VOTE] = {"Vote", "Stemming", "Vote"},
    [MINUTES_SAY_OPEN_FROM_TO] = {"Ouvert", "Open", "Open"},
    [MINUTES_SAY_NAMED] = {"vote nominatif", "stemming op naam", "votes shown by name"},
    [MINUTES_SAY_CONFIDENTIAL] = {"vote confidentiel", "vertrouwelijke stemming",
                                  "confidential vote"},
    [MINUTES_SAY_PRESENT_OPENING] = {"Présents à l’ouverture du vote",
                                     "Aanwezig bij het openen van de stemming",
                                     "Present when the vote opened"},
    [MINUTES_SAY_PRESENT_CLOSE] = {"Présents à la fermeture du vote",
                                   "Aanwezig bij het sluiten van de stemming",
                                   "Present when the vote closed"},
    [MINUTES_SAY_ROLL] = {"Liste des votants", "Stemlijst", "Roll of voters"},
    [MINUTES_SAY_MEMBERS] = {"membres", "leden", "members"},
    [MINUTES_SAY_VOICES] = {"voix", "stemmen", "votes"},
    [MINUTES_SAY_OWNED] = {"parts", "aandelen", "shares"},
    [MINUTES_SAY_TOOK_PART] = {"Participation", "Deelname", "Turnout"},
    [MINUTES_SAY_YES] = {"Pour", "Voor", "Yes"},
    [MINUTES_SAY_NO] = {"Contre", "Tegen", "No"},
    [MINUTES_SAY_CONSENT] = {"Consentement", "Instemming", "Consent"},
    [MINUTES_SAY_CONCERN] = {"Consentement avec réserve", "Instemming met bedenking",
                             "Consent with a concern"},
    [MINUTES_SAY_OBJECTION] = {"Objections", "Bezwaren", "Objections"},
    [MINUTES_SAY_ABSTAIN] = {"Abstentions", "Onthoudingen", "Abstentions"},
    [MINUTES_SAY_BLANK] = {"Blancs", "Blanco", "Blank"},
    [MINUTES_SAY_VOID] = {"Nuls", "Ongeldig", "Void"},
    [MINUTES_SAY_RESULT] = {"Résultat", "Resultaat", "Result"},
    [MINUTES_SAY_CHOSEN] = {"Choix", "Gekozen", "Chosen"},
    [MINUTES_SAY_DECISION] = {"Décision", "Beslissing", "Decision"},
    [MINUTES_SAY_NOT_REVEALED] = {"Le résultat n’est pas révélé.",
                                  "Het resultaat is niet bekendgemaakt.",
                                  "The result is not revealed."},
    [MINUTES_SAY_REOPENED] = {"Rouvert", "Heropend", "Reopened"},
    [MINUTES_SAY_EXTENDED] = {"Prolongé", "Verlengd", "Extended"},
    [MINUTES_SAY_CANCELLED] = {"Annulé", "Geannuleerd", "Cancelled"},
    [MINUTES_SAY_CHAIR_SAID] = {"Égalité tranchée par la présidence",
                                "Staking van stemmen beslecht door de voorzitter",
                                "Tie settled by the chair"},
    [MINUTES_SAY_CALL] = {"Convocation", "Oproeping", "Call"},
    [MINUTES_SAY_CALL_FIRST] = {"première", "eerste", "first"},
    [MINUTES_SAY_CALL_SECOND] = {"seconde, quel que soit le nombre de présents",
                                 "tweede, ongeacht het aantal aanwezigen",
                                 "second, whatever the attendance"},
    [MINUTES_SAY_FOLLOWS] = {"Reprend le vote", "Herneemt de stemming", "Asks again vote"},
    [MINUTES_SAY_FOLLOWED] = {"Repris par le vote", "Hernomen door de stemming",
                              "Asked again by vote"},
    [MINUTES_SAY_INCIDENTS] = {"Incidents techniques", "Technische incidenten",
                               "Technical incidents"},
    [MINUTES_SAY_NONE] = {"Aucun.", "Geen.", "None."},
    [MINUTES_SAY_LOST] = {"connexion perdue avant d’avoir voté",
                          "verbinding verloren voor het stemmen", "connection lost before voting"},
    [MINUTES_SAY_MANY_LOST] = {"beaucoup de connexions perdues en même temps",
                               "veel verbindingen tegelijk verloren",
                               "many connections lost at once"},
    [MINUTES_SAY_RESTART] = {"arrêt du serveur", "stilstand van de server", "stop of the server"},
    [MINUTES_SAY_REPORTED] = {"impossibilité de voter, signalée par un membre",
                              "een lid meldt niet te kunnen stemmen",
                              "a member reported that they could not vote"},
    [MINUTES_SAY_PEOPLE] = {"personnes concernées", "betrokken personen", "people concerned"},
    [MINUTES_SAY_TASKS] = {"Tâches confiées", "Afgesproken taken", "To-dos given out"},
    [MINUTES_SAY_TASK] = {"Tâche", "Taak", "To-do"},
    [MINUTES_SAY_WHO] = {"Qui", "Wie", "Who"},
    [MINUTES_SAY_DUE] = {"Pour le", "Tegen", "Due"},
    [MINUTES_SAY_FREE] = {"libre", "vrij", "free"},
    [MINUTES_SAY_ASKED] = {"demandé", "gevraagd", "asked"},
    [MINUTES_SAY_SEAL] = {"Sceau du registre", "Zegel van het register", "Seal of the record"},
    [MINUTES_SAY_SIZE] = {"Événements", "Gebeurtenissen", "Events"},
    [MINUTES_SAY_ROOT] = {"Racine", "Wortel", "Root"},
    [MINUTES_SAY_FOUR_WORDS] = {"Les quatre mots", "De vier woorden", "The four words"},
    [MINUTES_SAY_SEALED] = {"Scellé", "Verzegeld", "Sealed"},
    [MINUTES_SAY_HASH] = {"Empreinte de ce procès-verbal", "Vingerafdruk van deze notulen",
                          "Hash of these minutes"},
    [MINUTES_SAY_SIGNATURES] = {"Signatures", "Handtekeningen", "Signatures"},
    [MINUTES_SAY_COLON] = {"\u202f: ", ": ", ": "},
};
static const char *const weekdays[LANGUAGES][7] = {
    {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
    {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
};
static const char *const months[LANGUAGES][12] = {
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
     "octobre", "novembre", "décembre"},
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
     "oktober", "november", "december"},
    {"January", "February", "March", "April", "May", "June", "July", "August", "September",
     "October", "November", "December"},
};

static int language_of(const char *code)
{
    return strncmp(code, "fr", 2) == 0 ? FRENCH : strncmp(code, "nl", 2) == 0 ? DUTCH : ENGLISH;
}

const char *minutes_word(enum minutes_word word, const char *language)
{
    return words[word][language_of(language)];
}

void minutes_date(struct buffer *out, uint64_t ms, const char *language)
{
    int of = language_of(language);
    struct calendar_day day = calendar_local(ms).day;
    buffer_append_text(out, weekdays[of][calendar_weekday(day)]);
    buffer_format(out, of == FRENCH && day.day == 1 ? " %der" : " %d", day.day);
    buffer_format(out, " %s %d", months[of][day.month - 1], day.year);
}

void minutes_time(struct buffer *out, uint64_t ms, const char *language)
{
    struct calendar_time time = calendar_local(ms);
    char text[32];
    switch (language_of(language)) {
    case FRENCH:
        snprintf(text, sizeof text, "%d\u00a0h\u00a0%02d", time.hour, time.minute);
        break;
    case DUTCH:
        snprintf(text, sizeof text, "%d.%02d\u00a0uur", time.hour, time.minute);
        break;
    default:
        snprintf(text, sizeof text, "%d:%02d", time.hour, time.minute);
    }
    buffer_append_text(out, text);
}

void minutes_number(struct buffer *out, uint64_t number, const char *language)
{
    char digits[24];
    const char *group = rule_words_of(language)->group;
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            buffer_append_text(out, group);
        }
        buffer_append(out, &digits[i], 1);
    }
}
