/** The IANA time zone that this names, as it is written; undefined where there is none. An offset is no time zone. */
export function knownTimeZone(text: string): string | undefined {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]
  const canonical = zones.find((zone) => zone.toLowerCase() === text.toLowerCase())
  if (canonical !== undefined || !/^[A-Z][\w/+-]+$/.test(text)) return canonical
  try {
    // An older name of one, such as Asia/Calcutta, is no longer listed and still valid.
    new Intl.DateTimeFormat('en', {timeZone: text})
    return text
  } catch {
    return undefined
  }
}
