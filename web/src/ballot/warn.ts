// What says that the record failed a check, with its words: of no first page.
import { words } from "../i18n/load";

export const fetchWarning = async () =>
  (await Promise.all([import("./warning"), words("record")]))[0];
