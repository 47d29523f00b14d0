import * as z from "zod";

type Reading<S extends z.ZodRawShape> = {
  content: unknown;
  /** What a part that cannot be read is taken for. */
  otherwise: z.infer<z.ZodObject<S>>;
};

/**
 * Reads each part of a file by itself: one with faults, or of an older schema, is compared as far as it goes. `unread`
 * names the parts that could not be read.
 */
export function readParts<S extends z.ZodRawShape>(schema: z.ZodObject<S>, { content, otherwise }: Reading<S>) {
  const { data: file = {} } = z.record(z.string(), z.unknown()).safeParse(content);
  const unread = Object.entries(schema.shape).flatMap(([part, form]) =>
    z.safeParse(form, file[part]).success ? [] : [part],
  );
  const others = new Map<string, unknown>(Object.entries(otherwise));
  // One that is not there otherwise either is left out.
  const substitutes = unread.map((part) => [part, others.get(part)]);
  const read = z.object(schema.shape).parse({ ...file, ...Object.fromEntries(substitutes) });
  return { read, unread };
}
