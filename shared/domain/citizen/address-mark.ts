import { digest } from "../digest.ts";

/**
 * Stands for an e-mail address where the address itself may not be kept. Keyed, or whoever has a list of addresses
 * could compute their marks and compare.
 */
export function addressMark(addressKey: string, address: string): string {
  return digest(addressKey, "address", address.trim().toLowerCase());
}
