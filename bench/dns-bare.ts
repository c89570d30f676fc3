import {createSocket, type Socket} from 'node:dgram'
import {once} from 'node:events'
import {decode, encode, type OptAnswer, RECURSION_DESIRED, type RecordType} from 'dns-packet'

/** A question as it was sent, and to which address. */
export interface Sent {
  address: string
  name: string
  type: RecordType
  recursion: boolean
}

/**
 * What somebody would write who wants nothing but the answers: the questions encoded by dns-packet, so many on their way
 * at once, over one connected socket to each server; each answer decoded, and asked for again where it was lost.
 */
export async function askAll(questions: readonly Sent[], port: number, inFlight: number): Promise<void> {
  const waiting = new Map<number, () => void>()
  const sockets = new Map<string, Socket>()
  for (const address of new Set(questions.map((question) => question.address))) {
    const socket = createSocket('udp4')
    socket.on('message', (packet) => waiting.get(decode(packet).id ?? -1)?.())
    socket.connect(port, address)
    await once(socket, 'connect')
    sockets.set(address, socket)
  }
  const queue = questions.values()
  const work = async (worker: number) => {
    for (const {address, ...question} of queue) {
      const socket = sockets.get(address)
      if (socket) await ask(socket, worker, waiting, question)
    }
  }
  await Promise.all(Array.from({length: inFlight}, (_, worker) => work(worker)))
  for (const socket of sockets.values()) socket.close()
}

/** Each worker has one question on its way, so its number is the id. */
function ask(
  socket: Socket,
  id: number,
  waiting: Map<number, () => void>,
  question: Omit<Sent, 'address'>,
): Promise<void> {
  const {name, type, recursion} = question
  const flags = recursion ? RECURSION_DESIRED : 0
  const packet = encode({type: 'query', id, flags, questions: [{name, type}], additionals: [options]})
  return new Promise((resolve) => {
    const again = setInterval(() => socket.send(packet), 1_500)
    waiting.set(id, () => {
      clearInterval(again)
      waiting.delete(id)
      resolve()
    })
    socket.send(packet)
  })
}

const options: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1_232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
}
