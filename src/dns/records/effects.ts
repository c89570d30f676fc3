/** What the families call a record that is missing, or another: the effect, where the cause is known. */
export const missingCodes = [
  'REC_MISSING',
  'SPF_MISSING',
  'DKIM_MISSING',
  'DMARC_MISSING',
  'DMARC_INHERITED',
  'MX_MISSING',
  'MX_IMPLICIT',
  'HOST_ADDRESS_MISSING',
  'HOST_ALIAS_DIFFERS',
]
export const mismatchCodes = [
  'REC_MISMATCH',
  'SPF_MISMATCH',
  'DKIM_KEY_MISMATCH',
  'DMARC_MISMATCH',
  'DMARC_WEAKER',
  'MX_MISMATCH',
  'MX_PRIORITY',
  'HOST_ADDRESS_EXTRA',
]
