import { isLivingNoticeSecret } from "#shared/complaints/living-secrets.store.ts";
import { Fault, type FieldError } from "#shared/fault.ts";
import { parseNoticeId } from "#shared/identifier.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import { header } from "../http/request.ts";
import type { Authenticate } from "../http/route.ts";

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
