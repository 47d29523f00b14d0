import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "./addresses.ts";
import { shownFiles } from "./embeds.ts";
import { feedFile } from "./feed.ts";
import { agencyPage } from "./html/agency-page.ts";
import { definitionsPage } from "./html/definitions-page.ts";
import { provincePage } from "./html/province-page.ts";
import type { Assets } from "./html/setting.ts";
import type { Material, SiteFile } from "./material.ts";
import { provinceView } from "./model/province-view.ts";
import { shownOf } from "./shown.ts";

const languages: Language[] = ["fa", "en"];
const type = "text/html; charset=utf-8";

/** Every file of the site, made of what was read before; the same for the same material. */
export function siteFiles(material: Material, assets: Assets): SiteFile[] {
  const province = provinceView(material);
  return languages.flatMap((language) => {
    const setting = { material, province, assets, language };
    const page = (path: string, body: string | undefined) => (body === undefined ? [] : [{ path, type, body }]);
    return [
      ...page(addresses.province(language), provincePage(setting)),
      ...page(addresses.definitions(language), definitionsPage(setting)),
      ...material.province.agencies.flatMap(({ id }) => page(addresses.agency(id, language), agencyPage(id, setting))),
      ...shownFiles(shownOf(setting)),
      feedFile(material, language),
    ];
  });
}
