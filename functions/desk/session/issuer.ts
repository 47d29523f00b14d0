import * as oauth from "oauth4webapi";

/** What the page says of itself: where people sign in, as which client, and whether the province has notices to employees. */
export type Settings = { issuer: string; clientId: string; hasRecords: boolean };

/** `id`: shows the issuer who signs out. The desk reads nothing of it. */
export type Tokens = {
  access: string;
  refresh?: string | undefined;
  id?: string | undefined;
  endSession?: string | undefined;
};

/** The secrets of one sign-in: for the exchange of the code (PKCE), and against answers that this page did not ask for. */
export type Secrets = { verifier: string; state: string };

/**
 * The times in an id token are not looked at: a PC's clock may be wrong by days, and the desk reads no id token. The API checks
 * each access token.
 */
const anyClockSeconds = 30 * 86_400;

/**
 * Cognito gives a token only the scopes that are asked for, and signs out without an id token: it is asked for no scope. Other issuers
 * add our scopes by themselves, and give an id token only for the scope `openid`. Without it Keycloak asks before it signs out.
 */
const scopeFor = (issuer: string) => (/^https:\/\/cognito-idp\./.test(issuer) ? {} : { scope: "openid" });

export const newSecrets = (): Secrets => ({
  verifier: oauth.generateRandomCodeVerifier(),
  state: oauth.generateRandomState(),
});

/** The token issuer, by the authorization code flow with PKCE. Every function rejects where the issuer cannot be reached. */
export function createIssuer({ issuer, clientId }: Pick<Settings, "issuer" | "clientId">) {
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: anyClockSeconds };
  // Only the local cloud has an issuer without https.
  const insecure = { [oauth.allowInsecureRequests]: /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${issuer}/`) };
  const redirectUri = `${location.origin}/desk/signed-in`;
  const discover = async () => {
    const url = new URL(issuer);
    const answer = await oauth.discoveryRequest(url, { algorithm: "oidc", ...insecure });
    return oauth.processDiscoveryResponse(url, answer);
  };
  return {
    /** The address at which a person signs in. */
    async signInAddress({ verifier, state }: Secrets, { asksAnew }: { asksAnew: boolean }): Promise<URL> {
      const url = new URL((await discover()).authorization_endpoint ?? issuer);
      const parameters = {
        response_type: "code",
        client_id: clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...scopeFor(issuer),
        ...(asksAnew && { prompt: "login" }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url;
    },

    /** The tokens for the code in this page's address. */
    async redeem({ verifier, state }: Secrets): Promise<Tokens> {
      const server = await discover();
      const answer = oauth.validateAuthResponse(server, client, new URL(location.href), state);
      const request = oauth.authorizationCodeGrantRequest;
      const response = await request(server, client, oauth.None(), answer, redirectUri, verifier, insecure);
      return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response), server);
    },

    /** New tokens by the refresh token; undefined if the issuer refuses it. */
    async refresh(refresh: string): Promise<Tokens | undefined> {
      const server = await discover();
      const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh, insecure);
      return oauth.processRefreshTokenResponse(server, client, response).then(
        (answer) => ({ ...tokensOf(answer, server), refresh: answer.refresh_token ?? refresh }),
        () => undefined,
      );
    },
  };
}

const tokensOf = (
  { access_token: access, refresh_token: refresh, id_token: id }: oauth.TokenEndpointResponse,
  { end_session_endpoint: endSession }: oauth.AuthorizationServer,
): Tokens => ({ access, refresh, id, endSession });
