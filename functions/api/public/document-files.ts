/** The finished documents, compressed by brotli, as infra/documents writes them beside the public function's code. */
export const documentFiles = {
  openapi: "openapi.json.br",
  asyncapi: "asyncapi.json.br",
  page: { fa: "page.fa.html.br", en: "page.en.html.br" },
  /** By which the page's policy knows the page's own style: SHA-256 in base64. */
  styleDigest: "page-style.sha256",
} as const;
