import * as z from "zod";
import { markOfToken } from "#shared/domain/citizen/address-mark.ts";
import { invalid } from "#shared/domain/fault.ts";
import { readAddressKey } from "#shared/store/secrets.ts";

/** The query of an address that a mail of ours carries. */
export const MailToken = z.strictObject({ token: z.string().max(100) });

/** The mark of the address that the token is for; throws `invalid` where no mail of ours carried it. */
export async function markOf({ token }: z.infer<typeof MailToken>): Promise<string> {
  const mark = markOfToken(await readAddressKey(), token);
  if (!mark) throw invalid("token", "unknown-token");
  return mark;
}
