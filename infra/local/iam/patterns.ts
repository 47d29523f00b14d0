/** Whether a text fits a pattern of IAM: `*` stands for any characters, `?` for one. */
export type Fits = (text: string) => boolean;

export function wildcard(pattern: string, flags = ""): Fits {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const expression = new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, `s${flags}`);
  return (text) => expression.test(text);
}

/** ARNs are compared part by part: a wildcard does not reach past a colon, but in the last part, which has its own. */
export function arnPattern(pattern: string): Fits {
  const parts = arnParts(pattern).map((part) => wildcard(part));
  return (text) => {
    const given = arnParts(text);
    return given.length === parts.length && parts.every((fits, index) => fits(given[index] ?? ""));
  };
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}
