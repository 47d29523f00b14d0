import { sandboxAgency } from "#shared/domain/complaint/sandbox.ts";

/** What the sandbox has of an agency: a queue by its name, which no account but the province's own consumes. */
export const sandboxQueue = { id: sandboxAgency };
