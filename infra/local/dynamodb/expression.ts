type Names = Record<string, string>;

const words = new Set(
  "and or not between in set remove add delete attribute_exists attribute_not_exists attribute_type begins_with contains size if_not_exists list_append".split(
    " ",
  ),
);

/** The top-level attributes that an expression names. */
export function namesIn(expression: string, names: Names): string[] {
  // Not what follows a dot, which is inside an attribute, or a colon, which is a value.
  const found = expression.match(/(?<![\w.:#])[#a-z_][\w-]*/gi) ?? [];
  return found.filter((name) => !words.has(name.toLowerCase())).map((name) => names[name] ?? name);
}

type Condition = { expression: string; names: Names; partitionKey: string };

/** The name of the value, such as `:id`, that a condition on keys compares the partition key with. */
export function partitionIn({ expression, names, partitionKey }: Condition): string | undefined {
  const equalities = [...expression.matchAll(/([#\w-]+)\s*=\s*(:\w+)/g)];
  const [, , value] = equalities.find(([, name = ""]) => (names[name] ?? name) === partitionKey) ?? [];
  return value;
}
