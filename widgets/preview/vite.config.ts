import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Vite serves JSON as a script, which a browser refuses under `with { type: 'json' }`; a build has no such import left. */
const jsonAsScript: Plugin = {
  name: 'json-as-script',
  enforce: 'pre',
  transform: (code) =>
    code.includes("with: { type: 'json' }") ? code.replaceAll(", { with: { type: 'json' } }", '') : null,
}

/** The page that lists every story: `pnpm preview`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [jsonAsScript, react()],
  resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
  server: { port: 5180 },
})
