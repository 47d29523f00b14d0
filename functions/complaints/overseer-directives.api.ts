import * as z from "zod";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { giveDirective } from "#shared/complaints/remarks.ts";
import { maskByPattern } from "#shared/complaints/text-masker.store.ts";
import { invalidFault } from "#shared/fault.ts";
import { Officer } from "#shared/people/people.ts";
import { readSignedInName } from "#shared/people/person-names.store.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { longestText } from "#shared/policy-numbers.ts";
import { escalationLevels } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { OverseerView } from "./complaint-views.ts";
import { overseerViewReply } from "./overseer-read-complaints.api.ts";

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
    const maskedTexts = maskByPattern({ text: body.text });
    const moved = await executeMove(request, (complaint, context) =>
      giveDirective(complaint, { ...context, text: body.text, authority, name, maskedTexts }),
    );
    return asCreated(await overseerViewReply(moved, request.now));
  },
});

/** The writer: the person who signed in, or the person that a program names. Throws `invalid` if a person names somebody else. */
async function writersName({ person }: PrincipalOf<"overseer">, sent: string | undefined): Promise<string | undefined> {
  if (person === undefined) return sent;
  const name = await readSignedInName(person);
  if (sent !== undefined && sent !== name) throw invalidFault("by", "other-person");
  return name;
}
