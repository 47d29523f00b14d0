import * as z from "zod";
import type { CommandContext } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { isSandbox, sandboxDirectory, transferTarget } from "#shared/domain/complaint/directory.ts";
import type { MaskedTexts } from "#shared/domain/complaint/event.ts";
import { transfer } from "#shared/domain/complaint/moves.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { acknowledgeByAfterTransfer } from "#shared/domain/deadlines/deadlines.ts";
import { longestReason } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { categoryOf } from "#shared/province/category.ts";
import { clients, directory } from "#shared/province/slices.static.ts";

/** The agency that a complaint is transferred to, and why. */
export const TransferBody = z.strictObject({ toAgencyId: Slug, reason: text({ min: 2, max: longestReason }) });

type TransferRequest = {
  body: z.infer<typeof TransferBody>;
  now: string;
  /** The reason, as it is masked for whoever writes it. */
  masked: (complaint: Complaint) => MaskedTexts | undefined;
};

/**
 * How agencies and inspectors transfer a complaint; the receiver gets a fresh acknowledge clock, by the county's hours.
 */
export async function prepareTransfer({ body, now, masked }: TransferRequest) {
  const { toAgencyId, reason } = body;
  const calendarOf = await readCalendars({ from: now });
  return (complaint: Complaint, stage: CommandContext<PrincipalOf<"agency" | "inspector">>) => {
    const { category, countyId, answerBy, filedBy } = complaint;
    const filer = clients[filedBy];
    const operatedBy = filer?.caller === "front-end" ? filer.operatedBy : undefined;
    const calendar = calendarOf(countyId);
    const acknowledgeBy = acknowledgeByAfterTransfer({
      category: categoryOf(category),
      now: stage.now,
      calendar,
      answerBy,
    });
    const known = isSandbox(complaint) ? sandboxDirectory(directory) : directory;
    const receiver = transferTarget(known, { toAgencyId, countyId, operatedBy, now: stage.now });
    return transfer(complaint, { reason, acknowledgeBy, ...receiver, ...stage, masked: masked(complaint) });
  };
}
