import {type Listening, listenTo} from '../test/support/explained.ts'
import {reads} from '../test/support/questions.ts'
import {run} from '../test/support/run.ts'
import {measureKeystrokes} from './keystrokes.ts'
import {median} from './pairs.ts'
import {openPlatforms} from './platforms.ts'

// Whether each list, show and find takes as long on a large platform as on a small one: the same command lines on databases
// of SIZES tenants, in turn. A process's start would hide what grows, so it is not measured.
// ONLY leaves those that hold its text. At last, how long a key takes in home's search on the largest of them.
const only = process.env.ONLY ?? ''
const sizes = (process.env.SIZES ?? '10000,100000,1000000').split(',').map(Number)
const runs = Number(process.env.RUNS ?? 9)
const limit = 1.5
/** What is reckoned of the whole pool: status counts all IPs there are, and all else as far as 5,000. */
const reckonings = new Set(['cost', 'status'])

const platforms = await openPlatforms(sizes)
const places: Listening[] = []
try {
  places.push(...sizes.map((size) => listenTo(platforms.at(size, 'op_admin'))))
  // So that there is a change to show.
  for (const place of places) await timed(place, ['flags', 'rollout', 'new_editor', '50', '--yes'])
  console.log(`${sizes.map((size) => `${size.toLocaleString('en')} tenants`.padStart(18)).join('')}`)
  for (const [id, lines] of Object.entries(reads)) {
    for (const line of lines)
      if (isMeant([id, ...line])) await compare([...id.split(' '), ...line], !reckonings.has(id))
  }
  const [largest] = places.slice(-1)
  if (largest && isMeant(['find-keystroke'])) await measureKeystrokes(largest, runs)
} finally {
  for (const place of places) await place.close()
  await platforms.stop()
}

function isMeant(words: readonly string[]): boolean {
  return words.join(' ').includes(only)
}

/** Prints what a command line takes on each database, and what the last takes of the first. */
async function compare(words: readonly string[], isLimited: boolean): Promise<void> {
  let times = await inTurn(words, runs)
  // Somebody else's work on the machine is no growth: what is found once is looked at longer.
  if (isLimited && ratioOf(times) > limit) times = await inTurn(words, runs * 3)
  const ratio = ratioOf(times)
  const shown = times.map((each) => `${median(each).toFixed(1)} ms`.padStart(18)).join('')
  const name = `scale-${words.join('-').replaceAll(/[^\w-]+/g, '-')}`
  console.log(`${shown}  pm ${words.join(' ')}\n${name} ratio ${ratio.toFixed(2)} limit ${isLimited ? limit : 'none'}`)
  if (isLimited && !(ratio <= limit)) process.exitCode = 1
}

async function inTurn(words: readonly string[], many: number): Promise<number[][]> {
  const times: number[][] = places.map(() => [])
  for (let time = -1; time < many; time += 1) {
    for (const [at, place] of places.entries()) {
      const ms = await timed(place, words)
      // The first reads what is on disk.
      if (time >= 0) times[at]?.push(ms)
    }
  }
  return times
}

function ratioOf(times: readonly (readonly number[])[]): number {
  return median(times.at(-1) ?? []) / median(times[0] ?? [])
}

async function timed(place: Listening, words: readonly string[]): Promise<number> {
  const start = performance.now()
  const {exitCode, stderr} = await run(
    {connection: place, isTTY: {stdout: true}, env: {SSH_TTY: 'nobody looks'}},
    words,
  )
  if (exitCode !== 0) throw new Error(`pm ${words.join(' ')} exited ${exitCode}: ${stderr}`)
  return performance.now() - start
}
