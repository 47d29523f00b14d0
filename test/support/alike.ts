import type { Answered } from "./api-caller.ts";

/** What a caller could tell two answers apart by: all headers but the time, and of the request's own id the form. */
export function comparableHeaders(headers: Iterable<[string, string]>): [string, string][] {
  return [...headers]
    .filter(([name]) => name !== "date")
    .map(([name, value]) => [name, name === "apigw-requestid" ? value.replace(/[0-9a-f]/g, "x") : value]);
}

/** All that a caller could tell two answers apart by. */
export function comparableAnswer({ status, headers, text }: Answered): string {
  return JSON.stringify([status, comparableHeaders(headers), text]);
}
