import { expect } from "vitest";
import * as z from "zod";
import { startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { agencyInbox } from "./agency-inbox.ts";
import { apiCaller } from "./api-caller.ts";
import { createComplainant, createUniqueIdentity } from "./canaries.ts";
import { localTables } from "./local-tables.ts";
import { assemblyOf } from "./synthesized.ts";
import { sharedTableEngine } from "./table-engine.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";
import { attachmentsIn, pdf } from "./uploads.ts";

const provinceFile = new URL("../../infra/provinces/qazvin.json", import.meta.url).pathname;
const agencyId = "gas";

type Start = { folder: string; state: string; startsAt?: number; assembly?: string };

/** The local cloud over a state that another may have left, as late as it is told. */
export async function aRun({ state, startsAt, assembly = assemblyOf("qazvin") }: Start) {
  const cloud = await startLocalCloud({
    assembly,
    provinceFile,
    state,
    port: 0,
    engine: sharedTableEngine(),
    ...(startsAt !== undefined && { startsAt }),
  });
  const inbox = agencyInbox(cloud.endpoints);
  const tables = localTables(cloud.environment);
  const caller = await apiCaller(cloud);
  return {
    ...cloud,
    ...inbox,
    ...caller,
    tables,
    state,
    quiet: () => cloud.clock.advance(1),
    async expectReadable({ id, secret, standing }: Case) {
      const view = await caller.call({ secret, path: `/v1/complaints/${id}` });
      expect(CaseSnapshot.parse(view.body)).toEqual(standing);
      const paths = [
        { secret, path: `/v1/complaints/${id}/export` },
        { as: "inspector-1", path: `/v1/inspector/complaints/${id}` },
        { as: `agency-${agencyId}`, path: `/v1/agency/complaints/${id}` },
      ];
      for (const read of paths) {
        const answered = await caller.call(read);
        expect(answered.status, answered.text).toBe(200);
        expect(answered.text).toContain("█████");
      }
    },
    async stop() {
      inbox.close();
      tables.close();
      await cloud.stop();
      expect(cloud.access.refused, "what the deployed policies do not allow").toEqual([]);
    },
  };
}
export type Run = Awaited<ReturnType<typeof aRun>>;

/** What a case still says of itself when nothing is left that anybody wrote. */
const CaseSnapshot = z.object({
  status: z.string(),
  closure: z.string(),
  filedAt: z.string(),
  version: z.number(),
  category: z.string(),
  answerBy: z.string(),
});

export type Case = {
  id: string;
  secret: string;
  isHeld: boolean;
  /** Whether the citizen has the identity erased once it is closed; an agency has a copy of it. */
  isErased: boolean;
  /** By which the citizen is known again, and what others wrote. */
  who: string[];
  words: string[];
  attachmentId: string | undefined;
  standing: z.infer<typeof CaseSnapshot>;
};

const atOnce = 4;

/**
 * Closed cases in which everybody wrote, some of them with a file; of ten one is held by an admin, and one is of a citizen who
 * had the identity erased.
 */
export async function someCases(run: Run, count: number): Promise<Case[]> {
  const cases: Case[] = [];
  const waiting = Array.from({ length: count }, (_, n) => n).values();
  const serve = async () => {
    for (const n of waiting) cases.push(await aCase(run, n));
  };
  await Promise.all(Array.from({ length: atOnce }, serve));
  return cases;
}

async function aCase(run: Run, n: number): Promise<Case> {
  const who = createComplainant();
  const words: string[] = [];
  const word = () => {
    words.push(createUniqueIdentity().word());
    return words.at(-1) ?? "";
  };
  const employee = { name: word(), counter: word() };
  const filed = await run.file({ agencyId, citizen: who.citizen, description: `${who.text(5)} ${word()}`, employee });
  const { id, secret } = filed;
  const sent = n % 3 === 0 ? await attachmentsIn(run as unknown as TheLocalCloud).sent(filed, pdf) : undefined;
  const done = async (call: Parameters<typeof run.call>[0], status = 200) => {
    const answered = await run.call({ method: "POST", ...call });
    expect(answered.status, answered.text).toBe(status);
  };
  const own = (what: string, body: unknown, status?: number) =>
    done({ secret, path: `/v1/complaints/${id}/${what}`, body }, status);
  const asAgency = (what: string, body: unknown, status?: number) =>
    done({ as: `agency-${agencyId}`, path: `/v1/agency/complaints/${id}/${what}`, body }, status);
  const isErased = n % 10 === 7;
  if (isErased) await own("consent", { shareWithAgency: true });
  await own("messages", { text: `${who.text(3)} ${word()}` }, 201);
  await asAgency("messages", { officer: { name: word() }, text: word() }, 201);
  await asAgency("acknowledgement", { officer: { name: word() } });
  await asAgency("extension", { reason: word() });
  const officer = { name: word() };
  const actions = [{ text: word() }];
  await asAgency("answer", { officer, finding: "founded", cause: "none", text: word(), actions });
  if (n % 2 === 0) await own("acceptance", {});
  else {
    await own("dispute", { reason: `${who.text(2)} ${word()}` });
    await asAgency("statement", { employee: { name: word() }, text: word() });
    const decided = {
      finding: "founded",
      cause: "conduct",
      upholdsAnswer: false,
      text: word(),
      actions: [{ text: word() }],
    };
    await done({ as: "inspector-1", path: `/v1/inspector/complaints/${id}/decision`, body: decided });
  }
  await own("opinion", { solved: "partly", handling: 4, pressured: true, comment: `${who.text(2)} ${word()}` });
  const isHeld = n % 10 === 3;
  const path = `/v1/admin/holds/${id}`;
  if (isHeld) await done({ as: "admin", method: "PUT", path, body: { reason: word() } });
  const snapshot = CaseSnapshot.parse((await run.call({ secret, path: `/v1/complaints/${id}` })).body);
  // Of one that is erased nobody is left to be forgotten.
  return {
    id,
    secret,
    isHeld,
    isErased,
    who: isErased ? [] : who.needles,
    words,
    attachmentId: sent?.attachmentId,
    standing: snapshot,
  };
}
