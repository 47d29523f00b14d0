import { tell } from "../deliveries/tell.ts";
import { stream } from "./stream.ts";

/** Tells what happened to a complaint as soon as it is written. */
export const handler = stream((event) => tell(event));
