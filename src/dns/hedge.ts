/** What came of several ways to the same end: of the first that served, or of each. */
export type Hedged<Result> = {good: Result} | {bad: readonly Result[]}

/** For so long a way is waited for alone; then the next is tried as well. */
const headStartMs = 400

/**
 * Tries one way after the other, the next also where one takes long: those that come to nothing cost no more time
 * together than one of them does.
 */
export async function hedge<Result>(
  [way, ...others]: readonly (() => Promise<Result>)[],
  isGood: (result: Result) => boolean,
): Promise<Hedged<Result>> {
  if (!way) return {bad: []}
  const one = way().then((result) => (isGood(result) ? {good: result} : {bad: [result]}))
  if (others.length === 0) return one
  const soon = await withinHeadStart(one)
  return soon && 'good' in soon ? soon : earlier(one, hedge(others, isGood))
}

function withinHeadStart<Result>(result: Promise<Result>): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, headStartMs, undefined)
    // A timer for each of thousands would keep what they hold in memory.
    result.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

async function earlier<Result>(one: Promise<Hedged<Result>>, other: Promise<Hedged<Result>>): Promise<Hedged<Result>> {
  const either = await Promise.race([one, other])
  if ('good' in either) return either
  const [first, second] = await Promise.all([one, other])
  if ('good' in first) return first
  return 'good' in second ? second : {bad: [...first.bad, ...second.bad]}
}
