/** Leaves out that an object may have no other fields: tomorrow's answers have more, and clients pass over them. */
export function open(key: string, value: unknown): unknown {
  return key === "additionalProperties" && value === false ? undefined : value;
}
