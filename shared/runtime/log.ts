import { Logger } from "@aws-lambda-powertools/logger";

/** Events with stable messages and fields; ids yes, text and identity never. */
export const log = new Logger();
