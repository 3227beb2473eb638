// Leaving no trace on a shared computer: the key of this device is revoked in the record, then the key,
// the receipts, what still waited to be sent and the drafts are removed from the browser. In this order:
// a key that could not be revoked stays, and the person is told.
import { session } from "../app/session";
import { toBase64Url } from "../ballot/bytes";
import { findSigner, forgetSigner, isEnrolled } from "../ballot/keys";
import type { Device } from "../generated/api";
import { newId, post } from "../sync/rpc";
import { delMany, entries } from "../sync/storage";
import { forgetDrafts } from "../ui/draft";

type Stored = [name: string, kept: { member?: string }];
/** Is this, in the browser's storage, a receipt of the member or a command of theirs? */
const isOf = (member: string, [name, kept]: Stored): boolean =>
  name.startsWith(`receipt/${member}/`) || (name.startsWith("outbox/") && kept.member === member);

export async function forgetMe(devices: Device[]): Promise<void> {
  const here = session.peek();
  if (!here) return;
  const signer = await findSigner(here.org, here.member);
  if (signer && isEnrolled(signer, devices))
    await post("device.revoke", {
      ...{ pk: toBase64Url(signer.pk), reason: "replaced", command: newId() },
    });
  await forgetSigner(here.org, here.member);
  const stored: Stored[] = await entries<{ member?: string }>();
  await delMany(stored.filter((one) => isOf(here.member, one)).map(([name]) => name));
  forgetDrafts();
}
