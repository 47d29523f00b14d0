import { stream } from "../pipelines/stream.ts";
import { tell } from "./tell.ts";

/** Tells what happened to a complaint as soon as it is written. */
export const handler = stream((event) => tell(event));
