import type { IncomingMessage } from "node:http";
import type { Ask } from "../iam/gate.ts";

type Call = { request: IncomingMessage; url: URL; bucket: string; key: string };

const actions: Record<string, string> = {
  GET: "GetObject",
  HEAD: "GetObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

/** What a request asks for. One that is not of an object itself, such as of its tags, has an action that nothing grants. */
export function asksOf({ request, url, bucket, key }: Call): Ask[] {
  const { method = "", headers } = request;
  const part = [...url.searchParams.keys()].find((name) => !/^(x-id|x-amz-.+|response-.+)$/i.test(name));
  const action = part ? `${method}?${part}` : (actions[method] ?? method);
  // Of the bucket itself: to list it, or what nothing grants.
  if (key === "")
    return [
      {
        action: /^(GET|HEAD)$/.test(method) ? "s3:ListBucket" : `s3:${method}Bucket`,
        resource: objectArn(bucket),
        context: { "s3:prefix": given(url.searchParams.get("prefix") ?? undefined) },
      },
    ];
  const source = headers["x-amz-copy-source"];
  return [
    {
      action: `s3:${action}`,
      resource: objectArn(bucket, key),
      context: { "s3:if-none-match": given(headers["if-none-match"]) },
    },
    ...(source
      ? [{ action: "s3:GetObject", resource: objectArn(decodeURIComponent(String(source)).replace(/^\//, "")) }]
      : []),
  ];
}

export const objectArn = (...place: string[]) => `arn:aws:s3:::${place.join("/")}`;

const given = (header: string | undefined) => (header === undefined ? [] : [header]);
