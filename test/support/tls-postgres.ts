import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Authority, issueCertificate} from './certificates.ts'
import {type Postgres, startPostgres} from './postgres.ts'

/** A server that also speaks TLS, as `db.example` and 127.0.0.1, and asks the login `ada` for a password. */
export async function startTlsPostgres(authority: Authority): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'pm-tls-'))
  const {certificate, key} = issueCertificate(authority, {names: ['db.example'], addresses: ['127.0.0.1']})
  const logins = 'host all ada 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n'
  const texts = {'server.crt': certificate, 'server.key': key, 'pg_hba.conf': logins}
  const files = Object.entries(texts).map(([name, text]) => {
    writeFileSync(join(folder, name), text)
    return [name, join(folder, name)]
  })
  const settings = {ssl: 'on', ssl_cert_file: 'server.crt', ssl_key_file: 'server.key'}
  const postgres = await startPostgres(settings, Object.fromEntries(files))
  rmSync(folder, {recursive: true, force: true})
  return postgres
}
