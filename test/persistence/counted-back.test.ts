import { beforeAll, expect, test } from "vitest";
import { timeOfNthLastEvent } from "#functions/deliveries/feeds.store.ts";
import { agencyFeedKey, complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { putWrite, writeTransaction } from "#shared/storage/transaction.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const agencyId = "gas";
const instant = (n: number) => new Date(Date.UTC(2026, 10, 25) + n * 60_000).toISOString();
/** As long as a text may be: a hundred of them fill more than half a megabyte. */
const text = "ش".repeat(4_000);

beforeAll(async () => {
  for (let from = 0; from < 300; from += 100) {
    const puts = Array.from({ length: 100 }, (_, n) => {
      const version = from + n + 1;
      const place = { inbox: agencyFeedKey(agencyId), inboxAt: `${instant(version)}#1` };
      return putWrite({ pk: complaintKey("QZ-0000-0000-0"), sk: eventKey(version), text, ...place });
    });
    await writeTransaction(puts);
  }
});

test.each([
  [1, 300],
  [7, 294],
  [290, 11],
  [300, 1],
  [5_000, 1],
])("%i back from the end of a feed is event %i of 300, over however many megabytes", async (count, version) => {
  expect(await timeOfNthLastEvent(agencyId, count)).toBe(instant(version));
});

test("an empty feed has no such event", async () => {
  expect(await timeOfNthLastEvent("nobody", 3)).toBeUndefined();
});
