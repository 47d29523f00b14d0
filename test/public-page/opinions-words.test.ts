import { describe, expect, test } from "vitest";
import { opinionsView } from "#functions/public-page/model/opinions.ts";
import {
  calledOpinionsText,
  handlingText,
  ownOpinionsText,
  reachedText,
  silentAnswer,
} from "#functions/public-page/words/opinions.ts";
import { textOf } from "#shared/wording/html.ts";
import { aPublishedCell } from "../support/some-counts.ts";
import { derived } from "./page-text.ts";

const opinionsIn = (some: Parameters<typeof aPublishedCell>[0]) =>
  opinionsView(derived(aPublishedCell(some, { count: 300 })));
const ownIn = (solved: Record<string, number>, language: "fa" | "en" = "en") =>
  textOf(ownOpinionsText(opinionsIn({ solved }), language));

describe("opinions that citizens gave on their own", () => {
  test.each([
    [{ yes: 10, partly: 10, no: 10 }, "34 solved, 33 partly, 33 not solved. About 30 answers of 300 complaints."],
    [{ yes: 65, partly: 65, no: 70 }, "33 solved, 32 partly, 35 not solved. About 200 answers of 300 complaints."],
    [{ yes: 25, partly: 125, no: 50 }, "13 solved, 62 partly, 25 not solved. About 200 answers of 300 complaints."],
  ])("add up to a hundred: %j", (answers, says) => {
    expect(ownIn(answers)).toBe(`Of every 100 answers: ${says}`);
  });

  test("are said in Persian too", () => {
    expect(ownIn({ yes: 10, partly: 10, no: 10 }, "fa")).toBe(
      "از هر ۱۰۰ پاسخ: ۳۴ حل شد، ۳۳ تا حدی، ۳۳ حل نشد. حدود ۳۰ پاسخ از ۳۰۰ شکایت.",
    );
  });

  test.each<[string, Parameters<typeof aPublishedCell>[0], string, string]>([
    ["fewer than 20", {}, "Fewer than 20 answers; too few to say.", "کمتر از ۲۰ پاسخ؛ برای داوری کم است."],
    [
      "about 20",
      { solved: { yes: 10, no: 10 } },
      "Too few to say yet: about 20 answers.",
      "هنوز برای داوری کم است: حدود ۲۰ پاسخ.",
    ],
  ])("are too few to say where they are %s", (_, some, en, fa) => {
    const opinions = opinionsIn(some);
    expect([textOf(ownOpinionsText(opinions, "en")), textOf(ownOpinionsText(opinions, "fa"))]).toEqual([en, fa]);
  });

  test("say how citizens were treated, from 20 marks on", () => {
    const says = (handling: Record<string, number>) => handlingText(opinionsIn({ handling }), "en")?.html;
    expect(textOf({ html: says({ 3: 20, 4: 20 }) ?? "" })).toBe("How they were treated: 3.5 of 5 on average.");
    expect(says({ 3: 15 })).toBeUndefined();
  });
});

describe("called citizens", () => {
  const { called, ...others } = opinionsIn({
    "called-outcome": { answered: 70, declined: 20, "no-contact": 10 },
    "called-accepted-solved": { yes: 10, no: 10 },
    "called-silent-solved": { yes: 30, partly: 20, no: 50 },
  });

  test("are said group by group, with the sampling error, where 20 answered", () => {
    expect(called.map((one) => [one.group, textOf(calledOpinionsText(one, "en"))])).toEqual([
      ["accepted", "Too few to say yet: about 20 answers."],
      ["silent", "30 of 100 say it was solved (sampling error: 21 to 40); about 100 answers."],
    ]);
    expect(textOf(reachedText({ called, ...others }, "en") ?? expect.unreachable())).toBe(
      "Of every 100 people whom we called, 70 answered.",
    );
  });

  test.each<[string, Record<string, number> | undefined, string]>([
    [
      "enough answered",
      { yes: 30, partly: 20, no: 50 },
      "30 of 100 say it was solved. Asked by telephone; sampling error 21 to 40; about 100 answers.",
    ],
    ["a share is too uncertain", { yes: 10, no: 10 }, "It cannot be said yet. Too few to say yet: about 20 answers."],
    ["fewer than 20 answered", undefined, "We do not know yet. Fewer than 20 silent citizens have answered."],
  ])("that were silent answer for an agency where %s", (_, solved, says) => {
    const { heading, text: more } = silentAnswer(opinionsIn(solved ? { "called-silent-solved": solved } : {}), "en");
    expect(`${textOf(heading)} ${textOf(more)}`).toBe(says);
  });
});
