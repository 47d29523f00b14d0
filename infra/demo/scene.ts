import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Act, Stage } from "./act.ts";
import { type Caller, call } from "./calls.ts";
import { persian } from "./page.ts";

const Entry = z.looseObject({
  version: z.int().optional(),
  type: z.string(),
  at: z.string(),
  by: z.string().optional(),
});
const Conclusion = z.object({ finding: z.string(), cause: z.string(), text: z.string() });
const Decided = Conclusion.extend({ upholdsAnswer: z.boolean().optional() });

/** What the story reads of a view, whoever's it is. */
export const View = z.object({
  status: z.string(),
  closure: z.string().optional(),
  confirmBy: z.string().optional(),
  reviewBy: z.string().optional(),
  description: z.string(),
  citizen: z.unknown().optional(),
  answer: Conclusion.optional(),
  decision: Decided.optional(),
  messages: z.array(z.object({ by: z.string(), text: z.string() })),
  identityReads: z.array(z.object({ at: z.string(), inspector: z.string() })).optional(),
  history: z.array(Entry),
});
export type View = z.infer<typeof View>;

/** The complaint is there once the first step has been played, the visit once it has been ordered. */
export type Scene = Stage & {
  complaint: { id: string; secret: string };
  visit: { visitId: string; plannedAt: string };
};

export function sceneOn(stage: Stage): Scene {
  return { ...stage, complaint: { id: "", secret: "" }, visit: { visitId: "", plannedAt: "" } };
}

const Receipt = z.object({ id: z.string(), secret: z.string(), acknowledgeBy: z.string() });

/** Files what the scene is about, for a citizen who speaks to the centre's own front end. */
export async function file(scene: Scene, said: { category: string; description: string; citizen?: object }) {
  const { endpoints, frontEnd, agency } = scene;
  const { agencyId, countyId } = agency;
  persian(said.description);
  const receipt = await call(endpoints, {
    caller: { who: frontEnd.clientId, client: frontEnd },
    request: "POST /v1/complaints",
    body: { agencyId, countyId, channel: frontEnd.channel, ...said },
    key: `demo-${randomUUID()}`,
    status: 201,
    answer: Receipt,
  });
  scene.complaint = receipt;
  return receipt;
}

/** One step of a scene. */
export type Part = [title: string, play: (scene: Scene) => Promise<void>];

export function stepsIn(scene: Scene, parts: Part[]): Act["steps"] {
  return parts.map(([title, play]) => ({ title, play: () => play(scene) }));
}

type Role = "citizen" | "agency" | "inspector";

const callers: Record<Role, (scene: Scene) => Caller> = {
  citizen: ({ complaint: { secret } }) => ({ who: "the citizen", secret }),
  agency: ({ agency }) => ({ who: agency.clientId, client: agency }),
  inspector: ({ inspector }) => ({ who: inspector.sub, client: inspector }),
};
const collections: Record<Role, string> = {
  citizen: "complaints",
  agency: "agency/complaints",
  inspector: "inspector/complaints",
};

/** The caller and the path by which the scene's complaint is reached. */
export function reach(scene: Scene, as: Role): { caller: Caller; path: `/v1/${string}` } {
  return { caller: callers[as](scene), path: `/v1/${collections[as]}/${scene.complaint.id}` };
}

export function read(scene: Scene, as: Role): Promise<View> {
  const { caller, path } = reach(scene, as);
  return call(scene.endpoints, { caller, request: `GET ${path}`, status: 200, answer: View });
}

type Move = { as: Role; to: string; body: object; status?: number };

/** Posts to the scene's complaint, and gives the view that comes back. */
export function move(scene: Scene, { as, to, body, status = 200 }: Move): Promise<View> {
  const { caller, path } = reach(scene, as);
  return call(scene.endpoints, { caller, request: `POST ${path}/${to}`, body, status, answer: View });
}
