/** What a server is for: at each of its addresses another thing. The parent has the root and the zone `test`. */
export type Role = 'resolver' | 'parent' | 'authority'

/** A key of 2048 bits; the digits in it are the domain’s, so that no two domains have the same. */
function keyOf(at: number): string {
  return `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyeEEsxT+37f5SjF/XlAQdqfEiHEkC8XHRC1SpmyIpoPgVLkHJEi1Y2GXSjVucVbHH3yRavZrQY3/${digitsOf(at)}iG4w662JBHPpvHLvofLY1D8CkH7W4cq47ikzRuOGUf1H06eWlzCdiZ2T8kCItBJ1ERNtnTKfafJk5+qDUfTfXldCyliiQ/ezyow7jObdhX4Uh8fMFWpolBupYWS/dxx1pxkIDZYB4o/Oy//Mh00+EeRmsRT03rsVT2hKsuXr6zqIyYqIGfhmfrnJFhVB+0VePwqA6Y8fIEU+jOTtJNarUbPDg5Mm2cG2dqnwn2c7ASEF6W0aTlOZbHwfLrxwZYSF6QIDAQAB`
}

/** Eight digits, which base64 has too. */
export function digitsOf(at: number | string): string {
  return String(at).padStart(8, '0')
}

const spf = 'v=spf1 include:_spf.provider.test -all'
const dmarc = 'v=DMARC1; p=reject; rua=mailto:dmarc@provider.test'
const sender = '192.0.2.25'

function dkimOf(key: string): string {
  return `v=DKIM1; k=rsa; p=${key}`
}

/** A domain as the platform stores it, all of whose records are right. The names of ten thousand are of one length. */
export function storedDomain(at: number) {
  const number = 10_000 + at
  const key = keyOf(number)
  const records = [
    {record_type: 'SPF', name: '@', value: spf, ttl: 3600},
    {record_type: 'DKIM', name: 's1._domainkey', selector: 's1', value: dkimOf(key), public_key: key, ttl: 3600},
    {record_type: 'DMARC', name: '_dmarc', value: dmarc, ttl: 3600},
    {record_type: 'MX', name: '@', value: 'mail.provider.test.', priority: 10, ttl: 3600},
  ]
  return {domain: `d${number}.test`, document: {records}, senders: [{ip: sender, helo: null}]}
}

const types = {1: 'A', 2: 'NS', 6: 'SOA', 15: 'MX', 16: 'TXT'} as const
type Type = (typeof types)[keyof typeof types]
const numbers: Readonly<Record<Type, number>> = {A: 1, NS: 2, SOA: 6, MX: 15, TXT: 16}

const servers = ['ns1.provider.test', 'ns2.provider.test'].map(nameBytes)
const soa = Buffer.concat([
  nameBytes('ns1.provider.test'),
  nameBytes('host.provider.test'),
  words(7, 7200, 3600, 1209600, 60),
])
const domain: Partial<Record<Type, Buffer[]>> = {
  NS: servers,
  SOA: [soa],
  TXT: [text(spf)],
  MX: [Buffer.concat([Buffer.from([0, 10]), nameBytes('mail.provider.test')])],
}

const keyName = 's1._domainkey.d.test'

/** What there is at names of domains, without the number of the domain, and at others. */
const names: Readonly<Record<string, Partial<Record<Type, Buffer[]>>>> = {
  'd.test': domain,
  [keyName]: {TXT: [text(dkimOf(keyOf(0)))]},
  '_dmarc.d.test': {TXT: [text(dmarc)]},
  '': {NS: [nameBytes('ns.test')], SOA: [soa]},
  test: {NS: [nameBytes('ns.test')], SOA: [soa]},
  'ns.test': {A: [address('127.0.0.32')]},
  'ns1.provider.test': {A: [address('127.0.0.33')]},
  'ns2.provider.test': {A: [address('127.0.0.34')]},
  'mail.provider.test': {A: [address(sender)]},
  'provider.test': {NS: servers, SOA: [soa], TXT: [text('v=spf1 -all')]},
  '_spf.provider.test': {TXT: [text(`v=spf1 ip4:${sender} -all`)]},
  'd.test._report._dmarc.provider.test': {TXT: [text('v=DMARC1')]},
}

/** The answer to a query, made of parts that were made before. */
export function answerFor(role: Role, query: Buffer): Buffer {
  const {name, number, type, end, zoneAt} = questionOf(query)
  const question = query.subarray(12, end)
  const records = names[name]
  const data = ((type && records?.[type]) ?? []).map((bytes) => (name === keyName ? keyBytes(bytes, number) : bytes))
  if (role === 'parent' && type === 'NS' && (name === 'd.test' || name === 'provider.test')) {
    return Buffer.concat([head(query, 0, 0, 2), question, ...servers.map((host) => record(12, 'NS', host))])
  }
  const flags = (role === 'resolver' ? 0x0080 : 0x0400) | (records ? 0 : 3)
  if (type && data.length > 0) {
    return Buffer.concat([
      head(query, flags, data.length, 0),
      question,
      ...data.map((bytes) => record(12, type, bytes)),
    ])
  }
  return Buffer.concat([head(query, flags, 0, 1), question, record(zoneAt, 'SOA', soa)])
}

/** The record of another domain's key. */
function keyBytes(bytes: Buffer, number: string): Buffer {
  const own = Buffer.from(bytes)
  own.write(digitsOf(number), own.indexOf(digitsOf(0)))
  return own
}

interface AskedName {
  /** Without the number of the domain. */
  name: string
  number: string
  type: Type | undefined
  end: number
  /** Where the name of the zone begins. */
  zoneAt: number
}

function questionOf(query: Buffer): AskedName {
  const labels: string[] = []
  let [at, zoneAt, number] = [12, 12, '']
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    const label = query.toString('latin1', at + 1, at + 1 + length).toLowerCase()
    const isDomain = /^d\d+$/.test(label)
    if (isDomain) [zoneAt, number] = [at, label.slice(1)]
    labels.push(isDomain ? 'd' : label)
    at += length + 1
  }
  const type: Type | undefined = types[query.readUInt16BE(at + 1) as keyof typeof types]
  return {name: labels.join('.'), number, type, end: at + 5, zoneAt}
}

function head(query: Buffer, flags: number, answers: number, authorities: number): Buffer {
  const bytes = Buffer.alloc(12)
  query.copy(bytes, 0, 0, 2)
  bytes.writeUInt16BE(0x8000 | flags, 2)
  bytes.writeUInt16BE(1, 4)
  bytes.writeUInt16BE(answers, 6)
  bytes.writeUInt16BE(authorities, 8)
  return bytes
}

/** @param owner where in the packet its name is */
function record(owner: number, type: Type, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt16BE(0xc000 | owner)
  bytes.writeUInt16BE(numbers[type], 2)
  bytes.writeUInt16BE(1, 4)
  bytes.writeUInt32BE(3600, 6)
  bytes.writeUInt16BE(data.length, 10)
  return Buffer.concat([bytes, data])
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([...labels, Buffer.alloc(1)])
}

function text(value: string): Buffer {
  const strings = value.match(/.{1,255}/g) ?? ['']
  return Buffer.concat(strings.flatMap((string) => [Buffer.from([string.length]), Buffer.from(string)]))
}

function address(ip: string): Buffer {
  return Buffer.from(ip.split('.').map(Number))
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4)
  return bytes
}
