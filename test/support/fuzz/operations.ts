import * as z from "zod";

const Parameter = z.looseObject({ name: z.string(), in: z.enum(["path", "query", "header"]) });
const Body = z.object({
  content: z.object({
    "application/json": z.looseObject({ examples: z.record(z.string(), z.object({ value: z.unknown() })) }),
  }),
});
const Operation = z.looseObject({
  tags: z.array(z.string()),
  parameters: z.array(z.union([Parameter, z.object({ $ref: z.string() })])).default([]),
  requestBody: Body.optional(),
});
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

/** One route as the document tells of it: what a request of it is made from. */
export type Documented = {
  method: string;
  path: string;
  /** Whom it is for, by the document's tag. */
  caller: string;
  query: string[];
  bodies: unknown[];
};

export function operationsOf(document: unknown): Documented[] {
  return Object.entries(Document.parse(document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { tags, parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      caller: tags[0] ?? "",
      query: parameters.flatMap((one) => ("in" in one && one.in === "query" ? [one.name] : [])),
      bodies: Object.values(requestBody?.content["application/json"].examples ?? {}).map(({ value }) => value),
    })),
  );
}
