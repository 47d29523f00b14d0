import { route } from "#functions/pipelines/route.ts";
import { Identity } from "#shared/domain/citizen/citizen.ts";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { readIdentity } from "#shared/domain/complaint/private-act.ts";
import { identityReadsPerDay } from "#shared/province/slices.static.ts";
import { readHead } from "#shared/store/complaints/complaints.ts";
import { readAnyIdentity } from "#shared/store/complaints/identities.ts";
import { countReads } from "#shared/store/complaints/identity-limits.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { putAudit } from "#shared/store/events/audit.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";

/** GET /v1/inspector/complaints/{id}/identity: who complains; answered only after the event that tells the citizen. */
export const readIdentityAsInspector = route({
  caller: "inspector",
  summary: {
    en: "Read who complains, as declared and not verified; the citizen sees that",
    fa: "مشاهدهٔ مشخصات شهروند به اظهار خود او (به شهروند اعلام می‌شود)",
  },
  path: ComplaintPath,
  quota: "identities",
  problems: ["too-many"],
  answer: { status: 200, schema: Identity.meta({ id: "Identity" }) },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    mustConcern(complaint, principal);
    // Nothing is learned of an anonymous citizen, so nothing is counted or noted.
    if (!(await readAnyIdentity(complaint.id))) return { status: 200, body: {} };
    const counting = { sub: principal.person, now, name: "identities", most: identityReadsPerDay } as const;
    const { quota } = await countReads(counting);
    const { clientId: client, person } = principal;
    let identity: Identity = {};
    await noteOnce({ path, principal, now }, async (found, stage) => {
      // Read again with each try: an erasure that was noted before this read leaves nothing to answer.
      identity = (await readAnyIdentity(found.id)) ?? {};
      if (Object.keys(identity).length === 0) return { note: undefined };
      const note = readIdentity(found, stage);
      return { note, along: [putAudit({ type: "identity-read", at: note.at, complaintId: found.id, client, person })] };
    });
    return { status: 200, body: identity, quota };
  },
});
