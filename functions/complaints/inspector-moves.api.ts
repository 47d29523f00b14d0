import * as z from "zod";
import { assertAccess } from "#shared/complaints/access.ts";
import type { Change, CommandContext, WithMaskedTexts } from "#shared/complaints/change.ts";
import { executeMove, type MoveRequest } from "#shared/complaints/commands.store.ts";
import { type Complaint, Finding, PromisedAction, RejectionReason } from "#shared/complaints/complaint.ts";
import { readComplaintRecord, readHead } from "#shared/complaints/complaints.store.ts";
import type { MaskedTexts } from "#shared/complaints/event.ts";
import { decide, reject } from "#shared/complaints/moves.ts";
import type { DecidingInspector } from "#shared/complaints/refusals.ts";
import { createTextMasker } from "#shared/complaints/text-masker.store.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { readOwnAgencies } from "#shared/people/roles.store.ts";
import { longestText, mostPromisedActions } from "#shared/policy-numbers.ts";
import { refuseCause } from "#shared/province/directory.ts";
import { directory, records } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { Slug } from "#shared/vocabulary.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { laterDecisionWrites } from "../notices/later-decision.api.ts";
import { InspectorView } from "./complaint-views.ts";
import { inspectorViewReply } from "./inspector-read-complaints.api.ts";
import { prepareTransfer, TransferBody } from "./transfer.api.ts";

/** POST /v1/inspector/complaints/{id}/transfer: transfers the complaint. Inspectors have no limit of transfers. */
export const transferComplaintAsInspector = route({
  caller: "inspector",
  summary: { en: "Send the complaint to the agency it concerns", fa: "ارجاع شکایت از سوی بازرس" },
  path: ComplaintPath,
  body: TransferBody,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "unknown-agency", "retired", "not-allowed", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const maskedTextsOf = await createTextMasker({ reason: body.reason });
    const moved = await executeMove(request, await prepareTransfer({ body, now: request.now, maskedTextsOf }));
    return inspectorViewReply(moved, request.now);
  },
});

type Inspector = PrincipalOf<"inspector">;
type JudgementContext = CommandContext<Inspector> & WithMaskedTexts & Omit<DecidingInspector, "by">;
type JudgeOptions = {
  texts: MaskedTexts;
  decide: (complaint: Complaint, context: JudgementContext) => Change;
};

/** Reads what keeps this inspector from judging the complaint or a promise: an earlier decision, and roles at its agencies. */
export async function readConflicts(found: Complaint, { person }: Inspector): Promise<Omit<DecidingInspector, "by">> {
  const earlier = found.retaliationFor ? await readHead(found.retaliationFor) : undefined;
  const ownAgencies = await readOwnAgencies(person, found.filedAt);
  const earlierInspector = earlier?.decidedBy;
  // Nearly all inspectors never had a role at an agency.
  if (ownAgencies.length === 0) return { earlierInspector, ownAgencies };
  const events = found.transferCount === 0 ? [] : (await readComplaintRecord(found.id)).events;
  const formerAgencies = events.flatMap((event) => (event.type === "transferred" ? event.fromAgencyId : []));
  // A transfer at this moment makes the present agency a former one.
  const agencies = [...formerAgencies, found.agencyId];
  return { earlierInspector, ownAgencies, wasAtOwnAgency: agencies.some((id) => id && ownAgencies.includes(id)) };
}

/** Decides or rejects a complaint. */
async function judge(request: MoveRequest<Inspector>, { texts, decide }: JudgeOptions) {
  const found = await readHead(request.path.id);
  assertAccess(found, request.principal);
  const conflicts = await readConflicts(found, request.principal);
  const maskedTextsOf = await createTextMasker(texts);
  const moved = await executeMove(
    request,
    (complaint, context) => decide(complaint, { ...context, ...conflicts, maskedTexts: maskedTextsOf(complaint) }),
    { alsoWrites: records ? laterDecisionWrites : undefined },
  );
  return inspectorViewReply(moved, request.now);
}

const Body = z.strictObject({
  finding: Finding,
  cause: Slug,
  text: text({ min: 2, max: longestText }),
  actions: z.array(PromisedAction).max(mostPromisedActions).default([]),
  /** Required where the agency has answered, and refused otherwise. */
  upholdsAnswer: z.boolean().optional(),
});

/** POST /v1/inspector/complaints/{id}/decision: closes the complaint with the inspection centre's own finding. */
export const decideComplaint = route({
  caller: "inspector",
  summary: { en: "Decide the complaint", fa: "صدور رأی" },
  path: ComplaintPath,
  body: Body,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "conflict-of-interest", "retired", "version-outdated", "idempotency-key-reused"],
  run: ({ body, ...request }) =>
    judge(request, {
      texts: { text: body.text, actions: body.actions },
      decide(complaint, context) {
        const refusedCause = refuseCause(directory, { cause: body.cause, now: context.now });
        return decide(complaint, { ...body, ...context, causeFault: refusedCause });
      },
    }),
});

/** POST /v1/inspector/complaints/{id}/rejection: closes a complaint that is out of scope. No agency can reject. */
export const rejectComplaint = route({
  caller: "inspector",
  summary: { en: "Reject what is no case for this system", fa: "رد شکایت خارج از صلاحیت" },
  path: ComplaintPath,
  body: z.strictObject({ reason: RejectionReason, text: text({ min: 2, max: longestText }) }),
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  run: ({ body, ...request }) =>
    judge(request, {
      texts: { text: body.text },
      decide: (complaint, context) => reject(complaint, { ...body, ...context }),
    }),
});
