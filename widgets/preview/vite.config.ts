import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page that lists every story: `pnpm preview`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
  server: { port: 5180 },
})
