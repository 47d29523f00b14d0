/** What stands in each blank of a new province's file, by its field; a field of two kinds by its place as well. */
const answers: Record<string, string> = {
  fa: "زنجان",
  en: "Zanjan",
  idPrefix: "ZA",
  sources: "made up",
  id: "zanjan",
  countyId: "zanjan",
  countyIds: "zanjan",
  email: "office@zanjan.example",
  issuer: "https://login.zanjan.example/",
  audience: "foad-zanjan",
  sender: "foad@zanjan.example",
  alarmEmails: "operations@zanjan.example",
  publicUrl: "https://api.foad.zanjan.example",
};

/** The text of a new province's file with every blank filled. */
export function filledIn(text: string): string {
  let clients = 0;
  const fill = (key: string) => (/^clientIds?$/.test(key) ? `client-${++clients}` : (answers[key] ?? ""));
  return text.replace(/"(\w+)": (\[?)""/g, (_, key: string, list: string) => `"${key}": ${list}"${fill(key)}"`);
}
