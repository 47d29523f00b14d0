import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { falseProposals, proposedAfterDays } from "../support/simulated-proposals.ts";

/** How often arithmetic proposes what chance made, and how soon it finds a rise. Qazvin's own agencies, counties and categories. */
const share = mulberry32(20_261_130);
let missed = 0;

function check(line: string, { value, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }: Budget) {
  const isKept = value <= atMost && value >= atLeast;
  if (!isKept) missed++;
  console.log(`${line}: ${value.toFixed(1)}${isKept ? "" : "  MISSED"}`);
}
type Budget = { value: number; atMost?: number; atLeast?: number };

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const years = (count: number, year: Omit<Parameters<typeof falseProposals>[0], "share">) =>
  mean(Array.from({ length: count }, () => falseProposals({ ...year, share })));

check("false proposals a year at 160 complaints a month (at most 5)", {
  value: years(20, { perMonth: 160 }),
  atMost: 5,
});
check("false proposals a year at 2,600 complaints a month (at most 25)", {
  value: years(6, { perMonth: 2_600 }),
  atMost: 25,
});
check("false proposals in a province's first year, at 160 a month", {
  value: years(20, { perMonth: 160, isNew: true }),
});
check("false proposals in a province's first year, at 2,600 a month", {
  value: years(3, { perMonth: 2_600, isNew: true }),
});
for (const by of ["place", "cause"] as const) {
  const runs = 1_000;
  const found = Array.from({ length: runs }, () => proposedAfterDays({ perWeek: 5, factor: 3, by, share })).filter(
    (days) => days !== undefined,
  );
  check(`% of threefold rises from 5 a week that are proposed within 14 days, by ${by} (at least 80)`, {
    value: (found.length / runs) * 100,
    atLeast: 80,
  });
  console.log(`  the middle one after ${found.toSorted((one, other) => one - other)[found.length >> 1]} days`);
}
process.exitCode = missed > 0 ? 1 : 0;
