import { isDeepStrictEqual } from "node:util";
import type { ProvinceFault } from "../checks/fault-texts.ts";
import type { Province } from "../schema.ts";

/** What a difference between two versions of a province's file does, and where it stands in the later one. */
export type ChangeEffect = ProvinceFault;

/** A value before and after. */
export type BeforeAndAfter<T> = { oldValue: T; newValue: T };
/** What a sentence may need of the later version. */
type ProvinceContext = Pick<Province, "id" | "ladder">;
/** Says what a change of one value does. */
export type DescribeChange<T> = (pair: BeforeAndAfter<T>, around: ProvinceContext) => ChangeEffect[];

/** One sentence for a value, whatever is in it. */
export function describeAs<T>(
  sentence: string | ((values: BeforeAndAfter<T>, provinceContext: ProvinceContext) => string),
): DescribeChange<T> {
  return (pair, around) => [{ path: [], message: typeof sentence === "string" ? sentence : sentence(pair, around) }];
}

/** For what may not change at all: `removalFaults` refuses it, and that is the answer. */
export const describedNowhere: DescribeChange<unknown> = () => [];

/** An answer for each field. One that the schema gets later does not compile until it has one. */
export type FieldDescriptions<T> = { [K in keyof Required<T>]: DescribeChange<T[K]> };

/** The fields of an object, each by itself; one that could not be read in the earlier version is left out. */
export function describeFields<T extends object>(answers: FieldDescriptions<T>): DescribeChange<T> {
  return ({ oldValue, newValue }, around) => {
    const effects: ChangeEffect[] = [];
    for (const field in answers)
      effects.push(
        ...prefixPaths(
          [field],
          describeIfChanged(answers[field], { oldValue: oldValue[field], newValue: newValue[field] }, around),
        ),
      );
    return effects;
  };
}

type EntryDescriptions<T> = {
  /** What the sentences about one entry begin with, as in `agency "gas": …`. */
  noun: string;
  /** Tells entries apart. */
  key: (entry: T) => string;
  added: (entry: T, around: ProvinceContext) => string;
  /** Left out where removing one is refused. */
  removed?: (entry: T) => string;
  each: DescribeChange<T>;
};

/** The entries of a list by their keys; their order means nothing. */
export function describeEntries<T>({ noun, key, added, removed, each }: EntryDescriptions<T>): DescribeChange<T[]> {
  const about = (entry: T, effects: ChangeEffect[]) =>
    effects.map(({ path, message }) => ({ path, message: `${noun} "${key(entry)}": ${message}` }));
  return ({ oldValue, newValue }, around) => {
    const before = new Map(oldValue.map((entry) => [key(entry), entry]));
    const now = new Set(newValue.map(key));
    const gone = removed ? oldValue.filter((entry) => !now.has(key(entry))) : [];
    return [
      ...newValue.flatMap((entry, n) => {
        const earlier = before.get(key(entry));
        const effects = earlier
          ? describeIfChanged(each, { oldValue: earlier, newValue: entry }, around)
          : [{ path: [], message: added(entry, around) }];
        return prefixPaths([n], about(entry, effects));
      }),
      ...gone.flatMap((entry) => about(entry, [{ path: [], message: removed?.(entry) ?? "" }])),
    ];
  };
}

/** A list of plain words. */
export function describeWords(
  words: Pick<EntryDescriptions<string>, "noun" | "added" | "removed">,
): DescribeChange<string[]> {
  return describeEntries({ ...words, key: (word) => word, each: describedNowhere });
}

type OptionalDescriptions<T> = { added: (is: T) => string; removed: (was: T) => string; each: DescribeChange<T> };

/** For a part that may come and go: what both mean, and what a change within it does. */
export function describeOptional<T extends object>({
  added,
  removed,
  each,
}: OptionalDescriptions<T>): DescribeChange<T | undefined> {
  return ({ oldValue, newValue }, around) => {
    if (oldValue && newValue) return each({ oldValue, newValue }, around);
    if (newValue) return [{ path: [], message: added(newValue) }];
    return oldValue ? [{ path: [], message: removed(oldValue) }] : [];
  };
}

/** Nothing where the value is as it was. */
export function describeIfChanged<T>(
  answer: DescribeChange<T>,
  pair: BeforeAndAfter<T>,
  around: ProvinceContext,
): ChangeEffect[] {
  return isDeepStrictEqual(pair.oldValue, pair.newValue) ? [] : answer(pair, around);
}

export function prefixPaths(path: ChangeEffect["path"], effects: ChangeEffect[]): ChangeEffect[] {
  return effects.map((effect) => ({ ...effect, path: [...path, ...effect.path] }));
}

export const nameChange = describeAs("is called so in the catalog and the documents from the deployment on; ids stay");
export const noEffectOnRunning = describeAs("changes nothing that runs");
/** Addresses are read when a mail is sent, so those that wait are sent to the new one. */
export const mailAddressChange = describeAs<string>(
  ({ oldValue, newValue }) => `mails that are not sent yet and all later ones go to ${newValue}, not to ${oldValue}`,
);
/** Of an agency or a front end: where its feed is posted to. */
export const webhookChange = describeAs<{ url: string } | undefined>(({ oldValue, newValue }) => {
  if (!newValue) return `nothing is posted to ${oldValue?.url} from the deployment on; its feed goes on`;
  const from = oldValue
    ? `events go to ${newValue.url}, not to ${oldValue.url}, from where it stopped`
    : `its events are posted to ${newValue.url}, those that happen from the deployment on, or where it had a webhook before, from where that stopped`;
  return `${from}, once a validation event is taken there; its IT needs the secret of PUT /v1/admin/deliveries/{subscriber}/secret`;
});
export const contactChange = describeFields<Province["governorGeneral"]>({
  name: noEffectOnRunning,
  email: mailAddressChange,
});

/** For an answer's fields: what a retirement means for one kind of entry, and what it means that it is taken back. */
export function retirementChange({
  retired,
  back,
}: Record<"retired" | "back", string>): DescribeChange<string | undefined> {
  return describeAs(({ oldValue, newValue }) => {
    if (newValue === undefined) return `is not retired any more: from the deployment on ${back}`;
    const since = oldValue === undefined ? `retires on ${newValue}` : `retires on ${newValue} instead of ${oldValue}`;
    return `${since}, or with the deployment where that day has come: ${retired}`;
  });
}

export const successorChange: DescribeChange<string | undefined> = describeAs(({ newValue }) =>
  newValue === undefined
    ? "names no successor any more: who is refused because it is retired is referred to nothing"
    : `is succeeded by "${newValue}": who is refused because it is retired is referred there`,
);
