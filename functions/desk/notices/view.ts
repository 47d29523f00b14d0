import type { Schemas } from "../session/api.ts";

export type NoticeView = Schemas["NoticeView"];
