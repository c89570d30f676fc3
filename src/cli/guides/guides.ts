import {bulk} from './bulk.ts'
import {dns} from './dns.ts'
import {exitCodesGuide} from './exit-codes.ts'
import {firstSteps} from './first-steps.ts'
import type {Guide} from './guide.ts'
import {options} from './options.ts'
import {permissions} from './permissions.ts'
import {scripting} from './scripting.ts'

/** The guides by name, in the order in which one reads them. */
export const guides: ReadonlyMap<string, Guide> = new Map([
  ['first-steps', firstSteps],
  ['scripting', scripting],
  ['bulk', bulk],
  ['dns', dns],
  ['permissions', permissions],
  ['exit-codes', exitCodesGuide],
  ['options', options],
])
