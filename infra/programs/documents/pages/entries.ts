import type { Fault } from "#shared/fault.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

/** One thing that a caller does, with the operations for it by their ids. The text may link to other places of the pages. */
export type Task = { title: LocalizedText; text: LocalizedText; operations: readonly string[] };

/**
 * Something that readers of the guides meet. `refusal`: a fault of ours, a status with which the gateway refuses, or what the
 * owner of a webhook reads. `when` says what the reader did.
 */
export type ReaderError = {
  id: string;
  when: LocalizedText;
  refusal: Fault | number | { seen: string; where: LocalizedText };
  cause: LocalizedText;
  todo: LocalizedText;
};
