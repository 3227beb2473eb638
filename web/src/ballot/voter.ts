// Who signs on this page: known before the code that signs, which comes with votes.
import { signal } from "@preact/signals";

/** The member in session. */
export const voter = signal("");
