import { expect, test } from "vitest";
import { opinionsOf } from "#functions/page/model/opinions.ts";
import { ownSays } from "#functions/page/words/opinions.ts";
import { figuresOf } from "#shared/domain/statistics/figures-of.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import { textOf } from "#shared/domain/telling/html.ts";

/** What the page says of answers, so many in each class. */
function says(answers: Record<string, number>, language: "fa" | "en" = "en"): string {
  const solved = Object.entries(answers).map(([classes, shown]) => ({ classes: classes.split("+"), shown }));
  const cell: PublishedCell = { cell: "all", all: 300, parts: { solved } };
  return textOf(ownSays(opinionsOf({ cell, figures: figuresOf(cell) }), language));
}

test.each([
  [{ yes: 10, partly: 10, no: 10 }, "34 solved, 33 partly, 33 not solved"],
  [{ yes: 67, partly: 67, no: 66 }, "34 solved, 33 partly, 33 not solved"],
  [{ yes: 25, partly: 125, no: 50 }, "13 solved, 62 partly, 25 not solved"],
])("opinions of which all are told add up to a hundred: %j", (answers, told) => {
  expect(says(answers)).toContain(`Of every 100 answers: ${told}. `);
});

test("an opinion that is told beside others which are told as one is rounded alone", () => {
  expect(says({ yes: 29, "partly+no": 31 })).toContain("Of every 100 answers: 48 solved. ");
  expect(says({ yes: 10, partly: 10, no: 10 }, "fa")).toContain("از هر ۱۰۰ پاسخ: ۳۴ حل شد، ۳۳ تا حدی، ۳۳ حل نشد.");
});
