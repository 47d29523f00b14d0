import { type components, createFoadClient, type FoadClient } from "@foad/client";
import { learnServerTime } from "../words/format.ts";

export type Notice = components["schemas"]["EmployeeNotice"];
/** `show` puts in the notice after a change. */
export type NoticeProps = { notice: Notice; api: FoadClient; show: (notice: Notice) => void };

/** Somebody waits for the answer. */
const attempts = 3;

/** The API for one notice. */
export function createNoticeApi(secret: string, { isOpening = false }: { isOpening?: boolean } = {}): FoadClient {
  return createFoadClient({
    baseUrl: location.origin,
    secret,
    language: "fa",
    // The first opening kills the secret of the letter, so a second try could only say that there is no such notice.
    attempts: isOpening ? 1 : attempts,
    async fetch(request) {
      const answer = await fetch(request);
      learnServerTime(answer.headers.get("date"));
      return answer;
    },
  });
}

/** A typed code with Latin digits and nothing between its letters: a header takes no Persian digit. */
export function codeOf(typed: string): string {
  const latin = typed.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) % 16));
  return latin.replace(/[^0-9A-Za-z]/g, "").toUpperCase();
}
