import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { axeFaults, type OpenDesk, overflowOf, picture, unexpected } from "./desk-browser.ts";

/** What every page of the story is held to: no fault of axe, nothing wider than the screen, and a quiet browser. */
export async function finish({ page, complaints, close }: OpenDesk, name: string): Promise<void> {
  expect(await axeFaults(page), name).toEqual([]);
  expect(await overflowOf(page), name).toBe(0);
  await picture(page, name);
  expect(unexpected(complaints), name).toEqual([]);
  await close();
}

const parts = (at: number) => {
  const format = new Intl.DateTimeFormat("en-u-ca-persian", {
    timeZone: "Asia/Tehran",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  }).formatToParts(at);
  return (name: string) => format.find(({ type }) => type === name)?.value ?? "";
};

/** Chooses a day of the Iranian calendar, and a time where one is asked for. */
export async function chooseDay(field: Locator, at: number, time?: string): Promise<void> {
  const part = parts(at);
  const [day, month, year] = [
    field.locator("select").nth(0),
    field.locator("select").nth(1),
    field.locator("select").nth(2),
  ];
  await year.selectOption(part("year"));
  await month.selectOption(part("month"));
  await day.selectOption(part("day"));
  if (time) await field.locator('input[type="time"]').fill(time);
}
