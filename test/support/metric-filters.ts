import { templateOf } from "./synthesized.ts";

export type Line = Record<string, unknown>;

type MetricFilter = {
  metric: string;
  /** The function whose log it reads, as its lines name it. */
  service: string;
  /** What a line adds to the metric; undefined where the filter passes it over. */
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

/** Of CloudWatch's language what our filters use: terms that all hold, on fields at the top. Throws on anything else. */
function matcherOf(pattern: string): (line: Line) => boolean {
  const [, inside] = /^\{ (.+) \}$/.exec(pattern) ?? [];
  if (!inside) throw new Error(`no pattern of JSON: ${pattern}`);
  const terms = inside.split(" && ").map((term) => termOf(term.replace(/^\((.+)\)$/, "$1")));
  return (line) => terms.every((holds) => holds(line));
}

function termOf(term: string): (line: Line) => boolean {
  const [, field = "", operator, text, number] = /^\$\.(\w+) (=|>) (?:"([^"]*)"|(\d+))$/.exec(term) ?? [];
  if (operator === "=" && text !== undefined) {
    const wanted = new RegExp(`^${text.split("*").map(RegExp.escape).join(".*")}$`);
    return ({ [field]: value }) => value !== undefined && wanted.test(String(value));
  }
  if (operator === ">" && number) return ({ [field]: value }) => typeof value === "number" && value > Number(number);
  throw new Error(`no term that is known here: ${term}`);
}
