import createFetchClient, { type MaybeOptionalInit } from "openapi-fetch";
import type { components, paths } from "./paths.d.ts";
import { delayBefore, longestDelayMs, type RetryOptions, reasonOf, wait } from "./retry.ts";

export type { components, paths } from "./paths.d.ts";

/** A refusal of the API, with all that it says: `problem.code` for programs, `problem.detail` for people. */
export class FoadProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: components["schemas"]["Problem"];

  constructor(problem: components["schemas"]["Problem"]) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.name = "FoadProblem";
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
  }
}

const gatewayReasons = {
  401: "token-missing-or-expired",
  403: "scope-missing",
  413: "too-large",
  429: "too-many-requests",
  503: "unavailable",
} as const;

/** A refusal of the gateway itself, which knows only `{"message"}`. */
export class GatewayRefusal extends Error {
  readonly status: number;
  readonly reason: (typeof gatewayReasons)[keyof typeof gatewayReasons] | "other";

  constructor(status: number, message: string) {
    super(`${status}: ${message}`);
    this.name = "GatewayRefusal";
    this.status = status;
    this.reason = status in gatewayReasons ? gatewayReasons[status as keyof typeof gatewayReasons] : "other";
  }
}

/** Whether an error is a final answer of the API, its gateway, the token issuer or the queue: neither waiting nor a restart mends it. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && ["FoadProblem", "GatewayRefusal", "QueueRefusal"].includes(error.name);
}

type TokenSource = (refused?: string) => Promise<string>;

export type FoadOptions = RetryOptions & {
  /** The address of the API, such as `https://api.foad.example`. */
  baseUrl: string;
  /**
   * The bearer token, or a function that returns it, such as `signIn(…)`. Left out for citizens and public routes. `refused`: a
   * token that the API no longer takes; the function fetches another, or throws a `GatewayRefusal` where there is none.
   */
  token?: string | TokenSource;
  /** The secret of a citizen's complaint. */
  secret?: string;
  /** The language of problems; `fa` by default. */
  language?: "fa" | "en";
  fetch?: (request: Request) => Promise<Response>;
};

type Method = "get" | "post" | "put" | "delete";
/** The paths that have a method. */
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
/** The `params` of a request (path, query and headers) and its `body`. */
type InitOf<M extends Method, P extends keyof paths> = MaybeOptionalInit<paths[P], M>;
type Sent<M extends Method, P extends keyof paths> =
  undefined extends InitOf<M, P> ? [init?: InitOf<M, P>] : [init: InitOf<M, P>];
type JsonOf<R> = R extends { content: { "application/json": infer Body } } ? Body : never;
type AnswerOf<M extends Method, P extends keyof paths> =
  paths[P] extends Record<M, { responses: infer R }>
    ? { [S in keyof R & (200 | 201 | 202)]: JsonOf<R[S]> }[keyof R & (200 | 201 | 202)]
    : never;
type ItemOf<P extends keyof paths> = AnswerOf<"get", P> extends { items: (infer Item)[] } ? Item : never;

/** Answers that a later try may turn into another: the request is sent again. Repeating it is safe, since each POST has a key. */
const passing = [429, 500, 502, 503, 504];
/** Reads that the citizen sees or that count: they are sent again only if nothing was done. */
const readsWithEffects = /\/(identity|front-end\/calls)$/;
/**
 * The API as typed functions. A request returns the answer's body, or throws `FoadProblem` or `GatewayRefusal`. What only time
 * mends is tried again, as late as `Retry-After` asks; each POST gets an `Idempotency-Key` of its own, so that nothing happens
 * twice. A token that has run out is fetched anew once.
 */
export function createFoadClient({ baseUrl, token, secret, language, fetch: send = fetch, ...retry }: FoadOptions) {
  const api = createFetchClient<paths>({
    baseUrl,
    fetch: (request) => {
      let used: string | undefined;
      let isRenewed = false;
      const sendOnce = async () => {
        const { headers } = request;
        used = typeof token === "function" ? await token() : token;
        if (used) headers.set("authorization", `Bearer ${used}`);
        if (secret) headers.set("foad-secret", secret);
        if (language) headers.set("accept-language", language);
        return send(request.clone());
      };
      const renew = async () => {
        if (isRenewed || typeof token !== "function") return false;
        isRenewed = true;
        await token(used);
        return true;
      };
      const isRepeatable = !(request.method === "GET" && readsWithEffects.test(new URL(request.url).pathname));
      return sendPatiently(sendOnce, { attempts: 5, ...retry, renew, isRepeatable, signal: request.signal });
    },
  });

  async function ask<M extends Method, P extends keyof paths>(
    method: M,
    path: P,
    init: InitOf<M, P> | undefined,
  ): Promise<AnswerOf<M, P>> {
    const headers = method === "post" ? withKey(init) : init;
    const request = api.request as (
      ...sent: unknown[]
    ) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
    const { data, error, response } = await request(method, path, headers);
    if (response.ok) return data as AnswerOf<M, P>;
    throw refusalOf(response.status, error);
  }

  return {
    get: <P extends PathsWith<"get">>(path: P, ...[init]: Sent<"get", P>) => ask("get", path, init),
    post: <P extends PathsWith<"post">>(path: P, ...[init]: Sent<"post", P>) => ask("post", path, init),
    put: <P extends PathsWith<"put">>(path: P, ...[init]: Sent<"put", P>) => ask("put", path, init),
    delete: <P extends PathsWith<"delete">>(path: P, ...[init]: Sent<"delete", P>) => ask("delete", path, init),

    /** The entries of a list or a feed, page after page. A feed continues after an event, a list at a cursor. */
    async *all<P extends PathsWith<"get">>(path: P, ...[init]: Sent<"get", P>): AsyncGenerator<ItemOf<P>> {
      const parameter = String(path).endsWith("/events") ? "after" : "cursor";
      let position: string | undefined;
      do {
        const params = (init as { params?: { query?: object } } | undefined)?.params;
        const query = { ...params?.query, ...(position !== undefined && { [parameter]: position }) };
        const page = (await ask("get", path, { ...init, params: { ...params, query } } as InitOf<"get", P>)) as {
          items: ItemOf<P>[];
          nextCursor?: string;
        };
        yield* page.items;
        position = page.nextCursor;
      } while (position !== undefined);
    },
  };
}

export type FoadClient = ReturnType<typeof createFoadClient>;

/** Adds an idempotency key to a request that has none. The same key goes with each try. */
function withKey(init: unknown): unknown {
  const { params, ...rest } = (init ?? {}) as { params?: { header?: Record<string, string> } };
  const header = { "Idempotency-Key": crypto.randomUUID(), ...params?.header };
  return { ...rest, params: { ...params, header } };
}

function refusalOf(status: number, error: unknown): Error {
  const refusal = (typeof error === "object" && error ? error : {}) as { code?: string; message?: string };
  return refusal.code === undefined
    ? new GatewayRefusal(status, refusal.message ?? "no reason given")
    : new FoadProblem(refusal as components["schemas"]["Problem"]);
}

type Patience = Required<Pick<RetryOptions, "attempts">> &
  RetryOptions & { renew: () => Promise<boolean>; isRepeatable: boolean; signal: AbortSignal };

/** Sends a request until it is answered for good, or for the last time. */
async function sendPatiently(sendOnce: () => Promise<Response>, patience: Patience): Promise<Response> {
  const { attempts, onRetry, renew, signal } = patience;
  for (let sent = 1; ; sent++) {
    const answer = await sendOnce().catch((error: unknown) => {
      if (sent >= attempts || !mayPass(error, patience)) throw error;
      onRetry?.(reasonOf(error));
    });
    if (!answer) {
      await wait(delayBefore(sent), signal);
      continue;
    }
    if (answer.status === 401 && (await renew())) continue;
    const delay = delayAfter(answer) ?? delayBefore(sent);
    if (sent >= attempts || !isPassing(answer, patience) || delay > longestDelayMs) return answer;
    onRetry?.(`${answer.status} ${answer.statusText}`);
    await wait(delay, signal);
  }
}

/** Whether a request that had no answer is sent again. The caller's own end is final, and so is a refusal of the token issuer. */
function mayPass(error: unknown, { isRepeatable, signal }: Patience): boolean {
  const isRefusal = error instanceof GatewayRefusal && !passing.includes(error.status);
  return isRepeatable && !signal.aborted && !isRefusal;
}

function isPassing({ status }: Response, { isRepeatable }: Patience): boolean {
  return isRepeatable ? passing.includes(status) : status === 429;
}

/** How long an answer asks to wait, in milliseconds. */
function delayAfter(answer: Response): number | undefined {
  const seconds = Number(answer.headers.get("retry-after"));
  return seconds > 0 ? seconds * 1_000 : undefined;
}

export type SignInOptions = { tokenEndpoint: string; clientId: string; clientSecret: string; scope?: string };

/**
 * Returns a function that signs a program in (OAuth 2, client credentials) and keeps the token until shortly before it runs out.
 * Throws if the issuer refuses the client.
 */
export function signIn({ tokenEndpoint, clientId, clientSecret, scope }: SignInOptions): TokenSource {
  let known: { token: string; until: number } | undefined;
  return async (refused) => {
    if (known && known.token !== refused && Date.now() < known.until) return known.token;
    const answer = await fetch(tokenEndpoint, {
      method: "POST",
      // RFC 6749, section 2.3.1: both are encoded as in a form.
      headers: {
        authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)}`,
      },
      body: new URLSearchParams({ grant_type: "client_credentials", ...(scope && { scope }) }),
    });
    const {
      access_token,
      expires_in = 300,
      error,
    } = (await answer.json()) as {
      access_token?: string;
      expires_in?: number;
      error?: string;
    };
    if (!access_token)
      throw new GatewayRefusal(answer.status, `the token issuer refuses ${clientId}: ${error ?? "no token"}`);
    known = { token: access_token, until: Date.now() + (expires_in - 30) * 1_000 };
    return access_token;
  };
}
