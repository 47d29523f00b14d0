// The case that is open: its id and secret.
import { caseOf, type Receipt } from "./api.ts";

/** Kept by the browser with this tab: a reload works. Browsers open closed tabs again, so a shared computer needs the button. */
export const kept = {
  get: (): Receipt | undefined => JSON.parse(sessionStorage.getItem("case") ?? "null") ?? undefined,
  set: ({ id, secret }: Receipt) => sessionStorage.setItem("case", JSON.stringify({ id, secret })),
  forget: () => sessionStorage.removeItem("case"),
};

export const mine = () => {
  const receipt = kept.get();
  if (!receipt) throw new Error("no case is open");
  return caseOf(receipt);
};
