import { comparableName } from "../text.ts";

/** Everyday words that look like a name with something written onto it, or like two names joined, and are not. */
export const ordinary = comparables(
  "علیه علی‌رغم علی‌الحساب خانم خانه آقای نامه مردم کردم کرده دارم داره دادم داده خواهم خواهیم دانم توانم بینم " +
    "کارم کاره کارها میرم میره نظرم روزه روزها دارو بانو نیکو واحد وزین وداد ورود واقعا بعلاوه ازدواج باران بارش " +
    "بازار باهنر بنام بکار بنظر بنظرم بیاری بیار بیارم بیاره بخیر بروز " +
    "محمدیه سلطانیه حسینیه مهدیه فاطمیه زینبیه بوئین‌زهرا",
);

/** Everyday words that also occur in names; they identify nobody, so texts are not searched for them. */
export const nobody = comparables(
  "آقا آقای خانم از با بد بر به بی پا پر پس پی تا تو جا چه حق خط در دو را رو سر سه شب شد که کم کن کی ما من می نا نو " +
    "نه هر هم یا یک خدا الله اله الدین",
);

/** Of what most joined given names are made, as «علیرضا» or «نازنین‌زهرا». */
export const givenNameHalves = comparables(
  "محمد احمد محمود علی رضا حسین حسن مهدی امیر عباس اکبر اصغر کاظم جواد صادق باقر تقی نقی هادی حمید سعید غلام " +
    "ابوالفضل فاطمه زهرا زینب مریم نازنین سادات",
);

function comparables(written: string): Set<string> {
  return new Set(written.split(" ").map(comparableName));
}
