import {Readable} from 'node:stream'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Signal = (typeof signals)[number]

/**
 * Calls `cut` when nobody can answer any more: on Ctrl-C and other signals to end, at the end of input, and when the
 * terminal is gone. Returns what stops listening.
 * @param cut is told which signal it was, if it was one
 */
export function onEnding(cut: (signal?: Signal) => void): () => void {
  const {stdin} = process
  const end = () => {
    letGo()
    cut()
  }
  // To read a terminal that is gone may fail, and readline passes that on to nobody: it closes, and that is its end.
  if (stdin.isTTY) stdin.destroy = closeUntold
  for (const signal of signals) process.on(signal, cut)
  process.once('SIGHUP', letGo)
  stdin.prependListener('end', letGo).on('end', end).on('close', end)
  return () => {
    for (const signal of signals) process.off(signal, cut)
    process.off('SIGHUP', letGo)
    stdin.off('end', letGo).off('end', end).off('close', end)
  }
}

/** Lets lines come and come, which nobody answers, and calls `cut` when nobody can read them any more. */
export async function untilEnding(cut: () => void, work: () => Promise<void>): Promise<void> {
  const stopListening = onEnding(cut)
  // What nobody reads has no end.
  process.stdin.resume()
  try {
    await work()
  } finally {
    stopListening()
    process.stdin.pause()
  }
}

function closeUntold(): typeof process.stdin {
  Readable.prototype.destroy.call(process.stdin)
  return process.stdin
}

// A terminal that is gone has no mode to be set, and whoever gives it back stumbles over that; one that is still there
// is given back by Node itself when the process ends. A shell may send the signal as well as the kernel.
function letGo(): void {
  const {stdin} = process
  stdin.setRawMode = () => stdin
  process.on('SIGHUP', () => {})
}
