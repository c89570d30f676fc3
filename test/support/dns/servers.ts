import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {type Daemon, put, startDaemon} from './daemon.ts'

/** Zones by their names, as zone files. */
export type ZoneFiles = Readonly<Record<string, string>>

export interface Authorities {
  port: number
  /** Where it listens, all at the same port. */
  addresses: readonly string[]
  zones: ZoneFiles
}

export interface Knot extends Daemon {
  /** Replaces a zone while the server runs; it serves the new one when this returns. */
  edit(zone: string, text: string): void
}

/** Knot DNS, an authority. */
export async function startKnot({port, addresses, zones}: Authorities): Promise<Knot> {
  const daemon = await startDaemon({
    command: 'knotd',
    args: (folder) => ['-c', join(folder, 'knot.conf')],
    files: (folder) => ({
      'knot.conf': knotConfig(folder, {port, addresses, zones}),
      'run/.keep': '',
      'db/.keep': '',
      ...zoneFiles(zones),
    }),
    ready: {address: addresses[0] ?? '', port, name: anyOf(zones)},
  })
  const control = (...command: string[]) => {
    const {status, stdout, stderr} = spawnSync('knotc', ['-b', '-c', join(daemon.folder, 'knot.conf'), ...command])
    if (status !== 0) throw new Error(`knotc ${command.join(' ')}: ${stdout}${stderr}`)
  }
  return {
    ...daemon,
    edit: (zone, text) => {
      put(daemon.folder, fileOf(zone), text)
      control('zone-reload', zone)
    },
  }
}

/** NSD, another authority. */
export function startNsd({port, addresses, zones}: Authorities): Promise<Daemon> {
  return startDaemon({
    command: 'nsd',
    args: (folder) => ['-d', '-c', join(folder, 'nsd.conf')],
    files: (folder) => ({'nsd.conf': nsdConfig(folder, {port, addresses, zones}), ...zoneFiles(zones)}),
    ready: {address: addresses[0] ?? '', port, name: anyOf(zones)},
  })
}

/** BIND, a third authority. */
export function startBind({port, addresses, zones}: Authorities): Promise<Daemon> {
  return startDaemon({
    command: 'named',
    args: (folder) => ['-g', '-n', '1', '-c', join(folder, 'named.conf')],
    files: (folder) => ({'named.conf': bindConfig(folder, {port, addresses, zones}), ...zoneFiles(zones)}),
    ready: {address: addresses[0] ?? '', port, name: anyOf(zones)},
  })
}

/** Unbound, a resolver with a cache: whom it asks for which zone is given. */
export function startUnbound(where: {
  port: number
  address: string
  stubs: Readonly<Record<string, readonly string[]>>
  /** A zone that answers once it is up. */
  probe: string
}): Promise<Daemon> {
  return startDaemon({
    command: 'unbound',
    args: (folder) => ['-d', '-c', join(folder, 'unbound.conf')],
    files: (folder) => ({'unbound.conf': unboundConfig(folder, where)}),
    ready: {address: where.address, port: where.port, name: where.probe},
  })
}

function zoneFiles(zones: ZoneFiles): Record<string, string> {
  return Object.fromEntries(Object.entries(zones).map(([name, text]) => [fileOf(name), text]))
}

function fileOf(zone: string): string {
  return `zones/${zone === '.' ? 'root' : zone}.zone`
}

function anyOf(zones: ZoneFiles): string {
  return Object.keys(zones)[0] ?? '.'
}

function knotConfig(folder: string, {port, addresses, zones}: Authorities): string {
  return `server:
    rundir: ${folder}/run
    listen: [ ${addresses.map((address) => `${address}@${port}`).join(', ')} ]
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: ${folder}/db
template:
  - id: default
    storage: ${folder}
    zonefile-load: whole
    zonefile-sync: -1
    journal-content: none
zone:
${Object.keys(zones)
  .map((zone) => `  - domain: ${zone}\n    file: ${fileOf(zone)}\n`)
  .join('')}`
}

function nsdConfig(folder: string, {port, addresses, zones}: Authorities): string {
  return `server:
    ${addresses.map((address) => `ip-address: ${address}@${port}`).join('\n    ')}
    username: ""
    chroot: ""
    database: ""
    zonesdir: "${folder}"
    pidfile: "${folder}/nsd.pid"
    zonelistfile: "${folder}/zone.list"
    xfrdfile: "${folder}/xfrd.state"
    server-count: 1
remote-control:
    control-enable: no
${Object.keys(zones)
  .map((zone) => `zone:\n    name: ${zone}\n    zonefile: ${fileOf(zone)}\n`)
  .join('')}`
}

function bindConfig(folder: string, {port, addresses, zones}: Authorities): string {
  return `options {
  directory "${folder}";
  listen-on port ${port} { ${addresses.map((address) => `${address};`).join(' ')} };
  listen-on-v6 { none; };
  recursion no;
  pid-file "${folder}/named.pid";
  session-keyfile "${folder}/session.key";
};
controls { };
${Object.keys(zones)
  .map((zone) => `zone "${zone}" { type primary; file "${fileOf(zone)}"; };\n`)
  .join('')}`
}

function unboundConfig(folder: string, {port, address, stubs}: Parameters<typeof startUnbound>[0]): string {
  const zones = Object.entries(stubs).map(
    ([zone, servers]) =>
      `stub-zone:\n    name: ${zone}\n${servers.map((server) => `    stub-addr: ${server}\n`).join('')}`,
  )
  return `server:
    interface: ${address}
    port: ${port}
    username: ""
    chroot: ""
    directory: "${folder}"
    pidfile: ""
    use-syslog: no
    do-not-query-localhost: no
    do-ip6: no
    module-config: "iterator"
    num-threads: 1
    minimal-responses: no
${Object.keys(stubs)
  .map((zone) => `    local-zone: "${zone}" nodefault\n`)
  .join('')}    local-zone: "example." nodefault
remote-control:
    control-enable: no
${zones.join('')}`
}
