import type { IncomingMessage, ServerResponse } from "node:http";
import { callerOf, type Gate } from "../iam/gate.ts";
import { readBody, sendJson, serveOnLoopback } from "../machine/loopback.ts";
import { acceptMail, type Mail, startEngine } from "./engine.ts";
import { asksOf, type Refusal, recipientsOf, refusalOf } from "./request.ts";

export type Ses = {
  url: string;
  /** GET it for everything that was sent, the newest last. */
  mailbox: string;
  mails(): Mail[];
  stop(): Promise<void>;
};

/** Bytes. SES takes messages of 10 MB, which base64 and the form's encoding make longer. */
const LONGEST_REQUEST = 25 * 1_024 * 1_024;

type Options = { port: number; now: () => number; gate?: Gate | undefined };

/**
 * SES v1 on 127.0.0.1. This server stands before aws-ses-v2-local, which parses and accepts the mails but on its own
 * keeps only the first recipient, refuses in JSON that the SDK cannot read, never answers unknown actions, stamps mails
 * with the real time, and does not notice that its port is taken.
 */
export async function startSes({ port, now, gate }: Options): Promise<Ses> {
  const mails: Mail[] = [];
  const engine = await startEngine();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === "GET") return sendJson(response, { status: 200, body: mails });
    const form = new URLSearchParams((await readBody({ request, limit: LONGEST_REQUEST }))?.toString() ?? "");
    const caller = callerOf(request.headers);
    const notAllowed = caller && gate?.refusal(caller, ...asksOf(form));
    if (notAllowed) return refuse(response, { code: "AccessDenied", message: notAllowed });
    const refused = refusalOf(form);
    if (refused) return refuse(response, refused);
    const accepted = await acceptMail({ engine, form, recipients: recipientsOf(form), at: new Date(now()) });
    if ("code" in accepted) return refuse(response, accepted);
    mails.push(accepted.mail);
    sendXml(response, { status: 200, xml: accepted.xml });
  };
  const server = await serveOnLoopback({ port, answer }).catch(async (error: unknown) => {
    await engine.stop();
    throw error;
  });
  const stop = () => server.stop().then(engine.stop);
  return { url: server.url, mailbox: `${server.url}/mails`, mails: () => [...mails], stop };
}

function refuse(response: ServerResponse, { code, message }: Refusal): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const xml = `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${error}<RequestId>local</RequestId></ErrorResponse>`;
  sendXml(response, { status: 400, xml });
}

function sendXml(response: ServerResponse, { status, xml }: { status: number; xml: string }): void {
  response.writeHead(status, { "content-type": "text/xml", "content-length": Buffer.byteLength(xml) });
  response.end(xml);
}
