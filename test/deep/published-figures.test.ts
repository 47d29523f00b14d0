import { expect, test } from "vitest";
import { closesAt } from "#functions/figures/publication.ts";
import { partitions, publishedKey } from "#shared/runtime/keys.ts";
import { addMonths, firstDay, iranianMonth, periodEndingWith } from "#shared/time/period.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();

const closed = (month: string) => cloud.tables.complaintItem(partitions.closed, month);

async function advanceTo(instant: string): Promise<void> {
  await cloud.clock.advance(Date.parse(instant) - cloud.clock.now());
}

test("figures are published fifteen days after a month and a quarter, by the functions and rights that are deployed", async () => {
  const first = iranianMonth(new Date(cloud.clock.now()).toISOString());
  const { id, secret } = await cloud.file({ citizen: { phone: "09121234567" } });
  await cloud.file();
  await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/withdrawal`, body: {} });
  let month = first;
  // The next quarter that begins with something filed has a month in it that was published on an earlier day.
  while (!isWholeQuarter(month, first)) month = addMonths(month, 1);
  await advanceTo(closesAt(month));
  expect(await closed(first)).toMatchObject({
    month: first,
    firstMonth: first,
    periods: [{ kind: "month", name: first }],
  });
  expect(await closed(month)).toEqual({});
  await cloud.clock.advance(2 * 60 * 60_000);
  const { edition, periods } = await closed(month);
  const quarter = periodEndingWith(month, "quarter");
  expect(periods).toEqual([{ kind: "month", name: month }, quarter]);
  const pk = publishedKey({ period: quarter ?? expect.unreachable() });
  expect(await cloud.tables.complaintItem(pk, `${edition}#total#000000`)).toHaveProperty("figures");
});

test("what waits is counted on the first day of each month", async () => {
  const month = iranianMonth(new Date(cloud.clock.now()).toISOString());
  const few = { overdue: "<20", notYetDue: "<20" };
  const counted = await cloud.tables.complaintItem(partitions.waiting, month);
  expect(counted).toMatchObject({ date: firstDay(month), province: few });
});

function isWholeQuarter(month: string, since: string): boolean {
  return periodEndingWith(month, "quarter") !== undefined && addMonths(month, -2) >= since;
}
