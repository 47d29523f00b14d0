import { header } from "#functions/pipelines/request.ts";
import type { Proof } from "#functions/pipelines/route.ts";
import { isSecretOf, readComplaintId } from "#shared/domain/complaint/identifier.ts";
import { Fault, type FieldError } from "#shared/domain/fault.ts";
import { readPepper } from "#shared/store/secrets.ts";

/**
 * The citizen, proved by the secret alone: no read, so that how long a refusal takes tells nothing of the id. What is no id,
 * and a secret that was not sent, are refused as such: neither depends on any complaint.
 */
export const bySecret: Proof = async (event) => {
  const id = readComplaintId(event.pathParameters?.id ?? "");
  const typed = header(event, "foad-secret");
  const errors: FieldError[] = [];
  if (!id) errors.push({ path: "id", rule: "complaint-id" });
  if (!typed) errors.push({ path: "Foad-Secret", rule: "missing" });
  if (!id || !typed) throw new Fault("invalid", { errors });
  if (!isSecretOf({ pepper: await readPepper(), id, typed })) throw new Fault("not-found");
  return { caller: "citizen", complaintId: id };
};
