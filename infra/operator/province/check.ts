import { provinceIds, readProvince } from "#infra/settings.ts";

/** Names every fault of the provinces' files (all of them where none is named); 1 where there is one. */
export function checkProvinces({ ids }: { ids: string[] }): number {
  const lines = (ids.length > 0 ? ids : provinceIds()).map(checked);
  process.stdout.write(`${lines.map(({ text }) => text).join("\n")}\n`);
  return lines.some(({ faulty }) => faulty) ? 1 : 0;
}

function checked(id: string): { text: string; faulty: boolean } {
  try {
    readProvince(id);
    return { text: `${id}: nothing is wrong with the file.`, faulty: false };
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), faulty: true };
  }
}
