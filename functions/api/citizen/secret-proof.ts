import type { Proof } from "#functions/pipelines/route.ts";
import { isSecretOf, readComplaintId } from "#shared/domain/complaint/identifier.ts";
import { Fault } from "#shared/domain/fault.ts";
import { readPepper } from "#shared/store/secrets.ts";

/** The citizen, proved by the secret alone: no read, so that how long a refusal takes tells nothing of the id. */
export const bySecret: Proof = async (event) => {
  const id = readComplaintId(event.pathParameters?.id ?? "");
  const typed = event.headers["foad-secret"] ?? "";
  if (!id || !isSecretOf({ pepper: await readPepper(), id, typed })) throw new Fault("not-found");
  return { caller: "citizen", complaintId: id };
};
