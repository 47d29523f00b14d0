import * as oauth from "oauth4webapi";

/** What the page says of itself: where people sign in, and as which client. */
export type Settings = { issuer: string; clientId: string };

type Tokens = { access: string; refresh?: string | undefined; endSession?: string | undefined };
type Pending = { verifier: string; state: string; returnTo: string; isAgain: boolean };

const tokensKey = "foad-desk-tokens";
const pendingKey = "foad-desk-sign-in";
const channelName = "foad-desk-signed-in";
const popupName = "foad-desk-sign-in-again";

/**
 * The times in an id token are not looked at: a PC's clock may be wrong by days, and the desk reads no id token. The API checks
 * each access token.
 */
const anyClockSeconds = 30 * 86_400;

export class SignInFailed extends Error {}

/** Signs a person in by the authorization code flow with PKCE, and keeps the tokens of this tab. */
export function createSession({ issuer, clientId }: Settings) {
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: anyClockSeconds };
  // Only the local cloud has an issuer without https.
  const insecure = { [oauth.allowInsecureRequests]: /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${issuer}/`) };
  const redirectUri = `${location.origin}/desk/signed-in`;
  let tokens = readJson<Tokens>(tokensKey);
  const discover = async () => {
    const url = new URL(issuer);
    const answer = await oauth.discoveryRequest(url, { algorithm: "oidc", ...insecure });
    return oauth.processDiscoveryResponse(url, answer);
  };

  const store = (fresh: Tokens) => {
    tokens = fresh;
    sessionStorage.setItem(tokensKey, JSON.stringify(tokens));
  };

  const keep = (answer: oauth.TokenEndpointResponse, { end_session_endpoint }: oauth.AuthorizationServer) => {
    const refresh = answer.refresh_token ?? tokens?.refresh;
    store({ access: answer.access_token, refresh, endSession: end_session_endpoint });
  };

  return {
    isSignedIn: () => tokens !== undefined,
    token: async () => tokens?.access ?? "",

    /** Leaves this page for the issuer's, which leads back to `returnTo`. */
    async signIn(returnTo: string): Promise<void> {
      const server = await discover();
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const pending: Pending = { verifier, state, returnTo, isAgain: window.name === popupName };
      sessionStorage.setItem(pendingKey, JSON.stringify(pending));
      const address = server.authorization_endpoint ?? issuer;
      location.assign(await requestAddress(address, { clientId, redirectUri, state, verifier }));
    },

    /** Reads the issuer's answer in this page's address. Returns where to go on; undefined where another window goes on. */
    async finish(): Promise<string | undefined> {
      const pending = readJson<Pending>(pendingKey);
      sessionStorage.removeItem(pendingKey);
      if (!pending) throw new SignInFailed("no sign-in was begun in this tab");
      const server = await discover();
      const answer = oauth.validateAuthResponse(server, client, new URL(location.href), pending.state);
      const request = oauth.authorizationCodeGrantRequest;
      const response = await request(server, client, oauth.None(), answer, redirectUri, pending.verifier, insecure);
      keep(await oauth.processAuthorizationCodeResponse(server, client, response), server);
      if (!pending.isAgain) return pending.returnTo;
      new BroadcastChannel(channelName).postMessage(tokens);
      sessionStorage.clear();
      window.close();
      return undefined;
    },

    /** Opens a window in which the person signs in again, so that what was typed on this page stays. Resolves when that is done. */
    signInAgain(): Promise<void> {
      return tokensOfWindow().then(store);
    },

    /** Fetches a new token by the refresh token. Returns whether there is one. */
    async renew(): Promise<boolean> {
      if (!tokens?.refresh) return false;
      try {
        const server = await discover();
        const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh, insecure);
        keep(await oauth.processRefreshTokenResponse(server, client, response), server);
        return true;
      } catch {
        return false;
      }
    },

    /** Forgets the tokens and ends the session at the issuer. */
    signOut(): void {
      const endSession = tokens?.endSession;
      tokens = undefined;
      sessionStorage.clear();
      const url = new URL(endSession ?? "/desk/signed-out", location.origin);
      url.searchParams.set("client_id", clientId);
      url.searchParams.set("post_logout_redirect_uri", `${location.origin}/desk/signed-out`);
      // The whole page is loaded anew, so that nothing stays in memory.
      location.replace(endSession ? url : "/desk/signed-out");
    },
  };
}

export type Session = ReturnType<typeof createSession>;

type Request = { clientId: string; redirectUri: string; state: string; verifier: string };

/** The address at the issuer at which a person signs in for this request. */
async function requestAddress(endpoint: string, { clientId, redirectUri, state, verifier }: Request): Promise<URL> {
  const url = new URL(endpoint);
  const parameters = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/** Opens a window for a sign-in. Resolves with the tokens that the window sends. */
function tokensOfWindow(): Promise<Tokens> {
  const channel = new BroadcastChannel(channelName);
  window.open("/desk/sign-in-again", popupName, "popup,width=520,height=640");
  return new Promise((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<Tokens>) => {
      channel.close();
      resolve(data);
    };
  });
}

function readJson<T>(key: string): T | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as T);
}
