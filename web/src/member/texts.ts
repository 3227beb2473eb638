// The text an invitation is sent with, in the language of whoever receives it (the page's own catalogue
// holds only the language of whoever sends it).
import type { Language } from "../i18n/i18n";

interface Facts {
  name: string;
  organisation: string;
  url: string;
}

const texts: Record<Language, (facts: Facts) => string> = {
  fr: ({ name, organisation, url }) => `Bonjour${name ? ` ${name}` : ""},

${organisation} discute et décide avec Palabre : proposer, commenter, voter, prendre une tâche, depuis un téléphone ou un ordinateur, sans mot de passe.

Votre lien personnel, à utiliser une fois, valable 30 jours :
${url}`,
  nl: ({ name, organisation, url }) => `Dag${name ? ` ${name}` : ""},

${organisation} overlegt en beslist met Palabre: voorstellen, reageren, stemmen, een taak opnemen, met een telefoon of een computer, zonder wachtwoord.

Je persoonlijke link, één keer te gebruiken, 30 dagen geldig:
${url}`,
  en: ({ name, organisation, url }) => `Hello${name ? ` ${name}` : ""},

${organisation} discusses and decides with Palabre: suggest, comment, vote, take a to-do, from a phone or a computer, without a password.

Your personal link, to be used once, valid for 30 days:
${url}`,
};

export const invitationText = (language: Language, facts: Facts): string => texts[language](facts);
