import { randomUUID } from "node:crypto";
import * as z from "zod";
import { plainFailure } from "#infra/programs/local-cloud/machine/errors.ts";
import { type Caller, type Client, call, type Endpoints, isEmpty } from "./calls.ts";
import { heading, printPersian, stepTitle } from "./terminal.ts";

type DemoClients = {
  frontEnd: Client & { channel: string };
  agency: Client & { agencyId: string; countyId: string };
  inspector: Client & { sub: string };
};

/**
 * Chooses the clients of the demo: a front end of the centre itself, an inspector, and an agency with an empty queue, so
 * that the demo does not take another program's messages.
 */
export async function chooseDemoClients({ clients, queues, sqs }: Endpoints): Promise<DemoClients> {
  const all = Object.values(clients);
  const frontEnd = all.find(({ channels, operatedBy }) => channels && !operatedBy);
  const agency = await firstIdle({
    sqs,
    queues,
    agencies: all.filter(({ agencyId }) => agencyId && agencyId in queues),
  });
  const [channel] = frontEnd?.channels ?? [];
  const [countyId] = agency?.countyIds ?? [];
  const inspector = all.find(({ scope }) => scope === "foad/inspector");
  if (!frontEnd || !channel || !agency?.agencyId || !countyId || !inspector?.sub)
    throw plainFailure(
      "The province that is running has no front end, no inspector, or no agency with an empty queue, to play with.",
    );
  return {
    frontEnd: { ...frontEnd, channel },
    agency: { ...agency, agencyId: agency.agencyId, countyId },
    inspector: { ...inspector, sub: inspector.sub },
  };
}

type Candidates = Pick<Endpoints, "sqs" | "queues"> & { agencies: Client[] };

async function firstIdle({ sqs, queues, agencies }: Candidates): Promise<Client | undefined> {
  const favourite = agencies.filter(({ agencyId }) => agencyId === "social-security");
  for (const agency of [...favourite, ...agencies])
    if (await isEmpty({ endpoint: sqs, queueUrl: queues[agency.agencyId ?? ""] ?? "" })) return agency;
  return undefined;
}

/** The clients and addresses that every step uses. */
export type DemoContext = DemoClients & { endpoints: Endpoints };

/** A chapter of the demo. Its steps run in order, and each prints its result. */
export type Chapter = { title: string; where: string; steps: { title: string; play: () => Promise<void> }[] };

/** Runs the chapters in order. If a step fails, throws an error that names the step, with the reason as its cause. */
export async function playChapters(chapters: Chapter[]): Promise<void> {
  let number = 0;
  for (const { title, where, steps } of chapters) {
    heading(title, where);
    for (const step of steps) {
      number += 1;
      stepTitle(number, step.title);
      await step.play().catch((cause: unknown) => {
        throw new Error(`Step ${number} failed (${step.title})`, { cause });
      });
    }
  }
}

const Entry = z.looseObject({
  version: z.int().optional(),
  type: z.string(),
  at: z.string(),
  by: z.string().optional(),
});
const Conclusion = z.object({ finding: z.string(), cause: z.string(), text: z.string() });
const Decided = Conclusion.extend({ upholdsAnswer: z.boolean().optional() });

/** The fields that the demo reads of a complaint's view, for every role. */
const View = z.object({
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
type View = z.infer<typeof View>;

/** The complaint is set by the first step, the visit by the step that orders it. */
export type ComplaintContext = DemoContext & {
  complaint: { id: string; secret: string };
  visit: { visitId: string; plannedAt: string };
};

export function createComplaintContext(demoContext: DemoContext): ComplaintContext {
  return { ...demoContext, complaint: { id: "", secret: "" }, visit: { visitId: "", plannedAt: "" } };
}

const Receipt = z.object({ id: z.string(), secret: z.string(), acknowledgeBy: z.string() });

/** Files a complaint through the centre's own front end, and stores it in `scene`. */
export async function file(
  scene: ComplaintContext,
  filing: { category: string; description: string; citizen?: object },
) {
  const { endpoints, frontEnd, agency } = scene;
  const { agencyId, countyId } = agency;
  printPersian(filing.description);
  const receipt = await call(endpoints, {
    caller: { who: frontEnd.clientId, client: frontEnd },
    request: "POST /v1/complaints",
    body: { agencyId, countyId, channel: frontEnd.channel, ...filing },
    key: `demo-${randomUUID()}`,
    status: 201,
    answer: Receipt,
  });
  scene.complaint = receipt;
  return receipt;
}

/** One step: its title and its function. */
export type StepDefinition = [title: string, play: (scene: ComplaintContext) => Promise<void>];

export function createSteps(scene: ComplaintContext, parts: StepDefinition[]): Chapter["steps"] {
  return parts.map(([title, play]) => ({ title, play: () => play(scene) }));
}

type Role = "citizen" | "agency" | "inspector";

const callers: Record<Role, (scene: ComplaintContext) => Caller> = {
  citizen: ({ complaint: { secret } }) => ({ who: "the citizen", secret }),
  agency: ({ agency }) => ({ who: agency.clientId, client: agency }),
  inspector: ({ inspector }) => ({ who: inspector.sub, client: inspector }),
};
const collections: Record<Role, string> = {
  citizen: "complaints",
  agency: "agency/complaints",
  inspector: "inspector/complaints",
};

/** Returns the caller for a role, and the path of the complaint for that role. */
export function callerAndPath(scene: ComplaintContext, as: Role): { caller: Caller; path: `/v1/${string}` } {
  return { caller: callers[as](scene), path: `/v1/${collections[as]}/${scene.complaint.id}` };
}

export function read(scene: ComplaintContext, as: Role): Promise<View> {
  const { caller, path } = callerAndPath(scene, as);
  return call(scene.endpoints, { caller, request: `GET ${path}`, status: 200, answer: View });
}

type Move = { role: Role; action: string; body: object; status?: number };

/** Sends a POST request to the complaint, and returns the view in the answer. */
export function move(scene: ComplaintContext, { role, action, body, status = 200 }: Move): Promise<View> {
  const { caller, path } = callerAndPath(scene, role);
  return call(scene.endpoints, { caller, request: `POST ${path}/${action}`, body, status, answer: View });
}

/** The texts of the demo. The national id and the phone numbers belong to nobody. */
export const demoTexts = {
  filing: {
    description:
      "سه بار برای ثبت پرونده‌ام آمدم و هر بار گفتند این کار را فقط یک نفر بلد است و امروز نیست. مریم احمدی هستم، شمارهٔ من ۰۹۱۲۳۴۵۶۷۸۹ است.",
    citizen: {
      name: "مریم احمدی",
      nationalId: "۰۴۹۹۳۷۰۸۹۹",
      phone: "۰۹۱۲۳۴۵۶۷۸۹",
      shareWithAgency: false,
    },
  },
  ignored: { description: "متصدی باجه با صدای بلند گفت وقت مرا نگیر، و جلوی همه پرونده را روی میز پرت کرد." },
  officer: { name: "زهرا محمدی", personnelId: "۴۱۲۰۷" },
  answer: {
    finding: "founded",
    cause: "no-substitute",
    text: "حق با شماست. پروندهٔ شما همین امروز ثبت شد و از این پس کار به یک نفر بسته نیست.",
    actions: [{ text: "سه همکار دیگر تا پایان ماه برای این کار آموزش می‌بینند." }],
  },
  anonymous: {
    description: "ساعت نه و ربع صبح رسیدم؛ کرکرهٔ باجهٔ ۲ پایین بود و هیچ‌کس نمی‌گفت کی باز می‌شود. نمی‌خواهم نامم را بگویم.",
  },
  photo: "باجهٔ بسته.png",
  question: "برای بررسی، لطفاً شمارهٔ نوبت خود و ساعت مراجعه را بنویسید.",
  reply: "نوبت ۱۲ بودم و از نه و ربع تا ده منتظر ماندم.",
  denial: {
    finding: "unfounded",
    cause: "none",
    text: "به گفتهٔ مسئول واحد، باجه‌ها آن روز از آغاز وقت اداری باز بوده‌اند.",
  },
  dispute: { reason: "عکسی که فرستادم همان روز ساعت نه و ربع گرفته شده است. باجه بسته بود." },
  report: {
    visitResult: "confirmed",
    text: "باجهٔ ۲ هنگام بازدید بسته بود. به گفتهٔ همکاران، متصدی آن بیشتر روزها ساعت ده می‌رسد.",
    location: { latitude: 36.2688, longitude: 50.0041 },
  },
  decision: {
    finding: "founded",
    cause: "staff-absent",
    upholdsAnswer: false,
    text: "شکایت وارد است: باجهٔ ۲ دیرتر از آغاز وقت اداری باز می‌شود.",
    actions: [{ text: "از شنبه برای این باجه متصدی جانشین تعیین می‌شود." }],
  },
  confidential: {
    description: "کارشناس با تندی گفت «هر جا می‌خواهی شکایت کن» و پرونده‌ام را پس داد. شمارهٔ من ۰۹۱۲۰۰۰۰۰۰۰ است.",
    citizen: { name: "سارا رضایی", phone: "۰۹۱۲۰۰۰۰۰۰۰", shareWithAgency: false },
  },
  afterthought: "یادم رفت بگویم: سارا رضایی هستم و هفتهٔ پیش هم همین برخورد را دیدم.",
  opinion: { solved: "yes", handling: 5, comment: "سپاسگزارم؛ کارم همان روز انجام شد." },
};
