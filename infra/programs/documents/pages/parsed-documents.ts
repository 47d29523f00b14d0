import * as z from "zod";
import type { Caller } from "#shared/people/principal.ts";
import { callers } from "../openapi/callers.ts";

const Text = z.string().optional();
const Schema = z.record(z.string(), z.unknown());
const Examples = z.record(z.string(), z.object({ value: z.unknown() })).optional();

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  schema: Schema,
  description: Text,
  "x-description-fa": Text,
});
const Tag = z.custom<Caller>((tag) => typeof tag === "string" && tag in callers);
const Reference = z.object({ $ref: z.string() });

const Operation = z.object({
  operationId: z.string(),
  tags: z.tuple([Tag]),
  summary: z.string(),
  "x-summary-fa": z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.union([Reference, Parameter])),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: Reference, examples: Examples })) })
    .optional(),
  responses: z.record(
    z.string(),
    z.object({
      headers: z.record(z.string(), z.unknown()).optional(),
      content: z.record(z.string(), z.object({ schema: Schema.optional(), examples: Schema.optional() })).optional(),
    }),
  ),
});
export type Operation = z.infer<typeof Operation>;

/** A route of the document, with its method and path. */
export type Route = { method: string; path: string; operation: Operation };

/** The parts of the OpenAPI document that the page shows. */
export const OpenapiDocument = z.object({
  info: z.object({ title: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema), parameters: z.record(z.string(), Parameter) }),
});
export type OpenapiDocument = z.infer<typeof OpenapiDocument>;

/** The parts of the AsyncAPI document that the page shows. */
export const AsyncapiDocument = z.object({
  channels: z.object({ agencyQueue: z.object({ address: z.string() }) }),
  components: z.object({
    schemas: z.object({ CloudEvent: Schema }),
    messages: z.record(
      z.string(),
      z.object({
        name: z.string(),
        summary: z.string(),
        "x-summary-fa": z.string(),
        examples: z.array(z.object({ payload: z.unknown() })),
      }),
    ),
  }),
});
export type AsyncapiDocument = z.infer<typeof AsyncapiDocument>;

/** The name of a schema or a parameter, from a reference to it. */
export const nameIn = (reference: string) => reference.split("/").at(-1) ?? "";
