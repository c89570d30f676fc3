import type {Definition} from '../../output/definitions.ts'
import type {DescribedFlag} from '../command-line/described.ts'

/** A flag as help explains it: how it is typed, and what it does, takes by default and takes from the environment. */
export function flagDefinition([name, flag]: readonly [string, DescribedFlag]): Definition {
  const {char, type, helpValue = '', allowNo, description = '', env} = flag
  const long = `--${allowNo ? '[no-]' : ''}${name}${type === 'option' ? ` ${helpValue}` : ''}`
  const told = [description, defaultOf(flag), env ? `Environment: ${env}.` : '']
  return [char ? `-${char}, ${long}` : long, told.filter((part) => part !== '').join(' ')]
}

function defaultOf({type, default: value, description = ''}: DescribedFlag): string {
  const isTold = type === 'option' && (typeof value === 'string' || typeof value === 'number')
  return isTold && !/default/i.test(description) ? `Default: ${value}.` : ''
}
