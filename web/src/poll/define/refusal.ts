// What the server did not take of the form, at the field that it names; what has no field of its own stands at the end.
import type { Signal } from "@preact/signals";
import { reasonText } from "../../i18n/i18n";
import { RpcError } from "../../sync/rpc";
import { notifyError } from "../../ui/toast";

export interface Refusal {
  /** As the parameters of poll.define are called. */
  field: string;
  text: string;
}

/** null = it names no field: then a notice says it. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof RpcError && error.field)
    return { field: error.field, text: reasonText(error.reason, error.retryAfterMs) };
  notifyError(error);
  return null;
}

/** `field`: itself, or with all that is part of it. */
export function refusedAt(refusal: Signal<Refusal | null>, field: string): string | undefined {
  const { value } = refusal;
  const is = value && (value.field === field || value.field.startsWith(`${field}.`));
  return is ? value.text : undefined;
}

const withFields =
  /^(question|explanation|options|rule|closes|params\.(seats|min|max|levels|points|cap))(\.|$)/;

/** What stands at the end of the form. */
export const refusedElsewhere = ({ value }: Signal<Refusal | null>): string =>
  value && !withFields.test(value.field) ? value.text : "";

function openAround(part: Element): void {
  for (let one = part.closest("details"); one; one = one.parentElement?.closest("details") ?? null)
    one.open = true;
}

/** Whoever saves is led to the first field that is not right, also where it is folded away. */
export function leadToRefused(form: HTMLElement | null): void {
  const said = form?.querySelector(".field-error:not([role])");
  if (!said) return;
  openAround(said);
  said.parentElement?.querySelector<HTMLElement>("input, textarea, select")?.focus();
}

/** The browser's own check cannot point at what is folded away. */
export function showInvalid(event: Event): void {
  if (event.target instanceof Element) openAround(event.target);
}
