import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { apiCaller } from "../support/api-caller.ts";
import { assemblyOf } from "../support/synthesized.ts";

const provinceFile = new URL("../../infra/provinces/qazvin.json", import.meta.url).pathname;
const verifier = "a-verifier-of-at-least-forty-three-characters-as-pkce-asks";
const redirectUri = "http://127.0.0.1:12800/desk/signed-in";
const asked = {
  response_type: "code",
  client_id: "desk",
  redirect_uri: redirectUri,
  state: "abc",
  code_challenge: createHash("sha256").update(verifier).digest("base64url"),
  code_challenge_method: "S256",
};

const authorize = ({ endpoints }: LocalCloud, more: Record<string, string> = {}) =>
  fetch(`${new URL(endpoints.tokenEndpoint).origin}/authorize?${new URLSearchParams({ ...asked, ...more })}`, {
    redirect: "manual",
  });

/** The texts of the links of the page to sign in, by `sub`. */
async function offered(cloud: LocalCloud): Promise<Map<string, string>> {
  const page = await (await authorize(cloud)).text();
  const links = page.matchAll(/<a href="[^"]*sub=([^"&]+)[^"]*">(.*?)<\/a>/g);
  return new Map([...links].map(([, sub = "", link = ""]) => [sub, link.replace(/<[^>]*>/g, "")]));
}

const Granted = z.object({ access_token: z.string() });

/** A token of the person, as the desk gets it. */
async function tokenOf(cloud: LocalCloud, sub: string): Promise<string> {
  const answer = await authorize(cloud, { sub });
  const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", client_id: "desk", redirect_uri: redirectUri, code };
  const body = new URLSearchParams({ ...form, code_verifier: verifier });
  const granted = await fetch(cloud.endpoints.tokenEndpoint, { method: "POST", body });
  return Granted.parse(await granted.json()).access_token;
}

test("people whom an admin registered sign in beside the invented ones, also after a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "foad-signing-in-"));
  const start = () => startLocalCloud({ assembly: assemblyOf("qazvin"), provinceFile, state: folder, port: 0 });
  let cloud = await start();
  onTestFinished(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const { call } = await apiCaller(cloud);
  const register = async (sub: string, body?: object, headers = {}) => {
    const path = `/v1/admin/people/${sub}`;
    const answer = await call({ as: "admin", method: body ? "PUT" : "DELETE", path, body, headers });
    expect(answer.status, answer.text).toBe(200);
  };
  const before = await offered(cloud);
  expect(before.get("newcomer")).toBe("تازه‌وارد هنوز ثبت نشده است");
  expect(before.has("new-officer")).toBe(false);
  expect((await authorize(cloud, { sub: "new-officer" })).status).toBe(400);

  await register("new-officer", { name: "زهرا <کریمی>", roles: [{ role: "officer", agencyId: "gas" }] });
  const governor = { role: "overseer", authority: "county-governor", countyIds: ["qazvin"] };
  await register("new-governor", { name: "نیما صادقی", roles: [governor] });
  await register("inspector-2", { name: "رضا کاظمی", roles: [{ role: "admin" }] }, { "if-match": '"1"' });
  await register("leaving", { name: "پویا نوری", roles: [{ role: "inspector" }] });
  await register("leaving");
  await register("officer-post");
  const now = await offered(cloud);
  expect([...now.keys()].filter((sub) => !before.has(sub))).toEqual(["new-governor", "new-officer"]);
  expect(now.get("new-officer")).toMatch(/^زهرا &#60;کریمی&#62; کارشناس .*گاز/);
  expect(now.get("new-governor")).toBe("نیما صادقی مقام ناظر، قزوین");
  expect(now.get("inspector-2")).toBe("رضا کاظمی مدیر سامانه");
  expect(now.get("officer-post")).toMatch(/هنوز ثبت نشده است$/);

  await cloud.stop();
  cloud = await start();
  expect(await offered(cloud)).toEqual(now);
  const token = await tokenOf(cloud, "new-officer");
  expect(decodeJwt(token).sub).toBe("new-officer");
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${cloud.endpoints.api}/v1/agency/complaints`, { headers })).status).toBe(200);
});
