/** The two tables of templates: `templates`, which campaign steps send, and `email_templates`, raw Eta (guide: Templates). */
export const templateKinds = ['campaign', 'eta'] as const
export type TemplateKind = (typeof templateKinds)[number]
