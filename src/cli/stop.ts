// The process stops within this time, as soon as the kernel tells it to.
const stopMs = 50

/**
 * Stops what runs in the terminal, as Ctrl-Z does where no program reads the keys, and does `goOn` once the shell lets it
 * go on; at once where there is no shell that could. The whole group stops: npm may stand between pm and the shell.
 */
export function stop(goOn: () => void): void {
  process.kill(0, 'SIGTSTP')
  setTimeout(goOn, stopMs)
}
