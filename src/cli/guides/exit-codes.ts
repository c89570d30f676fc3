import {exitCodes} from '../../rules/exit-codes.ts'
import type {Guide} from './guide.ts'

/** Every way in which pm ends. */
export const exitCodesGuide: Guide = {
  about: 'Every way in which pm ends.',
  parts: () => [
    {
      title: 'EXIT CODES',
      facts: Object.values(exitCodes).map(({code, meaning}) => [`${code}`.padStart(3), meaning]),
    },
    {
      title: 'IN A SCRIPT',
      says: 'They are the same in every output mode, and no number is ever used again for something else.',
      commands: ['pm ip rate 192.0.2.10 poor --dry-run || test $? -eq 9'],
    },
  ],
}
