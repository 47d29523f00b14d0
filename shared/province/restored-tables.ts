import * as z from "zod";
import { described } from "./described.ts";

const TableName = z
  .string()
  .regex(/^[\w.-]{3,255}$/, "must be a table's name: 3 to 255 letters, digits, dots, hyphens or underscores");
const StreamLabel = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+$/, "must be the label of the table's stream, like 2026-11-26T08:00:00.000");

/** Tables that serve in place of those that the stack makes: what was restored has a name of its own. */
export const RestoredTables = z.strictObject({
  complaints: described(
    z.strictObject({ name: TableName, stream: StreamLabel }).optional(),
    "The table of complaints and the label of its stream, as `npm run restore` prints them.",
  ),
  identities: described(TableName.optional(), "The table of who complained."),
});
