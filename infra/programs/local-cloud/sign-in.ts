import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isLocalPage } from "./machine/http-server.ts";

/**
 * Somebody who can sign in on this machine. `about`: the roles or places, for the page on which one is chosen; empty if the name
 * says them. `isInvented`: one of the people whom the local cloud makes up, and nobody whom an admin registered.
 */
export type SignInPerson = { sub: string; name: string; about: string; isInvented: boolean };

/** The answer to a browser. */
export type PageAnswer = { status: number; headers: Record<string, string>; body: string };

type Request = { clientId: string; redirectUri: string; challenge: string; asksForId: boolean };
type Code = Request & { sub: string; expiresAt: number };

const codeLivesMs = 60_000;
/** How many invented people the page shows at first: one of each kind of work, the admin among them. */
const shownAtFirst = 9;

type SignInOptions = {
  /** Who can sign in now: admins register people while the local cloud runs. */
  people: () => Promise<SignInPerson[]>;
  now: () => number;
  /** The client of an id token that this issuer signed, however old; undefined for any other text. */
  clientOfIdToken: (token: string) => Promise<string | undefined>;
};

/** The authorization code flow with PKCE (RFC 7636, S256) of the local token issuer, without passwords. */
export function createSignIn({ people, now, clientOfIdToken }: SignInOptions) {
  const codes = new Map<string, Code>();
  return {
    /** GET /authorize: the page on which one of the people is chosen; with `sub` the answer to the choice. */
    async authorize(request: IncomingMessage): Promise<PageAnswer> {
      const query = queryOf(request);
      const asked = requestOf(query);
      const sub = query.get("sub");
      if (typeof asked === "string") return page(400, `<p>${escaped(asked)}</p>`);
      const known = await people();
      if (sub === null) return page(200, choice(known, query));
      if (!known.some((person) => person.sub === sub)) return page(400, nobody);
      const code = randomBytes(24).toString("base64url");
      codes.set(code, { ...asked, sub, expiresAt: now() + codeLivesMs });
      return redirect(withParameters(asked.redirectUri, { code, state: query.get("state") }));
    },
    /**
     * GET /end-session: goes back to the page that signed out. Like Keycloak it refuses a wrong id token, and one of another client, and
     * asks first where there is none.
     */
    async endSession(request: IncomingMessage): Promise<PageAnswer> {
      const [hint, clientId, back] = ["id_token_hint", "client_id", "post_logout_redirect_uri"].map((name) =>
        queryOf(request).get(name),
      );
      if (!back || !isLocal(back)) return page(400, "<p>Only pages of this machine are led back to.</p>");
      if (!hint)
        return clientId ? page(200, question(back)) : page(400, "<p>id_token_hint or client_id is needed.</p>");
      const client = await clientOfIdToken(hint);
      const fits = client !== undefined && (!clientId || clientId === client);
      return fits ? redirect(back) : page(400, "<p>This id_token_hint is not of this issuer and client.</p>");
    },
    /** The person and client of a code, which counts once; undefined if the code does not count. */
    redeem(form: URLSearchParams): Pick<Code, "sub" | "clientId" | "asksForId"> | undefined {
      const code = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      const fits =
        code &&
        code.expiresAt > now() &&
        code.challenge === challenge &&
        code.clientId === form.get("client_id") &&
        code.redirectUri === form.get("redirect_uri");
      return fits ? code : undefined;
    },
  };
}

const nobody = `<p>هیچ‌کس با این شناسه (sub) ثبت نشده است. مدیر سامانه او را در میز کار، بخش «کاربران»، ثبت می‌کند.</p>
<p lang="en" dir="ltr">Nobody here has this sub. An administrator registers the person at the desk, under People.</p>`;

const question = (back: string) =>
  `<p>خارج می‌شوید؟</p><p lang="en" dir="ltr">Do you want to sign out?</p><a href="${escaped(back)}">خروج — Sign out</a>`;

const queryOf = ({ url = "" }: IncomingMessage) => new URL(url, "http://127.0.0.1").searchParams;

/** The request of a client, or the reason of its refusal. */
function requestOf(query: URLSearchParams): Request | string {
  const [clientId, redirectUri, challenge] = ["client_id", "redirect_uri", "code_challenge"].map((name) =>
    query.get(name),
  );
  if (!clientId || !redirectUri || !challenge) return "client_id, redirect_uri and code_challenge are needed.";
  if (query.get("response_type") !== "code" || query.get("code_challenge_method") !== "S256")
    return "Only response_type=code with code_challenge_method=S256 is answered.";
  const asksForId = query.get("scope")?.split(" ").includes("openid") ?? false;
  return isLocal(redirectUri)
    ? { clientId, redirectUri, challenge, asksForId }
    : "Only pages of this machine may sign in here.";
}

const isLocal = (address: string) => URL.canParse(address) && isLocalPage(new URL(address).origin);

function withParameters(address: string, parameters: Record<string, string | null>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

const redirect = (location: string): PageAnswer => ({ status: 302, headers: { location }, body: "" });

/** A page for people who try the product on this machine. */
function page(status: number, body: string): PageAnswer {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
  };
  const text = `<!doctype html>
<html lang="fa" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>صفحهٔ آزمایشی این رایانه</title><style>body{font:16px/1.8 Vazirmatn,Tahoma,sans-serif;max-width:40em;margin:2em auto;padding:0 1em}
a{display:block;padding:.4em 0}h2{font-size:1em;margin-bottom:0}small{color:#565e63}</style></head><body><main>${body}</main></body></html>`;
  return { status, headers, body: text };
}

/** The links to all people: the first invented ones and everybody whom an admin registered at once, the others on demand. */
function choice(people: SignInPerson[], query: URLSearchParams): string {
  const link = ({ sub, name, about }: SignInPerson) => {
    const parameters = new URLSearchParams(query);
    parameters.set("sub", sub);
    const more = about && ` <small>${escaped(about)}</small>`;
    return `<a href="/authorize?${escaped(String(parameters))}">${escaped(name)}${more}</a>`;
  };
  const invented = people.filter(({ isInvented }) => isInvented);
  const registered = people.filter(({ isInvented }) => !isInvented);
  const others = invented.slice(shownAtFirst);
  return `<h1>به‌جای چه کسی وارد می‌شوید؟</h1>
<p>این صفحهٔ آزمایشی این رایانه است و گذرواژه ندارد.</p>
<p lang="en" dir="ltr">This is the test page of this computer, without a password. Whom do you sign in as?</p>
${invented.slice(0, shownAtFirst).map(link).join("\n")}
${registered.length > 0 ? `<h2>آنان که مدیر سامانه ثبت کرده است <span lang="en" dir="ltr">(registered by an administrator)</span></h2>${registered.map(link).join("\n")}` : ""}
${others.length > 0 ? `<details><summary>دیگران (${others.length.toLocaleString("fa-IR")})</summary>${others.map(link).join("\n")}</details>` : ""}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
