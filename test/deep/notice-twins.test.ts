import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { comparableAnswer } from "../support/alike.ts";
import type { Answered, Receipt } from "../support/api-caller.ts";
import { mailsAbout } from "../support/mailbox.ts";
import { noticeAgency, noticesIn } from "../support/notice-story.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { everyEntry, withoutTwinMarks } from "../support/twins.ts";

const cloud = withLocalCloud();
const notices = noticesIn(cloud);

/** Two citizens who differ in all that they gave; each value is in no other text. */
const citizens = [
  { name: "ترانه مهرآیین", phone: "09121110001", nationalId: "0499370899", email: "taraneh-canary@reader.example" },
  { name: "سهراب کیان‌فر", phone: "09351110002", nationalId: "0012340006", email: "sohrab-canary@reader.example" },
];
const canaries = citizens.flatMap(({ name, phone, nationalId, email }) => [
  ...name.split(" "),
  phone.slice(1),
  nationalId,
  email,
]);

type Story = { complaint: Receipt; id: string; secret: string };
/** A notice after each step, as everybody reads it whom it concerns. */
async function readings({ complaint, id, secret }: Story): Promise<string[]> {
  const read: Answered[] = [
    await notices.view(id),
    await cloud.call({ as: "inspector-3", path: "/v1/inspector/notices?limit=100" }),
    await notices.asEmployee(id, secret),
    await cloud.call({ as: "reviewer", path: `/v1/reviewer/notices/${id}` }),
    await notices.records(),
    await cloud.call({ as: `agency-${noticeAgency}`, path: `/v1/agency/complaints/${complaint.id}` }),
  ];
  return read.map(({ text }) => text);
}

const reasons = "گزارش بازدید و فیلم سالن آن را نشان می‌دهد.";
let stories: Story[];
/** What was read of each notice after each step, the same steps for both. */
const all: string[][][] = [];
const take = async () => all.push([await readings(stories[0] as Story), await readings(stories[1] as Story)]);

beforeAll(async () => {
  stories = [await notices.heard(citizens[0]), await notices.heard(citizens[1])];
  await take();
  for (const { id, secret } of stories) await notices.asEmployee(id, secret, "/questions", { text: "کدام روز؟" });
  for (const { id } of stories) await notices.inspect(2, `${id}/questions/1`, { text: "هفتهٔ گذشته، پیش از ظهر." });
  for (const { id, secret } of stories) await notices.asEmployee(id, secret, "/answer", { text: "چنین نبود." });
  await take();
  for (const { id } of stories) await notices.inspect(3, `${id}/decision`, { outcome: "stands", reasons });
  for (const { id, secret } of stories) await notices.asEmployee(id, secret, "/contest", { text: "فیلم صدا ندارد." });
  await take();
  for (const { id } of stories) {
    const path = `/v1/reviewer/notices/${id}/decision`;
    await notices.done({ as: "reviewer", path, body: { outcome: "upheld", reasons } });
  }
  await take();
  await cloud.clock.advance(2 * 60 * 60_000);
});

test("who complained is in nothing that anybody reads of a notice, and in no mail about it", async () => {
  const everything = all.flat(2).join("\n");
  expect(everything).toContain(reasons);
  for (const canary of canaries) expect(everything).not.toContain(canary);
  for (const { complaint } of stories) {
    const mails = await mailsAbout(cloud.endpoints, complaint.id);
    const toOthers = mails.filter((mail) => !JSON.stringify(mail).includes("-canary@"));
    for (const canary of canaries) expect(JSON.stringify(toOthers)).not.toContain(canary);
    // Nobody of the agency is mailed of a notice.
    expect(JSON.stringify(toOthers)).not.toContain("ابلاغیه");
  }
});

test("two complaints that differ only in who complained make the same notice, step by step", () => {
  const Stories = z.tuple([z.custom<Story>(), z.custom<Story>()]);
  const [one, other] = Stories.parse(stories);
  // Ids of notices and of files are drawn at random.
  const bare = (text: string, { complaint, id }: Story) =>
    withoutTwinMarks(text.replaceAll(id, "N-").replace(/[0-9a-f]{32}/g, "file"), complaint);
  for (const [ofOne = [], ofOther = []] of all)
    for (const [n, text] of ofOne.entries()) {
      // Lists hold both: what they say of each is in the views.
      if (n === 1 || n === 4) continue;
      expect(bare(text, one)).toBe(bare(ofOther[n] ?? "", other));
    }
});

test("before an entry stands the agency reads the same bytes as if there were no notice", async () => {
  const plain = await notices.decided({ ...citizens[0], name: "نازنین فرهمند" });
  const heard = await notices.heard(citizens[1]);
  await cloud.clock.advance(60_000);
  const as = `agency-${noticeAgency}`;
  const [one, other] = [
    await cloud.call({ as, path: `/v1/agency/complaints/${plain.id}` }),
    await cloud.call({ as, path: `/v1/agency/complaints/${heard.complaint.id}` }),
  ];
  expect(withoutTwinMarks(comparableAnswer(one), plain)).toBe(
    withoutTwinMarks(comparableAnswer(other), heard.complaint),
  );
  for (const path of ["/v1/agency/events?limit=100", "/v1/agency/complaints?status=closed&limit=100"]) {
    const entries = await everyEntry(cloud, { as, path });
    const of = (twin: Receipt) =>
      entries.filter((text) => text.includes(twin.id)).map((text) => withoutTwinMarks(text, twin));
    expect(of(plain).length).toBeGreaterThan(0);
    expect(of(plain)).toEqual(of(heard.complaint));
  }
});

test("no secret opens what is not its own, whatever the other opens", async () => {
  const [{ complaint, id, secret }, other] = z.tuple([z.custom<Story>(), z.custom<Story>()]).parse(stories);
  const tries = [
    notices.asEmployee(id, complaint.secret),
    notices.asEmployee(id, other.secret),
    notices.asEmployee(other.id, secret),
    cloud.call({ secret, path: `/v1/complaints/${complaint.id}` }),
    cloud.call({ secret, path: `/v1/complaints/${other.complaint.id}` }),
    notices.asEmployee("N-7K3M-9XPT-Q", secret),
  ];
  const refused = (await Promise.all(tries)).map((answer) => [answer.status, answer.text]);
  expect(refused[0]?.[0]).toBe(404);
  expect(new Set(refused.map(([status]) => status))).toEqual(new Set([404]));
});
