import { randomBytes } from "node:crypto";
import { fingerprint } from "#shared/digest.ts";
import { issueIdOf } from "#shared/identifier.ts";
import { directory, personalCauses } from "#shared/province/slices.static.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { countyOfHours } from "./issue-clock.ts";
import { createIssue } from "./issue-commands.store.ts";
import { IssueOpening, openIssue } from "./issue-opening.ts";
import { refusePersonalNumbers } from "./issue-parameters.api.ts";
import { InspectorIssueRow } from "./issue-views.ts";
import { inspectorRowReply } from "./read-issues.api.ts";

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
