import type {Answer as PacketRecord} from 'dns-packet'
import type {RecordType, ResourceRecord} from '../../../src/dns/answer.ts'
import {encodeReply, type FakeReply, type FakeServer, type Incoming, startFake} from './fake-server.ts'
import {type Zone, zoneLookup} from './zone-lookup.ts'

/** As much as clients take over UDP. */
const udpSize = 1232

/** Serves a table as a resolver would, over UDP and TCP. What times out gets no reply at all. */
export function startZoneServer(zone: Zone): Promise<FakeServer> {
  const lookup = zoneLookup(zone)
  return startFake(async (incoming) => {
    const {name, type} = incoming.question
    const answer = await lookup(name, type as RecordType)
    if (answer.outcome === 'failed') {
      if (answer.reason !== 'timeout') incoming.reply({rcode: 'SERVFAIL', recursionAvailable: true})
      return
    }
    const records = answer.outcome === 'found' ? answer.records : []
    const rcode = answer.outcome === 'absent' && answer.rcode === 'NXDOMAIN' ? 'NXDOMAIN' : 'NOERROR'
    send(incoming, {rcode, recursionAvailable: true, answers: [...answer.aliases, ...records].map(packetRecord)})
  })
}

function send({transport, id, question, reply}: Incoming, whole: FakeReply): void {
  const tooLong = transport === 'udp' && encodeReply(id, question, whole).length > udpSize
  reply(tooLong ? {...whole, answers: [], truncated: true} : whole)
}

/** The data of a record are as dns-packet takes them, but for TXT, which it takes in strings. */
function packetRecord(record: ResourceRecord): PacketRecord {
  const data = record.type === 'TXT' || record.type === 'SPF' ? stringsOf(String(record.data)) : record.data
  return {...record, data, class: 'IN'} as PacketRecord
}

/** As long as they may be, 255 bytes; one where there is nothing to say. */
function stringsOf(text: string): Buffer[] {
  return (text.match(/.{1,255}/gs) ?? ['']).map((string) => Buffer.from(string, 'latin1'))
}
