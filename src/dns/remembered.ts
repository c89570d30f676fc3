/**
 * A function that remembers what it made of the last texts: where many domains are checked, the same records come again
 * and again. What it gives is shared, and not to be changed.
 */
export function remembered<Result>(make: (text: string) => Result, most = 64): (text: string) => Result {
  const results = new Map<string, Result>()
  return (text) => {
    const before = results.get(text)
    if (before !== undefined) return before
    const result = make(text)
    // A text that no server could send in a datagram is no record that many have.
    if (text.length > longest) return result
    results.set(text, result)
    const [oldest] = results.size > most ? results.keys() : []
    if (oldest !== undefined) results.delete(oldest)
    return result
  }
}

const longest = 4_096
