import * as z from "zod";
import { receiveEvents } from "./agency-queue.ts";
import { call, unexpected } from "./calls.ts";
import { during, exchange, facts, persian, remark } from "./page.ts";
import { closedCounter, whereItWas } from "./photo.ts";
import { reach, type Scene } from "./scene.ts";
import { told } from "./texts.ts";

const Upload = z.object({ attachmentId: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) });
type Upload = z.infer<typeof Upload>;
const Download = z.object({ url: z.url() });

const contentType = "image/png";

/** Announces a photo, sends it to where the API says, waits until the agency is told of it, and fetches it as the agency. */
export async function addPhoto(scene: Scene): Promise<void> {
  const photo = closedCounter();
  const { caller, path } = reach(scene, "citizen");
  persian(told.photo);
  const upload = await call(scene.endpoints, {
    caller,
    request: `POST ${path}/attachments`,
    body: { fileName: told.photo, contentType, size: photo.length },
    status: 201,
    answer: Upload,
  });
  await sendForm(upload, photo);
  remark("The form takes this one file: its size, its type, its place, for ten minutes.");
  const types = await during("the photo is made anew", hear(scene));
  facts(["agency's queue", types.join(", ")]);
  await fetchPhoto(scene, { upload, photo });
}

async function sendForm({ url, fields }: Upload, photo: Uint8Array<ArrayBuffer>): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([photo]));
  const response = await fetch(url, { method: "POST", body: form });
  exchange({ who: "the citizen", request: `POST ${url}`, status: response.status });
  if (response.ok) return;
  throw unexpected({ expected: `204 from ${url}`, came: `${response.status} ${await response.text()}` });
}

async function hear({ endpoints, agency, complaint: { id } }: Scene): Promise<string[]> {
  const queueUrl = endpoints.queues[agency.agencyId] ?? "";
  const events = await receiveEvents({ endpoint: endpoints.sqs, queueUrl, complaintId: id, count: 2 });
  return events.map(({ type }) => type.replace("ir.foad.complaint.", ""));
}

type Sent = { upload: Upload; photo: Uint8Array };

async function fetchPhoto(scene: Scene, { upload, photo }: Sent): Promise<void> {
  const { caller, path } = reach(scene, "agency");
  const request = `GET ${path}/attachments/${upload.attachmentId}` as const;
  const { url } = await call(scene.endpoints, { caller, request, status: 200, answer: Download });
  const fetched = await fetch(url);
  const content = Buffer.from(await fetched.arrayBuffer());
  if (content.includes(whereItWas) || !content.subarray(1, 4).equals(Buffer.from("PNG")))
    throw unexpected({ expected: "a clean picture", came: `${content.length} bytes` });
  const disposition = fetched.headers.get("content-disposition") ?? "";
  facts(
    ["sent", `${photo.length} bytes, which say where the phone was: ${whereItWas}`],
    ["served", `${content.length} bytes made anew, which do not`],
    ["saved as", `${disposition.replace(/^.*filename="|"$/g, "")}: its own name stays with the citizen`],
  );
}
