/** What a jsonb column holds once parsed; its shape is unchecked by the database (guide: dns_records, settings). */
export type Json = string | number | boolean | null | Json[] | {[key: string]: Json}
