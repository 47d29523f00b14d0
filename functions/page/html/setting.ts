import type { Html } from "#shared/domain/telling/html.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import type { Material } from "../material.ts";
import type { ProvinceView } from "../model/province-view.ts";

type Meaning = { name: string; title: Text; counts: Text; leavesOut: Text; mayMislead: Text };

/** What `GET /v1/statistics/definitions` answers, as it is packed beside the function. */
export type Definitions = {
  /** The four sentences that say what is done to every number. */
  method: Text[];
  general: Text[];
  figures: (Meaning & { values?: { id: string; title: Text }[] })[];
  now: Meaning[];
  breakdowns: { name: string; title: Text; classes: { id: string; title?: Text | undefined }[] }[];
};

/** Addresses of what the pages load, named by their bytes, and the texts that they are made with. */
export type Assets = { style: string; fonts: readonly string[]; definitions: Definitions };

/** What every page is made with. */
export type Setting = { material: Material; province: ProvinceView; assets: Assets; language: Language };

/** Markup that a drawing is. */
export const drawn = (markup: string): Html => ({ html: markup });
