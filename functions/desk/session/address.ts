import { useEffect, useState } from "preact/hooks";

/** The address of the page below `/desk`, as its parts and its query. It never holds anything that a citizen gave. */
export type Address = { parts: string[]; query: URLSearchParams };

const moved = new EventTarget();

function readAddress(): Address {
  const parts = location.pathname.split("/").slice(2).filter(Boolean);
  return { parts, query: new URLSearchParams(location.search) };
}

/** Goes to another address of the desk. `replace`: without a step for the back button. */
export function go(path: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  moved.dispatchEvent(new Event("moved"));
  if (!replace) scrollTo(0, 0);
}

export function useAddress(): Address {
  const [address, set] = useState(readAddress);
  useEffect(() => {
    const read = () => set(readAddress());
    addEventListener("popstate", read);
    moved.addEventListener("moved", read);
    return () => {
      removeEventListener("popstate", read);
      moved.removeEventListener("moved", read);
    };
  }, []);
  return address;
}

/** Makes a click on a link of the desk change the address without loading the page anew. */
export function followLinks(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.("a[href^='/desk']");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.defaultPrevented;
  if (!link || !isPlain || link.hasAttribute("download")) return;
  event.preventDefault();
  go(link.getAttribute("href") ?? "/desk");
}
