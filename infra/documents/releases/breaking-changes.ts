import type { ContractFacts } from "./contract-facts.ts";
import type { Fact } from "./facts.ts";

type Facts = Record<string, Fact>;
type Change<T> = { before: T; after: T };

/** What would break callers of what was released, each in a sentence; what breaks stands in docs/contract.md. */
export function breakingChanges({ before, after }: Change<ContractFacts>): string[] {
  return [
    ...gone(Object.keys(before.routes), Object.keys(after.routes)).map((key) => `${key} is gone`),
    ...Object.entries(before.routes).flatMap(([key, facts]) =>
      after.routes[key] ? inRoute(key, { before: facts, after: after.routes[key] }) : [],
    ),
    ...gone(before.events, after.events).map((type) => `events of type ${type} are gone`),
    ...inAnswers({ before: before.answers, after: after.answers }),
    ...inRequests({ before: before.requests, after: after.requests, routes: Object.keys(before.routes) }),
  ];
}

/** What is taken more is required: a body, or a header of a name that stands for that. */
function inRoute(key: string, { before, after }: Change<string[]>): string[] {
  const isRequired = (fact: string) => /^takes (Required|application)/.test(fact);
  return [
    ...gone(before, after).map((fact) => `${key} no longer ${fact}`),
    ...gone(after, before)
      .filter(isRequired)
      .map((fact) => `${key} ${fact} now`),
  ];
}

const gone = (before: string[], after: string[]) => before.filter((one) => !after.includes(one));

function inAnswers({ before, after }: Change<Record<string, string>>): string[] {
  return Object.entries(before).flatMap(([place, was]) => {
    const is = after[place];
    if (!is) return [`${place} is gone from answers`];
    const [kind, kindBefore] = [is, was].map((one) => one.replace(/ always$/, ""));
    if (kind !== kindBefore && !isMore(kindBefore, kind)) return [`${place} was ${kindBefore}, is ${kind}`];
    return was.endsWith(" always") && !is.endsWith(" always") ? [`${place} may be missing from answers`] : [];
  });
}

/** Whether there are only more cases of what is one of several; entries of histories get new types. */
function isMore(was = "", is = ""): boolean {
  return was.includes(" or ") && gone(was.split(" or "), is.split(" or ")).length === 0;
}

function inRequests({ before, after, routes }: Change<Facts> & { routes: string[] }): string[] {
  const changed = Object.entries(before).flatMap(([place, was]) => {
    const is = after[place];
    return (is ? refusedNow({ before: was, after: is }) : ["is no longer taken"]).map((what) => `${place} ${what}`);
  });
  const isKnown = (place: string) => isIn(place, before) || routes.some((key) => place.startsWith(`${key} `));
  const added = Object.entries(after).filter(([place, { needed }]) => needed && !before[place] && isKnown(place));
  return [...changed, ...added.map(([place]) => `${place} is new and required`)];
}

function refusedNow({ before: was, after: is }: Change<Fact>): string[] {
  if (is.kind !== was.kind) return [`was ${was.kind}, is ${is.kind}`];
  const fewer = was.values && is.values ? gone(was.values, is.values) : [];
  return [
    ...(is.needed && !was.needed ? ["is required now"] : []),
    ...fewer.map((value) => `no longer takes ${value}`),
    ...(is.values && !was.values ? ["takes certain values alone now"] : []),
    ...narrowed(was, is),
  ];
}

/** Whether what a new field or parameter stands in was there before. */
function isIn(place: string, before: Facts): boolean {
  const parent = place.replace(/[. ][^. ]*$/, "");
  return Object.keys(before).some(
    (known) => known === parent || known.startsWith(`${parent} `) || known.startsWith(`${parent}.`),
  );
}

function narrowed(was: Fact, is: Fact): string[] {
  return Object.entries(is.limits ?? {}).flatMap(([name, limit]) => {
    const old = was.limits?.[name];
    if (old === limit) return [];
    const isWider =
      typeof limit === "number" && typeof old === "number" && (/max/i.test(name) ? limit > old : limit < old);
    return isWider ? [] : [`${name} is ${limit}, was ${old ?? "free"}`];
  });
}
