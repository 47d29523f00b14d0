// @ts-check
import { createRequire, flushCompileCache } from "node:module";
import { join } from "node:path";

/**
 * The program of a container: loads its bundle once, and runs one invocation at a time for the host at the other end of the
 * channel. It ends when the channel closes, so that no container outlives the host. It is JavaScript: a third of a container's
 * start would be spent on removing types.
 *
 * @typedef {import("../clock/clock.ts").ClockReading} ClockReading
 * @typedef {import("./messages.ts").ToContainer} ToContainer
 * @typedef {import("./messages.ts").ToHost} ToHost
 * @typedef {(event: unknown, context: unknown) => unknown} Handler
 */

const [root = ".", handlerName = "index.handler"] = process.argv.slice(2);
/** @type {ClockReading} */
let reading = { offset: 0 };
let isCompiled = false;

process.on("disconnect", () => process.exit(0));
// Ctrl-C in the terminal reaches this process too. It is ignored, because the host decides when a container ends.
process.on("SIGINT", () => {});

shiftDate();
process.chdir(root);
const handler = load();
process.on("message", (message) => void receive(/** @type {ToContainer} */ (message)));
send({ kind: "ready" });

/** @param {ToContainer} message */
async function receive(message) {
  reading = message.clock;
  if (message.kind === "shift") return;
  try {
    send({ kind: "result", value: await handler(message.event, contextOf(message)) });
  } catch (error) {
    send({ kind: "error", error: described(error) });
  }
  shareCompiled();
}

/**
 * Writes the compile cache, if the host has one. Node writes it only at a normal exit, and a container is killed. It is
 * written after the first invocation, because half of the code is compiled during that invocation.
 */
function shareCompiled() {
  if (isCompiled) return;
  isCompiled = true;
  flushCompileCache();
}

/** @returns {Handler} */
function load() {
  const [file = "index", name = "handler"] = handlerName.split(".");
  // The bundle is CommonJS; `require` would load an ES module too.
  /** @type {Record<string, unknown>} */
  const bundle = createRequire(join(root, "bundle"))(join(root, file));
  const found = bundle[name];
  if (typeof found !== "function") throw new Error(`${handlerName} is no function of ${root}.`);
  return (event, context) => found(event, context);
}

/** @param {Extract<ToContainer, { kind: "invoke" }>} invocation */
function contextOf({ requestId, functionArn, timeoutMs }) {
  const deadline = performance.now() + timeoutMs;
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? "";
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? "",
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
  };
}

/** @param {unknown} error */
function described(error) {
  if (!(error instanceof Error)) return { errorType: "Error", errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

/**
 * Throws if the answer cannot be written as JSON. As in AWS, this counts as an error of the function.
 *
 * @param {ToHost} message
 */
function send(message) {
  process.send?.(JSON.stringify(message));
}

/** Replaces `Date`, so that all code in this process reads the time of the virtual clock. */
function shiftDate() {
  const Real = Date;
  const now = () => ("still" in reading ? reading.still : Real.now() + reading.offset);
  const Shifted = new Proxy(Real, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length > 0 ? given : [now()], newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
  });
  Real.prototype.constructor = Shifted;
  globalThis.Date = Shifted;
}
