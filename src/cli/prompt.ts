import {onEnding} from './endings.ts'

interface Context {
  output: NodeJS.WritableStream
  signal: AbortSignal
}

/**
 * Runs a prompt of @inquirer: on stderr, so that stdout stays data. Ctrl-D, the end of input, a signal and the end of the
 * terminal end it like Ctrl-C; by itself it would wait for ever, as they close the input that it waits for.
 */
export async function prompt<T>(ask: (context: Context) => Promise<T>): Promise<T> {
  const {stdin, stderr} = process
  const controller = new AbortController()
  const abort = () => controller.abort()
  const onKey = (_text: unknown, {ctrl, name}: {ctrl?: boolean; name?: string}) => {
    if (ctrl && name === 'd') abort()
  }
  stdin.on('keypress', onKey)
  const stopListening = onEnding(abort)
  try {
    return await ask({output: stderr, signal: controller.signal})
  } finally {
    stdin.off('keypress', onKey)
    stopListening()
  }
}
