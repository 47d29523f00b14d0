import { randomBytes } from "node:crypto";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { issueIdOf } from "#shared/domain/complaint/identifier.ts";
import { fingerprint } from "#shared/domain/digest.ts";
import { countyOfHours } from "#shared/domain/issues/issue-clock.ts";
import { IssueOpening, openIssue } from "#shared/domain/issues/issue-opening.ts";
import { InspectorIssueRow } from "#shared/domain/views/issue-views.ts";
import { createIssue } from "#shared/persistence/issues/commands.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { directory, personalCauses } from "#shared/province/slices.static.ts";
import { refusePersonalNumbers } from "./parameters.ts";
import { inspectorRowReply } from "./read.ts";

/** POST /v1/inspector/issues: an inspector makes a repeated cause an issue, which one agency has to mend. */
export const openIssueAsInspector = route({
  caller: "inspector",
  summary: { en: "Open an issue: a cause that an agency has to mend", fa: "گشودن مشکل: علتی که دستگاه باید برطرف کند" },
  body: IssueOpening,
  answer: { status: 201, schema: InspectorIssueRow },
  problems: [
    "unknown-agency",
    "unknown-county",
    "unknown-office",
    "unknown-category",
    "retired",
    "idempotency-key-reused",
  ],
  async run({ body, principal: { clientId, person }, now, idempotencyKey }) {
    const { title, summary } = body;
    refusePersonalNumbers({ title, summary });
    const calendar = (await readCalendars({ from: now }))(countyOfHours(body));
    // The same request has the same id, so a repetition finds the issue that it opened.
    const bytes = idempotencyKey ? Buffer.from(fingerprint("issue", idempotencyKey.keyMac), "hex") : randomBytes(5);
    const opening = { ...body, id: issueIdOf(bytes), now, clientId, inspector: person };
    const change = openIssue({ directory, personalCauses, calendar }, opening);
    return asCreated(inspectorRowReply(await createIssue(change, { now, idempotencyKey }), now));
  },
});
