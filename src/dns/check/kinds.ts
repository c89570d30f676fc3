import {blocklistKinds} from '../blocklist/kinds.ts'
import {unknownKinds} from '../could-not-ask.ts'
import {delegationKinds} from '../delegation/kinds.ts'
import {dkimKinds} from '../dkim/kinds.ts'
import {dmarcKinds} from '../dmarc/kinds.ts'
import {extraKinds} from '../extras/kinds.ts'
import type {FindingKind} from '../finding.ts'
import {hostKinds} from '../host/kinds.ts'
import {mxKinds} from '../mx/kinds.ts'
import {recordKinds} from '../records/kinds.ts'
import {reverseKinds} from '../reverse/kinds.ts'
import {spfKinds} from '../spf/kinds.ts'

/** Every kind of finding there is, by its code. */
export const findingKinds: Readonly<Record<string, FindingKind>> = {
  ...delegationKinds,
  ...recordKinds,
  ...unknownKinds,
  ...hostKinds,
  ...mxKinds,
  ...spfKinds,
  ...dkimKinds,
  ...dmarcKinds,
  ...extraKinds,
  ...reverseKinds,
  ...blocklistKinds,
}
