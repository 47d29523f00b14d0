import type * as z from "zod";

/** What an editor shows of a field beside the file; the schema of the file is made from these (`npm run province -- schema`). */
export const described = <S extends z.ZodType>(schema: S, description: string) => schema.meta({ description });
