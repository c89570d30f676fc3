import type {Fact} from '../fact.ts'

const changed = 'The platform changed, or is behind its schema guide; pm reads and writes by the guide.'

/** What an owner of the database can do about something that is not there. */
export function hintForMissing(fact: Fact): string {
  const {kind, of, name, facets} = fact
  switch (kind) {
    case 'index':
      return 'Without it lists scan the table. Create it, with create index concurrently.'
    case 'policy':
      return `create policy ${name} on ${of} as expected`
    case 'role':
      return `create role ${of} nologin`
    case 'trigger':
      return `Run what is expected, then: ${enable(fact)}`
    case 'grant':
      return `grant ${facets.privileges} on ${granted(of)} to ${name}`
    case 'view':
      return `create view ${of} as expected, alter view ${of} owner to ${facets.owner}`
    case 'function':
      return dropped
    default:
      return of.startsWith('pm.') ? dropped : changed
  }
}

/** What an owner of the database can do about something that is not as it should be. */
export function hintForDifferent(expected: Fact, found: Fact): string {
  const {kind, of, name} = expected
  switch (kind) {
    case 'table':
      return tableHint(expected, found)
    case 'view':
      return `create or replace view ${of} as expected, alter view ${of} owner to ${expected.facets.owner}`
    case 'index':
      return `Create it anew as expected: drop index ${found.name}`
    case 'policy':
      return `alter policy ${name} on ${of} as expected`
    case 'role':
      return `Nobody may become ${of}, and it may be no more than a group: revoke what is found.`
    case 'function':
      return 'It was changed by hand. It must be as pm made it, or the guard is none: restore it from a backup.'
    case 'trigger':
      return expected.facets.definition === found.facets.definition
        ? enable(expected)
        : `${drop(expected)}, and make it anew`
    case 'grant':
      return `${hintForUnexpected(found)}; ${hintForMissing(expected)}`
    default:
      return changed
  }
}

/** What an owner of the database can do about something nobody expects. */
export function hintForUnexpected(fact: Fact): string {
  const {of, name} = fact
  if (fact.kind === 'grant') return `revoke all on ${granted(of)} from ${name}`
  return `Policies add up. If this one is not meant to let more be seen: ${drop(fact)}`
}

const dropped = 'It was dropped after pm was set up: restore it from a backup.'

function tableHint({of, facets}: Fact, found: Fact): string {
  if (facets.owner !== found.facets.owner) return `alter table ${of} owner to ${facets.owner}`
  return `alter table ${of} ${facets['row security'] === 'on' ? 'enable' : 'disable'} row level security`
}

function enable({of, name}: Fact): string {
  return `alter table ${of} enable always trigger ${name}`
}

function drop({kind, of, name}: Fact): string {
  return `drop ${kind} ${name} on ${of}`
}

function granted(of: string): string {
  if (of.includes('(')) return `function ${of}`
  return of.includes('.') ? `table ${of}` : `schema ${of}`
}
