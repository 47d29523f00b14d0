import type { ServerResponse } from "node:http";

/** An error that S3 answers with; `says` are the elements that some codes have beside the message. */
export type Refusal = { status: number; code: string; message: string; says?: Record<string, string | number> };

export const denied = (message: string): Refusal => ({ status: 403, code: "AccessDenied", message });

export const mismatch: Refusal = {
  status: 403,
  code: "SignatureDoesNotMatch",
  message:
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
};

export function sendRefusal(response: ServerResponse, { status, code, message, says = {} }: Refusal): void {
  const elements = Object.entries({ Code: code, Message: message, ...says });
  const inner = elements.map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`).join("");
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}<RequestId>local</RequestId></Error>`;
  response.writeHead(status, { "content-type": "application/xml", "content-length": Buffer.byteLength(xml) });
  response.end(xml);
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
