/** The choices of a person for the desk on this PC. Nothing of a complaint is ever kept here. */
type Preference = "notify" | "sound";

const key = (name: string) => `foad-desk-${name}`;

export const readPreference = (name: Preference): boolean => localStorage.getItem(key(name)) === "on";
export const writePreference = (name: Preference, isOn: boolean): void =>
  isOn ? localStorage.setItem(key(name), "on") : localStorage.removeItem(key(name));

/** The language that was chosen here; Persian first. */
export const readLanguage = (): "fa" | "en" => (localStorage.getItem(key("language")) === "en" ? "en" : "fa");
export const writeLanguage = (language: "fa" | "en"): void => localStorage.setItem(key("language"), language);
