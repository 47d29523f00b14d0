import { type components, createFoadClient, type FoadClient, FoadProblem, GatewayRefusal } from "@foad/client";
import { currentLanguage, learnServerTime } from "../words/format.ts";
import { inputWords } from "../words/words-of-inputs.ts";
import type { Session } from "./session.ts";

export type Schemas = components["schemas"];
export type Api = FoadClient;
export { FoadProblem };

/** How often a request is sent in all: somebody waits for it. */
const attempts = 3;

/** The API with the token of the person who signed in. `onSessionEnd` is called where a refused token cannot be renewed. */
export function createApi(session: Session, onSessionEnd: () => void): Api {
  return createFoadClient({
    baseUrl: location.origin,
    async token(refused) {
      if (refused !== undefined && !(await session.renew(refused))) {
        onSessionEnd();
        throw new GatewayRefusal(401, "the sign-in has ended");
      }
      return session.token();
    },
    language: currentLanguage(),
    attempts,
    async fetch(request) {
      const answer = await fetch(request);
      learnServerTime(answer.headers.get("date"));
      return answer;
    },
  });
}

/** What is wrong with one field, by its path. `message` goes on after the field's name: "is required". */
export type FieldError = { path: string; code: string; message: string };
/** A failed request, in words for the person at the desk. */
export type Failure = { code: string; message: string; fields: FieldError[] };

export function failureOf(error: unknown): Failure {
  if (error instanceof FoadProblem) {
    const { detail, errors = [] } = error.problem;
    if (error.code === "version-outdated") return failure("version-outdated");
    const fields = errors.map(({ path, code, message }) => ({ path, code, message }));
    return { code: error.code, message: detail, fields };
  }
  if (error instanceof GatewayRefusal && error.status === 401) return failure("session-ended");
  if (error instanceof GatewayRefusal && error.status === 413) return failure("too-large");
  if (error instanceof GatewayRefusal) return failure("busy");
  return failure(error instanceof TypeError ? "no-connection" : "busy");
}

function failure(code: keyof typeof inputWords.failures): Failure {
  return { code, message: inputWords.failures[code][currentLanguage()], fields: [] };
}

/** Fetches a file by its signed link. The link stays out of the page: the file is shown from memory. */
export async function fetchFile({ url, contentType }: { url: string; contentType: string }): Promise<string> {
  const answer = await fetch(url, { referrerPolicy: "no-referrer", credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: contentType }));
}
