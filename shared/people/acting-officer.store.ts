import { invalidFault } from "../fault.ts";
import { Officer } from "./people.ts";
import { readSignedInName } from "./person-names.store.ts";
import type { PrincipalOf } from "./principal.ts";

/** In a body: the officer who acts. A program names the officer. An officer who signed in is known, and names nobody else. */
export const SentOfficer = Officer.optional();

/** The officer who signed in; undefined if a program calls. */
export async function signedInOfficer({ person, personnelId }: PrincipalOf<"agency">): Promise<Officer | undefined> {
  if (person === undefined) return undefined;
  return { name: await readSignedInName(person), ...(personnelId !== undefined && { personnelId }) };
}

/** The officer who acts. Throws `invalid` if a program names none, or a person names somebody else. */
export async function actingOfficer(principal: PrincipalOf<"agency">, sent: Officer | undefined): Promise<Officer> {
  const signedIn = await signedInOfficer(principal);
  const officer = signedIn ?? sent;
  if (!officer) throw invalidFault("officer", "officer-missing");
  const isOther = (field: keyof Officer) => sent?.[field] !== undefined && sent[field] !== officer[field];
  if (isOther("name") || isOther("personnelId")) throw invalidFault("officer", "other-officer");
  return officer;
}
