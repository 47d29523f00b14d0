import { serve } from "../pipelines/serve.ts";
import { eraseIdentityAsCitizen } from "./citizen/erase-identity.ts";
import { giveConsentAsCitizen } from "./citizen/give-consent.ts";
import { bySecret } from "./citizen/secret-proof.ts";

/** Copies identities for agencies once they are filed, and empties them; shows none. Apart, so that the citizens' other routes may not. */
export const routes = {
  "POST /v1/complaints/{id}/consent": giveConsentAsCitizen,
  "DELETE /v1/complaints/{id}/identity": eraseIdentityAsCitizen,
};
export const handler = serve({ routes, prove: bySecret });
