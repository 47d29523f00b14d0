import { assertAccess } from "#shared/complaints/access.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { recordIdentityRead } from "#shared/complaints/confidential-commands.ts";
import { readAnyIdentity } from "#shared/identities/identities.store.ts";
import { Identity } from "#shared/identities/identity.ts";
import { readSignedInName } from "#shared/people/person-names.store.ts";
import { identityReadsPerDay } from "#shared/province/slices.static.ts";
import { auditWrite, countReads } from "../audit/audit.store.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";

/**
 * GET /v1/inspector/complaints/{id}/identity: the citizen's identity. The reading is first recorded in the confidential
 * log, which the citizen sees; the answer follows.
 */
export const readIdentityAsInspector = route({
  caller: "inspector",
  summary: {
    en: "Read who complains, as declared and not verified; the citizen sees that",
    fa: "مشاهدهٔ مشخصات شهروند به اظهار خود او (به شهروند اعلام می‌شود)",
  },
  path: ComplaintPath,
  quota: "identities",
  problems: ["too-many-requests"],
  answer: { status: 200, schema: Identity.meta({ id: "Identity" }) },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    assertAccess(complaint, principal);
    // An anonymous citizen has no identity to read, so nothing is counted or recorded.
    if (!(await readAnyIdentity(complaint.id))) return { status: 200, body: {} };
    const counting = { sub: principal.person, now, name: "identities", maximum: identityReadsPerDay } as const;
    const { quota } = await countReads(counting);
    const { clientId, person } = principal;
    const name = await readSignedInName(person);
    let identity: Identity = {};
    await executeConfidentialCommand({ path, principal, now }, async (found, context) => {
      // The identity is read again in each try: the citizen may have erased it since.
      identity = (await readAnyIdentity(found.id)) ?? {};
      if (Object.keys(identity).length === 0) return { entries: undefined };
      const entry = recordIdentityRead(found, { ...context, name });
      return {
        entries: entry,
        additionalWrites: [
          auditWrite({ type: "identity-read", at: entry.at, complaintId: found.id, clientId, person }),
        ],
      };
    });
    return { status: 200, body: identity, quota };
  },
});

/**
 * The only function that shows identities that are not shared. It has one route, so that the inspectors' other routes have no
 * right to read identities.
 */
export const routes = { "GET /v1/inspector/complaints/{id}/identity": readIdentityAsInspector };
export const handler = serve({ routes, authenticate: authenticateByToken("inspector") });
