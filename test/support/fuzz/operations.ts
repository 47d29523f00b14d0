import * as z from "zod";

const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean().default(false),
  schema: z.unknown(),
});
type Parameter = z.infer<typeof Parameter>;
const Examples = z.record(z.string(), z.object({ value: z.unknown() }));
const Body = z.object({ content: z.record(z.string(), z.looseObject({ examples: Examples })) });
const Operation = z.looseObject({
  tags: z.array(z.string()),
  security: z.array(z.record(z.string(), z.unknown())).default([]),
  parameters: z.array(z.union([Parameter, z.object({ $ref: z.string() })])).default([]),
  requestBody: Body.optional(),
});
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ parameters: z.record(z.string(), Parameter) }),
});

const lastOf = (reference: string) => reference.split("/").at(-1) ?? "";

/** One route as the document tells of it: what a request of it is made from. */
export type Documented = {
  method: string;
  path: string;
  /** Whom it is for, by the document's tag. */
  caller: string;
  /** Whether the secret of the complaint is asked for, beside a token or alone. */
  takesSecret: boolean;
  query: string[];
  contentType: string;
  bodies: unknown[];
  /** What the document says of the body and of each parameter, by its place. */
  bodySchema: unknown;
  parameters: Parameter[];
};

export function operationsOf(document: unknown): Documented[] {
  const { paths, components } = Document.parse(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { tags, security, parameters, requestBody }]) => {
      const [contentType = "application/json", content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      return {
        method: method.toUpperCase(),
        path,
        caller: tags[0] ?? "",
        takesSecret: security.some((proofs) => "secret" in proofs),
        query: parameters.flatMap((one) => ("in" in one && one.in === "query" ? [one.name] : [])),
        contentType,
        bodySchema: content?.schema,
        parameters: parameters.flatMap((one) => ("in" in one ? one : (components.parameters[lastOf(one.$ref)] ?? []))),
        bodies: Object.values(content?.examples ?? {}).map(({ value }) => value),
      };
    }),
  );
}

/** Who calls in the name of each kind of caller; citizens have no client. */
export const clientOf: Record<string, string> = {
  "front-end": "call-centre-128",
  agency: "agency-social-security",
  inspector: "inspector-1",
  overseer: "governor-qazvin",
  admin: "admin",
  reviewer: "reviewer",
  personnel: "personnel-education",
  person: "inspector-1",
};
