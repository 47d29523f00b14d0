import * as z from "zod";
import { created } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { Filing, file, notFilable } from "#shared/domain/complaint/filing.ts";
import { directoryFor, senderOf } from "#shared/domain/complaint/sandbox.ts";
import { Fault } from "#shared/domain/fault.ts";
import { directory, idPrefix } from "#shared/province/slices.static.ts";
import { mustHaveRoom } from "#shared/store/complaints/filing-counts.ts";
import { fileOnce, Receipt } from "#shared/store/complaints/filings.ts";
import { readPepper } from "#shared/store/secrets.ts";
import { drawAmong } from "../any-caller/call-draw.ts";
import { marker } from "../any-caller/masking.ts";
import { filingNotes, Notes } from "../wording/filing-notes.ts";
import { firstDeadlines } from "./first-deadlines.ts";
import { retaliationOf } from "./proven-retaliation.ts";

const notInCatalog = ["unknown-agency", "unknown-county", "unknown-office", "unknown-category"] as const;

/** POST /v1/complaints: a front end files a citizen's complaint; the answer holds the secret, for the citizen. */
export const fileComplaint = route({
  caller: "front-end",
  summary: { en: "File a complaint on behalf of a citizen", fa: "ثبت شکایت از طرف شهروند" },
  body: Filing,
  answer: { status: 201, schema: Receipt.extend({ secret: z.string(), notes: Notes }).meta({ id: "Receipt" }) },
  quota: "filings",
  problems: [
    "idempotency-key-missing",
    "channel-not-allowed",
    "not-allowed",
    ...notInCatalog,
    "retired",
    "unknown-complaint",
    "too-many",
    "idempotency-key-reused",
    "key-expired",
  ],
  async run({ principal: by, body, sent, key, now }) {
    if (!key) throw new Fault("idempotency-key-missing");
    const refusal = notFilable(body, { by, directory: directoryFor(by, directory), now });
    const [pepper, mark, draw, deadlinesOf, quota] = await Promise.all([
      readPepper(),
      marker(),
      refusal || !body.citizen?.mayBeCalled ? undefined : drawAmong({ ...body, filedAt: now }),
      firstDeadlines(body, now),
      mustHaveRoom({ ...by, now }),
    ]);
    const retaliation = refusal ? undefined : await retaliationOf(body, { pepper, now });
    const receipt = await fileOnce({
      pepper,
      idPrefix,
      ...senderOf(by, body.citizen),
      key,
      body: sent,
      now,
      compose:
        refusal ?? ((given) => file(body, { ...given, by, now, deadlines: deadlinesOf(), retaliation, mark, draw })),
    });
    return { ...created({ ...receipt, notes: filingNotes }, `/v1/complaints/${receipt.id}`), quota };
  },
});
