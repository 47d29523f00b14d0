import * as z from "zod";
import type { CommandContext } from "#shared/complaints/change.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { acknowledgeByAfterTransfer } from "#shared/complaints/deadlines.ts";
import type { MaskedTexts } from "#shared/complaints/event.ts";
import { transfer } from "#shared/complaints/moves.ts";
import type { Officer } from "#shared/people/people.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { longestReason } from "#shared/policy-numbers.ts";
import { categoryOf } from "#shared/province/category.ts";
import { isSandbox, sandboxDirectory, transferTarget } from "#shared/province/directory.ts";
import { clients, directory } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { Slug } from "#shared/vocabulary.ts";
import { readCalendars } from "../hours/office-hours.store.ts";

/** The body of a transfer: the receiving agency and the reason. */
export const TransferBody = z.strictObject({ toAgencyId: Slug, reason: text({ min: 2, max: longestReason }) });

type TransferRequest = {
  body: z.infer<typeof TransferBody>;
  now: string;
  /** The officer who signed in, where one did. */
  officer?: Officer | undefined;
  /** Masks the reason. Texts of agencies and of inspectors are masked differently. */
  maskedTextsOf: (complaint: Complaint) => MaskedTexts | undefined;
};

/**
 * Reads the office hours and returns the command that transfers a complaint for an agency or an inspector. The receiving
 * agency gets a new deadline to acknowledge, counted by the hours of the complaint's county.
 */
export async function prepareTransfer({ body, now, officer, maskedTextsOf }: TransferRequest) {
  const { toAgencyId, reason } = body;
  const calendarOf = await readCalendars({ from: now });
  return (complaint: Complaint, context: CommandContext<PrincipalOf<"agency" | "inspector">>) => {
    const { category, countyId, answerBy, filedBy } = complaint;
    const filingClient = clients[filedBy];
    const operatedBy = filingClient?.caller === "front-end" ? filingClient.operatedBy : undefined;
    const calendar = calendarOf(countyId);
    const acknowledgeBy = acknowledgeByAfterTransfer({
      category: categoryOf(category),
      now: context.now,
      calendar,
      answerBy,
    });
    const known = isSandbox(complaint) ? sandboxDirectory(directory) : directory;
    const receiver = transferTarget(known, { toAgencyId, countyId, operatedBy, now: context.now });
    return transfer(complaint, {
      reason,
      acknowledgeBy,
      officer,
      ...receiver,
      ...context,
      maskedTexts: maskedTextsOf(complaint),
    });
  };
}
