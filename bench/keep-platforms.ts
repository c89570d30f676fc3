import {once} from 'node:events'
import {openPlatforms} from './platforms.ts'

// Makes databases of SIZES tenants and keeps them until Ctrl-C, so that many measurements can stand on them:
// SEEDED=<the port it prints> npm run bench:scale.
const sizes = (process.env.SIZES ?? '10000,100000,200000,1000000').split(',').map(Number)

const platforms = await openPlatforms(sizes)
console.log(`SEEDED=${platforms.port}`)
// A listener for signals keeps no process alive, and a timer does.
const awake = setInterval(() => {}, 60_000)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
clearInterval(awake)
await platforms.stop()
