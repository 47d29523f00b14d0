/** The drawing operators, by how many numbers or names each takes. One that is not here draws nothing. */
const byCount: Array<[number, string]> = [
  [0, "b B b* B* BT ET f F f* h n q Q s S T* W W*"],
  [1, "CS cs Do g G gs i j J M ri sh Tc TL Tr Ts Tw Tz w"],
  [2, "d0 l m Td TD Tf"],
  [3, "rg RG"],
  [4, "k K re v y"],
  [6, "c cm d1 Tm"],
  // Of a colour in at most 32 parts, and a pattern's name.
  [33, "sc SC scn SCN"],
];

export const operandsOf = new Map(
  byCount.flatMap(([many, operators]) => operators.split(" ").map((one): [string, number] => [one, many])),
);

/** Those that take a string, by how many operands they take; what they show is what is read. */
export const showing = new Map([
  ["Tj", 1],
  ["'", 1],
  ['"', 3],
]);

/** What an operator that paints becomes where nothing is seen: nothing, or the end of its path. */
export const painting = new Map<string, "drop" | "end">([
  ...["Tj", "TJ", "'", '"', "Do", "sh"].map((word): [string, "drop"] => [word, "drop"]),
  ...["b", "B", "b*", "B*", "f", "F", "f*", "s", "S"].map((word): [string, "end"] => [word, "end"]),
]);
