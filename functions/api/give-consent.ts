import * as z from "zod";
import {
  allowCalls,
  endCalls,
  isCallStillPossible,
  wereCallsEverAllowed,
} from "#shared/domain/complaint/call-backs.ts";
import type { CommandContext, CommandSender } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import {
  agenciesWithConsent,
  eraseIdentity,
  giveConsent,
  holdOf,
  withdrawConsent,
} from "#shared/domain/complaint/confidential-commands.ts";
import type { ConfidentialEntry } from "#shared/domain/complaint/confidential-log.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { CitizenView } from "#shared/domain/views/complaint-views.ts";
import {
  callListEntryWrite,
  createCallDraw,
  readCallListEntry,
  updateCallList,
} from "#shared/persistence/complaints/call-backs.ts";
import { readAgencyAtFiling } from "#shared/persistence/complaints/complaints.ts";
import {
  callContactWrite,
  emptyCallContactWrite,
  emptyIdentityWrite,
  emptySharedIdentityWrites,
  readAnyIdentity,
  sharedIdentityWrite,
} from "#shared/persistence/complaints/identities.ts";
import { executeConfidentialCommand, type MoveRequest } from "#shared/persistence/complaints/moves.ts";
import { saveRetentionOrder } from "#shared/persistence/retention/orders.ts";
import type { Writes } from "#shared/persistence/transaction.ts";
import { authenticateBySecret } from "../http/authentication.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { citizenViewReply } from "./citizen/view.ts";

/** A request that no key and no `If-Match` can have refused, for what is never refused and does no harm when repeated. */
export function withoutPreconditions<M extends CommandSender>({
  path,
  principal,
  now,
}: MoveRequest<M>): MoveRequest<M> {
  return { path, principal, now };
}

type ConsentContext = CommandContext<PrincipalOf<"citizen">> & { confidentialLog: readonly ConfidentialEntry[] };

/** The agency that holds the complaint may know who complains, by a copy of its own. */
export async function giveAgencyConsent(complaint: Complaint, context: ConsentContext) {
  const identity = await readAnyIdentity(complaint.id);
  const entry = giveConsent(complaint, { ...context, hasIdentity: identity !== undefined });
  return { note: entry, along: identity ? [sharedIdentityWrite(complaint, identity)] : [] };
}

/** No agency may know any more, and no copy is left. */
export async function withdrawAgencyConsent(complaint: Complaint, context: ConsentContext) {
  const note = withdrawConsent(complaint, context);
  // Before it is done, or a table that is restored would share again.
  if (note) await saveRetentionOrder({ id: complaint.id, at: context.now, type: "consent-taken-back" });
  return { note, along: emptySharedIdentityWrites(complaint.id, agenciesWithConsent(context.confidentialLog)) };
}

/** The citizen may be called from now on: drawn as if that had been said at filing, once and for good. */
export async function allowCallsBack(complaint: Complaint, context: ConsentContext) {
  const { phone, name } = (await readAnyIdentity(complaint.id)) ?? {};
  const entry = allowCalls(complaint, { ...context, hasPhone: phone !== undefined });
  const call = entry && phone && isCallStillPossible(complaint, context) ? await drawCall(complaint) : undefined;
  return {
    note: entry,
    along: call && phone ? [callListEntryWrite(call), callContactWrite(complaint.id, { phone, name })] : [],
  };
}

async function drawCall({ id, filedAt }: Complaint) {
  const before = await readCallListEntry(id);
  if (before) return before;
  const draw = await createCallDraw({ agencyId: await readAgencyAtFiling(id), filedAt });
  const probability = draw(id);
  return probability === undefined ? undefined : { id, probability };
}

/** The citizen is called no more. */
export async function endCallsBack(complaint: Complaint, context: ConsentContext) {
  const note = endCalls(complaint, context);
  if (note) await saveRetentionOrder({ id: complaint.id, at: context.now, type: "calls-ended" });
  return { note, along: await noCallWrites(complaint.id) };
}

/** Not even the function that lists whom to call can read the phone any more, and the list has no place for it. */
export async function noCallWrites(id: string): Promise<Writes> {
  const call = await readCallListEntry(id);
  return [emptyCallContactWrite(id), ...(call ? [callListEntryWrite(call)] : [])];
}

const Consent = z
  .strictObject({ shareWithAgency: z.boolean().optional(), mayBeCalled: z.boolean().optional() })
  .refine((consent) => Object.keys(consent).length > 0, { params: { rule: "nothing-sent" } })
  .meta({ minProperties: 1 });

type ConsentCommand =
  | typeof giveAgencyConsent
  | typeof withdrawAgencyConsent
  | typeof allowCallsBack
  | typeof endCallsBack;

function executeConsentCommands(request: MoveRequest<PrincipalOf<"citizen">>, commands: readonly ConsentCommand[]) {
  return executeConfidentialCommand(request, async (found, context) => {
    const decided = await Promise.all(commands.map((act) => act(found, context)));
    const results = decided.flatMap(({ note, along }) => (note ? [{ note, along }] : []));
    return { entries: results.map(({ note }) => note), additionalWrites: results.flatMap(({ along }) => along) };
  });
}

/**
 * POST /v1/complaints/{id}/consent: the agency that holds the complaint may know who complains, or no more (a transfer
 * ends it); the citizen may be called and asked, or no more. Taking back is never refused, and holds where what is given
 * along with it is refused.
 */
export const giveConsentAsCitizen = route({
  caller: "citizen",
  summary: {
    en: "Let the agency know who complains, or agree to be called, or take that back",
    fa: "اجازه به دستگاه برای دیدن مشخصات شهروند، یا اجازهٔ تماس تلفنی، یا پس گرفتن آن",
  },
  path: ComplaintPath,
  body: Consent,
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "consent-limit", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { shareWithAgency: shares, mayBeCalled: agrees } = body;
    const takings = [...(shares === false ? [withdrawAgencyConsent] : []), ...(agrees === false ? [endCallsBack] : [])];
    const givings = [...(shares ? [giveAgencyConsent] : []), ...(agrees ? [allowCallsBack] : [])];
    // First, and on their own: what is given along with them may be refused.
    if (takings.length > 0) await executeConsentCommands(withoutPreconditions(request), takings);
    const { complaint } = await executeConsentCommands(
      givings.length > 0 ? request : withoutPreconditions(request),
      givings,
    );
    // It may have been answered or closed before there was a draw to put on the list.
    if (agrees) await updateCallList(complaint.id);
    return citizenViewReply(complaint, request.now);
  },
});

/**
 * DELETE /v1/complaints/{id}/identity: who complains is kept no longer, here and in every copy. The texts stay masked,
 * and no mail reaches the citizen any more. Refused while an admin's hold keeps the complaint whole.
 */
export const eraseIdentityAsCitizen = route({
  caller: "citizen",
  summary: { en: "Have one's identity erased", fa: "پاک کردن مشخصات خود از پرونده" },
  path: ComplaintPath,
  answer: { status: 200, schema: CitizenView },
  problems: ["held"],
  async run(request) {
    let keptAt: string | undefined;
    const { complaint } = await executeConfidentialCommand(withoutPreconditions(request), async (found, context) => {
      const isNamed = (await readAnyIdentity(found.id)) !== undefined;
      // A hold came between what this request kept and its erasure, which is refused: by what is kept it came before.
      if (keptAt && isNamed && holdOf(context.confidentialLog).held)
        await saveRetentionOrder({ id: found.id, at: keptAt, type: "hold-set" });
      const entry = eraseIdentity(found, { ...context, hasIdentity: isNamed });
      // Before it is done: who asked for it once has it done also where the table is lost in between.
      if (entry) {
        await saveRetentionOrder({ id: found.id, at: context.now, type: "identity-erased" });
        keptAt = context.now;
      }
      return {
        entries: entry,
        additionalWrites: [
          emptyIdentityWrite(found.id),
          ...emptySharedIdentityWrites(found.id, agenciesWithConsent(context.confidentialLog)),
          // Also of who has refused a call since: what was copied for it stands.
          ...(wereCallsEverAllowed(context.confidentialLog) ? await noCallWrites(found.id) : []),
        ],
      };
    });
    return citizenViewReply(complaint, request.now);
  },
});

/** Copies identities for agencies once they are filed, and empties them; shows none. Apart, so that the citizens' other routes may not. */
export const routes = {
  "POST /v1/complaints/{id}/consent": giveConsentAsCitizen,
  "DELETE /v1/complaints/{id}/identity": eraseIdentityAsCitizen,
};
export const handler = serve({ routes, authenticate: authenticateBySecret });
