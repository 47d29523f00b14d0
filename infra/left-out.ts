import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** Functions get their credentials from the environment; the SDK's other ways to find some would only add weight. */
const unusedProviders =
  /^@aws-sdk\/credential-provider-(sso|ini|process|web-identity|login|cognito-identity|http)$|^@smithy\/credential-provider-imds$/;

/** Files of libraries that are always brought along, and of which no function of ours comes to call anything that matters. */
const unusedFiles = [
  // Documents are made where bundles are; no function describes a schema.
  "zod/v4/core/(json-schema-processors|to-json-schema)",
  // Nobody reads zod's own words: problems are told in ours.
  "zod/v4/locales/en",
  // DynamoDB's endpoint is known and not to be discovered.
  "@aws-sdk/endpoint-cache/dist-es/EndpointCache",
  // No operation that is called streams its answer as events, and none signs such.
  "@smithy/core/dist-es/submodules/event-streams/(EventStreamSerde|eventstream-(codec|serde|serde-universal)/\\w+)",
  "@smithy/signature-v4/dist-es/HeaderFormatter",
  // Node has its own.
  "@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js",
  // No client is set to adapt its rate, or to find out in which region it is.
  "@smithy/core/dist-es/submodules/retry/util-retry/(DefaultRateLimiter|AdaptiveRetryStrategy)",
  "@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion",
];

/** Leaves out what is never used, in ways that a bundler cannot see. */
export const withoutTheUnused: Plugin = {
  name: "without-the-unused",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: unusedProviders }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export {}" }));
    onLoad({ filter: new RegExp(`/node_modules/(${unusedFiles.join("|")})\\.js$`) }, ({ path }) => ({
      contents: emptied(readFileSync(path, "utf8")),
    }));
    // A client asks its own for the version alone, and would carry the names of all that it takes to build it.
    onLoad({ filter: /\/node_modules\/@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
    // A shape that nobody asks for is only left out where a bundler sees that its fields' names are mere text.
    onLoad({ filter: /\/node_modules\/@aws-sdk\/client-[^/]+\/.*\/schemas_0\.js$/ }, ({ path }) => ({
      contents: withNamesWritten(readFileSync(path, "utf8")),
    }));
  },
};

/** The module with each name of a field that stands in a constant put in its place. */
function withNamesWritten(source: string): string {
  const constants = new Map([...source.matchAll(/^const (_\w+) = (".*");$/gm)].map(([, name, text]) => [name, text]));
  return source.replaceAll(/\[(_\w+)\]:/g, (computed, name) =>
    constants.has(name) ? `${constants.get(name)}:` : computed,
  );
}

/** A module of the same names, each of them a function that does nothing: some are called where a client is made. */
function emptied(source: string): string {
  const names = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
  const itself = /^export default/m.test(source) ? "export default function () {}" : "";
  return `${names.map((name) => `export function ${name}() {}`).join("\n")}\n${itself}`;
}
