/** Text without the passwords that URLs in it hold: an error often repeats what was typed. */
export function redact(text: string): string {
  return text
    .replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:)\S*@/gi, '$1***@')
    .replaceAll(/([?&]password=)[^\s&”]+/gi, '$1***')
}
