import { beginnings } from "#infra/programs/documents/pages/paste.ts";

/** Variables that the first block or an earlier request sets, and those that PowerShell has. */
const known = new Set([
  ...[...beginnings.powershell.matchAll(/\$(?:global:)?(\w+)\b/g)].map(([, name = ""]) => name),
  ..."TOKEN ATTACHMENT VISIT NOTICE ISSUE CALL MAIL_TOKEN answer env true false".split(" "),
]);

const here = /@"\n([\s\S]*?)\n"@/g;

/**
 * The faults in the form of a request for PowerShell, where no PowerShell can run it: quotes and brackets that are not closed,
 * here-strings with a wrong mark, lines that end too early, unknown variables, and bodies that are no JSON.
 */
export function faultsOfPowershell(text: string): string[] {
  const bodies = [...text.matchAll(here)].map(([, body = ""]) => body);
  const code = text.replace(here, "''");
  return [
    ...(/@["']/.test(code) ? ["a here-string begins or ends in the middle of a line"] : []),
    ...faultsOfLines(code),
    ...faultsOfBrackets(code),
    ...bodies.flatMap(faultsOfBody),
    ...[...text.matchAll(/\$\{?(?:global:)?([A-Za-z]\w*)/g)]
      .filter(([, name = ""]) => !known.has(name))
      .map(([name]) => `${name} is set nowhere`),
  ];
}

/** A line that begins with a parameter goes on from a line before it, which must end with a backtick and nothing after it. */
function faultsOfLines(code: string): string[] {
  const lines = code.split("\n");
  return lines.flatMap((line, n) => [
    ...(/`\s+$/.test(line) ? [`line ${n + 1} has a space after its backtick`] : []),
    ...(/^\s*-[A-Z]/.test(line) && !lines[n - 1]?.endsWith("`")
      ? [`line ${n + 1} goes on from a line that ended`]
      : []),
  ]);
}

const ends: Record<string, string> = { "{": "}", "(": ")", "[": "]" };

/** Reads quotes and brackets as PowerShell does: a string in double quotes may hold `$( … )` with strings of its own. */
function faultsOfBrackets(code: string): string[] {
  const open: string[] = [];
  for (const [sign] of code.matchAll(/`[\s\S]|\$\(|["'{}()[\]]/g)) {
    const inside = open.at(-1);
    const isText = inside === '"' || inside === "'";
    if (sign.startsWith("`")) continue;
    if (sign === "$(" && inside !== "'") open.push(")");
    else if (isText) {
      if (sign === inside) open.pop();
    } else if (sign === '"' || sign === "'") open.push(sign);
    else if (ends[sign]) open.push(ends[sign]);
    else if (open.pop() !== sign) return [`${sign} closes nothing`];
  }
  return open.map((sign) => `${sign} is missing`);
}

/** In a here-string a backtick and a dollar sign are not the text's own. Everything else must be JSON. */
function faultsOfBody(body: string): string[] {
  const filled = body.replace(/\$\((?:[^()]|\([^()]*\))*\)/g, "x").replace(/\$(?:[A-Z]\w*|\{[A-Z]\w*\})/g, "x");
  if (/[`$]/.test(filled)) return ["the body has a sign that PowerShell reads as its own"];
  try {
    JSON.parse(filled);
    return [];
  } catch {
    return ["the body is no JSON"];
  }
}
