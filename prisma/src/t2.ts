import { PGlite } from '@electric-sql/pglite'
let t=Date.now(); const a = await PGlite.create('memory://'); console.log('create', Date.now()-t)
t=Date.now(); const b0 = await PGlite.create('memory://'); console.log('create2', Date.now()-t)
t=Date.now(); const img = await a.dumpDataDir('none'); console.log('dump', Date.now()-t, img.size)
t=Date.now(); const b = await PGlite.create({dataDir:'memory://', loadDataDir: img}); console.log('load', Date.now()-t)
t=Date.now(); const c = await b.clone(); console.log('clone', Date.now()-t)
