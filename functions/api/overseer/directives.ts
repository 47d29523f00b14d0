import * as z from "zod";
import { ComplaintPath } from "#functions/http/parameters.ts";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { Officer } from "#shared/domain/complaint/people.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { giveDirective } from "#shared/domain/complaint/remarks.ts";
import { invalidFault } from "#shared/domain/fault.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { OverseerView } from "#shared/domain/views/complaint-views.ts";
import { executeMove } from "#shared/persistence/complaints/moves.ts";
import { readSignedInName } from "#shared/persistence/person-names.ts";
import { escalationLevels } from "#shared/province/slices.static.ts";
import { maskByPattern } from "../complaints/masking.ts";
import { overseerViewReply } from "./read-complaints.ts";

/**
 * POST /v1/overseer/complaints/{id}/directives: the overseer tells the agency what to do. Citizen, agency, inspectors and the
 * overseers of the complaint read it. It moves no deadline.
 */
export const giveDirectiveAsOverseer = route({
  caller: "overseer",
  summary: { en: "Tell the agency what to do", fa: "دادن دستور به دستگاه" },
  path: ComplaintPath,
  body: z.strictObject({ text: text({ min: 2, max: longestText }), by: Officer.shape.name.optional() }),
  answer: { status: 201, schema: OverseerView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { principal } = request;
    const name = await writersName(principal, body.by);
    const { authority } = escalationLevels[principal.fromLevel - 1] ?? {};
    if (!authority)
      throw new Error(`an overseer of the level ${principal.fromLevel}, which the province does not have`);
    const masked = maskByPattern({ text: body.text });
    const moved = await executeMove(request, (complaint, context) =>
      giveDirective(complaint, { ...context, text: body.text, authority, name, masked }),
    );
    return asCreated(await overseerViewReply(moved, request.now));
  },
});

/** The writer: the person who signed in, or the person that a program names. Throws `invalid` where a person names somebody else. */
async function writersName({ person }: PrincipalOf<"overseer">, sent: string | undefined): Promise<string | undefined> {
  if (person === undefined) return sent;
  const name = await readSignedInName(person);
  if (sent !== undefined && sent !== name) throw invalidFault("by", "other-person");
  return name;
}
