/** The policy at `https://mta-sts.<domain>/.well-known/mta-sts.txt` (RFC 8461 §3.2). */
export interface MtaStsPolicy {
  mode: string | null
  /** Seconds. */
  maxAge: number | null
  /** Host names, or `*.` and a domain. */
  mx: readonly string[]
  /** Sentences. */
  problems: readonly string[]
}

export function parseMtaStsPolicy(text: string): MtaStsPolicy {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':')
    return colon === -1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const]
  })
  const first = (name: string) => lines.find(([key]) => key === name)?.[1] ?? null
  const [version, mode, age] = [first('version'), first('mode'), first('max_age')]
  const maxAge = age !== null && /^\d{1,10}$/.test(age) && Number(age) <= 31_557_600 ? Number(age) : null
  const mx = lines.filter(([key]) => key === 'mx').map(([, pattern]) => pattern.toLowerCase())
  const problems = [
    ...(version === 'STSv1' ? [] : ['version must be STSv1.']),
    ...(mode !== null && ['enforce', 'testing', 'none'].includes(mode)
      ? []
      : ['mode must be enforce, testing or none.']),
    ...(maxAge === null ? ['max_age must be a number of seconds, a year at most.'] : []),
    ...(mx.length > 0 || mode === 'none' ? [] : ['mx is missing.']),
  ]
  return {mode, maxAge, mx, problems}
}

/** Whether a policy names a host; a `*.` stands for exactly one label (RFC 8461 §4.1). */
export function namesHost({mx}: MtaStsPolicy, host: string): boolean {
  const above = host.slice(host.indexOf('.') + 1)
  return mx.some((pattern) => (pattern.startsWith('*.') ? pattern.slice(2) === above : pattern === host))
}
