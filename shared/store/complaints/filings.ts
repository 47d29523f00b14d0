import * as z from "zod";
import { addressMark } from "#shared/domain/citizen/address-mark.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { NewComplaint } from "#shared/domain/complaint/filing.ts";
import { type ComplaintId, complaintId, complaintSecret } from "#shared/domain/complaint/identifier.ts";
import { isSandbox } from "#shared/domain/complaint/sandbox.ts";
import { digest } from "#shared/domain/digest.ts";
import { Fault } from "#shared/domain/fault.ts";
import { idempotencyKeyDays } from "#shared/domain/policy-numbers.ts";
import { iranianMonth } from "#shared/domain/statistics/iranian-month.ts";
import { dayMs, later } from "#shared/domain/time/duration.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { cohortKey, cohortShard, complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { readItem } from "../items.ts";
import { beginMail } from "../mail/mail-begun.ts";
import { readable } from "../readable.ts";
import { readAddressKey } from "../secrets.ts";
import { ifNew, overtaken, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import { putCall } from "./calls.ts";
import { putEvent, putHead, putNarrative } from "./complaints.ts";
import { lapsing } from "./expiry.ts";
import { countFiling } from "./filing-counts.ts";
import { putCallee, putIdentity, putSharedIdentity } from "./identities.ts";
import { tellWritten } from "./moves.ts";
import { writesOfNotes } from "./private-series.ts";

/** What the front end gets for a filing and for a repetition of it; the secret is added, derived each time. */
export const Receipt = z.object({
  id: z.string(),
  status: z.enum(["filed", "disputed"]),
  version: z.literal(1),
  filedAt: Instant,
  acknowledgeBy: Instant.optional(),
  answerBy: Instant.optional(),
  /** In place of these two, for a retaliation report. */
  reviewBy: Instant.optional(),
});
export type Receipt = z.infer<typeof Receipt>;

function receiptOf({ acknowledgeBy, answerBy, ...complaint }: Complaint): Receipt {
  return Receipt.parse(complaint.retaliationFor ? complaint : { ...complaint, acknowledgeBy, answerBy });
}

/** The filed event as stored: with the receipt, and the digests that tell a repetition from somebody else's filing. */
const FiledEvent = z.object({ receipt: Receipt, keyMac: z.string(), bodyMac: z.string(), at: Instant });

/** More than may begin to mail one address in a day: each try may lose to one of these. */
const attempts = 8;

type FilingRequest = {
  pepper: string;
  idPrefix: string;
  clientId: string;
  key: string;
  /** The request's body, as a repetition has it again; only a digest of it is kept. */
  body: string;
  now: string;
  /** The address that the citizen left, which the complaint mails if not too many others do. */
  email: string | undefined;
  /** Or why nothing new is filed. What was filed with this key before is still answered, or its secret would be lost. */
  compose: Fault | ((given: { id: ComplaintId; mayMail: boolean }) => NewComplaint);
};

/**
 * Writes a new complaint, or finds the one that the same caller filed with the same key: the id follows from the key,
 * so no item is needed to remember it. Throws `idempotency-key-reused` (another body), `key-expired` (over 24 h old).
 */
export function fileOnce(request: FilingRequest): Promise<Receipt & { secret: string }> {
  const { pepper, idPrefix: prefix, clientId, key, now, compose } = request;
  const macs = { keyMac: digest(pepper, "key", clientId, key), bodyMac: digest(pepper, "body", request.body) };
  let collisions = 0;
  return unlessOvertaken(attempts, async () => {
    const id = complaintId({ pepper, prefix, clientId, key, attempt: collisions });
    const written = await writeNew(request, { id, macs });
    if (typeof written === "object") return { ...written, secret: complaintSecret(pepper, id) };
    const earlier = written === "condition" ? await readFiled(id) : undefined;
    if (earlier?.keyMac === macs.keyMac)
      return { ...replay(earlier, { ...macs, now }), secret: complaintSecret(pepper, id) };
    if (compose instanceof Fault && !earlier) throw compose;
    // Another filing's key gave the same id (forty bits): the next `attempt` gives another one.
    if (earlier) collisions++;
    return overtaken;
  });
}

type Composing = { id: ComplaintId; macs: { keyMac: string; bodyMac: string } };

/** Writes the complaint under this id and counts it. Returns its receipt, or why nothing was written. */
async function writeNew(request: FilingRequest, { id, macs }: Composing) {
  const { email, now, compose } = request;
  if (compose instanceof Fault) return "condition";
  const mailing = email && (await beginMail({ mark: addressMark(await readAddressKey(), email), now }));
  const filed = compose({ id, mayMail: mailing !== undefined });
  const receipt = receiptOf(filed.complaint);
  const refusal = await write(filed, { extra: { receipt, ...macs }, along: mailing ? [mailing] : [] });
  if (refusal) return refusal;
  tellWritten(id, [filed.event]);
  await countFiling(request).catch(logUncounted);
  return receipt;
}

/** The complaint is filed by then: a count that fails must not keep its receipt back. */
function logUncounted(error: Error): void {
  log.warn("filing not counted", { failure: error.name });
}

type Beside = { extra: Record<string, unknown>; along: Writes };

function write(filed: NewComplaint, { extra, along }: Beside) {
  const { complaint, event, narrative, identity, consent, callable, drawnWith } = filed;
  const { phone, name } = identity ?? {};
  const notes = [consent, callable].flatMap((note) => note ?? []);
  const { id } = complaint;
  const writes = [
    putHead({ complaint, condition: ifNew }),
    ...putEvent({ complaint, event, extra: { ...extra, ...cohortOf(complaint) } }),
    putNarrative({ id, narrative }),
    ...(identity ? [putIdentity(id, identity)] : []),
    ...(identity && consent ? [putSharedIdentity(complaint, identity)] : []),
    ...writesOfNotes({ id, notes, after: 0, toldOtherwise: true }),
    ...(phone && drawnWith ? [putCallee(id, { phone, name }), putCall({ id, probability: drawnWith })] : []),
    ...along,
  ];
  return writeTogether(lapsing(complaint, writes));
}

/**
 * Among whom it is counted; in the sandbox, nowhere. The event's item is never written again, so that this index costs
 * one write for ever.
 */
function cohortOf(complaint: Complaint) {
  if (isSandbox(complaint)) return {};
  const { id, filedAt } = complaint;
  return { cohort: cohortKey({ month: iranianMonth(filedAt), shard: cohortShard(id) }), cohortAt: filedAt };
}

function replay(filed: z.infer<typeof FiledEvent>, { bodyMac, now }: { bodyMac: string; now: string }): Receipt {
  if (now > later(filed.at, idempotencyKeyDays * dayMs)) throw new Fault("key-expired");
  if (filed.bodyMac !== bodyMac) throw new Fault("idempotency-key-reused");
  return filed.receipt;
}

async function readFiled(id: ComplaintId) {
  const key = { pk: complaintKey(id), sk: eventKey(1) };
  const item = await readItem(key);
  return item && readable(FiledEvent, item);
}
