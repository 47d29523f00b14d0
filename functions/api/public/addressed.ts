import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { issuer, publicUrl } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/env.ts";

const bare = (address: string) => address.replace(/\/+$/, "");

/**
 * A document packed by brotli, with the addresses that this function was told. The file has those of the province's file; where
 * others were told, as on one machine, it is packed anew. Never those of a request, which whoever sends it chooses.
 */
export function addressed(packed: Buffer): Buffer {
  const [api, tokens] = [bare(env("PUBLIC_URL")), bare(env("TOKEN_ISSUER"))];
  if (api === bare(publicUrl) && tokens === bare(issuer)) return packed;
  const text = brotliDecompressSync(packed).toString("utf8");
  const here = text.replaceAll(bare(issuer), tokens).replaceAll(bare(publicUrl), api);
  return brotliCompressSync(here, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
