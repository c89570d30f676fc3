import {Socket} from 'node:net'

/** Ends a connection whose server does not answer: what waits for it fails now and not in two hours, as TCP would have it. */
export function hangUp(client: object): void {
  socketOf(client)?.destroy()
}

/** Hangs up by itself once nothing has come or gone for so long, though an answer is waited for. */
export function hangUpAfterSilence(client: object, silenceMs: number): void {
  const silence = Object.assign(new Error(`no answer for ${silenceMs / 1_000} s`), {code: 'ETIMEDOUT'})
  const socket = socketOf(client)
  socket?.setTimeout(silenceMs, () => isAnswered(client) || socket.destroy(silence))
}

// Between two statements nothing comes: whoever reads a list may pause. The next statement starts the clock again.
function isAnswered(client: object): boolean {
  return 'readyForQuery' in client && client.readyForQuery === true
}

// pg keeps its socket on the connection of its client, without declaring either.
function socketOf(client: object): Socket | undefined {
  const connection = 'connection' in client ? client.connection : undefined
  const isObject = typeof connection === 'object' && connection !== null
  return isObject && 'stream' in connection && connection.stream instanceof Socket ? connection.stream : undefined
}
