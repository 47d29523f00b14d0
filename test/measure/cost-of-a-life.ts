import { counting, countLives, type Row } from "./counted-lives.ts";
import { assumed, billOf, dollars, services, sum } from "./prices.ts";

/** What a life may cost at most, in dollars per million; `npm run trial -- statistics` adds up to four of them. */
const budget = 80;

for (const { name, rows } of await counting(countLives)) report(name, rows);
console.log(
  `assumed: ${assumed.seconds * 1_000} ms an invocation, each event in one of its own; ${assumed.invocationsPerContainer} invocations a container;`,
  "one receive and one delete a message; moves without keys.",
  "\naside: mails and their queue, storage, what a province costs a month; stream reads by Lambda are free.",
);

function report(name: string, rows: Row[]): void {
  const total = { what: "a million lives", counted: sum(rows.map(({ counted }) => counted)) };
  console.log(line(`a life ${name}: $ per million`, ["writes", "reads", ...services, "sum"]));
  for (const { what, counted } of [...rows, total]) {
    const bill = billOf(counted);
    const amounts = [...services.map((service) => bill[service]), dollars(bill)].map((amount) => amount.toFixed(2));
    console.log(line(what, [counted.writes, counted.reads, ...amounts]));
  }
  const perMillion = dollars(billOf(total.counted));
  const kept = perMillion <= budget;
  console.log(
    `${kept ? "kept  " : "MISSED"} $${perMillion.toFixed(2)} per million complaints; the budget is $${budget}\n`,
  );
  if (!kept) process.exitCode = 1;
}

function line(what: string, cells: (string | number)[]): string {
  return [what.padEnd(48), ...cells.map((cell) => String(cell).padStart(9))].join(" ");
}
