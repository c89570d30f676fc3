/** The states of a company. The column takes any text (guide: companies.status); these are the ones the platform uses. */
export const companyStatuses = ['active', 'inactive', 'suspended'] as const
export type CompanyStatus = (typeof companyStatuses)[number]
