import { createIssuer, newSecrets, type Secrets, type Settings, type Tokens } from "./issuer.ts";

/** `again`: the number of the window that waits for this sign-in, where it is made beside an open desk. */
type Pending = Secrets & { returnTo: string; again?: string | undefined };
type Sent = { again: string; tokens: Tokens };

const tokensKey = "foad-desk-tokens";
const pendingKey = "foad-desk-sign-in";
const signedInChannel = "foad-desk-signed-in";
/** In `localStorage`: a new mark with each sign-out. The tokens of a tab hold only with the mark under which they were adopted. */
const signedOutKey = "foad-desk-signed-out";
const markKey = "foad-desk-mark";
const currentMark = () => localStorage.getItem(signedOutKey) ?? "";

/** The sign-in of this tab, and the tokens that it keeps. */
export function createSession(settings: Settings) {
  const issuer = createIssuer(settings);
  if ((sessionStorage.getItem(markKey) ?? "") !== currentMark()) sessionStorage.removeItem(tokensKey);
  let tokens = readJson<Tokens>(tokensKey);
  let renewing: Promise<boolean> | undefined;
  const adopt = (fresh: Tokens) => {
    // An issuer may renew the access token alone.
    tokens = { ...fresh, id: fresh.id ?? tokens?.id };
    sessionStorage.setItem(tokensKey, JSON.stringify(tokens));
    sessionStorage.setItem(markKey, currentMark());
  };
  const forget = () => {
    tokens = undefined;
    sessionStorage.removeItem(tokensKey);
  };
  const renewOnce = async () => {
    const before = tokens;
    const fresh = before?.refresh && (await issuer.refresh(before.refresh));
    // Somebody may have signed out meanwhile.
    if (!fresh || tokens !== before) return false;
    adopt(fresh);
    return true;
  };
  return {
    isSignedIn: () => tokens !== undefined,
    token: () => tokens?.access ?? "",
    adopt,
    forget,

    /** Leaves this page for the issuer's, which leads back to `returnTo`. */
    async signIn(returnTo: string, again?: string): Promise<void> {
      const pending: Pending = { ...newSecrets(), returnTo, again };
      sessionStorage.setItem(pendingKey, JSON.stringify(pending));
      // Beside an open desk somebody else may sit down: the issuer asks for the password, also where it knows this browser.
      location.assign(await issuer.signInAddress(pending, { asksAnew: again !== undefined }));
    },

    /** Reads the issuer's answer in this page's address. Returns where to go on; undefined if another window goes on. */
    async finish(): Promise<string | undefined> {
      const pending = readJson<Pending>(pendingKey);
      sessionStorage.clear();
      if (!pending) throw new Error("no sign-in was begun in this tab");
      const fresh = await issuer.redeem(pending);
      if (pending.again === undefined) {
        adopt(fresh);
        return pending.returnTo;
      }
      new BroadcastChannel(signedInChannel).postMessage({ again: pending.again, tokens: fresh } satisfies Sent);
      window.close();
      return undefined;
    },

    /** Replaces a refused token. Returns whether there is another; rejects where the issuer cannot be reached. */
    async renew(refused: string): Promise<boolean> {
      if (tokens && tokens.access !== refused) return true;
      renewing ??= renewOnce().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },

    /**
     * Forgets the tokens, ends the session at the issuer, and empties every other tab of the desk. The page is loaded anew, so that
     * nothing stays in memory.
     */
    signOut(): void {
      localStorage.setItem(signedOutKey, crypto.randomUUID());
      const url = tokens?.endSession === undefined ? undefined : new URL(tokens.endSession);
      const back = `${location.origin}/desk/signed-out`;
      // Cognito has a name of its own for the address to go back to.
      const parameters = { client_id: settings.clientId, post_logout_redirect_uri: back, logout_uri: back };
      const hint = tokens?.id !== undefined && { id_token_hint: tokens.id };
      for (const [name, value] of Object.entries({ ...parameters, ...hint })) url?.searchParams.set(name, value);
      tokens = undefined;
      sessionStorage.clear();
      location.replace(url ?? back);
    },
  };
}

/** Calls back when somebody signs out in another tab. A tab that the browser had put to sleep hears of it when it is shown again. */
export function onSignOutElsewhere(leave: () => void): void {
  const mark = currentMark();
  const look = () => currentMark() !== mark && leave();
  addEventListener("storage", look);
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
}

export type Session = ReturnType<typeof createSession>;

/** Opens a window in which a person signs in again. Resolves with the tokens, which the caller has to check. */
export function tokensOfWindow(): Promise<Tokens> {
  const again = crypto.randomUUID();
  const channel = new BroadcastChannel(signedInChannel);
  window.open(`/desk/sign-in-again?${again}`, "foad-desk-sign-in-again", "popup,width=520,height=640");
  return new Promise((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<Sent>) => {
      if (data.again !== again) return;
      channel.close();
      resolve(data.tokens);
    };
  });
}

function readJson<T>(key: string): T | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as T);
}
