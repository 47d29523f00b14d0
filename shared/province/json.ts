/** What is wrong in a text that should be JSON, and where an editor shows it. */
type TextFault = { line: number; column: number; message: string };

type Token = { text: string; at: number };
type Reading = { text: string; tokens: Token[]; repeated: Token[] };

const token =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/uy;

/**
 * Where a text is not JSON, or says a field twice, of which `JSON.parse` would silently take the last. It stops at the
 * first place that cannot be read. Native messages name no place for half of all mistakes.
 */
export function jsonFaults(text: string): TextFault[] {
  const reading: Reading = { text, tokens: [], repeated: [] };
  const placed = (at: number, message: string): TextFault => ({ ...place(text, at), message });
  try {
    reading.tokens = tokensOf(text);
    readValue(reading);
    const [more] = reading.tokens;
    if (more) throw misplaced(more, "nothing more after the last bracket");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [placed(Number(error.cause), error.message)];
  }
  return reading.repeated.map(({ text, at }) =>
    placed(at, `${text} is said twice in one object: take one of them out`),
  );
}

function place(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = spaceFrom(text, 0); at < text.length; at = spaceFrom(text, token.lastIndex)) {
    token.lastIndex = at;
    const [found] = token.exec(text) ?? [];
    if (found === undefined) throw unreadable(text, at);
    tokens.push({ text: found, at });
  }
  return tokens;
}

function spaceFrom(text: string, from: number): number {
  const space = /[ \t\r\n]*/y;
  space.lastIndex = from;
  space.exec(text);
  return space.lastIndex;
}

function unreadable(text: string, at: number): SyntaxError {
  const [shown = ""] = /^\S{1,20}/.exec(text.slice(at)) ?? [];
  const why = shown.startsWith('"')
    ? "a text that is not closed by a quote on its line, or has a backslash that means nothing"
    : `${shown} is no JSON: texts stand in double quotes, comments in fields whose names begin with //`;
  return new SyntaxError(why, { cause: at });
}

function misplaced({ text, at }: Token, wanted: string): SyntaxError {
  return new SyntaxError(`${text.slice(0, 40)} stands where ${wanted} should`, { cause: at });
}

/** Takes the next token, which must be one of these. */
function take({ text, tokens }: Reading, wanted: string, isWanted: (text: string) => boolean): Token {
  const next = tokens.shift();
  if (!next) throw new SyntaxError(`the text ends where ${wanted} should stand`, { cause: text.trimEnd().length });
  if (!isWanted(next.text)) throw misplaced(next, wanted);
  return next;
}

function readValue(reading: Reading): void {
  const { text } = take(reading, "a value", (text) => !/^[}\],:]$/.test(text));
  if (text === "{") readMembers(reading, { close: "}", names: new Set() });
  if (text === "[") readMembers(reading, { close: "]" });
}

/** The inside of an object, whose members have names, or of a list. */
function readMembers(reading: Reading, { close, names }: { close: string; names?: Set<string> }): void {
  if (reading.tokens[0]?.text === close) return void reading.tokens.shift();
  for (;;) {
    if (names) readName(reading, names);
    readValue(reading);
    const { text } = take(reading, `a comma or ${close}`, (text) => text === "," || text === close);
    if (text === close) return;
  }
}

function readName(reading: Reading, names: Set<string>): void {
  const name = take(reading, "a field's name in double quotes (is the comma before it one too many?)", isText);
  if (names.has(name.text)) reading.repeated.push(name);
  names.add(name.text);
  take(reading, "a colon", (text) => text === ":");
}

const isText = (text: string) => text.startsWith('"');
