/** The ten digits of every script that has decimal ones, by the name of its numbering system. */
export const digitsOfEveryScript = Intl.supportedValuesOf("numberingSystem")
  .map((system): [string, string[]] => [system, Array.from({ length: 10 }, (_, n) => digitOf(system, n))])
  .filter(([, digits]) => digits.every((digit) => /^\p{Nd}$/u.test(digit)));

function digitOf(system: string, n: number): string {
  return new Intl.NumberFormat(`en-u-nu-${system}`).format(n);
}
