import {Interrupted} from '../../rules/errors.ts'
import {onEnding} from '../endings.ts'

/** Waits for a key on a terminal that nobody else reads. @throws Interrupted on Ctrl-C, Ctrl-D, a signal, and when the terminal is gone */
export async function anyKey(): Promise<void> {
  const {stdin} = process
  const {promise, resolve, reject} = Promise.withResolvers<void>()
  const cut = () => reject(new Interrupted('Interrupted.'))
  const onKey = (_text: unknown, {ctrl, name}: {ctrl?: boolean; name?: string}) =>
    ctrl && (name === 'c' || name === 'd') ? cut() : resolve()
  stdin.setRawMode(true)
  stdin.on('keypress', onKey).resume()
  const stopListening = onEnding(cut)
  try {
    await promise
  } finally {
    stdin.off('keypress', onKey).pause().setRawMode(false)
    stopListening()
  }
}
