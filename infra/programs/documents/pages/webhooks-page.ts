import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { events } from "./api.ts";
import { queueSection } from "./sections.ts";
import { codeBlock, prose, wordsIn } from "./wording.ts";

const guideText = readFileSync(join(import.meta.dirname, "../../../../docs/webhooks.md"), "utf8");

/** A code block of the guide, by the first words of its fence. The guide's tests run it. */
function blockOfGuide(fence: string): string {
  const [, code] = guideText.split(`\`\`\`${fence}\n`);
  if (code === undefined) throw new Error(`docs/webhooks.md has no block ${fence}`);
  return code.slice(0, code.indexOf("\n```"));
}

type Step = { id: string; title: LocalizedText; text: LocalizedText; more?: () => Html };

const signed = () =>
  html`<details><summary>TypeScript</summary>${codeBlock(blockOfGuide("ts receiver.mts"))}</details><details><summary>Python</summary>${codeBlock(blockOfGuide("python verify.py"))}</details>`;

/** The steps of the owner of a receiver, in order. The last step is for a webhook that stopped. */
const steps: Step[] = [
  {
    id: "webhook-address",
    title: { en: "Give your address", fa: "نشانی خود را بدهید" },
    text: {
      en: "The province's IT writes it into the province file: https, port 443, a host name, no query. The events are those of [the agency's](#getAgencyEvents) or [the front end's](#getFrontEndEvents) feed, in the same order, 30 to 90 seconds later.",
      fa: "واحد فناوری استان آن را در فایل استان می‌نویسد: https، درگاه 443، نام میزبان، بی پرسش. رویدادها همان رویدادهای [دستگاه](#getAgencyEvents) یا [درگاه](#getFrontEndEvents) است، به همان ترتیب، ۳۰ تا ۹۰ ثانیه دیرتر.",
    },
  },
  {
    id: "webhook-secret",
    title: { en: "Get the secret", fa: "کلید امضا را بگیرید" },
    text: {
      en: "The province's IT [reads it as admin](#putAdminWebhookSecret) and gives it to you: `whsec_…`. For seven days after a change the old and the new secret both sign.",
      fa: "واحد فناوری استان آن را [با دسترسی مدیر می‌خواند](#putAdminWebhookSecret) و به شما می‌دهد: `whsec_…`. تا هفت روز پس از تعویض، کلید پیشین و تازه هر دو امضا می‌کنند.",
    },
  },
  {
    id: "webhook-signature",
    title: { en: "Verify the signature", fa: "امضا را بسنجید" },
    text: {
      en: "Verify the bytes as they arrived, before you parse them. The signature is [Standard Webhooks](https://www.standardwebhooks.com) 1.0.0. Never accept an empty secret.",
      fa: "پیش از تجزیه، بایت‌ها را همان‌گونه که رسیده‌اند بسنجید. امضا به روش [Standard Webhooks](https://www.standardwebhooks.com) 1.0.0 است. کلید خالی را هرگز نپذیرید.",
    },
    more: () => html`${codeBlock(blockOfGuide("").split("```")[0] ?? "")}${signed()}`,
  },
  {
    id: "webhook-answer",
    title: { en: "Answer 2xx within 10 seconds", fa: "در ۱۰ ثانیه 2xx پاسخ دهید" },
    text: {
      en: "Store the event first and work afterwards. The next event comes after this one. An event may come twice: compare `source` and `id`.",
      fa: "نخست رویداد را ذخیره کنید و سپس کار کنید. رویداد بعدی پس از این یکی می‌آید. یک رویداد ممکن است دو بار بیاید: `source` و `id` را مقایسه کنید.",
    },
  },
  {
    id: "webhook-stopped",
    title: { en: "If it stopped", fa: "اگر ایستاد" },
    text: {
      en: "410, or a day of failed tries, stops the sending. Nothing is lost. See why ([agency](#getAgencyWebhook), [front end](#getFrontEndWebhook)), mend the receiver and resume ([agency](#postAgencyWebhookResume), [front end](#postFrontEndWebhookResume)).",
      fa: "پاسخ 410 یا یک شبانه‌روز تلاش ناموفق، ارسال را می‌ایستاند. چیزی گم نمی‌شود. سبب را ببینید ([دستگاه](#getAgencyWebhook)، [درگاه](#getFrontEndWebhook))، گیرنده را درست کنید و از سر بگیرید ([دستگاه](#postAgencyWebhookResume)، [درگاه](#postFrontEndWebhookResume)).",
    },
  },
];

const lead: Record<Language, string> = {
  en: "For a receiver without AWS, the province posts each event to your HTTPS address. An agency with AWS reads its queue.",
  fa: "برای گیرنده‌ای که AWS ندارد، استان هر رویداد را به نشانی HTTPS شما می‌فرستد. دستگاهی که AWS دارد صف خود را می‌خواند.",
};

export function webhooksPage(language: Language): Html {
  const say = wordsIn(language);
  const list = steps.map(
    ({ id, title, text, more }) =>
      html`<li id="${id}"><b>${title[language]}</b><br>${prose(text[language])}${more?.() ?? html``}</li>`,
  );
  return html`<h1>${say("webhooks")}</h1><p class="lead">${lead[language]}</p>
<section id="webhook-steps"><div class="head"><h2>${say("inOrder")}</h2></div><ol class="steps">${list}</ol></section>
<section id="queue"><div class="head"><h2>${say("queue")}</h2></div><div class="body">${queueSection(events, language)}</div></section>`;
}
