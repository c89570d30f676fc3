/** A text in which what differs from run to run is replaced by something as wide: the database's name and port. */
export function settled(text: string): string {
  return text.replaceAll(/pm_[0-9a-f]{12}/g, 'pm_____________').replaceAll(/:\d{5}(?=\/pm_)/g, ':#####')
}
