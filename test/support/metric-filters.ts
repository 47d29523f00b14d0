import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { physicalName } from "#infra/programs/local-cloud/cloudformation/resources.ts";
import { templateOf } from "./synthesized.ts";

export type Line = Record<string, unknown>;

type MetricFilter = {
  metric: string;
  /** The function whose log it reads, as its lines name it. */
  service: string;
  /** What a line adds to the metric; undefined if the filter passes it over. */
  measured(line: Line): number | undefined;
};

/** Whose lines name no function. */
const gateway = "gateway";

/** Every metric filter on a log of a stack, as CloudWatch would apply it. */
export function metricFilters(stack: string): MetricFilter[] {
  const template = templateOf("qazvin", stack);
  const functions = Object.values(template.findResources("AWS::Lambda::Function"));
  return Object.values(template.findResources("AWS::Logs::MetricFilter")).map(({ Properties }) => {
    const fn = functions.find((one) => one.Properties.LoggingConfig?.LogGroup.Ref === Properties.LogGroupName.Ref);
    const [{ MetricName: metric, MetricValue }] = Properties.MetricTransformations;
    const matches = matcherOf(Properties.FilterPattern);
    const measured = (line: Line) => (matches(line) ? measuredBy(MetricValue, line) : undefined);
    const service = fn?.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME ?? gateway;
    return { metric, service, measured };
  });
}

function measuredBy(value: string, line: Line): number {
  return Number(value.startsWith("$.") ? line[value.slice(2)] : value);
}

/** Of CloudWatch's language what our filters use: terms that all hold. Throws on anything else. */
function matcherOf(pattern: string): (line: Line) => boolean {
  const [, inside] = /^\{ (.+) \}$/.exec(pattern) ?? [];
  if (!inside) throw new Error(`no pattern of JSON: ${pattern}`);
  const terms = inside.split(" && ").map((term) => termOf(term.replace(/^\((.+)\)$/, "$1")));
  return (line) => terms.every((holds) => holds(line));
}

function termOf(term: string): (line: Line) => boolean {
  const [, path = "", operator, text, number] = /^\$\.([\w.]+) (=|!=|>=|>) (?:"([^"]*)"|(\d+))$/.exec(term) ?? [];
  const valueIn = (line: Line) => path.split(".").reduce<unknown>((value, field) => (value as Line)?.[field], line);
  if (operator?.endsWith("=") && text !== undefined) {
    const wanted = new RegExp(`^${text.split("*").map(RegExp.escape).join(".*")}$`);
    return (line) => {
      const value = valueIn(line);
      return value !== undefined && wanted.test(String(value)) === (operator === "=");
    };
  }
  if (operator?.startsWith(">") && number)
    return (line) => {
      const value = valueIn(line);
      return typeof value === "number" && (operator === ">" ? value > Number(number) : value >= Number(number));
    };
  throw new Error(`no term that is known here: ${term}`);
}

/** Every line that the functions and the gateway have logged, as CloudWatch would get it, with whose it is. */
export function writtenLines(state: string): Line[] {
  const functions = ["Api", "Processing"].flatMap((stack) =>
    Object.entries(templateOf("qazvin", stack).findResources("AWS::Lambda::Function")).map(
      ([logicalId, { Properties }]) => [
        `${physicalName({ stack: `Foad-qazvin-${stack}`, logicalId, longest: 64 })}.log`,
        Properties.Environment?.Variables.POWERTOOLS_SERVICE_NAME,
      ],
    ),
  );
  const serviceOf: Record<string, string> = Object.fromEntries(functions);
  return readdirSync(join(state, "logs")).flatMap((file) => {
    const written = readFileSync(join(state, "logs", file), "utf8").split("\n");
    const lines: Line[] = written.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    return lines.map((line) => ({ service: serviceOf[file] ?? gateway, ...line }));
  });
}
