import { isDeepStrictEqual } from "node:util";
import type { ProvinceFault } from "../checks/fault-texts.ts";
import type { Province } from "../schema.ts";

/** The effect of one difference between two versions of a province's file: a sentence, and its path in the later version. */
export type ChangeEffect = ProvinceFault;

/** A value of the province's file before and after the change. */
export type BeforeAndAfter<T> = { oldValue: T; newValue: T };
/** The parts of the later version that a sentence may need. */
type ProvinceContext = Pick<Province, "id" | "escalationLevels">;
/**
 * Describes the effects of a change of one value in the province's file.
 *
 * The file is a tree of objects, lists and values, and its description is a tree of such functions. The functions below
 * build it: `describeFields` for an object, `describeEntries` for a list, `describeAs` for a value. For example,
 * `describeFields({ name: describeAs("is called so"), offices: describeEntries(…) })` is the description of an object. It
 * calls the description of each field that changed.
 */
export type DescribeChange<T> = (values: BeforeAndAfter<T>, provinceContext: ProvinceContext) => ChangeEffect[];

/** Describes any change of a value by one sentence: a fixed text, or a function that makes it from both values. */
export function describeAs<T>(
  sentence: string | ((values: BeforeAndAfter<T>, provinceContext: ProvinceContext) => string),
): DescribeChange<T> {
  return (values, provinceContext) => {
    const message = typeof sentence === "string" ? sentence : sentence(values, provinceContext);
    return [{ path: [], message }];
  };
}

/** Describes nothing. For a value that may not change: `removalFaults` refuses the change and explains it. */
export const describedNowhere: DescribeChange<unknown> = () => [];

/** A description for each field. A new field of the schema does not compile until it has a description. */
export type FieldDescriptions<T> = { [K in keyof Required<T>]: DescribeChange<T[K]> };

/** Describes an object: the effects of each field that changed. */
export function describeFields<T extends object>(descriptions: FieldDescriptions<T>): DescribeChange<T> {
  return ({ oldValue, newValue }, provinceContext) => {
    const effects: ChangeEffect[] = [];
    for (const field in descriptions) {
      const fieldValues = { oldValue: oldValue[field], newValue: newValue[field] };
      const fieldEffects = describeIfChanged(descriptions[field], fieldValues, provinceContext);
      effects.push(...prefixPaths([field], fieldEffects));
    }
    return effects;
  };
}

type EntryDescriptions<T> = {
  /** The word that starts each sentence about an entry, as in `agency "gas": …`. */
  noun: string;
  /** Returns the key that identifies an entry. */
  key: (entry: T) => string;
  /** The sentence for a new entry. */
  added: (entry: T, provinceContext: ProvinceContext) => string;
  /** The sentence for a removed entry; absent if `removalFaults` refuses the removal. */
  removed?: (entry: T) => string;
  /** Describes the change of an entry that is in both versions. */
  each: DescribeChange<T>;
};

/** Describes a list: its new, changed and removed entries, compared by their keys. Their order has no meaning. */
export function describeEntries<T>({ noun, key, added, removed, each }: EntryDescriptions<T>): DescribeChange<T[]> {
  const prefixMessages = (entry: T, effects: ChangeEffect[]) =>
    effects.map(({ path, message }) => ({ path, message: `${noun} "${key(entry)}": ${message}` }));
  return ({ oldValue, newValue }, provinceContext) => {
    const oldEntries = new Map(oldValue.map((entry) => [key(entry), entry]));
    const newKeys = new Set(newValue.map(key));
    const removedEntries = removed ? oldValue.filter((entry) => !newKeys.has(key(entry))) : [];
    return [
      ...newValue.flatMap((entry, n) => {
        const oldEntry = oldEntries.get(key(entry));
        const effects = oldEntry
          ? describeIfChanged(each, { oldValue: oldEntry, newValue: entry }, provinceContext)
          : [{ path: [], message: added(entry, provinceContext) }];
        return prefixPaths([n], prefixMessages(entry, effects));
      }),
      ...removedEntries.flatMap((entry) => prefixMessages(entry, [{ path: [], message: removed?.(entry) ?? "" }])),
    ];
  };
}

/** Describes a list of plain words, such as ids. */
export function describeWords(
  words: Pick<EntryDescriptions<string>, "noun" | "added" | "removed">,
): DescribeChange<string[]> {
  return describeEntries({ ...words, key: (word) => word, each: describedNowhere });
}

type OptionalDescriptions<T> = {
  added: (newValue: T) => string;
  removed: (oldValue: T) => string;
  each: DescribeChange<T>;
};

/** Describes a part that the file may have or not: that it was added, removed, or changed. */
export function describeOptional<T extends object>({
  added,
  removed,
  each,
}: OptionalDescriptions<T>): DescribeChange<T | undefined> {
  return ({ oldValue, newValue }, provinceContext) => {
    if (oldValue && newValue) return each({ oldValue, newValue }, provinceContext);
    if (newValue) return [{ path: [], message: added(newValue) }];
    return oldValue ? [{ path: [], message: removed(oldValue) }] : [];
  };
}

/** The effects of a change; none if both values are equal. */
export function describeIfChanged<T>(
  describe: DescribeChange<T>,
  values: BeforeAndAfter<T>,
  provinceContext: ProvinceContext,
): ChangeEffect[] {
  return isDeepStrictEqual(values.oldValue, values.newValue) ? [] : describe(values, provinceContext);
}

/** Puts `path` in front of the path of each effect. */
export function prefixPaths(path: ChangeEffect["path"], effects: ChangeEffect[]): ChangeEffect[] {
  return effects.map((effect) => ({ ...effect, path: [...path, ...effect.path] }));
}

export const nameChange = describeAs("is called so in the catalog and the documents from the deployment on; ids stay");
export const noEffectOnRunning = describeAs("changes nothing that runs");
/** An address is read when a mail is sent, so waiting mails go to the new address. */
export const mailAddressChange = describeAs<string>(
  ({ oldValue, newValue }) => `mails that are not sent yet and all later ones go to ${newValue}, not to ${oldValue}`,
);
/** The webhook of an agency or a front end. */
export const webhookChange = describeAs<{ url: string } | undefined>(({ oldValue, newValue }) => {
  if (!newValue) return `nothing is posted to ${oldValue?.url} from the deployment on; its feed goes on`;
  const from = oldValue
    ? `events go to ${newValue.url}, not to ${oldValue.url}, from where it stopped`
    : `its events are posted to ${newValue.url}, those that happen from the deployment on, or where it had a webhook before, from where that stopped`;
  return `${from}, once a validation event is taken there; its IT needs the secret of PUT /v1/admin/webhooks/{subscriber}/secret`;
});
/** The mobile number of an official. */
export const phoneChange = describeAs<string | undefined>(({ newValue }) =>
  newValue
    ? `messages (SMS) of late complaints go to ${newValue} from the deployment on`
    : "no message (SMS) of late complaints is sent any more; mails go on",
);
export const contactChange = describeFields<Province["governorGeneral"]>({
  name: noEffectOnRunning,
  email: mailAddressChange,
  phone: phoneChange,
});

/** Describes `retiredFrom`. `retired`: what retirement means for this kind of entry. `back`: what its end means. */
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
