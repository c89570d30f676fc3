// A process of its own that uses the sandbox: node process.ts use|hold FOLDER. Says on stdout how it goes.
import {sql} from 'kysely'
import {openSandbox} from '../../../src/db/sandbox.ts'

const [, , act, folder = ''] = process.argv
const say = (line: string) => process.stdout.write(`${line}\n`)

const sandbox = await openSandbox({folder, login: 'op_admin', progress: say})
await sql`select pm.record_refusal(${`process ${process.pid}`}, 'ip.write', '{}')`.execute(sandbox.db)
const ips = await sandbox.db.selectFrom('smtp_ip_addresses').select('id').execute()
say(`open with ${ips.length} IPs`)
if (act === 'hold') setInterval(() => {}, 1_000)
else await sandbox.close()
