import { fingerprint } from "./identifier.ts";

/** By what an e-mail address is known again where the address itself may not be kept. */
export function addressMark(address: string): string {
  return fingerprint("address", address.trim().toLowerCase());
}
