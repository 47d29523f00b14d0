import { randomBytes } from "node:crypto";

/** By its access key DynamoDB Local knows one file's tables from another's. */
process.env.FOAD_ACCESS_KEY = `local${randomBytes(8).toString("hex")}`;
