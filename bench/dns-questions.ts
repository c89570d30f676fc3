import {Socket} from 'node:dgram'
import {parentPort, workerData} from 'node:worker_threads'
import {decode} from 'dns-packet'
import type {Sent} from './dns-bare.ts'
import {check, openBench, stored} from './dns-check.ts'

// Checks domains share by share, and tells every question that was sent for each, as it went out. In a thread of its own,
// so that what is measured meets nothing of it.
const {port, domains, share}: {port: number; domains: number; share: number} = workerData
let questions: Sent[] = []
const send = Socket.prototype.send as (packet: Uint8Array) => void
Socket.prototype.send = function (this: Socket, packet: Uint8Array) {
  const {questions: [question] = [], flag_rd: recursion} = decode(Buffer.from(packet))
  const {address} = this.remoteAddress()
  if (question) questions.push({address, name: question.name, type: question.type, recursion})
  return send.call(this, packet)
}
const dns = openBench(port)
const all: Sent[][] = []
for (let from = 0; from < domains; from += share) {
  questions = []
  await check(dns, stored(from, share))
  all.push(questions)
}
dns.client.close()
parentPort?.postMessage(all)
