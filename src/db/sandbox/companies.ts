import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {type TenantKey, tenantId, tenantOf} from './tenants.ts'

interface Company {
  tenant: TenantKey
  name: string
  workspace: string
  industry: string | null
  size: 'Small' | 'Medium' | null
  status?: 'inactive' | 'suspended'
}

/** Every tenant's workspaces; the first of a tenant is the one its domains and campaigns are in. */
const companies: readonly Company[] = [
  {tenant: 'acme', name: 'Acme Retail', workspace: 'acme-retail', industry: 'Retail', size: 'Medium'},
  {tenant: 'acme', name: 'Acme Wholesale', workspace: 'acme-wholesale', industry: 'Wholesale', size: 'Medium'},
  {tenant: 'acme', name: 'Acme Outlet', workspace: 'acme-outlet', industry: 'Retail', size: null, status: 'inactive'},
  {tenant: 'northline', name: 'Northline Recruiting', workspace: 'northline', industry: 'Staffing', size: 'Small'},
  {tenant: 'northline', name: 'Northline Europe', workspace: 'northline-eu', industry: 'Staffing', size: 'Small'},
  {tenant: 'soester', name: 'Søster & Co', workspace: 'soester', industry: 'Fashion', size: 'Small'},
  {tenant: 'pengin', name: '株式会社ペンギン', workspace: 'pengin', industry: 'E-commerce', size: 'Medium'},
  {tenant: 'oreilly', name: "O'Reilly's Orchard", workspace: 'oreillys-orchard', industry: 'Food', size: 'Small'},
  {tenant: 'hello-ops', name: 'Hello Ops', workspace: 'hello-ops', industry: null, size: null},
  {tenant: 'harborpine', name: 'Harbor & Pine', workspace: 'harbor-pine', industry: 'Furniture', size: 'Small'},
  {tenant: 'lumen', name: 'Lumen Health', workspace: 'lumen-health', industry: 'Healthcare', size: 'Medium'},
  {tenant: 'lumen', name: 'Lumen Research', workspace: 'lumen-research', industry: 'Healthcare', size: 'Small'},
  {tenant: 'kestrel', name: 'Kestrel Analytics', workspace: 'kestrel', industry: 'Software', size: 'Medium'},
  {tenant: 'blueanchor', name: 'Blue Anchor Shipping', workspace: 'blue-anchor', industry: 'Logistics', size: 'Medium'},
  {tenant: 'tidewater', name: 'Tidewater Realty', workspace: 'tidewater', industry: 'Real estate', size: 'Small'},
  {tenant: 'quill', name: 'Quill and Press', workspace: 'quill-press', industry: 'Publishing', size: 'Small'},
  {tenant: 'marlow', name: 'Marlow Bikes', workspace: 'marlow-bikes', industry: 'Retail', size: 'Small'},
  {tenant: 'fenwick', name: 'Fenwick Legal', workspace: 'fenwick-legal', industry: 'Legal', size: 'Small'},
  {tenant: 'cafecreme', name: 'Café Crème', workspace: 'cafe-creme', industry: 'Hospitality', size: 'Small'},
  {tenant: 'sunrise', name: 'Sunrise Solar', workspace: 'sunrise-solar', industry: 'Energy', size: 'Medium'},
  {tenant: 'granite', name: 'Granite Peak Outdoors', workspace: 'granite-peak', industry: 'Retail', size: 'Medium'},
  {tenant: 'pixel', name: 'Pixel Foundry', workspace: 'pixel-foundry', industry: 'Design', size: 'Small'},
  {tenant: 'verde', name: 'Verde Foods', workspace: 'verde-foods', industry: 'Food', size: 'Medium'},
  {tenant: 'copper', name: 'Copper Kettle', workspace: 'copper-kettle', industry: 'Hospitality', size: 'Small'},
  {tenant: 'atlas', name: 'Atlas Freight', workspace: 'atlas-freight', industry: 'Logistics', size: 'Medium'},
  {tenant: 'atlas', name: 'Atlas Quotes', workspace: 'atlas-quotes', industry: 'Logistics', size: 'Small'},
  {tenant: 'brightpath', name: 'Bright Path Tutors', workspace: 'bright-path', industry: 'Education', size: 'Small'},
  {tenant: 'summit', name: 'Summit Dental Group', workspace: 'summit-dental', industry: 'Healthcare', size: 'Medium'},
  {tenant: 'redwood', name: 'Redwood Insurance', workspace: 'redwood', industry: 'Insurance', size: 'Medium'},
  {tenant: 'cobalt', name: 'Cobalt Cyber', workspace: 'cobalt', industry: 'Software', size: 'Small'},
  {
    tenant: 'meadow',
    name: 'Meadow Pets',
    workspace: 'meadow-pets',
    industry: 'Retail',
    size: 'Small',
    status: 'inactive',
  },
  {tenant: 'orbit', name: 'Orbit Events', workspace: 'orbit-events', industry: 'Events', size: 'Small'},
  {
    tenant: 'dailydeal',
    name: 'Daily Deal Blast',
    workspace: 'daily-deal',
    industry: null,
    size: null,
    status: 'suspended',
  },
  {tenant: 'ghostlight', name: 'Ghostlight Media', workspace: 'ghostlight', industry: 'Media', size: 'Small'},
  {tenant: 'newleaf', name: 'Newleaf Gardens', workspace: 'newleaf', industry: null, size: null},
  {
    tenant: 'oldmill',
    name: 'Old Mill Bakery',
    workspace: 'old-mill',
    industry: 'Food',
    size: 'Small',
    status: 'inactive',
  },
]

/** The id of a tenant's main company, or null where it has none. */
export function companyId(tenant: TenantKey): string | null {
  const main = companies.find((company) => company.tenant === tenant)
  return main === undefined ? null : sandboxId(`company:${main.workspace}`)
}

/** Rows of `companies`. */
export function companyRows(clock: Clock): RowOf<'companies'>[] {
  return companies.map(({tenant, name, workspace, industry, size, status}, i) => {
    const age = tenantOf(tenant).age * (companyId(tenant) === sandboxId(`company:${workspace}`) ? 1 : 0.6)
    return {
      id: sandboxId(`company:${workspace}`),
      tenant_id: tenantId(tenant),
      name,
      workspace_name: workspace,
      logo_url: i % 4 === 0 ? `https://cdn.penguinmails.example/logos/${workspace}.png` : null,
      status: status ?? 'active',
      industry,
      company_size: size,
      created: clock.daysAgo(age),
      updated: clock.daysAgo(age / 4),
    }
  })
}
