import {onEnding} from './endings.ts'

interface Context {
  output: NodeJS.WritableStream
  signal: AbortSignal
}

/**
 * Runs a prompt of @inquirer: on stderr, so that stdout stays data. Ctrl-D, the end of input, a signal and the end of the
 * terminal end it like Ctrl-C; by itself it would wait for ever, as they close the input that it waits for. After Ctrl-Z
 * and `fg` the question is asked anew: by itself it would hear no key any more.
 */
export async function prompt<T>(ask: (context: Context) => Promise<T>): Promise<T> {
  for (;;) {
    const answered = await untilStopped(ask)
    if (answered) return answered.answer
  }
}

/** The answer; undefined where the process was stopped meanwhile, and goes on. */
async function untilStopped<T>(ask: (context: Context) => Promise<T>): Promise<{answer: T} | undefined> {
  const {stdin, stderr} = process
  const controller = new AbortController()
  let wasStopped = false
  const abort = () => controller.abort()
  const onKey = (_text: unknown, {ctrl, name}: {ctrl?: boolean; name?: string}) => {
    if (ctrl && name === 'd') abort()
  }
  const onContinue = () => {
    wasStopped = true
    abort()
  }
  stdin.on('keypress', onKey)
  process.on('SIGCONT', onContinue)
  const stopListening = onEnding(abort)
  try {
    return {answer: await ask({output: stderr, signal: controller.signal})}
  } catch (error) {
    if (wasStopped) return undefined
    throw error
  } finally {
    stdin.off('keypress', onKey)
    process.off('SIGCONT', onContinue)
    stopListening()
  }
}
