import { digest } from "../digest.ts";

/**
 * By what an e-mail address is known again where the address itself may not be kept; keyed, or whoever has a list of
 * addresses could look it up.
 */
export function addressMark(addressKey: string, address: string): string {
  return digest(addressKey, "address", address.trim().toLowerCase());
}
