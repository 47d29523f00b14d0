import * as z from "zod";
import { isCallStillPossible, isEverCalled } from "#shared/complaints/call-backs.ts";
import {
  allowCalls,
  callDigitsMac,
  chooseCallDigits,
  endCalls,
  wereCallsEverAllowed,
} from "#shared/complaints/call-consent.ts";
import type { CommandContext, CommandSender } from "#shared/complaints/change.ts";
import { executeConfidentialCommand, type MoveRequest } from "#shared/complaints/commands.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readAgencyAtFiling } from "#shared/complaints/complaints.store.ts";
import {
  agenciesWithConsent,
  eraseIdentity,
  giveConsent,
  holdOf,
  withdrawConsent,
} from "#shared/complaints/confidential-commands.ts";
import type { ConfidentialEntry, NewEntry } from "#shared/complaints/confidential-log.ts";
import { saveRetentionOrder } from "#shared/complaints/retention-orders.store.ts";
import type { RetentionOrder } from "#shared/complaints/retention-orders.ts";
import { allowSms, endSms, refuseSmsNotOffered, wasSmsEverAllowed } from "#shared/complaints/sms-consent.ts";
import {
  callContactWrite,
  emptyCallContactWrite,
  emptyIdentityWrite,
  emptySharedIdentityWrites,
  emptySmsPhoneWrite,
  readAnyIdentity,
  sharedIdentityWrite,
  smsPhoneWrite,
} from "#shared/identities/identities.store.ts";
import { CallDigits, isLandline } from "#shared/identities/identity.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { isSandbox } from "#shared/province/directory.ts";
import { sms } from "#shared/province/slices.static.ts";
import { withKeyedBody } from "#shared/storage/commands.ts";
import { readMaskKey } from "#shared/storage/secrets.ts";
import type { Writes } from "#shared/storage/transaction.ts";
import { callListEntryWrite, createCallDraw, readCallListEntry, updateCallList } from "../calls/call-list.store.ts";
import { authenticateBySecret } from "../http/authentication.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { answerNoticeQuestion } from "./citizen-agreement.api.ts";
import { citizenViewReply } from "./citizen-view.api.ts";
import { CitizenView } from "./complaint-views.ts";

/**
 * Returns the request without its idempotency key and `If-Match`, so that neither can cause a refusal. For commands that take something
 * back or erase it: a repetition does no harm.
 */
export function withoutPreconditions<M extends CommandSender>({
  path,
  principal,
  now,
}: MoveRequest<M>): MoveRequest<M> {
  return { path, principal, now };
}

type ConsentContext = CommandContext<PrincipalOf<"citizen">> & { confidentialLog: readonly ConfidentialEntry[] };

/** The new entries of the confidential log, the writes that go into the same transaction, and the order that a restored table must follow. */
type ConsentOutcome = { entries: readonly NewEntry[]; writes: Writes; order?: RetentionOrder["type"] };

const noneOr = (entry: NewEntry | undefined) => (entry ? [entry] : []);

/** The agency that holds the complaint may read the complainant's identity. It gets a copy of its own. */
export async function giveAgencyConsent(complaint: Complaint, context: ConsentContext): Promise<ConsentOutcome> {
  const identity = await readAnyIdentity(complaint.id);
  const entry = giveConsent(complaint, { ...context, hasIdentity: identity !== undefined });
  return { entries: noneOr(entry), writes: identity ? [sharedIdentityWrite(complaint, identity)] : [] };
}

/** No agency may read the complainant's identity any more: every agency's copy is emptied. */
export async function withdrawAgencyConsent(complaint: Complaint, context: ConsentContext): Promise<ConsentOutcome> {
  const entries = noneOr(withdrawConsent(complaint, context));
  const writes = emptySharedIdentityWrites(complaint.id, agenciesWithConsent(context.confidentialLog));
  return { entries, writes, order: "consent-withdrawn" };
}

type CallWishes = { mayBeCalled?: boolean | undefined; callDigits?: string | undefined };

/**
 * The citizen may be called from now on, or chooses digits for calls. A draw decides whether the citizen is put on the call list, with
 * the same probability as for consent at filing. A complaint is drawn only once.
 */
export function allowCallsBack({ mayBeCalled = false, callDigits }: CallWishes) {
  return async (complaint: Complaint, context: ConsentContext): Promise<ConsentOutcome> => {
    const { id } = complaint;
    const { phone, name } = (await readAnyIdentity(id)) ?? {};
    const choosesDigits = callDigits !== undefined;
    const hasPhone = phone !== undefined;
    const allowed = mayBeCalled ? allowCalls(complaint, { ...context, hasPhone, choosesDigits }) : undefined;
    const chosen = choosesDigits ? chooseCallDigits(complaint, { ...context, isAgreeing: mayBeCalled }) : undefined;
    const entries = [...noneOr(allowed), ...noneOr(chosen)];
    if (entries.length === 0 || !phone || !isEverCalled(complaint)) return { entries, writes: [] };
    const digitsMac = await macOf(id, callDigits);
    const call = allowed && (await drawCall(complaint, context.now));
    const contact = callContactWrite(id, { phone, name, digitsMac });
    const writes = call ? [contact, callListEntryWrite(call)] : [contact];
    return { entries, writes, ...(chosen && { order: "call-digits-ended" }) };
  };
}

const macOf = async (id: string, digits: string | undefined) =>
  digits === undefined ? undefined : callDigitsMac(await readMaskKey(), id, digits);

/** The complaint's entry in the call list; undefined if the draw did not select the complaint, or comes too late. */
async function drawCall(complaint: Complaint, now: string) {
  if (!isCallStillPossible(complaint, now)) return undefined;
  const { id, filedAt } = complaint;
  const existing = await readCallListEntry(id);
  if (existing) return existing;
  const draw = await createCallDraw({ agencyId: await readAgencyAtFiling(id), filedAt });
  const probability = draw(id);
  return probability === undefined ? undefined : { id, probability };
}

/** The citizen withdraws the consent to calls: the copy of the phone number is emptied, and the complaint leaves the call list. */
export async function withdrawCallConsent(complaint: Complaint, context: ConsentContext): Promise<ConsentOutcome> {
  const entries = noneOr(endCalls(complaint, context));
  return { entries, writes: await noCallWrites(complaint.id), order: "call-consent-withdrawn" };
}

/** The citizen gets messages from now on. */
export async function allowMessages(complaint: Complaint, context: ConsentContext): Promise<ConsentOutcome> {
  const { phone } = (await readAnyIdentity(complaint.id)) ?? {};
  const entry = allowSms(complaint, { ...context, hasMobile: phone !== undefined && !isLandline(phone) });
  // Nobody gets a message about a trial complaint.
  if (!entry || !phone || isSandbox(complaint)) return { entries: noneOr(entry), writes: [] };
  return { entries: [entry], writes: [smsPhoneWrite(complaint.id, phone)] };
}

/** The citizen gets no messages any more. */
export async function endMessages(complaint: Complaint, context: ConsentContext): Promise<ConsentOutcome> {
  const entries = noneOr(endSms(complaint, context));
  return { entries, writes: [emptySmsPhoneWrite(complaint.id)], order: "sms-consent-withdrawn" };
}

/** The writes that empty the copy of the phone number for call-backs and take the complaint off the call list. */
export async function noCallWrites(id: string): Promise<Writes> {
  const call = await readCallListEntry(id);
  return [emptyCallContactWrite(id), ...(call ? [callListEntryWrite(call)] : [])];
}

const Consent = z
  .strictObject({
    shareWithAgency: z.boolean().optional(),
    mayBeCalled: z.boolean().optional(),
    callDigits: CallDigits.optional(),
    notifyBySms: z.boolean().optional(),
  })
  .refine(({ mayBeCalled, callDigits }) => mayBeCalled !== false || callDigits === undefined, {
    path: ["callDigits"],
    params: { rule: "calls-not-allowed" },
  })
  .refine((consent) => Object.keys(consent).length > 0, { params: { rule: "nothing-sent" } })
  .meta({ minProperties: 1 });

type ConsentCommand = (complaint: Complaint, context: ConsentContext) => Promise<ConsentOutcome>;

function executeConsentCommands(request: MoveRequest<PrincipalOf<"citizen">>, commands: readonly ConsentCommand[]) {
  return executeConfidentialCommand(request, async (complaint, context) => {
    const outcomes = await Promise.all(commands.map((command) => command(complaint, context)));
    // A command without new entries changes nothing, so its writes are dropped too.
    const changes = outcomes.filter(({ entries }) => entries.length > 0);
    // Saved before the tables change: otherwise a restored table would share the identity, call or send messages again. Saved after all
    // outcomes: a refused request leaves no order.
    for (const { order } of changes)
      if (order) await saveRetentionOrder({ id: complaint.id, at: context.now, type: order });
    return {
      entries: changes.flatMap(({ entries }) => entries),
      additionalWrites: changes.flatMap(({ writes }) => writes),
    };
  });
}

/**
 * POST /v1/complaints/{id}/consent: the citizen gives or withdraws three consents. With the first one the agency that holds
 * the complaint may read the citizen's identity; a transfer ends this consent. With the second one the citizen may be
 * called, with the third the citizen gets messages (SMS). The withdrawal of the first is never refused; calls and messages do not end
 * while a renewed secret rests. One request may withdraw one consent and give another: the withdrawal stands even if the other consent
 * is refused. The citizen may also choose the digits that open what a call is about.
 */
export const giveConsentAsCitizen = route({
  caller: "citizen",
  summary: {
    en: "Let the agency know who complains, agree to be called or to get messages, or take that back",
    fa: "اجازه به دستگاه برای دیدن مشخصات شهروند، یا اجازهٔ تماس تلفنی یا پیامک، یا پس گرفتن آن",
  },
  path: ComplaintPath,
  body: Consent,
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "consent-limit", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { shareWithAgency, mayBeCalled, callDigits, notifyBySms } = body;
    const refusal = refuseSmsNotOffered(notifyBySms, { isOffered: sms !== null, path: "notifyBySms" });
    if (refusal) throw refusal;
    const silencings = [
      ...(mayBeCalled === false ? [withdrawCallConsent] : []),
      ...(notifyBySms === false ? [endMessages] : []),
    ];
    const consents = [
      ...(shareWithAgency ? [giveAgencyConsent] : []),
      ...(mayBeCalled || callDigits !== undefined ? [allowCallsBack({ mayBeCalled, callDigits })] : []),
      ...(notifyBySms ? [allowMessages] : []),
    ];
    // Withdrawals come first, in transactions of their own: the end of calls and messages may be refused, and so may the consents.
    if (shareWithAgency === false) await executeConsentCommands(withoutPreconditions(request), [withdrawAgencyConsent]);
    if (silencings.length > 0) await executeConsentCommands(withoutPreconditions(request), silencings);
    const idempotencyKey = withKeyedBody(request.idempotencyKey, await readMaskKey(), "consent", request.path.id);
    const { complaint } = await executeConsentCommands(
      consents.length > 0 ? { ...request, idempotencyKey } : withoutPreconditions(request),
      consents,
    );
    // The complaint may have been answered or closed before the draw was written, and so missed its place on the list.
    if (mayBeCalled || callDigits !== undefined) await updateCallList(complaint.id, request.now);
    return citizenViewReply(complaint, request.now);
  },
});

/**
 * DELETE /v1/complaints/{id}/identity: erases the citizen's identity and every copy of it. The texts stay masked, and the
 * citizen gets no mail any more. Refused while an admin's hold is on the complaint.
 */
export const eraseIdentityAsCitizen = route({
  caller: "citizen",
  summary: { en: "Have one's identity erased", fa: "پاک کردن مشخصات خود از پرونده" },
  path: ComplaintPath,
  answer: { status: 200, schema: CitizenView },
  problems: ["legal-hold"],
  async run(request) {
    /** When an attempt of this request saved the order to erase, before another change made it try again. */
    let orderSavedAt: string | undefined;
    const { complaint } = await executeConfidentialCommand(withoutPreconditions(request), async (current, context) => {
      const { id } = current;
      const { now, confidentialLog } = context;
      const hasIdentity = (await readAnyIdentity(id)) !== undefined;
      // An admin set a hold after the order was saved, and `eraseIdentity` refuses now. The hold is saved with the time of the
      // order, so that a restore finds it first and does not erase the identity.
      if (orderSavedAt && hasIdentity && holdOf(confidentialLog).held)
        await saveRetentionOrder({ id, at: orderSavedAt, type: "hold-set" });
      const entry = eraseIdentity(current, { ...context, hasIdentity });
      if (!entry) return { entries: undefined };
      // The order is saved before the table changes: if the table is lost in between, a restore still erases the identity.
      await saveRetentionOrder({ id, at: now, type: "identity-erased" });
      orderSavedAt = now;
      return { entries: entry, additionalWrites: await citizensErasureWrites(id, confidentialLog) };
    });
    return citizenViewReply(complaint, request.now);
  },
});

/** Empties the identity and every copy of it or of the phone. A copy of the phone may exist although the citizen has ended calls since. */
async function citizensErasureWrites(id: string, confidentialLog: readonly ConfidentialEntry[]): Promise<Writes> {
  return [
    emptyIdentityWrite(id),
    ...emptySharedIdentityWrites(id, agenciesWithConsent(confidentialLog)),
    ...(wereCallsEverAllowed(confidentialLog) ? await noCallWrites(id) : []),
    ...(wasSmsEverAllowed(confidentialLog) ? [emptySmsPhoneWrite(id)] : []),
  ];
}

/**
 * These routes have a function of their own, so that the citizens' other routes have no right to copy or empty identities.
 * No route here shows an identity.
 */
export const routes = {
  "POST /v1/complaints/{id}/consent": giveConsentAsCitizen,
  "DELETE /v1/complaints/{id}/identity": eraseIdentityAsCitizen,
  "POST /v1/complaints/{id}/notices/{noticeId}/consent": answerNoticeQuestion,
};
export const handler = serve({ routes, authenticate: authenticateBySecret });
