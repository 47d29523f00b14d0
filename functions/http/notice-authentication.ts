import { parseNoticeId } from "#shared/domain/complaint/identifier.ts";
import { Fault, type FieldError } from "#shared/domain/fault.ts";
import { isLivingNoticeSecret } from "#shared/persistence/complaints/living-secrets.ts";
import { readPepper } from "#shared/persistence/secrets.ts";
import { header } from "./request.ts";
import type { Authenticate } from "./route.ts";

/**
 * Authenticates an employee by the id and the secret of a notice, as a citizen is authenticated (`authenticateBySecret`): the
 * printed secret until the letter was opened, the new one from then on.
 */
export const authenticateByNoticeSecret: Authenticate = async (event) => {
  const id = parseNoticeId(event.pathParameters?.noticeId ?? "");
  const typed = header(event, "foad-secret");
  const errors: FieldError[] = [];
  if (!id) errors.push({ path: "noticeId", rule: "notice-id" });
  if (!typed) errors.push({ path: "Foad-Secret", rule: "missing" });
  if (!id || !typed) throw new Fault("invalid", { errors });
  if (!(await isLivingNoticeSecret({ pepper: await readPepper(), id, typed }))) throw new Fault("not-found");
  return { caller: "employee", noticeId: id };
};
