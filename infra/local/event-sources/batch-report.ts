import * as z from "zod";

/** What a function may answer a batch with: the records or messages of it that it did not take. */
export const BatchReport = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();
