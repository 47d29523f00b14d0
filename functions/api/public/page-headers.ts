/** A page may fetch our own style, fonts and pictures, and its empty icon; it runs nothing, sends nothing, and stands in nobody's frame. */
const ofPages =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A drawing that is opened by itself fetches nothing; anybody's page may show it. */
const ofDrawings = "default-src 'none'; base-uri 'none'; form-action 'none'";

export const htmlType = "text/html; charset=utf-8";

/** The headers of a file of the site, by its address and content type. */
export function pageHeaders({ path, type }: { path: string; type: string }): Record<string, string> {
  const isAnybodys = /^\/(embed|share)\//.test(path);
  return {
    "content-type": type,
    "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=60",
    "content-security-policy": type === htmlType ? ofPages : ofDrawings,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    ...(isAnybodys && { "cross-origin-resource-policy": "cross-origin" }),
    ...(/^\/(en\/)?feed\.atom$/.test(path) && { "access-control-allow-origin": "*" }),
  };
}
