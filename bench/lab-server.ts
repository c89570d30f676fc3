import {startPostgres} from '../test/support/postgres.ts'
import {makeTemplate, templateDatabase} from '../test/support/template.ts'
import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
const server = await startPostgres({shared_buffers: '512MB', max_wal_size: '4GB'})
await makeTemplate(server.port)
const url = `postgres://postgres@127.0.0.1:${server.port}/${templateDatabase}`
const r = spawnSync(process.execPath, ['bin/dev.js', 'db', 'seed', '--tenants', process.argv[2] ?? '100000', '--yes'], {env: {...process.env, DATABASE_URL: url}, encoding: 'utf8'})
console.log(r.stdout, r.stderr)
writeFileSync('/tmp/lab/url', `127.0.0.1 ${server.port} ${templateDatabase}`)
console.log('ready', server.port)
setInterval(() => {}, 1e6)
