import { recordReadToCitizen } from "#shared/complaints/answer-notices.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { authenticateBySecret, authenticateCallCentre } from "../http/authentication.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { type Authenticate, route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { citizenViewReply } from "./citizen-view.api.ts";
import { CitizenView } from "./complaint-views.ts";

/**
 * GET /v1/front-end/complaints/{id}: the call centre reads a case to a citizen who gave its id and secret on the phone. It needs
 * the secret beside the token. The citizen sees an entry about it, at most one a day.
 */
const readCaseToCitizen = route({
  caller: "front-end",
  secret: true,
  summary: {
    en: "Read a case to its citizen, who gave its code",
    fa: "خواندن پرونده برای شهروندی که کد و رمز آن را گفته است",
  },
  path: ComplaintPath,
  answer: { status: 200, schema: CitizenView },
  problems: ["not-allowed"],
  async run({ principal: by, path: { id }, now }) {
    // The secret was checked, so the case is read with the citizen's access.
    const principal = { caller: "citizen" as const, complaintId: id };
    const { complaint } = await executeConfidentialCommand({ path: { id }, principal, now }, (found, context) => ({
      entries: recordReadToCitizen(found, { ...context, by }),
    }));
    return citizenViewReply(complaint, now);
  },
});

/** The call centre proves itself by its token, and the citizen on the phone by the secret. */
const authenticate: Authenticate = async (event, now) => {
  const principal = await authenticateCallCentre(event, now);
  await authenticateBySecret(event, now);
  return principal;
};

/** It has a function of its own, because it reads the key of all secrets. The function that reads phone numbers must not have this key. */
export const routes = { "GET /v1/front-end/complaints/{id}": readCaseToCitizen };
export const handler = serve({ routes, authenticate });
