import { plainFailure, systemCode } from "./plain-failure.ts";

/** What a failed `listen` means to the person who started the cloud. */
export function portInUse(port: number, error: unknown): unknown {
  if (systemCode(error) !== "EADDRINUSE") return error;
  return plainFailure(`Port ${port} is in use: stop what listens there, or choose others with PORT (the cloud takes PORT and the next few).`, error);
}
