import * as z from "zod";
import { Name } from "#shared/domain/vocabulary.ts";

export const Notes = z.array(Name);

/** What a front end shows to whoever files, before and after: no mask finds these, so they had better not be written. */
export const filingNotes: z.infer<typeof Notes> = [
  {
    fa: "نام، کد ملی، شمارهٔ تلفن، کارت و رایانامهٔ شما در متن برای دستگاه پوشانده می‌شود؛ نشانی خانه، پلاک خودرو، نام بستگان، شغل و محل کار پوشانده نمی‌شود. آن‌ها را ننویسید.",
    en: "Your name, national id, phone, card and e-mail address are blanked for the agency wherever you write them; home address, number plate, relatives, occupation and place of work are not. Do not write them.",
  },
  {
    fa: "آنچه تنها شما می‌دانید، مانند روز و ساعت دقیق مراجعه و شمارهٔ پرونده، نیز می‌تواند شما را بشناساند. تنها تا جایی که لازم است بنویسید.",
    en: "What only you can know, such as the exact day and hour of your visit or a file number, may tell who you are. Write no more of it than is needed.",
  },
];
