import * as z from "zod";
import { LocalDate } from "#shared/time/calendar.ts";
import { route } from "../http/route.ts";
import { readProposals } from "./proposals.store.ts";
import { Proposal } from "./proposals.ts";

/** The list of proposals. `morning`: when the list was made; absent before the first morning. */
const ProposalList = z.object({ morning: LocalDate.optional(), items: z.array(Proposal) }).meta({ id: "ProposalList" });

/** GET /v1/inspector/proposals: groups of complaints that are larger than chance explains. */
export const listProposalsAsInspector = route({
  caller: "inspector",
  summary: { en: "List what repeats more than chance explains", fa: "آنچه بیش از اتفاق تکرار می‌شود" },
  answer: { status: 200, schema: ProposalList },
  problems: [],
  async run() {
    const last = await readProposals({ ConsistentRead: false });
    return { status: 200, body: { morning: last?.morning, items: last?.proposals ?? [] } };
  },
});
