import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { nodeBeginning, nodeRequest } from "./node.ts";
import type { Route } from "./parsed-documents.ts";
import { powershellBeginning, powershellRequest } from "./powershell.ts";
import { pastedRequest } from "./requests.ts";
import { shellRequest, terminal } from "./shell.ts";
import { codeBlock, wordsIn } from "./wording.ts";

/** The tools into which a reader pastes a request. */
export const tools = { shell: "bash, zsh", powershell: "PowerShell 7", node: "Node" } as const;
export type Tool = keyof typeof tools;
type Written = Record<Tool, string>;

const isTool = (name: string): name is Tool => name in tools;

/** The lines that a reader pastes once before all requests, for each tool. */
export const beginnings: Written = { shell: terminal, powershell: powershellBeginning, node: nodeBeginning };

/** The line that takes another caller's token. */
export const tokenLine = (caller: string): Written => ({
  shell: `as ${caller}`,
  powershell: `as ${caller}`,
  node: `await as("${caller}");`,
});

/** The example request of a route for each tool. */
export function writtenRequests(route: Route, language: Language): Written {
  const request = pastedRequest(route, language);
  return { shell: shellRequest(request), powershell: powershellRequest(request), node: nodeRequest(request) };
}

/** One request for each tool, of which one is shown. It works without the script: the style shows the chosen tool. */
export function pasteBlock(name: string, { request, language }: { request: Written; language: Language }): Html {
  const all = Object.keys(tools).filter(isTool);
  const choices = all.map(
    (tool, n) =>
      html`<input type="radio" class="${tool}" name="paste-${name}" id="${name}-${tool}" value="${tool}"${{ html: n === 0 ? " checked" : "" }}><label for="${name}-${tool}">${tools[tool]}</label>`,
  );
  const blocks = all.map((tool) => codeBlock(request[tool], tool));
  return html`<fieldset class="try"><legend>${wordsIn(language)("tryIt")}</legend>${choices}${blocks}</fieldset>`;
}
