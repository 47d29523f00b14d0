import * as z from "zod";
import type { CommandContext } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { isSandbox, sandboxDirectory, transferTarget } from "#shared/domain/complaint/directory.ts";
import type { MaskedTexts } from "#shared/domain/complaint/event.ts";
import { transfer } from "#shared/domain/complaint/moves.ts";
import type { Officer } from "#shared/domain/complaint/people.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { acknowledgeByAfterTransfer } from "#shared/domain/deadlines/deadlines.ts";
import { longestReason } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { categoryOf } from "#shared/province/category.ts";
import { clients, directory } from "#shared/province/slices.static.ts";

/** The body of a transfer: the receiving agency and the reason. */
export const TransferBody = z.strictObject({ toAgencyId: Slug, reason: text({ min: 2, max: longestReason }) });

type TransferRequest = {
  body: z.infer<typeof TransferBody>;
  now: string;
  /** The officer who signed in, where one did. */
  officer?: Officer | undefined;
  /** Masks the reason. Texts of agencies and of inspectors are masked differently. */
  masked: (complaint: Complaint) => MaskedTexts | undefined;
};

/**
 * Reads the office hours and returns the command that transfers a complaint for an agency or an inspector. The receiving
 * agency gets a new deadline to acknowledge, counted by the hours of the complaint's county.
 */
export async function prepareTransfer({ body, now, officer, masked }: TransferRequest) {
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
    return transfer(complaint, { reason, acknowledgeBy, officer, ...receiver, ...context, masked: masked(complaint) });
  };
}
