import { expect, test, vi } from "vitest";
import { dayMs } from "#shared/time/duration.ts";
import { noticesIn } from "../support/notice-story.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

// Years pass in this test.
vi.setConfig({ testTimeout: 900_000 });

const cloud = withLocalCloud();
const notices = noticesIn(cloud);

/** A notice that an inspector dismissed, with a file of the employee's. */
async function dismissed() {
  const heard = await notices.heard();
  const attachments = [await notices.fileSent(heard.id, { secret: heard.secret })];
  const said = await notices.asEmployee(heard.id, heard.secret, "/answer", { text: "چنین نبود.", attachments });
  expect(said.status, said.text).toBe(201);
  const decision = { outcome: "dismissed", reasons: "فیلم سالن چنین چیزی نشان نمی‌دهد." };
  expect((await notices.inspect(3, `${heard.id}/decision`, decision)).status).toBe(201);
  return heard;
}

const itemsOf = async (id: string) => (await cloud.tables.everything()).split(id).length - 1;

test("a year after its end a notice is erased, with name and files, unless a hold keeps it; an entry expires after 24 months", async () => {
  const [free, held] = [await dismissed(), await dismissed()];
  const standing = await notices.standsForInspector();
  const reason = { reason: "دادگاه پرونده را خواسته است." };
  await notices.done({ as: "admin", method: "PUT", path: `/v1/admin/holds/${held.complaint.id}`, body: reason });
  // What the citizen may have erased of the complaint does nothing to the notice.
  await notices.done({
    secret: free.complaint.secret,
    method: "DELETE",
    path: `/v1/complaints/${free.complaint.id}/identity`,
  });
  await cloud.clock.advance(300 * dayMs);
  expect((await notices.view(free.id)).status).toBe(200);
  expect((await notices.records()).text).toContain(standing.id);

  await cloud.clock.advance(70 * dayMs);
  expect((await notices.view(free.id)).status).toBe(404);
  expect((await notices.asEmployee(free.id, free.secret)).status).toBe(404);
  // The complaint's log alone still names it.
  expect(await cloud.tables.everything()).not.toContain(`NOTICE#${free.id}`);
  expect((await notices.view(held.id)).body).toMatchObject({ status: "dismissed", employee: { name: "رضا کریمی" } });
  expect(await itemsOf(held.id)).toBeGreaterThan(5);

  await cloud.clock.advance(400 * dayMs);
  expect((await notices.records()).body).toMatchObject({ items: [] });
  expect((await notices.asEmployee(standing.id, standing.secret)).status).toBe(404);
  // Of the citizen's own history only the words remain that were written then; the notice itself is in no view.
  expect((await notices.asCitizen(standing.complaint)).body).not.toHaveProperty("notices");
});
