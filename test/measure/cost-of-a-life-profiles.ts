export type Call = {
  /** As the gateway knows it. */
  route: string;
  /** The client whose token it is sent with; left out: the citizen, with the secret. */
  as?: string;
  body?: Record<string, unknown>;
};

const agency = "agency-social-security";
const officer = { name: "مریم رستمی", personnelId: "SS-4471" };

/** 500 characters and an identity that is not shared, as a call centre would take them down. */
const complaint: Call = {
  route: "POST /v1/complaints",
  as: "call-centre-128",
  body: {
    agencyId: "social-security",
    countyId: "qazvin",
    category: "postponed-without-reason",
    channel: "phone",
    language: "fa",
    description:
      "امروز صبح ساعت هشت برای پیگیری پروندهٔ بازنشستگی پدرم به شعبهٔ تأمین اجتماعی مراجعه کردم. تا ساعت نه و نیم هیچ‌کس پشت باجهٔ امور مستمری‌ها نبود و نگهبان گفت همکارشان مرخصی است و کسی به جای او نیست. بعد از آن خانمی آمد و گفت سامانه قطع است و باید فردا بیایم. این چهارمین بار در دو هفتهٔ گذشته است که به همین ترتیب بدون جواب برمی‌گردم و هر بار نیمی از روز را در صف می‌مانم. پرونده از مرداد کامل بوده و هیچ‌کس نمی‌گوید چه چیزی کم است یا چه زمانی نوبت ما می‌شود. خواهش می‌کنم رسیدگی کنید که چرا کار این همه آدم به یک نفر بند است.",
    employee: { desk: "باجهٔ ۳" },
    occurredAt: "2026-11-24T06:10:00Z",
    citizen: { name: "زهرا کریمی", nationalId: "0499370899", phone: "09123456789", email: "zahra.karimi@mail.example" },
  },
};

const list: Call = { route: "GET /v1/agency/complaints", as: agency };
const read: Call = { route: "GET /v1/agency/complaints/{id}", as: agency };
const acknowledge: Call = {
  route: "POST /v1/agency/complaints/{id}/acknowledgement",
  as: agency,
  body: { officer },
};
const message: Call = {
  route: "POST /v1/complaints/{id}/messages",
  body: {
    text: "شمارهٔ پرونده را هم از روی برگهٔ مراجعه برایتان می‌نویسم. لطفاً بفرمایید آیا لازم است دوباره حضوری بیایم؟",
  },
};
const answer: Call = {
  route: "POST /v1/agency/complaints/{id}/answer",
  as: agency,
  body: {
    officer,
    finding: "founded",
    cause: "no-substitute",
    text: "با عرض پوزش، بررسی شد و حق با شماست: کارشناس باجه در مرخصی بود و جانشینی تعیین نشده بود. پروندهٔ پدرتان امروز تکمیل و حکم مستمری صادر شد. از این پس برای هر باجه یک جانشین معرفی می‌شود و نیازی به مراجعهٔ دوباره نیست.",
    actions: [{ text: "تعیین جانشین برای باجهٔ امور مستمری‌ها", by: "2026-12-01" }],
  },
};
const look: Call = { route: "GET /v1/complaints/{id}" };
const accept: Call = {
  route: "POST /v1/complaints/{id}/acceptance",
  body: {},
};

const opinion: Call = {
  route: "POST /v1/complaints/{id}/opinion",
  body: { solved: "yes", handling: 4, comment: "همان روز تماس گرفتند و پرونده را تکمیل کردند." },
};

/**
 * Plausible lives of seven calls; the first has the five events that the budget speaks of, moves are sent without keys. An
 * opinion is an eighth call and no event of the complaint.
 */
export const lives = [
  { name: "with a message", calls: [complaint, list, acknowledge, message, answer, look, accept] },
  {
    name: "with a message and an opinion",
    calls: [complaint, list, acknowledge, message, answer, look, accept, opinion],
  },
  { name: "with a look more", calls: [complaint, list, read, acknowledge, answer, look, accept] },
] as const;
